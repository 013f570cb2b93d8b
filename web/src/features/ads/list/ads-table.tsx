import { useNavigate } from "@tanstack/react-router";

import type { Job } from "@/api/types";
import { jobDurationS, jobHref, jobTitle } from "@/components/jobs/job-facts";
import { JobStatusBadge } from "@/components/jobs/job-status-badge";
import { Link, Money, RelativeTime, Table } from "@/components/ui";
import { formatDuration } from "@/lib/units";

interface AdsTableProps {
  readonly jobs: readonly Job[];
  readonly nameOf: (job: Job) => string | undefined;
}

/** Ads as rows, for those who look for one among many. */
export function AdsTable({ jobs, nameOf }: AdsTableProps) {
  const navigate = useNavigate();
  return (
    <Table
      caption="Ads"
      rows={jobs}
      rowId={(job) => String(job.id)}
      onRowOpen={(job) => void navigate({ to: "/ads/$jobId", params: { jobId: job.id } })}
      density="dense"
      columns={[
        {
          id: "title",
          header: "Ad",
          primary: true,
          cell: (job) => (
            <Link href={jobHref(job)} dir="auto" className="line-clamp-1 hover:underline">
              {jobTitle(job)}
            </Link>
          ),
        },
        {
          id: "state",
          header: "State",
          width: "11rem",
          cell: (job) => <JobStatusBadge status={job.status} approval={job.approval} />,
        },
        { id: "client", header: "Client", cell: (job) => <bdi>{nameOf(job) ?? ""}</bdi>, hiddenOnPhone: true },
        { id: "aspect", header: "Aspect", width: "5rem", cell: (job) => job.aspectRatio ?? "" },
        {
          id: "length",
          header: "Length",
          align: "end",
          width: "5rem",
          cell: (job) => {
            const lengthS = jobDurationS(job);
            return lengthS === null ? "" : formatDuration(lengthS);
          },
        },
        {
          id: "cost",
          header: "Spent",
          align: "end",
          width: "6rem",
          cell: (job) => <Money amountMicrousd={job.actualCostMicrousd} />,
        },
        { id: "updated", header: "Changed", width: "9rem", cell: (job) => <RelativeTime at={job.updatedAt} /> },
      ]}
    />
  );
}
