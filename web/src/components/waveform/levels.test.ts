import { expect, it } from "vitest";

import { levels, peaksOf } from "./levels";

it("shows the greatest peak under each bar", () => {
  expect(levels([0.1, 0.9, 0.2, 0.3], { from: 0, to: 1, count: 2 })).toEqual([0.9, 0.3]);
  expect(levels([0.1, 0.9], { from: 0, to: 1, count: 4 })).toEqual([0.1, 0.1, 0.9, 0.9]);
});

it("draws nothing before and after the sound", () => {
  expect(levels([0.5, 0.7], { from: -1, to: 2, count: 3 })).toEqual([null, 0.7, null]);
  expect(levels([], { from: 0, to: 1, count: 2 })).toEqual([null, null]);
});

it("reads peaks out of all channels", () => {
  const left = new Float32Array([0.1, -0.5, 0, 0]);
  const right = new Float32Array([0, 0, 0.25, -0.125]);
  expect(peaksOf([left, right], 2)).toEqual([0.5, 0.25]);
  expect(peaksOf([], 2)).toEqual([0, 0]);
});
