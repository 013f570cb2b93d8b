import { Waveform } from "@/components/waveform/Waveform";
import { cx } from "@/components/ui/cx";

import { xOf } from "../model/axis";
import type { Film } from "../model/film";
import type { Desk } from "../use-desk";
import { soundWords } from "../words";
import type { TracksView } from "./use-view";

interface SoundTrackProps {
  readonly desk: Desk;
  readonly view: TracksView;
  /** Levels of the kept version's sound, once they are known. */
  readonly peaks: readonly number[] | undefined;
}

/** What is heard: the levels, the beats, where the music goes down, and the sound of footage. */
export function SoundTrack({ desk, view, peaks }: SoundTrackProps) {
  const { film, base } = desk;
  const { clips, ducking } = film.tracks.sound;
  const whole = base.totalFrames * view.scale;
  const bed = clips.find((clip) => clip.scene === null);
  return (
    <div role="group" aria-label="Sound" className="relative h-16">
      <ul className="absolute inset-x-0 top-0.5 h-5">
        {clips.map((clip, index) => (
          <li
            key={index}
            className={cx(
              "absolute h-5 pe-px",
              // The music's name stays in sight; footage is heard over it.
              clip.scene !== null && "z-5",
            )}
            style={{ left: xOf(clip.startFrame, view.scale), width: xOf(clip.frames, view.scale) }}
          >
            <span
              dir="auto"
              className={cx(
                "sticky left-0 block w-fit max-w-full truncate rounded-sm px-1.5 text-xs leading-5",
                clip.scene === null ? "text-muted" : "bg-accent-soft text-accent",
              )}
            >
              {soundWords(clip)}
            </span>
          </li>
        ))}
      </ul>
      {bed && (
        <div
          className="absolute top-6 bottom-1 rounded-md bg-sunken dark:bg-raised"
          style={{ left: xOf(bed.startFrame, view.scale), width: xOf(bed.frames, view.scale) }}
        />
      )}
      {ducking.map((duck, index) => (
        <div
          key={index}
          title={`Music ${duck.gainDb} dB`}
          className="absolute top-6 bottom-1 bg-accent-soft"
          style={{ left: xOf(duck.startFrame, view.scale), width: xOf(duck.frames, view.scale) }}
        />
      ))}
      {peaks && whole > 0 && (
        <div
          className={cx("sticky left-0 h-full pt-7 pb-2 text-muted", desk.edits.isDirty && "opacity-45")}
          style={{ width: view.widthPx }}
        >
          <Waveform peaks={peaks} from={view.scrollPx / whole} to={(view.scrollPx + view.widthPx) / whole} />
        </div>
      )}
      <Beats film={film} view={view} />
    </div>
  );
}

const BEAT_ROOM_PX = 5;

function Beats({ film, view }: { readonly film: Film; readonly view: TracksView }) {
  const { beats, tempoBpm } = film.tracks.sound;
  const apart = tempoBpm ? ((60 * film.fps) / tempoBpm) * view.scale : 0;
  if (apart < BEAT_ROOM_PX) return null;
  const [first, last] = [view.scrollPx / view.scale, (view.scrollPx + view.widthPx) / view.scale];
  return beats
    .filter((beat) => beat >= first - 1 && beat <= last + 1)
    .map((beat) => (
      <span
        key={beat}
        aria-hidden
        className="absolute bottom-1 h-1.5 w-px bg-accent/70"
        style={{ left: xOf(beat, view.scale) }}
      />
    ));
}
