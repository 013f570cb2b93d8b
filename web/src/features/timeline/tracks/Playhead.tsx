import { useEffect } from "react";

import { useFrame } from "@/components/player/frame-store";
import type { FrameStore } from "@/components/player/frame-store";
import type { Transporting } from "@/components/player/use-playback";
import { formatTimecode } from "@/lib/units";

import { clipAt } from "../model/film";
import type { Film } from "../model/film";
import { xOf } from "../model/axis";
import type { TracksView } from "./use-view";

interface PlayheadProps {
  readonly film: Film;
  readonly frames: FrameStore;
  readonly view: TracksView;
  readonly transport: Transporting;
}

/** Where one is in the film. A slider for screen readers and the keyboard; the pointer drags the ruler. */
export function Playhead({ film, frames, view, transport }: PlayheadProps) {
  const frame = Math.min(useFrame(frames), film.totalFrames - 1);
  const { reveal } = view;
  useEffect(() => {
    if (transport.isPlaying) reveal(frame);
  }, [frame, reveal, transport.isPlaying]);
  const scene = clipAt(film, frame)?.scene ?? 1;
  return (
    <div className="pointer-events-none absolute inset-y-0 z-20 w-0" style={{ left: xOf(frame, view.scale) }}>
      <div className="absolute inset-y-0 w-px bg-accent" />
      <div
        role="slider"
        tabIndex={0}
        aria-label="Playhead"
        aria-valuemin={0}
        aria-valuemax={film.totalFrames - 1}
        aria-valuenow={frame}
        aria-valuetext={`${formatTimecode(frame, film.fps)}, scene ${scene} of ${film.tracks.picture.length}`}
        onKeyDown={(event) => {
          const step = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
          if (step === 0) return;
          event.preventDefault();
          transport.step(event.shiftKey ? step * 10 : step);
        }}
        className="absolute top-3.5 size-3 -translate-x-1/2 rotate-45 rounded-xs bg-accent"
      />
    </div>
  );
}
