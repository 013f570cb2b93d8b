import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";

import { jobQuery } from "@/api/jobs";
import { problemOf } from "@/api/problem";
import { useMayEdit } from "@/api/rights";
import type { JobDetail } from "@/api/types";
import { jobTitle } from "@/components/jobs/job-facts";
import { JobStatusBadge } from "@/components/jobs/job-status-badge";
import { Banner, Button, ErrorState } from "@/components/ui";
import { useTitle } from "@/lib/hooks";
import { assertNever } from "@/lib/never";

import { ApprovalStep } from "./approval/approval-step";
import { BriefStep } from "./brief/brief-step";
import { Desk, DeskSkeleton } from "./desk/desk";
import { JobMenu } from "./desk/job-menu";
import { JobNotice } from "./desk/job-notice";
import { problemWords } from "./desk/words";
import { adSteps, type AdStep, whereIs } from "./desk/steps";
import { FilmStep } from "./film/film-step";
import { StoryboardStep } from "./storyboard/storyboard-step";

const route = getRouteApi("/studio/ads/$jobId");

/** The ad's desk: it opens where the ad is, and every step of it is a link. */
export function AdPage() {
  const { jobId } = route.useParams();
  const job = useQuery(jobQuery(jobId));
  useTitle(job.data ? jobTitle(job.data) : "Ad");
  if (job.data) return <AdDesk job={job.data} staleReason={job.isError ? problemOf(job.error).detail : null} />;
  if (job.isError) {
    return (
      <ErrorState
        headingLevel={1}
        problem={problemWords(job.error)}
        busy={job.isFetching}
        onRetry={() => void job.refetch()}
        className="mt-10"
      />
    );
  }
  return <DeskSkeleton />;
}

function AdDesk({ job, staleReason }: { readonly job: JobDetail; readonly staleReason: string | null }) {
  const { step = whereIs(job) } = route.useSearch();
  const mayEdit = useMayEdit(job.clientId);
  return (
    <Desk
      title={jobTitle(job)}
      aside={<JobStatusBadge status={job.status} approval={job.approval} />}
      actions={<JobMenu job={job} mayEdit={mayEdit} />}
      steps={adSteps(job)}
      viewing={step}
    >
      {staleReason !== null && (
        <Banner tone="caution" title="This may be out of date">
          {staleReason}
        </Banner>
      )}
      <JobNotice job={job} mayEdit={mayEdit} />
      <OpenStep job={job} step={step} mayEdit={mayEdit} />
    </Desk>
  );
}

interface OpenStepProps {
  readonly job: JobDetail;
  readonly step: AdStep;
  readonly mayEdit: boolean;
}

function OpenStep({ job, step, mayEdit }: OpenStepProps) {
  const navigate = useNavigate();
  const toStoryboard = (
    <Button
      variant="primary"
      onClick={() => void navigate({ to: "/ads/$jobId", params: { jobId: job.id }, search: { step: "storyboard" } })}
    >
      Open storyboard
    </Button>
  );
  switch (step) {
    case "brief":
      return <BriefStep job={job} />;
    case "storyboard":
      return <StoryboardStep job={job} mayEdit={mayEdit} />;
    case "approval":
      return <ApprovalStep key={job.id} job={job} mayEdit={mayEdit} toStoryboard={toStoryboard} />;
    case "film":
      return <FilmStep job={job} mayEdit={mayEdit} />;
    default:
      return assertNever(step);
  }
}
