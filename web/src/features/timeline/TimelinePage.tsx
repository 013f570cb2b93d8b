/** The film of an ad as tracks on a frame-exact axis. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";

import { jobQuery } from "@/api/jobs";
import { problemOf } from "@/api/problem";
import { meQuery } from "@/api/session";
import { membersQuery, timelineQuery } from "@/api/timeline";
import type { JobDetail, Problem } from "@/api/types";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { Skeleton } from "@/components/ui/skeleton";
import { useIsPhone, useTitle } from "@/lib/hooks";

import { lockedWords } from "./locked";
import { TimelineDesk } from "./TimelineDesk";
import { TimelinePhone } from "./TimelinePhone";

const route = getRouteApi("/studio/ads/$jobId/timeline");

export function TimelinePage() {
  const { jobId } = route.useParams();
  useTitle("Timeline");
  const job = useQuery(jobQuery(jobId));
  const hasStoryboard = (job.data?.storyboardVersion ?? null) !== null;
  const timeline = useQuery({ ...timelineQuery(jobId), enabled: hasStoryboard });
  const isViewer = useIsViewer(job.data);
  const isPhone = useIsPhone();
  const error = job.error ?? timeline.error;
  if (job.data && !hasStoryboard) return <NothingYet />;
  // What was there before a line broke stays usable.
  if (!job.data || !timeline.data) {
    if (!error) return <Loading />;
    const retry = (): void => void (job.error ? job.refetch() : timeline.refetch());
    return <Failed problem={problemOf(error)} onRetry={retry} />;
  }
  const options = { job: job.data, base: timeline.data, locked: lockedWords(job.data.status, isViewer) };
  return isPhone ? <TimelinePhone key={jobId} {...options} /> : <TimelineDesk key={jobId} {...options} />;
}

function useIsViewer(job: JobDetail | undefined): boolean {
  const { data: me } = useQuery(meQuery);
  const { data: members } = useQuery({ ...membersQuery(job?.clientId ?? ""), enabled: job !== undefined });
  if (!me || me.role === "admin") return false;
  return members?.find((member) => member.userId === me.id)?.role === "viewer";
}

function NothingYet() {
  return (
    <>
      <h1 className="sr-only">Timeline</h1>
      <EmptyState title="There is no film to cut yet">
        The storyboard is still being made. This page opens by itself as soon as it is there.
      </EmptyState>
    </>
  );
}

function Failed({ problem, onRetry }: { readonly problem: Problem; readonly onRetry: () => void }) {
  const isGone = problem.status === 404;
  return (
    <>
      <h1 className="sr-only">Timeline</h1>
      <ErrorState
        problem={
          isGone
            ? { title: "There is nothing at this address", detail: "The ad was deleted, or belongs to another client." }
            : { ...problem, nextStep: problem.nextStep ?? undefined }
        }
        onRetry={isGone ? undefined : onRetry}
      />
    </>
  );
}

function Loading() {
  return (
    <div aria-busy="true" className="-m-(--shell-pad) flex h-[calc(100dvh-var(--shell-top,3rem))] min-h-110 flex-col">
      <span role="status" className="sr-only">
        Loading the timeline
      </span>
      <div className="flex h-13 items-center gap-3 border-b border-line px-4">
        <Skeleton className="h-6 w-40" />
      </div>
      <div className="flex min-h-0 flex-1">
        <div className="grid flex-1 place-items-center p-4">
          <Skeleton shape="block" className="aspect-9/16 h-full" />
        </div>
        <div className="w-76 border-s border-line p-4 max-md:hidden">
          <Skeleton lines={6} />
        </div>
      </div>
      <div className="flex h-64 flex-col gap-2 border-t border-line p-4">
        <Skeleton shape="block" className="h-16" />
        <Skeleton shape="block" className="h-6" />
        <Skeleton shape="block" className="h-6" />
        <Skeleton shape="block" className="h-12" />
      </div>
    </div>
  );
}
