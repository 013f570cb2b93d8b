import { useState } from "react";

import type { GeneratedMedium } from "@/api/types";
import { cx } from "@/components/ui/cx";
import { MediaFrame, MediaLabel, type MediaOverlays } from "@/components/ui/media-frame";
import { formatDuration } from "@/lib/units";

import { generationWords, isMaking, mediumAspect } from "./generation";
import { GenerationStatusBadge } from "./generation-status-badge";

export interface MediumFrameProps {
  readonly medium: GeneratedMedium;
  /** Width by height of the place that is kept; the medium's own where absent. It is letterboxed into it. */
  readonly aspect?: number | undefined;
  /** A video plays, muted, in a loop; give `useHoverPlay().playing` of what is around it. */
  readonly playing?: boolean | undefined;
  /** The whole image instead of its small picture. */
  readonly full?: boolean | undefined;
  readonly alt?: string | undefined;
  readonly bare?: boolean | undefined;
  readonly className?: string | undefined;
}

function Film({ src }: { readonly src: string }) {
  const [isShown, setIsShown] = useState(false);
  return (
    <video
      src={src}
      muted
      loop
      playsInline
      autoPlay
      tabIndex={-1}
      aria-hidden
      disablePictureInPicture
      onPlaying={() => setIsShown(true)}
      className={cx("absolute inset-0 size-full object-contain", !isShown && "opacity-0")}
    />
  );
}

function overlaysOf(medium: GeneratedMedium, bare: boolean): MediaOverlays | undefined {
  if (bare) return undefined;
  // What is not there says so in its place.
  if (isMaking(medium.status)) return { bottomStart: <GenerationStatusBadge status={medium.status} /> };
  if (medium.duration === null) return undefined;
  return { bottomEnd: <MediaLabel>{formatDuration(medium.duration)}</MediaLabel> };
}

function stateOf(medium: GeneratedMedium, src: string | null): "ready" | "loading" | "error" {
  if (isMaking(medium.status)) return "loading";
  return src === null ? "error" : "ready";
}

function pictureOf(medium: GeneratedMedium, full: boolean): string | null {
  // A film is no picture: without a small one there is none.
  if (medium.type !== "image") return medium.thumbnailUrl;
  return full ? medium.url : (medium.thumbnailUrl ?? medium.url);
}

/** A generated image or video in its place: made, being made, or the word for why it is not there. */
export function MediumFrame(props: MediumFrameProps) {
  const { medium, aspect, playing = false, full = false, alt = "", bare = false, className } = props;
  const src = pictureOf(medium, full);
  const { label } = generationWords(medium.status);
  return (
    <div className={cx("relative min-w-0", className)}>
      <MediaFrame
        key={src}
        aspect={aspect ?? mediumAspect(medium)}
        src={src ?? undefined}
        alt={alt}
        state={stateOf(medium, src)}
        errorLabel={label}
        overlays={overlaysOf(medium, bare)}
        eager={full}
      />
      {playing && medium.type === "video" && medium.url !== null && (
        <span className="pointer-events-none absolute inset-0 overflow-hidden rounded-card">
          <Film src={medium.url} />
        </span>
      )}
    </div>
  );
}
