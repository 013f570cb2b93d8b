/** Drives a video element frame by frame: what plays, how fast, in which loop; exact to the frame where browsers tell. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { RefObject } from "react";

import { createFrameStore } from "./frame-store";
import type { FrameStore } from "./frame-store";
import { clamp, frameAt, framesIn, shuttled, timeOf } from "./timing";
import type { Loop } from "./timing";

export interface Playback {
  readonly frames: FrameStore;
  readonly totalFrames: number;
  readonly isPlaying: boolean;
  /** It wants to play and waits for bytes. */
  readonly isWaiting: boolean;
  readonly isReady: boolean;
  /** What the browser says against the file, or null. */
  readonly fault: MediaError | null;
  /** 1 is as filmed; negative runs backwards. */
  readonly rate: number;
  readonly loop: Loop | null;
  readonly volume: number;
  readonly isMuted: boolean;
  readonly play: () => void;
  readonly pause: () => void;
  readonly toggle: () => void;
  readonly seek: (frame: number) => void;
  readonly step: (frames: number) => void;
  readonly shuttle: (direction: 1 | -1) => void;
  readonly setRate: (rate: number) => void;
  readonly setLoop: (loop: Loop | null) => void;
  readonly setVolume: (volume: number) => void;
  readonly toggleMuted: () => void;
  readonly reload: () => void;
}

/** What moves through a film, however its pictures come. */
export type Transporting = Pick<
  Playback,
  | "frames"
  | "totalFrames"
  | "isPlaying"
  | "isWaiting"
  | "rate"
  | "loop"
  | "setLoop"
  | "pause"
  | "toggle"
  | "seek"
  | "step"
  | "shuttle"
>;

export interface PlaybackOptions {
  readonly fps: number;
  /** Where the frame is told, if others drive it too. */
  readonly frames?: FrameStore | undefined;
  /** Length in frames where it is known before the file is. */
  readonly totalFrames?: number | undefined;
}

/** Plays what `ref` points to. One call for each video element. */
export function usePlayback(ref: RefObject<HTMLVideoElement | null>, options: PlaybackOptions): Playback {
  const { fps, totalFrames } = options;
  const [ownFrames] = useState(() => createFrameStore());
  const frames = options.frames ?? ownFrames;
  const [durationS, setDurationS] = useState(Number.NaN);
  const [isPlaying, setPlaying] = useState(false);
  const [isWaiting, setWaiting] = useState(false);
  const [isReady, setReady] = useState(false);
  const [fault, setFault] = useState<MediaError | null>(null);
  const [rate, setRateState] = useState(1);
  const [loop, setLoop] = useState<Loop | null>(null);
  const [sound, setSound] = useState({ volume: 1, isMuted: false });
  const total = totalFrames ?? framesIn(durationS, fps);
  const isBackwards = rate < 0;

  const seek = useCallback(
    (frame: number) => {
      const video = ref.current;
      const target = clamp(Math.round(frame), 0, total - 1);
      frames.set(target);
      if (video) video.currentTime = timeOf(target, fps);
    },
    [fps, frames, ref, total],
  );

  const pause = useCallback(() => {
    ref.current?.pause();
    setPlaying(false);
    setRateState((was) => (was < 0 ? 1 : was));
  }, [ref]);

  const start = useCallback(
    (wanted: number) => {
      const video = ref.current;
      if (!video) return;
      setRateState(wanted);
      setPlaying(true);
      if (wanted < 0) {
        video.pause();
        return;
      }
      if (frames.get() >= total - 1) seek(loop?.startFrame ?? 0);
      // Others may have moved the frame: the film goes on from what is looked at.
      if (frameAt(video.currentTime, fps) !== frames.get()) video.currentTime = timeOf(frames.get(), fps);
      video.playbackRate = wanted;
      video.play().catch(() => setPlaying(false));
    },
    [fps, frames, loop, ref, seek, total],
  );

  const onEnded = (): void => (loop ? start(rate) : setPlaying(false));
  useVideoEvents(ref, { fps, frames, isBackwards, onEnded, setDurationS, setPlaying, setWaiting, setReady, setFault });
  useLoop(frames, { loop, isPlaying, seek });
  useReverse(frames, { rate, fps, isPlaying, seek, pause, firstFrame: loop?.startFrame ?? 0 });
  useEffect(() => {
    const video = ref.current;
    if (video) Object.assign(video, { volume: sound.volume, muted: sound.isMuted });
  }, [ref, sound]);

  return useMemo(
    () => ({
      ...{ frames, totalFrames: total, isPlaying, isWaiting, isReady, fault, rate, loop, ...sound },
      play: () => start(1),
      pause,
      toggle: () => (isPlaying ? pause() : start(Math.abs(rate))),
      seek,
      step: (by: number) => {
        pause();
        seek(frames.get() + by);
      },
      shuttle: (direction: 1 | -1) => start(shuttled(isPlaying ? rate : 0, direction)),
      setRate: (next: number) => (isPlaying ? start(next) : setRateState(next)),
      setLoop,
      setVolume: (volume: number) => setSound({ volume, isMuted: volume === 0 }),
      toggleMuted: () => setSound((was) => ({ ...was, isMuted: !was.isMuted })),
      reload: () => {
        setFault(null);
        ref.current?.load();
      },
    }),
    [fault, frames, isPlaying, isReady, isWaiting, loop, pause, rate, ref, seek, sound, start, total],
  );
}

