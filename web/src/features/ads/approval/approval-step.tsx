import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Check, Hand } from "lucide-react";
import { type ReactNode, useState } from "react";

import { approveJob, storyboardVersionsQuery } from "@/api/jobs";
import { meQuery } from "@/api/session";
import type { JobDetail } from "@/api/types";
import { isWorking } from "@/components/jobs/job-facts";
import { JobProgress } from "@/components/jobs/job-progress";
import { Banner, Button, buttonClass, EmptyState, toast } from "@/components/ui";

import { changedFrames } from "../desk/changes";
import { useJobChange } from "../desk/mutations";
import { isApproved } from "../desk/steps";
import { ApprovalCard } from "./approval-card";
import { MovedOn, VoidApproval } from "./approval-notices";
import { ApprovedBy } from "./approved-by";

interface ApprovalStepProps {
  readonly job: JobDetail;
  readonly mayEdit: boolean;
  readonly toStoryboard: ReactNode;
}

/** Exactly what is approved, on one card; what moves on meanwhile does not change under the finger. */
export function ApprovalStep({ job, mayEdit, toStoryboard }: ApprovalStepProps) {
  const [seen, setSeen] = useState(job);
  // Until something was shown, and while the same version is drawn, the card keeps up; after that it waits.
  const keepsUp = seen.storyboardVersion === job.storyboardVersion || !wasShown(seen);
  if (keepsUp && seen !== job) setSeen(job);
  const shown = keepsUp ? job : seen;
  if (!wasShown(shown)) return <NotYet job={job} action={toStoryboard} />;
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-4">
      <Reviewed shown={shown} job={job} mayEdit={mayEdit} onLook={() => setSeen(job)} />
      {isWorking(job) && job.phase === "storyboard" && <JobProgress job={job} />}
    </div>
  );
}

interface ReviewedProps {
  readonly shown: JobDetail;
  readonly job: JobDetail;
  readonly mayEdit: boolean;
  readonly onLook: () => void;
}

function Reviewed({ shown, job, mayEdit, onLook }: ReviewedProps) {
  const versions = useQuery(storyboardVersionsQuery(job.id)).data ?? [];
  const isReady = job.status === "storyboard_ready";
  if (shown.storyboardVersion === job.storyboardVersion) {
    const isDone = isApproved(job);
    return (
      <>
        {!isDone && <VoidApproval job={job} versions={versions} />}
        <ApprovalCard job={shown} marked={new Set()}>
          {isDone ? <ApprovedBy job={job} /> : <Approve job={shown} mayEdit={mayEdit} blocked={!isReady} />}
        </ApprovalCard>
      </>
    );
  }
  const changed = changedFrames(shown.storyboard, job.storyboard).map(({ scene }) => scene);
  return (
    <>
      <MovedOn seen={shown} job={job} versions={versions} onLook={onLook} canLook={isReady} />
      <ApprovalCard job={shown} marked={new Set(changed)}>
        <Approve job={shown} mayEdit={mayEdit} blocked />
      </ApprovalCard>
    </>
  );
}

/** Whether there was a whole storyboard to look at. */
function wasShown(job: JobDetail): boolean {
  return job.storyboard.length > 0 && job.status !== "generating_storyboard" && job.storyboardVersion !== null;
}

function NotYet({ job, action }: { readonly job: JobDetail; readonly action: ReactNode }) {
  return (
    <EmptyState title="Nothing to approve yet" illustration={<Hand aria-hidden />} action={action}>
      {isWorking(job) ? "The storyboard is being made. It can be approved once every frame is there." : undefined}
      {isWorking(job) && <JobProgress job={job} className="mt-4 text-start" />}
    </EmptyState>
  );
}

interface ApproveProps {
  readonly job: JobDetail;
  readonly mayEdit: boolean;
  readonly blocked: boolean;
}

function Approve({ job, mayEdit, blocked }: ApproveProps) {
  const me = useQuery(meQuery).data;
  const approve = useJobChange(job.id, {
    // The version on the card and no other: where it moved on, the server refuses.
    call: () => approveJob(job.id, job.storyboardVersion ?? 0),
    failure: "Not approved",
    tells: (problem) => problem.status === 409,
    onDone: (answered) =>
      toast({
        tone: "positive",
        title: `Version ${answered.storyboardVersion ?? ""} approved`,
        action: { label: "Go to film", href: `/ads/${job.id}?step=film` },
      }),
  });
  if (!mayEdit) {
    return <p className="text-sm text-muted">You may look at this storyboard. Editors of the client approve it.</p>;
  }
  return (
    <div className="flex flex-wrap items-center gap-3 max-sm:sticky max-sm:bottom-(--shell-bottom) max-sm:-mx-4 max-sm:-mb-4 max-sm:gap-2 max-sm:rounded-b-card max-sm:border-t max-sm:border-line max-sm:bg-surface max-sm:px-4 max-sm:py-3">
      <p className="min-w-0 flex-1 text-sm text-faint max-sm:basis-full max-sm:text-xs">
        {me ? `You approve as ${me.name ?? me.email}.` : ""} A later change voids the approval.
      </p>
      <Link
        to="/ads/$jobId"
        params={{ jobId: job.id }}
        search={{ step: "storyboard" }}
        aria-label="Change something"
        className={buttonClass({ size: "lg" })}
      >
        <span>
          Change<span className="max-sm:hidden"> something</span>
        </span>
      </Link>
      <Button
        variant="primary"
        size="lg"
        icon={<Check aria-hidden />}
        busy={approve.isPending}
        disabled={blocked}
        onClick={() => approve.mutate()}
        className="max-sm:flex-1"
      >
        Approve storyboard
      </Button>
      {approve.isError && !blocked && (
        <Banner tone="critical" title="Not approved" className="w-full">
          {approve.error.message}
        </Banner>
      )}
    </div>
  );
}
