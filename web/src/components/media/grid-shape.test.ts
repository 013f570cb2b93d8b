import { describe, expect, it } from "vitest";

import { PAGE_ITEMS, pageHeightPx, shapeOf } from "./grid-shape";

describe("a grid of media", () => {
  it("has two columns on a phone and at most six anywhere", () => {
    expect([358, 700, 1160, 3000].map((widthPx) => shapeOf(widthPx).columns)).toEqual([2, 3, 5, 6]);
  });

  it("ends every page but the last at the end of a row", () => {
    for (const columns of [2, 3, 4, 5, 6]) expect(PAGE_ITEMS % columns).toBe(0);
  });

  it("knows how high a page is before it is there", () => {
    expect(pageHeightPx({ columns: 4, gapPx: 20, rowPx: 200 }, 9)).toBe(640);
    expect(pageHeightPx(shapeOf(0), 0)).toBe(0);
  });
});
