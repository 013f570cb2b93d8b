import { useQuery } from "@tanstack/react-query";
import { Activity } from "lucide-react";
import { lazy, Suspense, useState } from "react";

import type { Job } from "@/api/types";
import { jobsInQuery, UNDER_WAY } from "@/api/work";
import { isWorking } from "@/components/jobs/job-facts";
import { iconButtonClass } from "@/components/ui/button";
import { Popover } from "@/components/ui/popover";
import { Ring } from "@/components/ui/progress";
import { plural } from "@/lib/units";

const WorkList = lazy(async () => ({ default: (await import("./work-list")).WorkList }));

/** How far the work is all together: 0 to 1. */
export function shareOf(jobs: readonly Pick<Job, "progress">[]): number {
  return jobs.reduce((sum, job) => sum + job.progress.percentage, 0) / (100 * Math.max(1, jobs.length));
}

// The ring has its own size, other than an icon's.
const ringClass = "[&_[role=progressbar]_svg]:!size-full";

/** The work that is under way: a ring with the count, and the jobs behind it. */
export function WorkTray() {
  const { data } = useQuery(jobsInQuery(UNDER_WAY));
  const [isOpen, setIsOpen] = useState(false);
  const jobs = data?.items ?? [];
  const working = jobs.filter(isWorking);
  const paused = jobs.length - working.length;
  const label =
    jobs.length === 0
      ? "No work under way"
      : [`${plural(working.length, "ad")} in work`, paused > 0 ? `${paused} paused` : ""].filter(Boolean).join(", ");
  return (
    <Popover
      open={isOpen}
      onOpenChange={setIsOpen}
      align="end"
      className="w-96 !p-2"
      label="Work under way"
      trigger={
        <button type="button" aria-label={label} title={label} className={iconButtonClass({ className: ringClass })}>
          {jobs.length === 0 ? (
            <Activity aria-hidden />
          ) : (
            <span aria-hidden className="contents">
              <Ring value={working.length === 0 ? 0 : shareOf(working)} label={label} sizePx={26}>
                {jobs.length}
              </Ring>
            </span>
          )}
        </button>
      }
    >
      <h2 className="px-2 pt-1 pb-2 text-sm">Work under way</h2>
      {jobs.length === 0 ? (
        <p className="px-2 pb-2 text-sm text-muted">
          Nothing is being made. Storyboards and films show up here while they are.
        </p>
      ) : (
        <Suspense>
          <WorkList jobs={jobs} onLeave={() => setIsOpen(false)} />
        </Suspense>
      )}
    </Popover>
  );
}
