import { describe, expect, it } from "vitest";

import { countFilters, filterOf, isNarrowed, sortOf } from "./filter";

describe("the library's filter", () => {
  it("asks for everything of the client where nothing is set", () => {
    expect(filterOf({}, "c1")).toEqual({ clientId: "c1" });
    expect(filterOf({}, null)).toEqual({});
  });
  it("turns days of the reader's zone into moments, the last one included", () => {
    const filter = filterOf({ from: "2026-05-01", until: "2026-05-01" }, null);
    const [from, before] = [filter.uploadedFrom, filter.uploadedBefore].map((moment) => new Date(moment ?? ""));
    expect(from?.getHours()).toBe(0);
    expect(before?.getDate()).toBe(2);
  });
  it("leaves out what an address says wrongly", () => {
    const broken = { from: "yesterday", until: "2026-99-99", size: "toString", sort: "constructor", format: "exe" };
    expect(filterOf(broken, null)).toEqual({});
  });
  it("leaves out a format that is of another type", () => {
    expect(filterOf({ type: "image", format: "mp4" }, null)).toEqual({ asset_type: "image" });
    expect(filterOf({ format: "mp4" }, null)).toEqual({ format: "mp4" });
  });
  it("bounds sizes on both sides", () => {
    expect(filterOf({ size: "medium" }, null)).toEqual({ sizeMin: 1_000_000, sizeMax: 10_000_000 });
  });
  it("counts days as one filter", () => {
    expect(countFilters({ from: "2026-05-01", until: "2026-05-02", tag: ["a", "b"] })).toBe(2);
    expect([isNarrowed({}), isNarrowed({ bin: true }), isNarrowed({ q: "x" })]).toEqual([false, false, true]);
  });
  it("knows the orders of the API", () => {
    expect([sortOf("-size"), sortOf(undefined), sortOf("toString")]).toEqual(["-size", "newest", "newest"]);
  });
});
