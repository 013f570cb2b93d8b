import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Clapperboard } from "lucide-react";
import { useState } from "react";

import { jobsQuery } from "@/api/jobs";
import type { Job, JobStatus } from "@/api/types";
import { everyClientQuery } from "@/api/work";
import { jobTitle, statusWords } from "@/components/jobs/job-facts";
import { JobStatusBadge } from "@/components/jobs/job-status-badge";
import { Failed, RowsPending } from "@/components/page/parts";
import { Pager } from "@/components/paging/pager";
import { cx } from "@/components/ui/cx";
import { Money, RelativeTime } from "@/components/ui/numerals";
import { Toolbar } from "@/components/ui/page-header";
import { Select } from "@/components/ui/select";
import { EmptyState } from "@/components/ui/states";
import { type Column, Table } from "@/components/ui/table";
import { clientScope } from "@/lib/scope";
import { useStored } from "@/lib/store";
import { plural } from "@/lib/units";

import { JobDrawer } from "./job-drawer";

const route = getRouteApi("/studio/admin");

const LIMIT = 50;
const ALL = "";

const STATUSES = [
  "pending",
  "parsing",
  "generating_storyboard",
  "storyboard_ready",
  "rendering",
  "paused",
  "failed",
  "completed",
  "canceled",
] as const satisfies readonly JobStatus[];

function columnsOf(nameOf: (clientId: string) => string): Column<Job>[] {
  return [
    { id: "id", header: "Ad", width: "4.5rem", cell: (job) => <span className="tabular">{job.id}</span> },
    {
      id: "title",
      header: "Title",
      primary: true,
      width: "32%",
      cell: (job) => (
        <span dir="auto" className="line-clamp-1 text-left" title={jobTitle(job)}>
          {jobTitle(job)}
        </span>
      ),
    },
    {
      id: "client",
      header: "Client",
      cell: (job) => (
        <span dir="auto" className="line-clamp-1 text-left">
          {nameOf(job.clientId)}
        </span>
      ),
    },
    { id: "status", header: "State", cell: (job) => <JobStatusBadge status={job.status} approval={job.approval} /> },
    { id: "cost", header: "Spent", align: "end", cell: (job) => <Money amountMicrousd={job.actualCostMicrousd} /> },
    { id: "updated", header: "Changed", align: "end", cell: (job) => <RelativeTime at={job.updatedAt} /> },
  ];
}

/** All clients' ads, for looking after their work. */
export function Jobs() {
  const { status, job: openId } = route.useSearch();
  const navigate = route.useNavigate();
  const [offset, setOffset] = useState(0);
  const [clientId] = useStored(clientScope);
  const clients = useQuery(everyClientQuery).data;
  const wanted = STATUSES.find((each) => each === status);
  const jobs = useQuery({
    ...jobsQuery({
      limit: LIMIT,
      offset,
      ...(wanted !== undefined && { status: wanted }),
      ...(clientId !== null && { clientId }),
    }),
    placeholderData: keepPreviousData,
  });
  const { data, error } = jobs;
  const nameOf = (id: string): string => clients?.find((client) => client.id === id)?.name ?? "A client";
  const open = (jobId: number | undefined): void => {
    void navigate({ to: ".", search: (kept) => ({ ...kept, job: jobId }), replace: true });
  };
  return (
    <div className="flex flex-col gap-3">
      <Toolbar label="Filter jobs" end={data && <p className="text-sm text-muted">{plural(data.total, "job")}</p>}>
        <h2 className="sr-only">Jobs</h2>
        <Select
          label="State"
          className="!w-48"
          value={wanted ?? ALL}
          onValueChange={(next) => {
            setOffset(0);
            void navigate({ to: ".", search: (kept) => ({ ...kept, status: next || undefined }), replace: true });
          }}
          options={[
            { value: ALL, label: "Every state" },
            ...STATUSES.map((each) => ({ value: each, label: statusWords(each).label })),
          ]}
        />
      </Toolbar>
      {error && !data ? (
        <Failed error={error} onRetry={() => void jobs.refetch()} />
      ) : data === undefined ? (
        <RowsPending rows={10} />
      ) : (
        <div aria-busy={jobs.isPlaceholderData} className={cx(jobs.isPlaceholderData && "opacity-60")}>
          <Table
            caption="Jobs"
            density="dense"
            columns={columnsOf(nameOf)}
            rows={data.items}
            rowId={(job) => String(job.id)}
            selectedId={openId === undefined ? undefined : String(openId)}
            onRowOpen={(job) => open(job.id)}
            empty={
              <EmptyState title="No such jobs" illustration={<Clapperboard aria-hidden />}>
                Each ad that somebody begins is a job here.
              </EmptyState>
            }
          />
          <Pager noun="jobs" offset={offset} limit={LIMIT} total={data.total} onOffsetChange={setOffset} />
        </div>
      )}
      {openId !== undefined && <JobDrawer jobId={openId} onClose={() => open(undefined)} />}
    </div>
  );
}
