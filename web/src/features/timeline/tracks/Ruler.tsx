import type { PointerEvent } from "react";

import { frameUnder, snapped, ticks, xOf } from "../model/axis";
import type { Film } from "../model/film";
import type { TracksView } from "./use-view";

interface RulerProps {
  readonly film: Film;
  readonly view: TracksView;
  readonly onSeek: (frame: number) => void;
}

/** Time, from left to right. Dragging along it scrubs; near a scene's edge the playhead goes there. */
export function Ruler({ film, view, onSeek }: RulerProps) {
  const { scale, scrollPx, widthPx } = view;
  const range = {
    from: Math.max(0, frameUnder(scrollPx, scale) - film.fps),
    to: Math.min(film.totalFrames, frameUnder(scrollPx + widthPx, scale) + film.fps),
  };
  const seek = (event: PointerEvent<HTMLElement>): void => {
    const frame = frameUnder(event.clientX - event.currentTarget.getBoundingClientRect().left, scale);
    const starts = film.tracks.picture.map((clip) => clip.startFrame);
    onSeek(event.altKey ? frame : snapped(frame, starts, scale * 2).frame);
  };
  return (
    <div
      className="relative h-7 cursor-ew-resize touch-none border-b border-line text-xs text-faint select-none tabular"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        seek(event);
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && seek(event)}
    >
      {ticks(range, scale, film.fps).map(({ frame, label }) => (
        <span
          key={frame}
          aria-hidden
          className={label === null ? "absolute bottom-0 h-1.5 w-px bg-strong" : "absolute bottom-0 h-3 w-px bg-edge"}
          style={{ left: xOf(frame, scale) }}
        >
          {label !== null && <span className="absolute bottom-2 left-1 leading-4 whitespace-nowrap">{label}</span>}
        </span>
      ))}
    </div>
  );
}
