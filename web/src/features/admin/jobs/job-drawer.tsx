import { useQuery } from "@tanstack/react-query";
import { CircleAlert, CircleCheck } from "lucide-react";

import { type JobHistory, jobHistoryQuery } from "@/api/admin";
import { jobQuery } from "@/api/jobs";
import { problemOf } from "@/api/problem";
import { jobHref, jobTitle } from "@/components/jobs/job-facts";
import { JobStatusBadge } from "@/components/jobs/job-status-badge";
import { Failed, RowsPending, Section } from "@/components/page/parts";
import { Badge } from "@/components/ui/badge";
import { buttonClass } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Drawer } from "@/components/ui/drawer";
import { KeyValue } from "@/components/ui/key-value";
import { Link } from "@/components/ui/link";
import { Duration, Money, RelativeTime } from "@/components/ui/numerals";
import { type Column, Table } from "@/components/ui/table";
import { formatDuration } from "@/lib/units";

import { type Run, runWords, secondsBetween, startsWords, type Step, stepName } from "./history";

type Planner = JobHistory["planners"][number];
type Medium = JobHistory["media"][number];

const PLANNERS: readonly Column<Planner>[] = [
  {
    id: "model",
    header: "Asked",
    primary: true,
    cell: (attempt) => (
      <>
        {attempt.model}
        <span className="block text-xs font-normal text-faint">{attempt.message}</span>
      </>
    ),
  },
  {
    id: "outcome",
    header: "Outcome",
    cell: (attempt) => (
      <Badge tone={attempt.outcome === "answered" ? "positive" : "caution"}>
        {attempt.outcome.replaceAll("_", " ")}
      </Badge>
    ),
  },
  {
    id: "time",
    header: "Time",
    align: "end",
    cell: (attempt) => (attempt.isCached ? "Kept answer" : <Duration durationS={attempt.durationMs / 1000} />),
  },
  {
    id: "cost",
    header: "Cost",
    align: "end",
    cell: (attempt) => (attempt.costMicrousd === null ? "–" : <Money amountMicrousd={attempt.costMicrousd} />),
  },
];

const MEDIA: readonly Column<Medium>[] = [
  {
    id: "model",
    header: "Ordered",
    primary: true,
    cell: (medium) => (
      <>
        {medium.model}
        {medium.scene !== null && <span className="font-normal text-muted"> · scene {medium.scene}</span>}
        {medium.error !== null && <span className="block text-xs font-normal text-critical">{medium.error}</span>}
      </>
    ),
  },
  { id: "status", header: "State", cell: (medium) => <Badge>{medium.status.replaceAll("_", " ")}</Badge> },
  { id: "attempts", header: "Tries", align: "end", cell: (medium) => medium.attempts },
  { id: "since", header: "Since", align: "end", cell: (medium) => <RelativeTime at={medium.createdAt} /> },
];

function StepRow({ step }: { readonly step: Step }) {
  const seconds = secondsBetween(step.startedAt, step.endedAt);
  const isDone = step.outcome === "done";
  return (
    <li className="flex min-w-0 items-start gap-2.5 py-1.5 text-sm">
      <span aria-hidden className="mt-0.5 shrink-0 [&_svg]:size-4">
        {isDone ? <CircleCheck className="text-positive" /> : <CircleAlert className="text-critical" />}
      </span>
      <span className="min-w-0 flex-1">
        <span title={step.name} className="wrap-anywhere">
          {stepName(step.name)}
          {!isDone && <span className="sr-only"> failed</span>}
        </span>
        {step.error !== null && <span className="block text-xs wrap-anywhere text-critical">{step.error}</span>}
      </span>
      <span className="shrink-0 text-xs text-faint tabular">{seconds === null ? "" : formatDuration(seconds)}</span>
    </li>
  );
}

