/** Plays a film to be judged: frame by frame, by scene, under a platform's controls, with its captions. */
import { Film, LoaderCircle, RotateCw } from "lucide-react";
import { useEffect, useImperativeHandle, useRef, useState } from "react";
import type { CSSProperties, Ref, RefObject } from "react";

import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { aspectNumber } from "@/lib/platforms";
import type { Aspect, PlatformName } from "@/lib/platforms";

import { Controls } from "./Controls";
import { usePlayerShortcuts, useTransportKeys } from "./keys";
import { SafeAreaOverlay } from "./SafeAreaOverlay";
import { Scrubber } from "./Scrubber";
import { chapterAt, framesOf, loopFrom, loopUntil } from "./timing";
import type { Chapter } from "./timing";
import { useCaptions } from "./use-captions";
import { usePlayback } from "./use-playback";
import type { Playback } from "./use-playback";

/** What others on the page may have the player do. */
export interface FilmPlayerHandle {
  /** Shows the film at that second, and pauses. */
  readonly seek: (timeS: number) => void;
  readonly play: () => void;
  readonly pause: () => void;
}

export interface FilmPlayerProps {
  readonly src: string;
  /** WebVTT; without it there is no button for captions. */
  readonly captionsSrc?: string | undefined;
  readonly poster?: string | undefined;
  readonly fps: number;
  /** The scenes, one after another. */
  readonly chapters: readonly Chapter[];
  readonly aspectRatio: Aspect;
  /** Whose safe areas the ad was made for; they are shown when asked for. */
  readonly platform?: PlatformName | undefined;
  readonly title?: string | undefined;
  readonly ref?: Ref<FilmPlayerHandle> | undefined;
  readonly className?: string | undefined;
}

/** A player with its own controls. Keeps its place before the film is there. */
export function FilmPlayer(props: FilmPlayerProps) {
  const { captionsSrc, fps, chapters, ref, className } = props;
  const root = useRef<HTMLElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const playback = usePlayback(video, { fps });
  const [platform, setPlatform] = useState<PlatformName | null>(null);
  const [showsCaptions, setShowsCaptions] = useState(false);
  const [isFullscreen, toggleFullscreen] = useFullscreen();
  const { frames, totalFrames, loop, setLoop } = playback;
  const actions = {
    markIn: () => setLoop(loopFrom(loop, frames.get(), totalFrames)),
    markOut: () => setLoop(loopUntil(loop, frames.get())),
    loopScene: () => {
      const chapter = chapters[chapterAt(chapters, frames.get(), fps)];
      if (chapter) setLoop(framesOf(chapter, fps));
    },
    toggleCaptions: captionsSrc === undefined ? null : () => setShowsCaptions((was) => !was),
    toggleFullscreen,
  };
  usePlayerShortcuts(playback, actions);
  useTransportKeys(root, playback, fps);
  useImperativeHandle(ref, () => ({
    seek: (timeS) => {
      playback.pause();
      playback.seek(Math.round(timeS * fps));
    },
    play: playback.play,
    pause: playback.pause,
  }));
  return (
    <section
      ref={root}
      aria-label={props.title ?? "Film"}
      className={cx(
        "@container flex min-w-0 flex-col",
        isFullscreen && "fixed inset-0 z-40 justify-center bg-canvas p-3",
        className,
      )}
    >
      <Picture
        {...props}
        video={video}
        playback={playback}
        platform={platform}
        showsCaptions={showsCaptions}
        heightPx={isFullscreen ? "100dvh - 6.5rem" : "min(70dvh, 44rem)"}
      />
      <Scrubber
        frames={frames}
        totalFrames={totalFrames}
        fps={fps}
        chapters={chapters}
        loop={loop}
        onSeek={playback.seek}
      />
      <Controls
        playback={playback}
        actions={actions}
        fps={fps}
        hasChapters={chapters.length > 0}
        hasCaptions={captionsSrc !== undefined}
        showsCaptions={showsCaptions}
        isFullscreen={isFullscreen}
        platform={platform}
        onPlatformChange={setPlatform}
        madeFor={props.platform}
      />
    </section>
  );
}

