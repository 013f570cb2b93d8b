import { expect, test } from "vitest";

import type { FrameView } from "@/api/types";

import { movedOrder, neighbour, reordered } from "./order";

const frame = (scene: number, start: number, duration: number): FrameView => ({
  scene,
  start,
  duration,
  purpose: "benefit",
  overlayText: `Words ${scene}`,
  supportingText: "",
  source: "panel",
  assetId: null,
  assetVersion: null,
  moves: false,
  imageModel: null,
  imageId: null,
  isAwaited: false,
  motionModel: null,
  imageUrl: null,
});

test("a moved frame pushes the others along", () => {
  expect(movedOrder(5, 0, 2)).toEqual([2, 3, 1, 4, 5]);
  expect(movedOrder(5, 4, 0)).toEqual([5, 1, 2, 3, 4]);
});

test("a move past the end stops at the end", () => {
  expect(movedOrder(3, 0, 9)).toEqual([2, 3, 1]);
  expect(movedOrder(3, 2, -4)).toEqual([3, 1, 2]);
});

test("a reordered storyboard is numbered and timed from its start", () => {
  const result = reordered([frame(1, 0, 2), frame(2, 2, 3), frame(3, 5, 1)], [3, 1, 2]);
  expect(result.map(({ scene, start, overlayText }) => [scene, start, overlayText])).toEqual([
    [1, 0, "Words 3"],
    [2, 1, "Words 1"],
    [3, 3, "Words 2"],
  ]);
});

test("arrow keys move by one or by a row, and stay inside", () => {
  const grid = { count: 7, columns: 3 };
  expect(neighbour("ArrowRight", 0, grid)).toBe(1);
  expect(neighbour("ArrowDown", 1, grid)).toBe(4);
  expect(neighbour("ArrowDown", 5, grid)).toBeNull();
  expect(neighbour("ArrowLeft", 0, grid)).toBeNull();
  expect(neighbour("End", 0, grid)).toBe(6);
  expect(neighbour("x", 0, grid)).toBeNull();
});
