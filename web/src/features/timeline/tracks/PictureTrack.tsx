import { Clapperboard, Film as FilmIcon } from "lucide-react";
import type { KeyboardEvent } from "react";

import { cx } from "@/components/ui/cx";
import { formatDuration, formatTimecode } from "@/lib/units";

import { xOf } from "../model/axis";
import type { Clip } from "../model/film";
import { frameUrl } from "../use-desk";
import type { Desk } from "../use-desk";
import { PURPOSES } from "../words";
import { useClipDrag } from "./use-clip-drag";
import type { EdgeDrag } from "./use-edge-drag";
import type { TracksView } from "./use-view";

interface PictureTrackProps {
  readonly desk: Desk;
  readonly view: TracksView;
  readonly edges: EdgeDrag;
}

/** The scenes side by side. Arrow keys choose one; its edges are dragged, or moved with [ and ]. */
export function PictureTrack({ desk, view, edges }: PictureTrackProps) {
  const drag = useClipDrag(desk, view);
  const { picture } = desk.film.tracks;
  const { carried } = drag;
  const gap = carried ? picture[carried.gap] : undefined;
  return (
    <div role="group" aria-label="Scenes" className="relative h-17">
      {picture.map((clip) => (
        <div
          key={clip.scene}
          className={cx("absolute inset-y-1 pe-px", carried?.scene === clip.scene && "z-10 opacity-75 shadow-high")}
          style={{
            left: xOf(clip.startFrame, view.scale),
            width: xOf(clip.frames, view.scale),
            translate: carried?.scene === clip.scene ? `${carried.byPx}px` : undefined,
          }}
        >
          <ClipButton desk={desk} clip={clip} handlers={drag.handlers(clip)} widthPx={xOf(clip.frames, view.scale)} />
          {desk.locked === null && <Edges desk={desk} clip={clip} edges={edges} />}
        </div>
      ))}
      {gap && (
        <span
          aria-hidden
          className="absolute inset-y-0 z-10 w-0.5 -translate-x-1/2 bg-accent"
          style={{ left: xOf(gap.startFrame, view.scale) }}
        />
      )}
    </div>
  );
}

interface ClipButtonProps {
  readonly desk: Desk;
  readonly clip: Clip;
  readonly widthPx: number;
  readonly handlers: ReturnType<ReturnType<typeof useClipDrag>["handlers"]>;
}

function ClipButton({ desk, clip, widthPx, handlers }: ClipButtonProps) {
  const isSelected = desk.selected?.scene === clip.scene;
  const isTabStop = isSelected || (desk.selected === undefined && clip.scene === 1);
  const { fps } = desk.film;
  const length = formatDuration(clip.frames / fps);
  const choose = (): void => desk.select(clip.scene);
  return (
    <button
      type="button"
      data-clip={clip.scene}
      aria-pressed={isSelected}
      aria-label={`Scene ${clip.scene}, ${PURPOSES[clip.purpose]}, ${length}, from ${formatTimecode(clip.startFrame, fps)}`}
      tabIndex={isTabStop ? 0 : -1}
      onClick={choose}
      onFocus={choose}
      onDoubleClick={() => desk.setTyping({ scene: clip.scene, field: "headline" })}
      onKeyDown={(event) => walk(event, desk, clip)}
      {...handlers}
      className={cx(
        "block size-full min-w-0 overflow-clip rounded-md bg-sunken text-start transition-shadow dark:bg-raised",
        isSelected ? "ring-2 ring-accent" : "hover:ring-1 hover:ring-edge",
      )}
    >
      <span className="sticky left-0 flex h-full w-fit max-w-full items-stretch">
        <Thumb desk={desk} clip={clip} />
        {widthPx > 92 && (
          <span className="flex min-w-0 flex-1 flex-col justify-between px-2 py-1.5">
            <span className="flex min-w-0 items-center gap-1.5 text-sm leading-4 font-semibold">
              <span className="tabular">{clip.scene}</span>
              <span className="min-w-0 truncate">{PURPOSES[clip.purpose]}</span>
            </span>
            <span className="flex min-w-0 items-center gap-1.5 text-xs text-muted tabular">
              {clip.footage && <FilmIcon aria-hidden className="size-3 shrink-0" />}
              <span className="truncate">{length}</span>
            </span>
          </span>
        )}
      </span>
    </button>
  );
}

/** The scene's drawn frame; of scenes that edits added or moved, the one that they come from. */
function Thumb({ desk, clip }: { readonly desk: Desk; readonly clip: Clip }) {
  const { base, film } = desk;
  const origin = base.tracks.picture.find((old) => isSame(old, clip)) ?? base.tracks.picture[clip.scene - 1];
  const src = origin && frameUrl(desk, origin.scene);
  const style = { aspectRatio: film.width / film.height };
  if (!src || clip.source.isAwaited) {
    return (
      <span className="grid h-full shrink-0 place-items-center bg-media text-faint" style={style}>
        <Clapperboard aria-hidden className="size-4" />
      </span>
    );
  }
  return (
    <img
      src={src}
      alt=""
      draggable={false}
      loading="lazy"
      decoding="async"
      className="h-full shrink-0 bg-media object-cover"
      style={style}
    />
  );
}

function isSame(old: Clip, clip: Clip): boolean {
  return (
    old.purpose === clip.purpose &&
    old.source.assetId === clip.source.assetId &&
    old.source.generationId === clip.source.generationId &&
    old.words.headline === clip.words.headline
  );
}

function walk(event: KeyboardEvent<HTMLElement>, desk: Desk, clip: Clip): void {
  if (event.altKey || event.metaKey || event.ctrlKey) return;
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };
  const step = steps[event.key];
  const lanes = event.currentTarget.closest("[data-lanes]");
  if (step !== undefined) lanes?.querySelector<HTMLElement>(`[data-clip="${clip.scene + step}"]`)?.focus();
  else if (event.key === "ArrowDown") lanes?.querySelector<HTMLElement>(`[data-type-of="${clip.scene}"]`)?.focus();
  else if (event.key === "Enter") desk.setTyping({ scene: clip.scene, field: "headline" });
  else return;
  event.preventDefault();
}

interface EdgesProps {
  readonly desk: Desk;
  readonly clip: Clip;
  readonly edges: EdgeDrag;
}

/** The places where a scene's edges are taken hold of; keys do the same. */
function Edges({ desk, clip, edges }: EdgesProps) {
  const isLast = clip.scene === desk.film.tracks.picture.length;
  // The film's own beginning stays where it is, and so does its end while it keeps its length.
  const hasIn = clip.scene > 1 || (!desk.keepTotal && clip.footage !== null);
  const hasOut = !isLast || !desk.keepTotal;
  const look = (edge: "in" | "out"): string =>
    cx(
      "absolute inset-y-0 z-5 w-2.5 cursor-ew-resize touch-none pointer-coarse:w-5",
      "after:absolute after:inset-y-3 after:w-1 after:rounded-full after:bg-white after:opacity-0 after:shadow-low after:transition-opacity hover:after:opacity-100",
      edge === "in" ? "left-0 after:left-1" : "right-0 after:right-1",
      edges.held?.scene === clip.scene && edges.held.edge === edge && "after:opacity-100",
    );
  return (
    <>
      {hasIn && <span aria-hidden className={look("in")} {...edges.handlers(clip, "in")} />}
      {hasOut && <span aria-hidden className={look("out")} {...edges.handlers(clip, "out")} />}
    </>
  );
}
