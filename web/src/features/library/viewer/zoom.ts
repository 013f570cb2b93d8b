/** How a picture lies in its stage: scaled about a point, moved, never lost. Pure; lengths in CSS pixels. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface View {
  /** Screen pixels for one of the picture. */
  readonly scale: number;
  /** Where the picture's middle is, from the middle of the stage. */
  readonly x: number;
  readonly y: number;
}

export const SCALE_MAX = 16;
export const STEP = 1.25;

/** The scale at which all of the picture is seen; small ones are not blown up. */
export function fitScale(picture: Size, stage: Size): number {
  if (picture.width <= 0 || picture.height <= 0) return 1;
  return Math.min(1, stage.width / picture.width, stage.height / picture.height);
}

export function fitted(picture: Size, stage: Size): View {
  return { scale: fitScale(picture, stage), x: 0, y: 0 };
}

/** Scaled by a factor, with what lies under a point of the stage (from its middle) staying there. */
export function zoomed(view: View, factor: number, at: { x: number; y: number }, picture: Size, stage: Size): View {
  const smallest = Math.min(fitScale(picture, stage), 1);
  const scale = Math.min(SCALE_MAX, Math.max(smallest, view.scale * factor));
  const ratio = scale / view.scale;
  return held({ scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio }, picture, stage);
}

export function moved(view: View, by: { x: number; y: number }, picture: Size, stage: Size): View {
  return held({ ...view, x: view.x + by.x, y: view.y + by.y }, picture, stage);
}

/** Never further than its own edge: what is smaller than the stage stays in the middle. */
function held(view: View, picture: Size, stage: Size): View {
  const reach = (length: number, room: number): number => Math.max(0, (length * view.scale - room) / 2);
  const bounded = (value: number, limit: number): number => Math.min(limit, Math.max(-limit, value)) || 0;
  return {
    scale: view.scale,
    x: bounded(view.x, reach(picture.width, stage.width)),
    y: bounded(view.y, reach(picture.height, stage.height)),
  };
}