interface Told {
  readonly fps: number;
  readonly frames: FrameStore;
  readonly isBackwards: boolean;
  readonly onEnded: () => void;
  readonly setDurationS: (durationS: number) => void;
  readonly setPlaying: (isPlaying: boolean) => void;
  readonly setWaiting: (isWaiting: boolean) => void;
  readonly setReady: (isReady: boolean) => void;
  readonly setFault: (fault: MediaError | null) => void;
}

function useVideoEvents(ref: RefObject<HTMLVideoElement | null>, told: Told): void {
  const latest = useRef(told);
  useEffect(() => {
    latest.current = told;
  });
  useEffect(() => {
    const video = ref.current;
    if (!video) return undefined;
    const stopping = new AbortController();
    const on = (names: string, listener: () => void): void => {
      for (const name of names.split(" ")) video.addEventListener(name, listener, { signal: stopping.signal });
    };
    const show = (timeS: number): void => {
      // While it is seeking, the frame that was asked for is the one to show.
      if (!video.seeking) latest.current.frames.set(frameAt(timeS, latest.current.fps));
    };
    on("loadedmetadata durationchange", () => latest.current.setDurationS(video.duration));
    on("loadeddata canplay", () => latest.current.setReady(true));
    on("emptied", () => latest.current.setReady(false));
    on("waiting", () => latest.current.setWaiting(true));
    on("playing canplay pause seeked error", () => latest.current.setWaiting(false));
    on("play", () => latest.current.setPlaying(true));
    on("pause", () => !latest.current.isBackwards && latest.current.setPlaying(false));
    on("error", () => latest.current.setFault(video.error));
    on("loadstart", () => latest.current.setFault(null));
    on("ended", () => latest.current.onEnded());
    on("timeupdate", () => !exact && show(video.currentTime));
    const exact = followFrames(video, { show, signal: stopping.signal });
    if (video.readyState >= HTMLMediaElement.HAVE_METADATA) latest.current.setDurationS(video.duration);
    if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) latest.current.setReady(true);
    return () => stopping.abort();
  }, [ref]);
}

/** Shows the time of each frame as it is presented; tells whether the browser can. */
function followFrames(
  video: HTMLVideoElement,
  { show, signal }: { show: (timeS: number) => void; signal: AbortSignal },
): boolean {
  if (!("requestVideoFrameCallback" in video)) return false;
  let handle = 0;
  const next = (_: number, metadata: VideoFrameCallbackMetadata): void => {
    show(metadata.mediaTime);
    handle = video.requestVideoFrameCallback(next);
  };
  handle = video.requestVideoFrameCallback(next);
  signal.addEventListener("abort", () => video.cancelVideoFrameCallback(handle));
  return true;
}

function useLoop(
  frames: FrameStore,
  { loop, isPlaying, seek }: { loop: Loop | null; isPlaying: boolean; seek: (frame: number) => void },
): void {
  useEffect(() => {
    if (!loop || !isPlaying) return undefined;
    return frames.subscribe(() => {
      const frame = frames.get();
      if (frame >= loop.endFrame || frame < loop.startFrame) seek(loop.startFrame);
    });
  }, [frames, loop, isPlaying, seek]);
}

interface Reversing {
  readonly rate: number;
  readonly fps: number;
  readonly isPlaying: boolean;
  readonly firstFrame: number;
  readonly seek: (frame: number) => void;
  readonly pause: () => void;
}

/** Browsers play forwards only: backwards is a seek for each frame that is due. */
function useReverse(frames: FrameStore, { rate, fps, isPlaying, firstFrame, seek, pause }: Reversing): void {
  useEffect(() => {
    if (!isPlaying || rate >= 0) return undefined;
    const from = frames.get();
    let startedMs: number | null = null;
    let handle = requestAnimationFrame(function tick(nowMs) {
      startedMs ??= nowMs;
      const target = from + Math.round(((nowMs - startedMs) / 1000) * fps * rate);
      if (target !== frames.get()) seek(Math.max(firstFrame, target));
      if (target <= firstFrame) pause();
      else handle = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(handle);
  }, [frames, rate, fps, isPlaying, firstFrame, seek, pause]);
}
