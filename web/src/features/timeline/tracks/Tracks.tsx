import { Captions, Film as FilmIcon, Music, Type } from "lucide-react";
import type { KeyboardEvent, ReactNode, Ref } from "react";

import type { Transporting } from "@/components/player/use-playback";
import { cx } from "@/components/ui/cx";

import { xOf } from "../model/axis";
import type { Desk } from "../use-desk";
import { CaptionTrack } from "./CaptionTrack";
import { rowsOf } from "./layout";
import { PictureTrack } from "./PictureTrack";
import { Playhead } from "./Playhead";
import { Ruler } from "./Ruler";
import { SoundTrack } from "./SoundTrack";
import { heightOf, TypeTrack } from "./TypeTrack";
import { snapX, useEdgeDrag } from "./use-edge-drag";
import { TAIL_PX } from "./use-view";
import type { TracksView } from "./use-view";

interface TracksProps {
  readonly desk: Desk;
  readonly view: TracksView;
  readonly scroller: Ref<HTMLDivElement>;
  readonly transport: Transporting;
  readonly peaks: readonly number[] | undefined;
}

/** The film on its axis: pictures, type, captions and sound, one above the other. */
export function Tracks({ desk, view, scroller, transport, peaks }: TracksProps) {
  const edges = useEdgeDrag(desk, view);
  const { film } = desk;
  const snap = snapX(edges, view);
  const seek = (frame: number): void => {
    transport.pause();
    transport.seek(frame);
  };
  // Space plays wherever one is in the tracks; a button there does nothing else that Enter would not.
  const press = (event: KeyboardEvent): void => {
    if (event.key !== " " || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    transport.toggle();
  };
  return (
    <div className="flex max-h-1/2 shrink-0 overflow-y-auto border-t border-line bg-surface scroll-quiet">
      <div aria-hidden className="w-24 shrink-0 border-e border-line pt-7 text-xs font-semibold text-muted">
        <Name icon={<FilmIcon />} className="h-17">
          Picture
        </Name>
        <Name icon={<Type />} style={{ height: heightOf(rowsOf(film.tracks.type)) }}>
          Type
        </Name>
        <Name icon={<Captions />} className="h-7">
          Captions
        </Name>
        <Name icon={<Music />} className="h-16">
          Sound
        </Name>
      </div>
      <div ref={scroller} dir="ltr" className="min-w-0 flex-1 overflow-x-auto overflow-y-hidden scroll-quiet">
        <div
          data-lanes
          onKeyDown={press}
          className="relative min-w-full pb-2"
          style={{ width: xOf(film.totalFrames, view.scale) + TAIL_PX }}
        >
          <Ruler film={film} view={view} onSeek={seek} />
          <PictureTrack desk={desk} view={view} edges={edges} />
          <TypeTrack desk={desk} view={view} />
          <CaptionTrack desk={desk} view={view} />
          <SoundTrack desk={desk} view={view} peaks={peaks} />
          {snap !== null && (
            <span aria-hidden className="absolute inset-y-0 z-15 w-px bg-caution" style={{ left: snap }} />
          )}
          <Playhead film={film} frames={desk.frames} view={view} transport={transport} />
        </div>
      </div>
    </div>
  );
}

interface NameProps {
  readonly children: ReactNode;
  readonly icon: ReactNode;
  readonly className?: string;
  readonly style?: { readonly height: number };
}

function Name({ children, icon, className, style }: NameProps) {
  return (
    <div className={cx("flex items-center gap-2 px-3 [&_svg]:size-3.5 [&_svg]:text-faint", className)} style={style}>
      {icon}
      {children}
    </div>
  );
}
