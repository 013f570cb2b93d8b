import { describe, expect, it } from "vitest";

import { namedPlaces, percentOf, ticksTo } from "./parts";

describe("the lines behind bars", () => {
  it("begin at zero, are round and reach over the highest bar", () => {
    expect(ticksTo(9_300_000)).toEqual([0, 5_000_000, 10_000_000]);
    expect(ticksTo(30_000)).toEqual([0, 10_000, 20_000, 30_000]);
    expect(ticksTo(7)).toEqual([0, 2.5, 5, 7.5]);
  });

  it("are one where nothing was spent", () => {
    expect(ticksTo(0)).toEqual([0]);
  });
});

describe("a bar", () => {
  it("stays visible as long as there is something", () => {
    expect(percentOf(1, 1_000_000)).toBe(0.5);
    expect(percentOf(0, 1_000_000)).toBe(0);
  });

  it("never leaves its track", () => {
    expect(percentOf(30, 10)).toBe(100);
  });
});

describe("the names along the axis", () => {
  it("always have the last place", () => {
    expect(namedPlaces(7, 7)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(namedPlaces(30, 5).at(-1)).toBe(29);
    expect(namedPlaces(90, 5)).toHaveLength(5);
  });
});
