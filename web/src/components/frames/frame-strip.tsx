import type { FrameView } from "@/api/types";
import { cx, MediaLabel } from "@/components/ui";
import { formatDuration } from "@/lib/units";

import { FramePicture } from "./frame-picture";
import { PURPOSES } from "./labels";
import { type Palette, waitingColor } from "./palette";

export interface FrameStripProps {
  readonly frames: readonly FrameView[];
  /** Width by height of the ad. */
  readonly aspect: number;
  readonly palette?: Palette | undefined;
  /** Scenes that something is to be noticed of. */
  readonly marked?: ReadonlySet<number> | undefined;
  readonly stopped?: boolean | undefined;
  readonly className?: string | undefined;
}

/** The storyboard as a contact strip, in reading order; scrolls with the thumb where it is narrow. */
export function FrameStrip({ frames, aspect, palette, marked, stopped, className }: FrameStripProps) {
  return (
    <ol
      aria-label="Storyboard"
      tabIndex={0}
      className={cx("flex snap-x gap-2 overflow-x-auto pb-1 scroll-quiet", className)}
    >
      {frames.map((frame) => (
        <li
          key={frame.scene}
          className={cx(
            "relative shrink-0 snap-start rounded-card",
            aspect >= 1 ? "w-40 sm:w-48" : "w-24 sm:w-28",
            marked?.has(frame.scene) && "outline-2 -outline-offset-2 outline-caution",
          )}
        >
          <FramePicture
            src={frame.imageUrl}
            aspect={aspect}
            alt={`Scene ${frame.scene}, ${PURPOSES[frame.purpose]}: ${frame.overlayText || "no words"}`}
            color={waitingColor(palette, frame.scene)}
            stopped={stopped}
            eager
          />
          <span aria-hidden className="absolute bottom-1.5 start-1.5 flex gap-1">
            <MediaLabel>{frame.scene}</MediaLabel>
            <MediaLabel>{formatDuration(frame.duration)}</MediaLabel>
          </span>
        </li>
      ))}
    </ol>
  );
}
