/** The axis of the tracks: frames and pixels, zoom, marks, and what edges snap to. Pure. */
import { formatTimecode } from "@/lib/units";

/** How wide a frame is drawn, in pixels. */
export type Scale = number;

export const SCALE_MAX: Scale = 24;

/** The left edge of a frame. */
export function xOf(frame: number, scale: Scale): number {
  return frame * scale;
}

/** The frame under a pixel; a frame reaches from its left edge to the next one's. */
export function frameUnder(x: number, scale: Scale): number {
  return Math.floor(x / scale);
}

/** The edge between frames that is nearest to a pixel. */
export function edgeNear(x: number, scale: Scale): number {
  return Math.round(x / scale);
}

/** The scale at which the whole film is seen. */
export function fitted(totalFrames: number, widthPx: number): Scale {
  return totalFrames > 0 && widthPx > 0 ? Math.min(SCALE_MAX, widthPx / totalFrames) : 1;
}

export interface View {
  readonly scale: Scale;
  readonly scrollPx: number;
}

/** The view after zooming: what lies under `anchorPx` (of the visible part) stays there. */
export function zoomed(view: View, factor: number, { anchorPx, least }: { anchorPx: number; least: Scale }): View {
  const scale = Math.min(SCALE_MAX, Math.max(Math.min(least, SCALE_MAX), view.scale * factor));
  const frame = (view.scrollPx + anchorPx) / view.scale;
  return { scale, scrollPx: Math.max(0, frame * scale - anchorPx) };
}

export interface Tick {
  readonly frame: number;
  /** Only at the greater marks. */
  readonly label: string | null;
}

const LABEL_ROOM_PX = 76;
const MARK_ROOM_PX = 7;

/** The marks of the ruler from one frame to another: as fine as there is room, and on whole seconds where it is coarse. */
export function ticks(range: { from: number; to: number }, scale: Scale, fps: number): Tick[] {
  const steps = [1, 2, 5, 10, 15, fps, 2 * fps, 5 * fps, 10 * fps, 30 * fps, 60 * fps];
  const fitting = (room: number): number => steps.find((step) => step * scale >= room) ?? 60 * fps;
  const major = fitting(LABEL_ROOM_PX);
  const minor = steps.find((step) => step * scale >= MARK_ROOM_PX && major % step === 0) ?? major;
  const out: Tick[] = [];
  for (let frame = Math.floor(range.from / minor) * minor; frame <= range.to; frame += minor) {
    out.push({ frame, label: frame % major === 0 ? formatTimecode(frame, fps) : null });
  }
  return out;
}

const REACH_PX = 8;

/** The candidate within reach that is nearest to a frame; the frame itself, and null, where there is none. */
export function snapped(
  frame: number,
  candidates: Iterable<number>,
  scale: Scale,
): { frame: number; to: number | null } {
  let to: number | null = null;
  for (const candidate of candidates) {
    const distance = Math.abs(candidate - frame);
    if (distance * scale <= REACH_PX && (to === null || distance < Math.abs(to - frame))) to = candidate;
  }
  return { frame: to ?? frame, to };
}

/** Where the visible part must begin so that a frame is seen; unchanged where it is. */
export function scrolledTo(frame: number, view: View, widthPx: number): number {
  const x = xOf(frame, view.scale);
  const margin = Math.min(48, widthPx / 4);
  if (x < view.scrollPx) return Math.max(0, x - margin);
  if (x > view.scrollPx + widthPx - margin) return x - widthPx + margin * 2;
  return view.scrollPx;
}
