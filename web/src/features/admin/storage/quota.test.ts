import { describe, expect, it } from "vitest";

import { readQuota, typedQuota } from "./quota";

describe("a quota", () => {
  it("is read with its unit, in gigabytes without one", () => {
    expect(readQuota("20")).toBe(20e9);
    expect(readQuota("1,5 TB")).toBe(1.5e12);
    expect(readQuota("500mb")).toBe(5e8);
  });

  it("is the server's setting where nothing is typed, and refused where it is no size", () => {
    expect(readQuota("  ")).toBeNull();
    expect(readQuota("much")).toBeUndefined();
    expect(readQuota("-3")).toBeUndefined();
  });

  it("is typed again as the same", () => {
    for (const bytes of [1, 20e9, 1_234_567_890, 1.5e12]) expect(readQuota(typedQuota(bytes))).toBe(bytes);
  });
});
