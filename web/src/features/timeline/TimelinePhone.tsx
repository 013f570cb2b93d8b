/** The timeline on a phone: looked through with the thumb; cutting is for larger screens. */
import { Link } from "@tanstack/react-router";
import { ArrowLeft, TextQuote } from "lucide-react";
import { useState } from "react";

import { SafeAreaMenu, Timecode, Transport } from "@/components/player/Controls";
import { useFrameValue } from "@/components/player/frame-store";
import { Scrubber } from "@/components/player/Scrubber";
import { Badge } from "@/components/ui/badge";
import { Button, iconButtonClass } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Drawer } from "@/components/ui/drawer";
import type { PlatformName } from "@/lib/platforms";

import { clipAt } from "./model/film";
import type { Clip, Film } from "./model/film";
import { Stage, usePlaying } from "./Stage";
import { frameUrl, useDesk } from "./use-desk";
import type { Desk, DeskOptions } from "./use-desk";
import { FIELDS, fieldsOf, PURPOSES, wordsOf } from "./words";

export function TimelinePhone(options: DeskOptions) {
  const desk = useDesk({ ...options, locked: "Scenes are cut on a larger screen." });
  const playing = usePlaying(desk);
  const [platform, setPlatform] = useState<PlatformName | null>(null);
  const [isOpen, setOpen] = useState(false);
  const { film, base } = desk;
  const { transport } = playing;
  const seek = (frame: number): void => {
    transport.pause();
    transport.seek(frame);
  };
  return (
    <section
      aria-label="Timeline of the ad"
      className="-m-(--shell-pad) flex h-[calc(100dvh-var(--shell-top,3rem)-var(--shell-bottom,0rem))] min-h-110 flex-col"
    >
      <header className="flex items-center gap-2 px-4 py-1">
        <Link
          to="/ads/$jobId"
          params={{ jobId: base.jobId }}
          search={{ step: "storyboard" }}
          aria-label="Back to the storyboard"
          className={iconButtonClass({ className: "-ms-2" })}
        >
          <ArrowLeft aria-hidden />
        </Link>
        <h1 className="text-lg">Timeline</h1>
        <Badge>Version {base.version}</Badge>
      </header>
      <Stage desk={desk} playing={playing} platform={platform} className="mx-4 flex-1" />
      <div className="px-4">
        <Scrubber
          frames={desk.frames}
          totalFrames={film.totalFrames}
          fps={film.fps}
          chapters={chaptersOf(film)}
          loop={null}
          onSeek={seek}
        />
        <div className="flex items-center justify-between gap-2">
          <span className="flex items-center">
            <Transport playback={transport} />
            <Timecode playback={transport} fps={film.fps} />
          </span>
          <span className="flex items-center">
            <SafeAreaMenu platform={platform} onPlatformChange={setPlatform} madeFor={film.platform} />
            <Button icon={<TextQuote aria-hidden />} onClick={() => setOpen(true)}>
              Words
            </Button>
          </span>
        </div>
      </div>
      <Strip desk={desk} onSeek={seek} />
      <p className="px-4 pb-3 text-xs text-faint">
        {desk.edits.isDirty ? "Your edits are here too; keep them on a larger screen." : desk.locked}
      </p>
      <WordsSheet desk={desk} isOpen={isOpen} onOpenChange={setOpen} />
    </section>
  );
}

function chaptersOf(film: Film) {
  return film.tracks.picture.map((clip) => ({
    title: PURPOSES[clip.purpose],
    startS: clip.startFrame / film.fps,
    endS: (clip.startFrame + clip.frames) / film.fps,
  }));
}

interface StripProps {
  readonly desk: Desk;
  readonly onSeek: (frame: number) => void;
}

function Strip({ desk, onSeek }: StripProps) {
  const { film, base } = desk;
  const now = useFrameValue(desk.frames, (frame) => clipAt(film, frame)?.scene);
  return (
    <ul aria-label="Scenes" className="flex shrink-0 gap-2 overflow-x-auto px-4 py-3 scroll-quiet">
      {film.tracks.picture.map((clip) => (
        <li key={clip.scene} className="shrink-0">
          <button
            type="button"
            aria-label={`Scene ${clip.scene}, ${PURPOSES[clip.purpose]}`}
            aria-current={clip.scene === now || undefined}
            onClick={() => onSeek(clip.posterFrame)}
            className={cx(
              "block overflow-hidden rounded-md",
              clip.scene === now && "ring-2 ring-accent ring-offset-2 ring-offset-canvas",
            )}
          >
            <img
              src={frameUrl(desk, Math.min(clip.scene, base.tracks.picture.length))}
              alt=""
              loading="lazy"
              className="h-16 bg-media object-cover"
              style={{ aspectRatio: film.width / film.height }}
            />
          </button>
        </li>
      ))}
    </ul>
  );
}

interface SheetProps {
  readonly desk: Desk;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}

function WordsSheet({ desk, isOpen, onOpenChange }: SheetProps) {
  const scene = useFrameValue(desk.frames, (frame) => clipAt(desk.film, frame)?.scene ?? 1);
  return (
    <Drawer open={isOpen} onOpenChange={onOpenChange} title="Words">
      <ol className="flex flex-col gap-5">
        {desk.film.tracks.picture.map((clip) => (
          <SceneWords key={clip.scene} clip={clip} isCurrent={clip.scene === scene} />
        ))}
      </ol>
    </Drawer>
  );
}

function SceneWords({ clip, isCurrent }: { readonly clip: Clip; readonly isCurrent: boolean }) {
  const said = fieldsOf(clip).filter((field) => wordsOf(clip, field) !== "");
  return (
    <li aria-current={isCurrent || undefined}>
      <h3 className={cx("text-sm", isCurrent ? "text-accent" : "text-muted")}>
        {clip.scene} · {PURPOSES[clip.purpose]}
      </h3>
      {said.length === 0 && <p className="text-base text-faint">No words</p>}
      {said.map((field) => (
        <p key={field} dir="auto" className={cx("wrap-anywhere", field === "headline" ? "text-lg" : "text-base")}>
          <span className="sr-only">{FIELDS[field].label}: </span>
          {wordsOf(clip, field)}
        </p>
      ))}
    </li>
  );
}
