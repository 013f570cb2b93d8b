import { expect, test } from "vitest";

import { matching } from "./matching";

const ads = [
  { title: "Kvelda One · TikTok · 15 s", prompt: "A lamp for the evening" },
  { title: null, prompt: "Café crème for early risers" },
];

test("every word must be there, in name or prompt", () => {
  expect(matching(ads, "kvelda evening")).toEqual([ads[0]]);
  expect(matching(ads, "kvelda risers")).toEqual([]);
});

test("accents and case do not hide an ad", () => {
  expect(matching(ads, "CAFE creme")).toEqual([ads[1]]);
});

test("no words find everything", () => {
  expect(matching(ads, "  ")).toEqual(ads);
});
