import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CirclePause, Play, X } from "lucide-react";
import { useState } from "react";

import { cancelJob, retryJob } from "@/api/jobs";
import { keys } from "@/api/keys";
import { problemOf } from "@/api/problem";
import { useMayEdit } from "@/api/rights";
import type { Job } from "@/api/types";
import { isWorking, jobHref, jobTitle } from "@/components/jobs/job-facts";
import { JobProgress } from "@/components/jobs/job-progress";
import { IconButton } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/dialog";
import { Link } from "@/components/ui/link";
import { toast } from "@/components/ui/toast";

function useJobVerbs(job: Job) {
  const queries = useQueryClient();
  const settled = (): void => {
    void queries.invalidateQueries({ queryKey: keys.jobs.all });
  };
  const onError = (error: Error): void => {
    const { title, detail, nextStep } = problemOf(error);
    toast({ tone: "critical", title, description: [detail, nextStep].filter(Boolean).join(" ") });
  };
  const cancel = useMutation({ mutationFn: () => cancelJob(job.id), onSettled: settled, onError });
  const goOn = useMutation({ mutationFn: () => retryJob(job.id), onSettled: settled, onError });
  return { cancel, goOn };
}

function Pause({ job }: { readonly job: Job }) {
  const reason = job.error?.message ?? "Paused by somebody.";
  return (
    <p className="flex gap-1.5 text-xs text-caution wrap-anywhere">
      <CirclePause aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span dir="auto">
        {reason} {job.error?.nextStep}
      </span>
    </p>
  );
}

function WorkRow({ job, onLeave }: { readonly job: Job; readonly onLeave: () => void }) {
  const [isAsking, setIsAsking] = useState(false);
  const mayEdit = useMayEdit(job.clientId);
  const { cancel, goOn } = useJobVerbs(job);
  const title = jobTitle(job);
  return (
    <li className="flex flex-col gap-1.5 rounded-control p-2">
      <div className="flex min-w-0 items-center gap-1">
        <Link
          href={jobHref(job)}
          dir="auto"
          title={title}
          onClick={onLeave}
          className="min-w-0 flex-1 truncate rounded-sm text-sm font-semibold hover:text-accent"
        >
          {title}
        </Link>
        {mayEdit && job.status === "paused" && (
          <IconButton
            size="sm"
            label={`Continue ${title}`}
            icon={<Play aria-hidden />}
            busy={goOn.isPending}
            onClick={() => goOn.mutate()}
          />
        )}
        {mayEdit && (
          <IconButton
            size="sm"
            label={`Cancel ${title}`}
            icon={<X aria-hidden />}
            busy={cancel.isPending}
            onClick={() => setIsAsking(true)}
          />
        )}
      </div>
      {isWorking(job) ? <JobProgress job={job} /> : <Pause job={job} />}
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setIsAsking}
        title={`Cancel “${title}”?`}
        description="It stops and cannot be continued. What is finished stays in the ad."
        verb="Cancel ad"
        cancelLabel="Keep working"
        danger
        onConfirm={() => {
          setIsAsking(false);
          cancel.mutate();
        }}
      />
    </li>
  );
}

export interface WorkListProps {
  readonly jobs: readonly Job[];
  readonly onLeave: () => void;
}

/** The jobs that are under way or paused, with what can be done about each. */
export function WorkList({ jobs, onLeave }: WorkListProps) {
  return (
    <ul className="flex flex-col">
      {jobs.map((job) => (
        <WorkRow key={job.id} job={job} onLeave={onLeave} />
      ))}
    </ul>
  );
}
