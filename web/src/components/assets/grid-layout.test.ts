import { describe, expect, it } from "vitest";

import { cellAfter, layoutFor } from "./grid-layout";

describe("layout", () => {
  it("fills the width with as many columns as have room", () => {
    expect([390, 1024, 1440].map((width) => layoutFor("large", width).columns)).toEqual([2, 4, 6]);
    expect(layoutFor("small", 358).columns).toBe(3);
  });
  it("is one column of low rows as a list", () => {
    expect(layoutFor("list", 900)).toMatchObject({ columns: 1, rowPx: 52 });
  });
  it("keeps the shape of pictures in every width", () => {
    for (const width of [390, 800, 1337]) {
      const { columns, gapPx, rowPx, aspect } = layoutFor("large", width);
      const picture = (width - (columns - 1) * gapPx) / columns;
      expect(Math.abs(rowPx - 46 - picture / aspect)).toBeLessThanOrEqual(0.5);
    }
  });
  it("does not break without room", () => {
    expect(layoutFor("large", 0).rowPx).toBeGreaterThan(0);
  });
});

describe("keys", () => {
  const grid = { columns: 4, count: 10, pageRows: 2 };
  it.each([
    ["ArrowRight", 3, 4],
    ["ArrowLeft", 0, 0],
    ["ArrowDown", 1, 5],
    ["ArrowDown", 6, 9],
    ["ArrowDown", 8, 8],
    ["ArrowUp", 2, 2],
    ["ArrowUp", 5, 1],
    ["PageDown", 1, 9],
    ["PageUp", 9, 1],
    ["Home", 7, 0],
    ["End", 0, 9],
    ["ArrowRight", 9, 9],
    ["a", 3, null],
  ])("%s from %i leads to %s", (key, from, to) => {
    expect(cellAfter(key, from, grid)).toBe(to);
  });
  it("leads nowhere in an empty grid", () => {
    expect(cellAfter("End", 0, { columns: 4, count: 0, pageRows: 1 })).toBeNull();
  });
});
