import { describe, expect, it } from "vitest";

import { chapterAt, frameAt, framesIn, framesOf, loopFrom, loopUntil, shuttled, timeOf } from "./timing";

describe("frames and seconds", () => {
  it("seeks to a time that shows exactly the frame asked for", () => {
    for (const fps of [24, 25, 30, 60]) {
      for (const frame of [0, 1, 7, 29, 30, 449, 5399]) expect(frameAt(timeOf(frame, fps), fps)).toBe(frame);
    }
  });

  it("takes a time a hair before a frame as that frame", () => {
    expect(frameAt(0.0333333, 30)).toBe(1);
    expect(frameAt(6.9666666, 30)).toBe(209);
  });

  it("counts the frames of a film, and one where nothing is known", () => {
    expect(framesIn(15, 30)).toBe(450);
    expect(framesIn(Number.NaN, 30)).toBe(1);
  });
});

describe("chapters", () => {
  const chapters = [
    { title: "Hook", startS: 0, endS: 2.5 },
    { title: "Offer", startS: 2.5, endS: 5 },
  ];

  it("finds the chapter of a frame, the cut's own frame being the next one's", () => {
    expect(chapterAt(chapters, 74, 30)).toBe(0);
    expect(chapterAt(chapters, 75, 30)).toBe(1);
    expect(chapterAt([], 75, 30)).toBe(-1);
  });

  it("gives the frames of a chapter", () => {
    expect(framesOf({ title: "Offer", startS: 2.5, endS: 5 }, 30)).toEqual({ startFrame: 75, endFrame: 150 });
  });
});

describe("shuttle", () => {
  it("goes faster with each press, and begins anew in the other direction", () => {
    expect([shuttled(0, 1), shuttled(1, 1), shuttled(2, 1), shuttled(4, 1)]).toEqual([1, 2, 4, 4]);
    expect([shuttled(4, -1), shuttled(-1, -1), shuttled(-4, -1)]).toEqual([-1, -2, -4]);
  });
});

describe("loops", () => {
  it("keeps the other end where it still makes sense", () => {
    expect(loopFrom({ startFrame: 0, endFrame: 60 }, 30, 450)).toEqual({ startFrame: 30, endFrame: 60 });
    expect(loopFrom({ startFrame: 0, endFrame: 60 }, 60, 450)).toEqual({ startFrame: 60, endFrame: 450 });
    expect(loopUntil({ startFrame: 30, endFrame: 60 }, 89)).toEqual({ startFrame: 30, endFrame: 90 });
    expect(loopUntil({ startFrame: 30, endFrame: 60 }, 10)).toEqual({ startFrame: 0, endFrame: 11 });
  });
});
