import { expect, it } from "vitest";

import { safeNext } from "./next";

it("goes on to a page of the studio", () => {
  expect(safeNext("/ads/12?step=film")).toBe("/ads/12?step=film");
});

it("goes home instead of to another site", () => {
  for (const next of [
    undefined,
    "https://elsewhere.example",
    "//elsewhere.example",
    "/\\elsewhere.example",
    "javascript:0",
  ]) {
    expect(safeNext(next)).toBe("/");
  }
});

it("does not come back to the sign-in", () => {
  expect(safeNext("/sign-in?next=/sign-in")).toBe("/");
});
