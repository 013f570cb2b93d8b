/** Dragging the edges of scenes: frame by frame, to what they snap to, within what can be. */
import { useRef, useState } from "react";
import type { PointerEvent } from "react";

import { snapped, xOf } from "../model/axis";
import type { Edit } from "../model/edits";
import { framesRange } from "../model/film";
import type { Clip, Film } from "../model/film";
import type { Desk } from "../use-desk";
import type { TracksView } from "./use-view";

export type Edge = "in" | "out";

interface Held {
  readonly film: Film;
  readonly clip: Clip;
  readonly edge: Edge;
  readonly fromX: number;
}

export interface EdgeDrag {
  /** Where the edge snapped to, as a frame of the film; for the line that shows it. */
  readonly snappedTo: number | null;
  readonly held: { readonly scene: number; readonly edge: Edge } | null;
  readonly handlers: (
    clip: Clip,
    edge: Edge,
  ) => {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerCancel: () => void;
  };
}

export function useEdgeDrag(desk: Desk, view: TracksView): EdgeDrag {
  const held = useRef<Held | null>(null);
  const [shown, setShown] = useState<{ scene: number; edge: Edge; snappedTo: number | null } | null>(null);
  const end = (): void => {
    held.current = null;
    setShown(null);
    desk.setDragged(null);
  };
  return {
    snappedTo: shown?.snappedTo ?? null,
    held: shown,
    handlers: (clip, edge) => ({
      onPointerDown: (event) => {
        if (event.button !== 0) return;
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        desk.select(clip.scene);
        held.current = { film: desk.edits.film, clip, edge, fromX: event.clientX };
        setShown({ scene: clip.scene, edge, snappedTo: null });
      },
      onPointerMove: (event) => {
        if (!held.current) return;
        const { edits, snappedTo } = moved(held.current, event, { desk, view });
        setShown({ scene: clip.scene, edge, snappedTo });
        desk.setDragged(edits);
      },
      onPointerUp: (event) => {
        if (!held.current) return;
        const { edits } = moved(held.current, event, { desk, view });
        end();
        if (edits.length > 0) desk.edits.make(...edits);
      },
      onPointerCancel: end,
    }),
  };
}

function moved(held: Held, event: PointerEvent, { desk, view }: { desk: Desk; view: TracksView }) {
  const { film, clip, edge, fromX } = held;
  const at = edge === "out" ? clip.startFrame + clip.frames : clip.startFrame;
  const dragged = at + Math.round((event.clientX - fromX) / view.scale);
  const candidates =
    desk.isSnapping && !event.altKey ? snapCandidates(film, { clip, playhead: desk.frames.get() }) : [];
  const snap = snapped(dragged, candidates, view.scale);
  const edits = edgeEdits(film, { clip, edge, delta: snap.frame - at, keepTotal: desk.keepTotal });
  return { edits, snappedTo: snap.to };
}

function snapCandidates(film: Film, { clip, playhead }: { clip: Clip; playhead: number }): number[] {
  const edges = film.tracks.picture.filter((other) => other.scene !== clip.scene).map((other) => other.startFrame);
  return [...film.tracks.sound.beats, ...edges, film.totalFrames, playhead];
}

/** What moving an edge means: with the film's length kept a cut moves, else the scene gets longer and the rest follows. */
export function edgeEdits(
  film: Film,
  { clip, edge, delta, keepTotal }: { clip: Clip; edge: Edge; delta: number; keepTotal: boolean },
): Edit[] {
  // A cut that moves is the out-point of the scene before it.
  const isCut = edge === "in" && keepTotal;
  const place = isCut ? clip.scene - 2 : clip.scene - 1;
  const target = film.tracks.picture[place];
  if (!target) return [];
  const { min, max } = framesRange(film, place, keepTotal);
  const wanted = target.frames + (edge === "in" && !isCut ? -delta : delta);
  const frames = Math.round(Math.min(Math.max(wanted, min), max));
  if (frames === target.frames) return [];
  const retime: Edit = { kind: "retime", scene: target.scene, frames, keepTotal };
  if (edge === "out" || isCut || !target.footage) return [retime];
  const startMs = target.footage.startMs + ((target.frames - frames) * 1000) / film.fps;
  const sourceStartS = Math.max(0, Math.round(startMs)) / 1000;
  return [retime, { kind: "trim", scene: target.scene, sourceStartS }];
}

/** The pixel of a snap line. */
export function snapX(drag: EdgeDrag, view: TracksView): number | null {
  return drag.snappedTo === null ? null : xOf(drag.snappedTo, view.scale);
}