function RunPart({ run }: { readonly run: Run }) {
  const { label, tone } = runWords(run.state);
  const seconds = secondsBetween(run.startedAt, run.endedAt);
  const starts = startsWords(run.starts);
  const begun = run.startedAt ?? run.submittedAt;
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="text-sm font-semibold">{stepName(run.name)}</h3>
        <Badge tone={tone}>{label}</Badge>
        <span className="ms-auto text-xs text-faint tabular">
          {begun !== null && <RelativeTime at={begun} />}
          {seconds !== null && ` · ${formatDuration(seconds)}`}
        </span>
      </div>
      {starts !== null && <p className="mt-0.5 text-xs text-caution">{starts}</p>}
      {run.error !== null && <p className="mt-1 text-xs wrap-anywhere text-critical">{run.error}</p>}
      {run.steps.length > 0 && (
        <ol className="mt-1.5 divide-y divide-line">
          {run.steps.map((step) => (
            <StepRow key={step.number} step={step} />
          ))}
        </ol>
      )}
    </li>
  );
}

function History({ history }: { readonly history: JobHistory }) {
  return (
    <div className="flex flex-col gap-8">
      <Section title="Steps">
        {history.runs.length === 0 ? (
          <p className="text-sm text-muted">No work has begun, or its records are gone.</p>
        ) : (
          <ol className="divide-y divide-line">
            {history.runs.map((run) => (
              <RunPart key={run.workflowId} run={run} />
            ))}
          </ol>
        )}
      </Section>
      {history.planners.length > 0 && (
        <Section title="Planning">
          <Table
            caption="Who was asked for the brief"
            density="dense"
            columns={PLANNERS}
            rows={history.planners}
            rowId={(attempt) => String(history.planners.indexOf(attempt))}
          />
        </Section>
      )}
      {history.media.length > 0 && (
        <Section title="Media">
          <Table
            caption="Media that models made"
            density="dense"
            columns={MEDIA}
            rows={history.media}
            rowId={(medium) => `${medium.type}-${medium.id}`}
          />
        </Section>
      )}
    </div>
  );
}

function Facts({ jobId }: { readonly jobId: number }) {
  const { data: job } = useQuery(jobQuery(jobId));
  if (job === undefined) return null;
  return (
    <KeyValue
      items={[
        { label: "State", value: <JobStatusBadge status={job.status} approval={job.approval} /> },
        { label: "Begun", value: <RelativeTime at={job.createdAt} /> },
        { label: "Spent", value: <Money amountMicrousd={job.actualCostMicrousd} /> },
        { label: "Held back", value: <Money amountMicrousd={job.reservedCostMicrousd} /> },
        ...(job.error === null ? [] : [{ label: "Error", value: job.error.message }]),
      ]}
    />
  );
}

/** How a job's work went, for finding out why it did not. */
export function JobDrawer({ jobId, onClose }: { readonly jobId: number; readonly onClose: () => void }) {
  const { data: job } = useQuery(jobQuery(jobId));
  const history = useQuery(jobHistoryQuery(jobId));
  return (
    <Drawer
      open
      mode="beside"
      size="lg"
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={job === undefined ? `Ad ${jobId}` : jobTitle(job)}
      description={`Ad ${jobId}`}
      actions={<CopyButton text={String(jobId)} label="Copy number" />}
      footer={
        <>
          <Link href={`/costs?tab=ledger&job=${jobId}&account=all`} className={buttonClass({ variant: "ghost" })}>
            Show in the ledger
          </Link>
          <Link href={jobHref({ id: jobId })} className={buttonClass({ variant: "primary" })}>
            Open ad
          </Link>
        </>
      }
    >
      <div className="flex flex-col gap-8">
        <Facts jobId={jobId} />
        {history.error && !history.data ? (
          problemOf(history.error).status === 404 ? (
            <p className="text-sm text-muted">There is no such job.</p>
          ) : (
            <Failed error={history.error} onRetry={() => void history.refetch()} />
          )
        ) : history.data === undefined ? (
          <RowsPending rows={5} />
        ) : (
          <History history={history.data} />
        )}
      </div>
    </Drawer>
  );
}
