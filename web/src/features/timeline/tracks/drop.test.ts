import { expect, it } from "vitest";

import { film } from "../model/film.fixture";
import { edgeEdits } from "./use-edge-drag";
import { placeFor } from "./drop";

const clips = film().tracks.picture;

it("drops a scene before the one whose middle it has not passed", () => {
  expect(placeFor(clips, 0, 30)).toEqual({ gap: 1, to: 0 });
  expect(placeFor(clips, 0, 100)).toEqual({ gap: 2, to: 1 });
  expect(placeFor(clips, 2, 10)).toEqual({ gap: 0, to: 0 });
});

it("never drops behind the end card", () => {
  expect(placeFor(clips, 0, 9999)).toEqual({ gap: 4, to: 3 });
});

it("moves the cut before a scene while the film keeps its length", () => {
  const clip = clips[2];
  if (!clip) throw new Error("no clip");
  expect(edgeEdits(film(), { clip, edge: "in", delta: 5, keepTotal: true })).toEqual([
    { kind: "retime", scene: 2, frames: 65, keepTotal: true },
  ]);
});

it("trims the footage with the in-point where the film may change its length", () => {
  const clip = clips[1];
  if (!clip) throw new Error("no clip");
  expect(edgeEdits(film(), { clip, edge: "in", delta: 15, keepTotal: false })).toEqual([
    { kind: "retime", scene: 2, frames: 45, keepTotal: false },
    { kind: "trim", scene: 2, sourceStartS: 1.5 },
  ]);
  expect(edgeEdits(film(), { clip, edge: "out", delta: 0, keepTotal: false })).toEqual([]);
});
