import { expect, it } from "vitest";

import { rowsOf } from "./layout";

it("lets blocks share a row only where they do not meet", () => {
  const blocks = [
    { startFrame: 0, frames: 30 },
    { startFrame: 10, frames: 30 },
    { startFrame: 30, frames: 10 },
    { startFrame: 35, frames: 10 },
  ];
  expect(rowsOf(blocks)).toEqual([0, 1, 0, 2]);
  expect(rowsOf([])).toEqual([]);
});
