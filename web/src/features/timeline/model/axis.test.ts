import { describe, expect, it } from "vitest";

import { edgeNear, fitted, frameUnder, scrolledTo, snapped, ticks, xOf, zoomed } from "./axis";

describe("frames and pixels", () => {
  it("finds the frame under each of its pixels at every scale", () => {
    for (const scale of [0.3, 1, 2.5, 24]) {
      for (const frame of [0, 1, 99, 5399]) {
        expect(frameUnder(xOf(frame, scale) + scale / 2, scale)).toBe(frame);
        expect(edgeNear(xOf(frame, scale), scale)).toBe(frame);
      }
    }
  });

  it("fits the whole film, however short, into sensible frames", () => {
    expect(fitted(450, 900)).toBe(2);
    expect(fitted(10, 900)).toBe(24);
    expect(fitted(0, 900)).toBe(1);
  });
});

describe("zoom", () => {
  it("keeps what lies under the pointer where it is", () => {
    const view = { scale: 2, scrollPx: 300 };
    const next = zoomed(view, 1.5, { anchorPx: 100, least: 1 });
    expect((next.scrollPx + 100) / next.scale).toBeCloseTo((view.scrollPx + 100) / view.scale);
  });

  it("stays within its bounds", () => {
    expect(zoomed({ scale: 20, scrollPx: 0 }, 9, { anchorPx: 0, least: 1 }).scale).toBe(24);
    expect(zoomed({ scale: 2, scrollPx: 0 }, 0.01, { anchorPx: 0, least: 1 }).scale).toBe(1);
  });
});

describe("marks", () => {
  it("are whole seconds where it is coarse, and single frames where it is fine", () => {
    const coarse = ticks({ from: 0, to: 300 }, 2, 30);
    expect(coarse.filter((tick) => tick.label !== null).map((tick) => tick.label)).toEqual(
      Array.from({ length: 6 }, (_, i) => `0:${String(i * 2).padStart(2, "0")}.00`),
    );
    expect(ticks({ from: 60, to: 70 }, 24, 30).map((tick) => tick.frame)).toEqual([
      60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70,
    ]);
  });

  it("never crowd their labels", () => {
    for (const scale of [0.2, 0.7, 1.3, 4, 11, 24]) {
      const labelled = ticks({ from: 0, to: 5400 }, scale, 30).filter((tick) => tick.label !== null);
      expect(((labelled[1]?.frame ?? 0) - (labelled[0]?.frame ?? 0)) * scale).toBeGreaterThanOrEqual(76 * 0.9);
    }
  });
});

describe("snapping", () => {
  it("takes the nearest within reach, in pixels and not in frames", () => {
    expect(snapped(100, [96, 103], 2)).toEqual({ frame: 103, to: 103 });
    expect(snapped(100, [96, 103], 4)).toEqual({ frame: 100, to: null });
    expect(snapped(100, [], 1)).toEqual({ frame: 100, to: null });
  });
});

it("scrolls only as far as the playhead needs", () => {
  const view = { scale: 2, scrollPx: 100 };
  expect(scrolledTo(100, view, 400)).toBe(100);
  expect(scrolledTo(20, view, 400)).toBe(0);
  expect(scrolledTo(400, view, 400)).toBeGreaterThan(400);
});
