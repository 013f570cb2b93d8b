/** What edits make of a film, before the server says it exactly: what a hand drags must follow at once. Pure. */
import type { Schemas } from "@/api/types";
import { assertNever } from "@/lib/never";

import type { Edit, WordsField } from "./edits";

export type Film = Schemas["FilmTimeline"];
export type Clip = Schemas["PictureClip"];

/** A scene of the film to be, and the place that it comes from. */
interface Part {
  readonly clip: Clip;
  readonly from: number;
}

export function applyEdits(film: Film, edits: readonly Edit[]): Film {
  return edits.reduce(applyEdit, film);
}

/** The film with an edit made; one that names a scene which is not there changes nothing. */
export function applyEdit(film: Film, edit: Edit): Film {
  if (edit.kind === "palette") return { ...film, isKept: false, palette: { ...film.palette, ...said(edit.colors) } };
  const place = edit.scene - 1;
  const clip = film.tracks.picture[place];
  if (!clip) return film;
  switch (edit.kind) {
    case "retime":
      return retimed(film, place, edit);
    case "words":
      return reworded(film, clip, edit);
    case "trim":
      return withClip(film, place, trimmed(clip, edit.sourceStartS));
    case "camera":
      return withClip(film, place, { ...clip, camera: edit.move });
    case "remove":
      return relaid(film, without(film, place, edit.keepTotal));
    case "duplicate":
      return relaid(film, doubled(film, place, edit.keepTotal));
    default:
      return assertNever(edit);
  }
}

/** The film with its scenes in another order; `order` holds their present numbers. */
export function reordered(film: Film, order: readonly number[]): Film {
  const parts = order.flatMap((number) => {
    const clip = film.tracks.picture[number - 1];
    return clip ? [{ clip, from: number - 1 }] : [];
  });
  return relaid(film, parts);
}

/** The order of scenes when the one at a place stands at another one. */
export function orderMoved(count: number, from: number, to: number): number[] {
  const order = Array.from({ length: count }, (_, index) => index + 1);
  const [moved] = order.splice(from, 1);
  if (moved !== undefined) order.splice(to, 0, moved);
  return order;
}

/** The least and the most frames that a scene can have now. */
export function framesRange(film: Film, place: number, keepTotal: boolean): { min: number; max: number } {
  const clip = film.tracks.picture[place];
  if (!clip) return { min: 0, max: 0 };
  const { totalFramesMin, totalFramesMax } = film.limits;
  const min = floorOf(film, clip);
  if (keepTotal) {
    const spare = film.tracks.picture.reduce((sum, other) => sum + other.frames - floorOf(film, other), 0);
    return { min, max: clip.frames + spare - (clip.frames - min) };
  }
  return {
    min: Math.max(min, Math.min(clip.frames, clip.frames - (film.totalFrames - totalFramesMin))),
    max: Math.max(clip.frames, clip.frames + totalFramesMax - film.totalFrames),
  };
}

/** The fewest frames that a scene can be brought down to: its words must stay readable. */
export function floorOf(film: Film, clip: Clip): number {
  return Math.min(clip.frames, Math.max(film.limits.sceneFramesMin, clip.readableFrames));
}

/** The scene that a frame belongs to. */
export function clipAt(film: Film, frame: number): Clip | undefined {
  return film.tracks.picture.findLast((clip) => clip.startFrame <= frame) ?? film.tracks.picture[0];
}

/** Whether a scene closes the film: it stays last, and cannot be removed or shown twice. */
export function isEndCard(film: Film, clip: Clip): boolean {
  return clip.source.kind === "end_card" || clip.scene === film.tracks.picture.length;
}

function retimed(film: Film, place: number, edit: Schemas["Retime"]): Film {
  const wanted = edit.frames ?? Math.round((edit.durationS ?? 0) * film.fps);
  const lengths = film.tracks.picture.map((clip) => clip.frames);
  const delta = wanted - (lengths[place] ?? 0);
  lengths[place] = wanted;
  const given = edit.keepTotal ? givenWay(film, lengths, { place, delta }) : lengths;
  return relaid(film, ofLengths(film, given));
}

/** The lengths with `delta` frames taken from (or, negative, given to) the others: the next one first, then the one before. */
function givenWay(film: Film, lengths: number[], { place, delta }: { place: number; delta: number }): number[] {
  const out = [...lengths];
  const others = out.map((_, index) => index).filter((index) => index !== place);
  others.sort((a, b) => Math.abs(a - place) - Math.abs(b - place) || b - a);
  let left = delta;
  for (const other of others) {
    if (left === 0) break;
    const clip = film.tracks.picture[other];
    const has = out[other] ?? 0;
    const taken = left < 0 || !clip ? left : Math.min(left, has - Math.min(has, floorOf(film, clip)));
    out[other] = has - taken;
    left -= taken;
  }
  return out;
}

function ofLengths(film: Film, lengths: readonly number[]): Part[] {
  return film.tracks.picture.map((clip, from) => ({ clip: { ...clip, frames: lengths[from] ?? clip.frames }, from }));
}

function without(film: Film, place: number, keepTotal: boolean): Part[] {
  const lengths = film.tracks.picture.map((clip) => clip.frames);
  const delta = -(lengths[place] ?? 0);
  const given = keepTotal ? givenWay(film, lengths, { place, delta }) : lengths;
  return ofLengths(film, given).filter((part) => part.from !== place);
}

function doubled(film: Film, place: number, keepTotal: boolean): Part[] {
  const lengths = film.tracks.picture.map((clip) => clip.frames);
  const delta = lengths[place] ?? 0;
  const given = keepTotal ? givenWay(film, lengths, { place, delta }) : lengths;
  return ofLengths(film, given).flatMap((part) => (part.from === place ? [part, part] : [part]));
}

