import type { ReactNode } from "react";

import type { Job } from "@/api/types";
import { cx } from "@/components/ui/cx";
import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/numerals";

import { FilmThumb } from "./film-thumb";
import { isWorking, jobHref, jobTitle } from "./job-facts";
import { JobProgress } from "./job-progress";
import { JobStatusBadge } from "./job-status-badge";
import { useHoverPlay } from "./use-hover-play";

export interface JobCardProps {
  readonly job: Job;
  /** Shown where several clients' ads stand side by side. */
  readonly clientName?: string | undefined;
  /** Width by height of the picture's place; the same for all cards of a grid. */
  readonly aspect?: number | undefined;
  readonly href?: string | undefined;
  /** The heading's level, after that of the section around it. */
  readonly headingLevel?: 2 | 3 | 4 | undefined;
  /** Icon buttons over the picture, shown on hover and focus. */
  readonly actions?: ReactNode;
  readonly className?: string | undefined;
}

const coverClass =
  "outline-none after:absolute after:inset-0 after:rounded-card focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-ring";

/** An ad in a grid: its picture, name, state. The whole of it opens; resting on it plays the film. */
export function JobCard(props: JobCardProps) {
  const { job, clientName, aspect = 4 / 5, href = jobHref(job), headingLevel = 3, actions, className } = props;
  const { playing, handlers } = useHoverPlay();
  const Heading = `h${headingLevel}` as const;
  const title = jobTitle(job);
  return (
    <article className={cx("group relative flex min-w-0 flex-col gap-2", className)} {...handlers}>
      <FilmThumb job={job} aspect={aspect} playing={playing} />
      <div className="flex min-w-0 flex-col gap-1">
        <Heading className="min-w-0 text-sm font-semibold">
          <Link href={href} dir="auto" title={title} className={cx(coverClass, "block truncate text-left")}>
            {title}
          </Link>
        </Heading>
        <div className="flex min-w-0 flex-col items-start gap-1 text-xs text-faint">
          <JobStatusBadge status={job.status} approval={job.approval} className="shrink-0" />
          <span className="max-w-full truncate tabular">
            {clientName !== undefined && (
              <>
                <bdi>{clientName}</bdi> ·{" "}
              </>
            )}
            <RelativeTime at={job.updatedAt} />
          </span>
        </div>
        {isWorking(job) && <JobProgress job={job} form="bar" className="mt-1" />}
      </div>
      {actions !== undefined && (
        <div className="absolute end-2 top-2 z-2 flex rounded-control bg-surface/90 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 pointer-fine:opacity-0">
          {actions}
        </div>
      )}
    </article>
  );
}
