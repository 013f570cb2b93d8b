import { useState } from "react";

import type { Job } from "@/api/types";
import { cx } from "@/components/ui/cx";
import { MediaFrame, MediaLabel } from "@/components/ui/media-frame";
import type { MediaOverlays } from "@/components/ui/media-frame";
import { formatDuration } from "@/lib/units";

import { isWorking, jobAspect, jobDurationS, posterOf } from "./job-facts";
import { useHoverPlay } from "./use-hover-play";

export type ThumbJob = Pick<
  Job,
  "id" | "title" | "prompt" | "status" | "aspectRatio" | "ground" | "deliverables" | "storyboard" | "videoUrl"
>;

export interface FilmThumbProps {
  readonly job: ThumbJob;
  /** Width by height of the place that is kept; the ad's own where absent. Pictures are letterboxed into it. */
  readonly aspect?: number | undefined;
  /** Whether the film plays; by itself on hover where absent. Give `useHoverPlay().playing` of a card around it. */
  readonly playing?: boolean | undefined;
  /** Over the picture; the length stands below at the end unless something else is given there. */
  readonly overlays?: MediaOverlays | undefined;
  /** Its name for screen readers; empty where the title stands beside it. */
  readonly alt?: string | undefined;
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
      className={cx(
        "absolute inset-0 size-full bg-media object-contain transition-opacity duration-200",
        !isShown && "opacity-0",
      )}
    />
  );
}

/** An ad's poster, or its first frame until there is a film. The film plays, muted, while somebody rests on it. */
export function FilmThumb({ job, aspect, playing, overlays, alt = "", className }: FilmThumbProps) {
  const own = useHoverPlay();
  const poster = posterOf(job);
  const durationS = jobDurationS(job);
  const isPlaying = playing ?? own.playing;
  const length = durationS === null ? undefined : <MediaLabel>{formatDuration(durationS)}</MediaLabel>;
  return (
    <div className={cx("relative min-w-0", className)} {...(playing === undefined && own.handlers)}>
      <MediaFrame
        key={poster}
        aspect={aspect ?? jobAspect(job)}
        src={poster}
        alt={alt}
        color={job.ground ?? undefined}
        state={poster === undefined && isWorking(job) ? "loading" : poster === undefined ? "error" : "ready"}
        errorLabel="No picture yet"
        overlays={{ bottomEnd: length, ...overlays }}
      />
      {isPlaying && job.videoUrl !== null && (
        <span className="absolute inset-0 overflow-hidden rounded-card">
          <Film src={job.videoUrl} />
        </span>
      )}
    </div>
  );
}
