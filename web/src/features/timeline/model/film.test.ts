import { describe, expect, it } from "vitest";

import {
  applyEdit,
  applyEdits,
  beatsUntil,
  clipAt,
  fieldOf,
  framesRange,
  isEndCard,
  orderMoved,
  reordered,
} from "./film";
import { film } from "./film.fixture";

const lengths = (of: ReturnType<typeof film>): number[] => of.tracks.picture.map((clip) => clip.frames);
const starts = (of: ReturnType<typeof film>): number[] => of.tracks.picture.map((clip) => clip.startFrame);

describe("another length", () => {
  it("moves what follows, and the film with it", () => {
    const next = applyEdit(film(), { kind: "retime", scene: 2, frames: 80, keepTotal: false });
    expect(lengths(next)).toEqual([60, 80, 60, 60, 60]);
    expect(starts(next)).toEqual([0, 60, 140, 200, 260]);
    expect(next.totalFrames).toBe(320);
    expect(next.tracks.sound.clips[0]?.frames).toBe(320);
    expect(next.isKept).toBe(false);
  });

  it("takes frames from the next scene first, down to what its words need, then from the one before", () => {
    const next = applyEdit(film(), { kind: "retime", scene: 2, frames: 85, keepTotal: true });
    expect(lengths(next)).toEqual([55, 85, 40, 60, 60]);
    expect(next.totalFrames).toBe(300);
  });

  it("gives frames to the next scene alone, and to the one before for the last", () => {
    expect(lengths(applyEdit(film(), { kind: "retime", scene: 2, frames: 50, keepTotal: true }))).toEqual([
      60, 50, 70, 60, 60,
    ]);
    expect(lengths(applyEdit(film(), { kind: "retime", scene: 5, frames: 50, keepTotal: true }))).toEqual([
      60, 60, 60, 70, 50,
    ]);
  });

  it("takes words, captions, sound and ducking along; what reached the scene's end still does", () => {
    const next = applyEdit(film(), { kind: "retime", scene: 1, frames: 70, keepTotal: false });
    expect(next.tracks.type[0]).toMatchObject({ startFrame: 6, frames: 64 });
    expect(next.tracks.type[1]).toMatchObject({ startFrame: 76, frames: 54 });
    expect(next.tracks.captions[1]).toMatchObject({ startFrame: 70, frames: 50 });
    expect(next.tracks.sound.clips[1]).toMatchObject({ startFrame: 70, frames: 60, scene: 2 });
    expect(next.tracks.sound.ducking[0]).toMatchObject({ startFrame: 70, frames: 60 });
  });

  it("knows its bounds, with and without the film's length kept", () => {
    expect(framesRange(film(), 1, true)).toEqual({ min: 40, max: 140 });
    expect(framesRange(film(), 1, false)).toEqual({ min: 40, max: 5160 });
  });
});

describe("scenes", () => {
  it("are numbered anew when one is removed, its words gone with it", () => {
    const next = applyEdit(film(), { kind: "remove", scene: 2, keepTotal: false });
    expect(next.tracks.picture.map((clip) => clip.words.headline)).toEqual([1, 3, 4, 5].map((n) => `Headline ${n}`));
    expect(next.tracks.picture.map((clip) => clip.scene)).toEqual([1, 2, 3, 4]);
    expect(next.tracks.type.map((block) => block.scene)).toEqual([1, 2, 3, 4]);
    expect(next.tracks.sound.clips).toHaveLength(1);
  });

  it("are shown twice with all that is theirs", () => {
    const next = applyEdit(film(), { kind: "duplicate", scene: 2, keepTotal: false });
    expect(starts(next)).toEqual([0, 60, 120, 180, 240, 300]);
    expect(next.tracks.type.map((block) => block.scene)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("stand in another order, the first one always coming in by a cut", () => {
    const order = orderMoved(5, 0, 2);
    expect(order).toEqual([2, 3, 1, 4, 5]);
    const next = reordered(film(), order);
    expect(next.tracks.picture[0]).toMatchObject({ scene: 1, transition: { kind: "cut", frames: 0 } });
    expect(next.tracks.picture[2]?.words.headline).toBe("Headline 1");
  });

  it("are found by frame, and the end card is known", () => {
    const one = film();
    expect(clipAt(one, 59)?.scene).toBe(1);
    expect(clipAt(one, 60)?.scene).toBe(2);
    expect(one.tracks.picture.map((clip) => isEndCard(one, clip))).toEqual([false, false, false, false, true]);
  });
});

describe("words, footage, camera, colours", () => {
  it("change on the scene and on the screen; empty words leave it", () => {
    const next = applyEdits(film(), [
      { kind: "words", scene: 1, headline: "New" },
      { kind: "words", scene: 2, headline: "" },
    ]);
    expect(next.tracks.type.map((block) => block.words)).toEqual(["New", "Headline 3", "Headline 4", "Headline 5"]);
    expect(next.tracks.picture[0]?.words).toMatchObject({ headline: "New", supporting: "" });
  });

  it("are known where the layout broke them into two blocks, and are one block again when they change", () => {
    const one = film();
    const [first, ...rest] = one.tracks.type;
    const clip = one.tracks.picture[0];
    if (!first || !clip) throw new Error("no words");
    const broken = [
      { ...first, words: "Headline" },
      { ...first, role: "supporting" as const, words: "1" },
    ];
    expect(broken.map((block) => fieldOf(block, clip))).toEqual(["headline", "headline"]);
    const split = { ...one, tracks: { ...one.tracks, type: [...broken, ...rest] } };
    const next = applyEdit(split, { kind: "words", scene: 1, headline: "New" });
    expect(next.tracks.type.filter((block) => block.scene === 1).map((block) => block.words)).toEqual(["New"]);
  });

  it("stay within the footage", () => {
    const at = (sourceStartS: number) =>
      applyEdit(film(), { kind: "trim", scene: 2, sourceStartS }).tracks.picture[1]?.footage?.startMs;
    expect([at(2.5), at(99)]).toEqual([2500, 6000]);
  });

  it("change nothing where the scene is not there", () => {
    const one = film();
    expect(applyEdit(one, { kind: "camera", scene: 9, move: "push_in" })).toBe(one);
    expect(applyEdit(one, { kind: "palette", colors: { primary: "#000000" } }).palette).toMatchObject({
      primary: "#000000",
      accent: "#334455",
    });
  });
});

it("places beats on the frames nearest to them", () => {
  expect(beatsUntil(50, 100, 30)).toEqual([0, 18, 36]);
  expect(beatsUntil(50, null, 30)).toEqual([]);
});
