/** The timeline at a desk: picture and numbers above, tracks below. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";

import { useTransportKeys } from "@/components/player/keys";
import { ConfirmDialog } from "@/components/ui/dialog";
import type { PlatformName } from "@/lib/platforms";
import { plural } from "@/lib/units";

import { DeskHeader } from "./DeskHeader";
import { Inspector } from "./Inspector";
import { Notices } from "./Notices";
import { Stage, usePlaying } from "./Stage";
import { Tracks } from "./tracks/Tracks";
import { useView } from "./tracks/use-view";
import { useDesk } from "./use-desk";
import type { Desk, DeskOptions } from "./use-desk";
import { useDeskKeys } from "./use-desk-keys";
import { peaksQuery } from "./use-peaks";
import { previewWidth } from "./use-pictures";
import { ViewTools } from "./ViewTools";

export function TimelineDesk(options: DeskOptions) {
  const root = useRef<HTMLElement>(null);
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const desk = useDesk(options);
  const { base, film, edits } = desk;
  const view = useView(film.totalFrames, scroller);
  const playing = usePlaying(desk);
  const [platform, setPlatform] = useState<PlatformName | null>(null);
  const peaks = useQuery(peaksQuery(base.jobId, base.version, previewWidth(film.width / film.height)));
  const canKeep = edits.isDirty && edits.isTried && !edits.isStale && desk.locked === null;
  useTransportKeys(root, playing.transport, film.fps);
  useDeskKeys({ desk, view, transport: playing.transport, canKeep });
  useReveal(desk, { reveal: view.reveal, seek: playing.transport.seek });
  return (
    <section
      ref={root}
      aria-label="Timeline of the ad"
      className="-m-(--shell-pad) flex h-[calc(100dvh-var(--shell-top,3rem))] min-h-140 flex-col overflow-hidden"
    >
      <DeskHeader desk={desk} canKeep={canKeep} />
      <div className="flex min-h-0 flex-1">
        <div className="relative flex min-w-0 flex-1 p-4">
          <Stage desk={desk} playing={playing} platform={platform} className="flex-1" />
          <div className="absolute inset-x-4 top-4 z-10 *:shadow-low">
            <Notices desk={desk} />
          </div>
        </div>
        <aside
          aria-label="Inspector"
          className="w-76 shrink-0 overflow-y-auto border-s border-line bg-surface scroll-quiet"
        >
          <Inspector desk={desk} />
        </aside>
      </div>
      <ViewTools
        desk={desk}
        view={view}
        transport={playing.transport}
        platform={platform}
        onPlatformChange={setPlatform}
      />
      <Tracks desk={desk} view={view} scroller={setScroller} transport={playing.transport} peaks={peaks.data} />
      <MoveDialog desk={desk} />
    </section>
  );
}

/** A scene that is chosen is seen: in the tracks, and in the picture, unless the playhead is in it already. */
function useReveal(desk: Desk, go: { reveal: (frame: number) => void; seek: (frame: number) => void }): void {
  const scene = desk.selected?.scene;
  const latest = useRef({ desk, go });
  useEffect(() => {
    latest.current = { desk, go };
  });
  useEffect(() => {
    const { desk: now, go: then } = latest.current;
    const clip = now.selected;
    if (scene === undefined || !clip) return;
    then.reveal(clip.startFrame);
    const frame = now.frames.get();
    const isInside = frame >= clip.startFrame && frame < clip.startFrame + clip.frames;
    if (!isInside) then.seek(clip.posterFrame);
  }, [scene]);
}

/** Moving a scene makes a version of its own: edits that are not kept must be kept before. */
function MoveDialog({ desk }: { readonly desk: Desk }) {
  const { edits, base, asksToMove } = desk;
  return (
    <ConfirmDialog
      open={asksToMove !== null}
      onOpenChange={(isOpen) => !isOpen && desk.setAsksToMove(null)}
      title={`Keep ${plural(edits.list.length, "edit")} first?`}
      description={`Moving a scene makes a version of its own, with its cuts on the beat again. Your edits become version ${base.version + 1}, the move version ${base.version + 2}.`}
      verb="Keep edits and move"
      busy={edits.isKeeping}
      onConfirm={() => {
        if (asksToMove) edits.keep(asksToMove);
        desk.setAsksToMove(null);
      }}
    />
  );
}