function reworded(film: Film, clip: Clip, edit: Schemas["Rewrite"]): Film {
  const { scene, headline, supporting, callToAction, destination } = edit;
  const words = said({ headline, supporting, callToAction, destination });
  const changed = withClip(film, scene - 1, { ...clip, words: { ...clip.words, ...words } });
  const seen = new Set<string>();
  const type = changed.tracks.type.flatMap((block) => {
    const field = block.scene === scene ? fieldOf(block, clip) : null;
    const next = field === null ? undefined : words[field];
    if (field === null || next === undefined) return [block];
    // Words that the layout broke into several blocks are one again, until the server has laid them out.
    const isFirst = !seen.has(field);
    seen.add(field);
    return next === "" || !isFirst ? [] : [{ ...block, words: next }];
  });
  return { ...changed, tracks: { ...changed.tracks, type } };
}

/** Which words of a scene a block on screen shows, or null where it cannot be edited: one field may be set in two blocks. */
export function fieldOf(block: Film["tracks"]["type"][number], clip: Clip): WordsField | null {
  const usual = fieldOfRole(block.role);
  if (usual === null || (clip.words[usual] ?? "").includes(block.words)) return usual;
  return WORDS_FIELDS.find((field) => clip.words[field]?.includes(block.words)) ?? usual;
}

const WORDS_FIELDS: readonly WordsField[] = ["headline", "supporting", "callToAction", "destination"];

function fieldOfRole(role: Schemas["TypeBlock"]["role"]): WordsField | null {
  switch (role) {
    case "headline":
      return "headline";
    case "supporting":
      return "supporting";
    case "cta":
      return "callToAction";
    case "destination":
      return "destination";
    case "label":
    case "brand":
    case "legal":
      return null;
    default:
      return assertNever(role);
  }
}

function trimmed(clip: Clip, startS: number): Clip {
  if (!clip.footage) return clip;
  const startMs = Math.min(Math.max(0, Math.round(startS * 1000)), clip.footage.latestStartMs);
  return { ...clip, footage: { ...clip.footage, startMs } };
}

function withClip(film: Film, place: number, clip: Clip): Film {
  const picture = film.tracks.picture.with(place, clip);
  return { ...film, isKept: false, tracks: { ...film.tracks, picture } };
}

/** Drops what was not said. */
function said<T extends object>(given: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}

/** The film of these scenes, laid one after another, with all that belongs to them. */
function relaid(film: Film, parts: readonly Part[]): Film {
  let at = 0;
  const placed = parts.map(({ clip, from }, index) => {
    const startFrame = at;
    at += clip.frames;
    const transition = index === 0 ? { kind: "cut" as const, frames: 0 } : clip.transition;
    return { clip: { ...clip, scene: index + 1, startFrame, transition }, from };
  });
  const total = at;
  const { type, captions, sound } = film.tracks;
  const follow = <T extends Timed>(items: readonly T[]): T[] => placed.flatMap((part) => followed(film, part, items));
  const bed = sound.clips
    .filter((clip) => clip.scene === null)
    .map((clip) => ({ ...clip, frames: clip.frames === film.totalFrames ? total : Math.min(clip.frames, total) }));
  return {
    ...film,
    isKept: false,
    totalFrames: total,
    tracks: {
      picture: placed.map(({ clip, from }) => ({ ...clip, posterFrame: posterOf(film, { clip, from }) })),
      type: follow(type),
      captions: follow(captions),
      sound: {
        ...sound,
        clips: [...bed, ...follow(sound.clips.filter((clip) => clip.scene !== null))],
        sections: follow(sound.sections),
        ducking: follow(sound.ducking),
        beats: beatsUntil(total, sound.tempoBpm, film.fps),
      },
    },
  };
}

function posterOf(film: Film, { clip, from }: Part): number {
  const was = film.tracks.picture[from];
  const into = was ? was.posterFrame - was.startFrame : 0;
  return clip.startFrame + Math.min(Math.max(0, into), clip.frames - 1);
}

interface Timed {
  readonly scene?: number | null;
  readonly startFrame: number;
  readonly frames: number;
}

/** What belonged to a scene, moved along with it; what reached its end still does. */
function followed<T extends Timed>(film: Film, { clip, from }: Part, items: readonly T[]): T[] {
  const was = film.tracks.picture[from];
  if (!was) return [];
  return items
    .filter((item) => placeOf(film, item) === from)
    .map((item) => {
      const into = Math.min(item.startFrame - was.startFrame, clip.frames - 1);
      const reachesEnd = item.startFrame + item.frames >= was.startFrame + was.frames;
      const frames = reachesEnd ? item.frames + clip.frames - was.frames : Math.min(item.frames, clip.frames - into);
      const moved = { ...item, startFrame: clip.startFrame + into, frames: Math.max(1, frames) };
      return typeof item.scene === "number" ? { ...moved, scene: clip.scene } : moved;
    });
}

function placeOf(film: Film, item: Timed): number {
  if (typeof item.scene === "number") return item.scene - 1;
  return film.tracks.picture.findLastIndex((clip) => clip.startFrame <= item.startFrame);
}

/** The frames nearest to the beats of a tempo. */
export function beatsUntil(totalFrames: number, tempoBpm: number | null | undefined, fps: number): number[] {
  if (!tempoBpm) return [];
  const every = (60 * fps) / tempoBpm;
  const count = Math.floor(totalFrames / every) + 2;
  return Array.from({ length: count }, (_, beat) => Math.floor(beat * every + 0.5)).filter((f) => f < totalFrames);
}