interface PictureProps extends Omit<FilmPlayerProps, "ref" | "platform"> {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly playback: Playback;
  readonly platform: PlatformName | null;
  readonly showsCaptions: boolean;
  /** A CSS length that the picture is never higher than. */
  readonly heightPx: string;
}

function Picture({ video, playback, platform, showsCaptions, heightPx, ...props }: PictureProps) {
  const { src, captionsSrc, poster, aspectRatio } = props;
  const lines = useCaptions(video, captionsSrc);
  const ratio = aspectNumber(aspectRatio);
  const style: CSSProperties = { aspectRatio: ratio, width: `min(100%, calc((${heightPx}) * ${ratio}))` };
  return (
    <div className="grid place-items-center overflow-hidden rounded-card bg-media">
      <div className="@container relative isolate overflow-hidden" style={style}>
        <video
          ref={video}
          src={src}
          poster={poster}
          preload="metadata"
          playsInline
          tabIndex={-1}
          aria-label={props.title ?? "Film"}
          className="absolute inset-0 size-full object-contain"
          onClick={playback.toggle}
        >
          {captionsSrc !== undefined && <track kind="captions" src={captionsSrc} label="Captions" />}
        </video>
        {platform !== null && <SafeAreaOverlay platform={platform} aspect={aspectRatio} />}
        {showsCaptions && <CaptionLines lines={lines} />}
        {playback.isWaiting && playback.fault === null && <Waiting />}
        {playback.fault !== null && <Fault fault={playback.fault} onRetry={playback.reload} />}
      </div>
    </div>
  );
}

function CaptionLines({ lines }: { readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <p
      dir="auto"
      className="pointer-events-none absolute inset-x-[6%] bottom-[6%] text-center text-[clamp(0.75rem,4.4cqw,1.5rem)] leading-snug font-semibold text-white"
    >
      {lines.map((line, index) => (
        <span key={index}>
          <span className="box-decoration-clone rounded-xs bg-scrim px-1.5 py-0.5">{line}</span>
          <br />
        </span>
      ))}
    </p>
  );
}

function Waiting() {
  return (
    <span role="status" className="pointer-events-none absolute inset-0 grid place-items-center">
      <span className="rounded-full bg-scrim p-2 text-white">
        <LoaderCircle aria-hidden className="size-5 animate-spin" />
        <span className="sr-only">Loading the film</span>
      </span>
    </span>
  );
}

function wordsOf(fault: MediaError): string {
  switch (fault.code) {
    case MediaError.MEDIA_ERR_NETWORK:
      return "The connection broke while the film was loading.";
    case MediaError.MEDIA_ERR_DECODE:
      return "This browser could not read a part of the film.";
    case MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED:
      return "The film is not there, or this browser cannot play it.";
    default:
      return "The film stopped loading.";
  }
}

function Fault({ fault, onRetry }: { readonly fault: MediaError; readonly onRetry: () => void }) {
  return (
    <div
      role="alert"
      className="absolute inset-0 grid place-content-center justify-items-center gap-3 bg-media p-4 text-center text-sm text-muted"
    >
      <Film aria-hidden className="size-6 stroke-[1.5] text-critical" />
      <p className="max-w-60">{wordsOf(fault)}</p>
      <Button size="sm" icon={<RotateCw aria-hidden />} onClick={onRetry}>
        Load again
      </Button>
    </div>
  );
}

/** The whole page goes full screen and the player covers it: menus open at the end of the page, and must be seen. */
function useFullscreen(): [boolean, () => void] {
  const [isFullscreen, setFullscreen] = useState(false);
  useEffect(() => {
    const look = (): void => setFullscreen((was) => was && document.fullscreenElement !== null);
    document.addEventListener("fullscreenchange", look);
    return () => document.removeEventListener("fullscreenchange", look);
  }, []);
  const toggle = (): void => {
    setFullscreen((was) => !was);
    // A browser that refuses (phones do) still shows the player over its whole page.
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
    else void document.documentElement.requestFullscreen().catch(() => undefined);
  };
  return [isFullscreen, toggle];
}
