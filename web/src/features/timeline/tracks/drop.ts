/** Where a scene that is carried along drops. Pure. */

interface Timed {
  readonly startFrame: number;
  readonly frames: number;
}

/**
 * The gap that a scene drops into when its middle is carried to a frame (before the scene at place `gap`), and the
 * place `to` that it has then. The last scene stays the last.
 */
export function placeFor(clips: readonly Timed[], from: number, middle: number): { gap: number; to: number } {
  const before = clips.filter((clip, place) => place !== from && clip.startFrame + clip.frames / 2 < middle).length;
  const to = Math.min(before, Math.max(0, clips.length - 2));
  return { gap: to >= from ? to + 1 : to, to };
}
