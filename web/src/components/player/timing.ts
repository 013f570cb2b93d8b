/** From seconds of a medium to frames of a film and back. Pure. */

export interface Chapter {
  readonly title: string;
  readonly startS: number;
  readonly endS: number;
}

/** A stretch that plays over and over; `endFrame` is the first that is not in it. */
export interface Loop {
  readonly startFrame: number;
  readonly endFrame: number;
}

// What a medium says of its time is a float that may lie a hair before the frame that is shown.
const HAIR_FRAMES = 0.01;

/** The frame that is shown at a time. */
export function frameAt(timeS: number, fps: number): number {
  return Math.max(0, Math.floor(timeS * fps + HAIR_FRAMES));
}

/** A time in the middle of a frame, so that seeking to it shows that frame and no neighbour. */
export function timeOf(frame: number, fps: number): number {
  return (frame + 0.5) / fps;
}

/** How many frames a film of that length has. */
export function framesIn(durationS: number, fps: number): number {
  return Number.isFinite(durationS) ? Math.max(1, Math.round(durationS * fps)) : 1;
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most));
}

/** The place of the chapter that a frame belongs to, or -1. */
export function chapterAt(chapters: readonly Chapter[], frame: number, fps: number): number {
  return chapters.findLastIndex((chapter) => Math.round(chapter.startS * fps) <= frame);
}

/** The frames of a chapter. */
export function framesOf(chapter: Chapter, fps: number): Loop {
  const startFrame = Math.round(chapter.startS * fps);
  return { startFrame, endFrame: Math.max(startFrame + 1, Math.round(chapter.endS * fps)) };
}

const SHUTTLE_RATES = [1, 2, 4] as const;

/** The rate after J (-1) or L (+1) is pressed: each press in the same direction is faster, the other one begins anew. */
export function shuttled(rate: number, direction: 1 | -1): number {
  if (Math.sign(rate) !== direction) return direction;
  const place = SHUTTLE_RATES.findIndex((known) => known >= Math.abs(rate));
  const next = SHUTTLE_RATES[Math.min(Math.max(place, 0) + 1, SHUTTLE_RATES.length - 1)] ?? 1;
  return direction * next;
}

/** The loop with a new in-point; what would end before it begins is dropped. */
export function loopFrom(loop: Loop | null, startFrame: number, totalFrames: number): Loop {
  const endFrame = loop && loop.endFrame > startFrame ? loop.endFrame : totalFrames;
  return { startFrame, endFrame };
}

/** The loop with a new out-point, the frame that is the last of it. */
export function loopUntil(loop: Loop | null, lastFrame: number): Loop {
  const startFrame = loop && loop.startFrame <= lastFrame ? loop.startFrame : 0;
  return { startFrame, endFrame: lastFrame + 1 };
}
