import { xOf } from "../model/axis";
import type { Desk } from "../use-desk";
import type { TracksView } from "./use-view";

interface CaptionTrackProps {
  readonly desk: Desk;
  readonly view: TracksView;
}

/** What captions say. They follow the words; nobody writes them twice. */
export function CaptionTrack({ desk, view }: CaptionTrackProps) {
  return (
    <ol aria-label="Captions" className="relative h-7">
      {desk.film.tracks.captions.map((caption, index) => (
        <li
          key={index}
          className="absolute inset-y-0.5 pe-px"
          style={{ left: xOf(caption.startFrame, view.scale), width: xOf(caption.frames, view.scale) }}
        >
          <span
            dir="auto"
            title={caption.text}
            className="block size-full overflow-clip rounded-sm border border-line px-1.5 text-xs leading-5.5 text-muted"
          >
            <span className="sticky left-1.5 block w-fit max-w-full truncate">
              {caption.text.replaceAll("\n", " ")}
            </span>
          </span>
        </li>
      ))}
    </ol>
  );
}
