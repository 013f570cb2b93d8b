import { describe, expect, it } from "vitest";

import { countDays, daysOf, isDay, presetOf, presetRange, rangeBefore, rangeOf } from "./range";

const TODAY = "2026-03-02";

describe("the range of days", () => {
  it("is the last 30 days where nothing is said", () => {
    expect(rangeOf({}, TODAY)).toEqual({ from: "2026-02-01", to: TODAY });
  });

  it("counts both of its ends", () => {
    expect(countDays(presetRange(7, TODAY))).toBe(7);
    expect(daysOf({ from: "2026-02-27", to: TODAY })).toEqual(["2026-02-27", "2026-02-28", "2026-03-01", TODAY]);
  });

  it("takes no day that is not in the calendar", () => {
    expect(isDay("2026-02-30")).toBe(false);
    expect(rangeOf({ from: "2026-02-30" }, TODAY)).toEqual(rangeOf({}, TODAY));
  });

  it("is one day where it would end before it begins", () => {
    expect(rangeOf({ from: "2026-03-09", to: "2026-03-01" }, TODAY)).toEqual({ from: "2026-03-01", to: "2026-03-01" });
  });

  it("is a preset only while it ends today", () => {
    expect(presetOf(presetRange(90, TODAY), TODAY)).toBe(90);
    expect(presetOf({ from: "2026-02-01", to: "2026-03-01" }, TODAY)).toBeNull();
  });

  it("is compared with as many days before it", () => {
    expect(rangeBefore({ from: "2026-03-01", to: TODAY })).toEqual({ from: "2026-02-27", to: "2026-02-28" });
  });
});
