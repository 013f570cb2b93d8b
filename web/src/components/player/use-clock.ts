/** Moves through a film that is no file: its frames come one by one, as time says. */
import { useCallback, useEffect, useMemo, useState } from "react";

import type { FrameStore } from "./frame-store";
import { clamp, shuttled } from "./timing";
import type { Loop } from "./timing";
import type { Transporting } from "./use-playback";

/** Counts frames of `frames` while it plays; what shows them draws as many as it can. */
export function useClock(frames: FrameStore, { fps, totalFrames }: { fps: number; totalFrames: number }): Transporting {
  const [rate, setRate] = useState(1);
  const [isPlaying, setPlaying] = useState(false);
  const [loop, setLoop] = useState<Loop | null>(null);
  const pause = useCallback(() => setPlaying(false), []);
  const seek = useCallback(
    (frame: number) => frames.set(clamp(Math.round(frame), 0, totalFrames - 1)),
    [frames, totalFrames],
  );
  const start = useCallback(
    (wanted: number) => {
      if (wanted > 0 && frames.get() >= totalFrames - 1) seek(loop?.startFrame ?? 0);
      setRate(wanted);
      setPlaying(true);
    },
    [frames, loop, seek, totalFrames],
  );
  useTicking(frames, { isPlaying, rate, fps, loop, totalFrames, pause });
  return useMemo(
    () => ({
      ...{ frames, totalFrames, isPlaying, isWaiting: false, rate, loop, setLoop, pause, seek },
      toggle: () => (isPlaying ? pause() : start(1)),
      step: (by: number) => {
        pause();
        seek(frames.get() + by);
      },
      shuttle: (direction: 1 | -1) => start(shuttled(isPlaying ? rate : 0, direction)),
    }),
    [frames, totalFrames, isPlaying, rate, loop, pause, seek, start],
  );
}

interface Ticking {
  readonly isPlaying: boolean;
  readonly rate: number;
  readonly fps: number;
  readonly loop: Loop | null;
  readonly totalFrames: number;
  readonly pause: () => void;
}

function useTicking(frames: FrameStore, { isPlaying, rate, fps, loop, totalFrames, pause }: Ticking): void {
  useEffect(() => {
    if (!isPlaying) return undefined;
    const first = loop?.startFrame ?? 0;
    const end = Math.min(loop?.endFrame ?? totalFrames, totalFrames);
    let from = clamp(frames.get(), first, end - 1);
    let startedMs: number | null = null;
    let handle = requestAnimationFrame(function tick(nowMs) {
      startedMs ??= nowMs;
      const at = from + Math.floor(((nowMs - startedMs) / 1000) * fps * rate);
      if (at >= end && loop) [from, startedMs] = [first, nowMs];
      frames.set(clamp(at >= end && loop ? first : at, first, end - 1));
      if (!loop && (at >= end || at < first)) pause();
      else handle = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(handle);
  }, [frames, isPlaying, rate, fps, loop, totalFrames, pause]);
}
