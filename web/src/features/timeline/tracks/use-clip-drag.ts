/** Dragging a scene to another place among the others. */
import { useRef, useState } from "react";
import type { PointerEvent } from "react";

import { isEndCard } from "../model/film";
import type { Clip } from "../model/film";
import type { Desk } from "../use-desk";
import { placeFor } from "./drop";
import type { TracksView } from "./use-view";

const SLACK_PX = 6;

export interface ClipDrag {
  /** The scene that is carried, how far, and the gap that it would drop into (before the scene at that place). */
  readonly carried: { readonly scene: number; readonly byPx: number; readonly gap: number } | null;
  readonly handlers: (clip: Clip) => {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: () => void;
    readonly onPointerCancel: () => void;
  };
}

export function useClipDrag(desk: Desk, view: TracksView): ClipDrag {
  const from = useRef<{ x: number; pointerId: number } | null>(null);
  const [carried, setCarried] = useState<ClipDrag["carried"]>(null);
  const end = (): void => {
    from.current = null;
    setCarried(null);
  };
  return {
    carried,
    handlers: (clip) => ({
      onPointerDown: (event) => {
        // A finger scrolls the tracks; scenes are moved by touch with the buttons of the inspector.
        if (event.button !== 0 || event.pointerType === "touch") return;
        if (desk.locked !== null || isEndCard(desk.film, clip)) return;
        from.current = { x: event.clientX, pointerId: event.pointerId };
      },
      onPointerMove: (event) => {
        if (!from.current) return;
        const byPx = event.clientX - from.current.x;
        if (carried === null && Math.abs(byPx) < SLACK_PX) return;
        event.currentTarget.setPointerCapture(from.current.pointerId);
        const middle = clip.startFrame + clip.frames / 2 + byPx / view.scale;
        setCarried({ scene: clip.scene, byPx, gap: placeFor(desk.film.tracks.picture, clip.scene - 1, middle).gap });
      },
      onPointerUp: () => {
        if (carried) {
          const middle = clip.startFrame + clip.frames / 2 + carried.byPx / view.scale;
          desk.move(clip.scene - 1, placeFor(desk.film.tracks.picture, clip.scene - 1, middle).to);
        }
        end();
      },
      onPointerCancel: end,
    }),
  };
}
