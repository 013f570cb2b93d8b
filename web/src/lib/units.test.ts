import { describe, expect, it } from "vitest";

import { formatDuration, formatMoney, formatRelative, formatSize, formatTimecode, parseMoney, plural } from "./units";

describe("money", () => {
  it("shows small amounts with the digits that they need", () => {
    expect([0, 3_000, 12_500_000, 99_999].map(formatMoney)).toEqual(["$0.00", "$0.003", "$12.50", "$0.10"]);
  });
  it("reads what people type and refuses what is no amount", () => {
    expect(["12.50", "$3", "0,5", "-1", "1e3", "", "1.2345678"].map(parseMoney)).toEqual([
      12_500_000,
      3_000_000,
      500_000,
      null,
      null,
      null,
      null,
    ]);
  });
});

describe("time", () => {
  it("says lengths as people do", () => {
    expect([7.5, 15, 59.96, 65, 3723].map(formatDuration)).toEqual(["7.5 s", "15 s", "60 s", "1:05", "1:02:03"]);
  });
  it("names a frame within its second", () => {
    expect([0, 29, 30, 1842].map((frame) => formatTimecode(frame, 30))).toEqual([
      "0:00.00",
      "0:00.29",
      "0:01.00",
      "1:01.12",
    ]);
  });
  it("tells a time relative to now", () => {
    const now = new Date("2026-05-01T12:00:00Z");
    expect(formatRelative(new Date("2026-05-01T11:59:40Z"), now)).toBe("just now");
    expect(formatRelative(new Date("2026-05-01T11:55:00Z"), now)).toBe("5 minutes ago");
    expect(formatRelative(new Date("2026-04-30T12:00:00Z"), now)).toBe("yesterday");
  });
});

describe("sizes and counts", () => {
  it("uses three digits at most", () => {
    expect([0, 999, 1000, 1_440_000, 99_960_000, 2_000_000_000].map(formatSize)).toEqual([
      "0 B",
      "999 B",
      "1.0 kB",
      "1.4 MB",
      "100 MB",
      "2.0 GB",
    ]);
  });
  it("counts in the singular and the plural", () => {
    expect([plural(1, "scene"), plural(5, "scene"), plural(2, "copy", "copies")]).toEqual([
      "1 scene",
      "5 scenes",
      "2 copies",
    ]);
  });
});
