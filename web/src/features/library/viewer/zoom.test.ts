import { describe, expect, it } from "vitest";

import { fitted, fitScale, moved, SCALE_MAX, zoomed } from "./zoom";

const STAGE = { width: 1000, height: 500 };
const LARGE = { width: 4000, height: 1000 };
const SMALL = { width: 100, height: 100 };
const MIDDLE = { x: 0, y: 0 };

describe("zoom", () => {
  it("shows all of a large picture and does not blow up a small one", () => {
    expect([fitScale(LARGE, STAGE), fitScale(SMALL, STAGE), fitScale({ width: 0, height: 0 }, STAGE)]).toEqual([
      0.25, 1, 1,
    ]);
  });
  it("keeps what lies under the pointer where it is", () => {
    const at = { x: 200, y: 50 };
    const before = fitted(LARGE, STAGE);
    const after = zoomed(before, 8, at, LARGE, STAGE);
    expect((at.x - after.x) / after.scale).toBeCloseTo((at.x - before.x) / before.scale);
  });
  it("goes neither below the fit nor above the limit", () => {
    expect(zoomed(fitted(LARGE, STAGE), 0.01, MIDDLE, LARGE, STAGE).scale).toBe(0.25);
    expect(zoomed(fitted(LARGE, STAGE), 1e6, MIDDLE, LARGE, STAGE).scale).toBe(SCALE_MAX);
  });
  it("does not let a picture be moved out of sight", () => {
    const whole = { scale: 1, x: 0, y: 0 };
    expect(moved(whole, { x: 9999, y: -9999 }, LARGE, STAGE)).toEqual({ scale: 1, x: 1500, y: -250 });
    expect(moved(fitted(SMALL, STAGE), { x: 40, y: 40 }, SMALL, STAGE)).toEqual({ scale: 1, x: 0, y: 0 });
  });
});
