import { LoaderCircle, RotateCw } from "lucide-react";
import { useRef } from "react";
import type { CSSProperties, RefObject } from "react";

import { previewFilmUrl } from "@/api/timeline";
import { SafeAreaOverlay } from "@/components/player/SafeAreaOverlay";
import { useClock } from "@/components/player/use-clock";
import { usePlayback } from "@/components/player/use-playback";
import type { Transporting } from "@/components/player/use-playback";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import type { PlatformName } from "@/lib/platforms";

import type { Film } from "./model/film";
import type { Desk } from "./use-desk";
import { previewWidth, usePictures } from "./use-pictures";
import type { Pictures } from "./use-pictures";

export interface Playing {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly transport: Transporting;
  /** The preview film itself runs, and not only its frames one by one. */
  readonly isFilm: boolean;
  readonly fault: MediaError | null;
}

/** Plays the kept version's preview film; edits that are not kept have none, so their frames are drawn as time goes on. */
export function usePlaying(desk: Desk): Playing {
  const video = useRef<HTMLVideoElement>(null);
  const { fps, totalFrames } = desk.film;
  const film = usePlayback(video, { fps, totalFrames, frames: desk.frames });
  const clock = useClock(desk.frames, { fps, totalFrames });
  const isFilm = !desk.edits.isDirty;
  return { video, transport: isFilm ? film : clock, isFilm, fault: isFilm ? film.fault : null };
}

export interface StageProps {
  readonly desk: Desk;
  readonly playing: Playing;
  readonly platform: PlatformName | null;
  readonly className?: string | undefined;
}

/** The picture at the playhead, as large as there is room. */
export function Stage({ desk, playing, platform, className }: StageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pictures = usePictures(canvas, desk);
  const { film, base } = desk;
  const { video, transport, isFilm, fault } = playing;
  const ratio = film.width / film.height;
  const showsFilm = isFilm && transport.isPlaying && !transport.isWaiting && fault === null;
  const style: CSSProperties = { aspectRatio: ratio, width: `min(100cqw, 100cqh * ${ratio})` };
  return (
    <div className={cx("@container-size grid min-h-0 min-w-0 place-items-center overflow-hidden", className)}>
      <div className="relative isolate overflow-hidden rounded-md bg-media" style={style}>
        <canvas
          ref={canvas}
          role="img"
          aria-label="The film at the playhead"
          className={cx("absolute inset-0 size-full transition-opacity", pictures.isEmpty && "opacity-0")}
        />
        <video
          ref={video}
          src={isFilm ? previewFilmUrl(base.jobId, base.version, previewWidth(ratio)) : undefined}
          preload="none"
          playsInline
          tabIndex={-1}
          aria-hidden
          className={cx("absolute inset-0 size-full", !showsFilm && "invisible")}
        />
        <Overlays {...{ film, playing, pictures, platform, showsFilm }} />
      </div>
    </div>
  );
}

interface OverlaysProps {
  readonly film: Film;
  readonly playing: Playing;
  readonly pictures: Pictures;
  readonly platform: PlatformName | null;
  readonly showsFilm: boolean;
}

function Overlays({ film, playing, pictures, platform, showsFilm }: OverlaysProps) {
  const { transport, isFilm, fault } = playing;
  const isMaking = isFilm && transport.isPlaying && !showsFilm && fault === null;
  return (
    <>
      {pictures.isEmpty && pictures.problem === null && (
        <span aria-hidden className="absolute inset-0 animate-breathe" style={{ background: film.palette.primary }} />
      )}
      {platform !== null && <SafeAreaOverlay platform={platform} aspect={film.aspectRatio} />}
      {isMaking && <Making />}
      {fault !== null && <Note words="The preview film could not be played. Frames can still be looked at." />}
      {pictures.problem !== null && <Note words={pictures.problem.detail} onRetry={pictures.retry} />}
    </>
  );
}

function Making() {
  return (
    <span role="status" className="absolute inset-x-2 bottom-2 flex justify-center">
      <span className="flex items-center gap-2 rounded-control bg-scrim px-2 py-1 text-xs font-semibold text-white">
        <LoaderCircle aria-hidden className="size-4 animate-spin" />
        Making the preview film…
      </span>
    </span>
  );
}

function Note({ words, onRetry }: { readonly words: string; readonly onRetry?: () => void }) {
  return (
    <div role="status" className="absolute inset-x-2 bottom-2 grid justify-items-center gap-2">
      <p className="rounded-control bg-scrim px-2 py-1 text-center text-xs text-white wrap-anywhere">{words}</p>
      {onRetry && (
        <Button size="sm" icon={<RotateCw aria-hidden />} onClick={onRetry}>
          Draw it again
        </Button>
      )}
    </div>
  );
}
