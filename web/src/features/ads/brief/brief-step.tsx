import { Link } from "@tanstack/react-router";
import { FileText } from "lucide-react";

import type { JobDetail } from "@/api/types";
import { isWorking } from "@/components/jobs/job-facts";
import { JobProgress } from "@/components/jobs/job-progress";
import { buttonClass, EmptyState } from "@/components/ui";

import { BriefReading } from "./brief-reading";

/** The brief that this ad was made of, to be read. */
export function BriefStep({ job }: { readonly job: JobDetail }) {
  if (job.brief === null) {
    return (
      <EmptyState title="No brief yet" illustration={<FileText aria-hidden />}>
        {isWorking(job) ? (
          <JobProgress job={job} className="mt-4 text-start" />
        ) : (
          "The work stopped before it was planned."
        )}
      </EmptyState>
    );
  }
  return (
    <BriefReading brief={job.brief} action={job.briefId !== null && <StartFrom job={job} briefId={job.briefId} />} />
  );
}

function StartFrom({ job, briefId }: { readonly job: JobDetail; readonly briefId: string }) {
  return (
    <Link
      to="/briefs/$briefId"
      params={{ briefId }}
      search={{ ad: job.id }}
      className={buttonClass({ variant: "primary" })}
    >
      Start from this brief
    </Link>
  );
}
