import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { retryJob } from "@/api/jobs";
import { keys } from "@/api/keys";
import { problemOf } from "@/api/problem";
import { useMayEdit } from "@/api/rights";
import type { Job } from "@/api/types";
import { jobsInQuery } from "@/api/work";
import { isWaiting, jobAspect, jobDurationS, jobHref, jobTitle } from "@/components/jobs/job-facts";
import { JobStatusBadge } from "@/components/jobs/job-status-badge";
import { Button, buttonClass } from "@/components/ui/button";
import { Link as UiLink } from "@/components/ui/link";
import { MediaFrame } from "@/components/ui/media-frame";
import { Money, RelativeTime } from "@/components/ui/numerals";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { formatDuration, plural } from "@/lib/units";

import { PartFailed, Section } from "./section";

const WAITING = ["storyboard_ready", "paused", "failed"] as const;
const SHOWN_MOST = 6;
/** What failed long ago and was left alone needs nobody any more. */
const FAILED_FOR_MS = 14 * 86_400_000;

/** What waits for somebody: approvals first, then what stopped; each the longest waiting last. */
export function waiting(jobs: readonly Job[], now: number): Job[] {
  const order = (job: Job): number => WAITING.findIndex((status) => status === job.status);
  return jobs
    .filter((job) => isWaiting(job) && (job.status !== "failed" || now - Date.parse(job.updatedAt) < FAILED_FOR_MS))
    .sort((one, other) => order(one) - order(other) || Date.parse(other.updatedAt) - Date.parse(one.updatedAt));
}

/** The storyboard's frames side by side, small, each in the ad's shape. */
export function ContactStrip({ job }: { readonly job: Job }) {
  return (
    <ol aria-label="Frames" className="flex gap-1.5 overflow-x-auto pb-1 scroll-quiet" tabIndex={0}>
      {job.storyboard.map((frame) => (
        <li key={frame.scene} className="shrink-0" style={{ width: `calc(7rem * ${jobAspect(job)})` }}>
          <MediaFrame
            aspect={jobAspect(job)}
            src={frame.imageUrl ?? undefined}
            alt={`Scene ${frame.scene}: ${frame.overlayText}`}
            color={job.ground ?? undefined}
            state={frame.imageUrl === null ? "loading" : "ready"}
            className="!rounded-control"
          />
        </li>
      ))}
    </ol>
  );
}

function Continue({ job }: { readonly job: Job }) {
  const queries = useQueryClient();
  const goOn = useMutation({
    mutationFn: () => retryJob(job.id),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.jobs.all }),
    onError: (error) => {
      const { title, detail, nextStep } = problemOf(error);
      toast({ tone: "critical", title, description: [detail, nextStep].filter(Boolean).join(" ") });
    },
  });
  return (
    <Button onClick={() => goOn.mutate()} busy={goOn.isPending}>
      {job.status === "paused" ? "Continue" : "Try again"}
    </Button>
  );
}

function Reason({ job }: { readonly job: Job }) {
  const reason = job.error?.message ?? (job.status === "paused" ? "Paused by somebody." : "It failed.");
  return (
    <p dir="auto" className="text-sm text-muted wrap-anywhere">
      {reason} {job.error?.nextStep}
    </p>
  );
}

function Facts({ job, clientName }: { readonly job: Job; readonly clientName: string | undefined }) {
  const durationS = jobDurationS(job);
  const facts = [
    job.aspectRatio,
    durationS === null ? null : formatDuration(durationS),
    job.storyboard.length > 0 ? plural(job.storyboard.length, "scene") : null,
  ].filter(Boolean);
  return (
    <p className="flex min-w-0 text-xs text-faint tabular max-sm:block">
      {clientName !== undefined && (
        <>
          <bdi
            title={clientName}
            className="max-w-56 min-w-0 truncate max-sm:inline-block max-sm:max-w-40 max-sm:align-bottom"
          >
            {clientName}
          </bdi>
          <span className="whitespace-pre"> · </span>
        </>
      )}
      <span className="min-w-0 flex-1 sm:truncate">
        {facts.map((fact) => `${fact} · `)}
        <RelativeTime at={job.updatedAt} />
        {job.renderEstimateMicrousd !== null && job.status === "storyboard_ready" && (
          <>
            {" "}
            · rendering costs <Money amountMicrousd={job.renderEstimateMicrousd} />
          </>
        )}
      </span>
    </p>
  );
}

function Verbs({ job }: { readonly job: Job }) {
  const mayEdit = useMayEdit(job.clientId);
  if (job.status === "storyboard_ready") {
    const words = job.approval === null ? (mayEdit ? "Review and approve" : "Look at it") : "Open to render";
    const step = job.approval === null ? "approval" : "film";
    return (
      <UiLink href={jobHref(job, step)} className={buttonClass({ variant: mayEdit ? "primary" : "secondary" })}>
        {words}
      </UiLink>
    );
  }
  return (
    <>
      {job.error?.code === "budget_exceeded" && (
        <Link to="/costs" className={buttonClass({ variant: "ghost" })}>
          See budgets
        </Link>
      )}
      {mayEdit && <Continue job={job} />}
    </>
  );
}

function AttentionCard({ job, clientName }: { readonly job: Job; readonly clientName: string | undefined }) {
  const title = jobTitle(job);
  return (
    <li className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-56">
          <div className="flex min-w-0 items-center gap-2">
            <h3 className="min-w-0 text-base">
              <UiLink
                href={jobHref(job)}
                dir="auto"
                title={title}
                className="block truncate rounded-sm transition-colors hover:text-accent"
              >
                {title}
              </UiLink>
            </h3>
            <JobStatusBadge status={job.status} approval={job.approval} className="shrink-0" />
          </div>
          <Facts job={job} clientName={clientName} />
        </div>
        <div className="flex gap-2 max-sm:w-full max-sm:[&>*]:flex-1">
          <Verbs job={job} />
        </div>
      </div>
      {job.status !== "storyboard_ready" && <Reason job={job} />}
      {job.status === "storyboard_ready" && job.storyboard.length > 0 && <ContactStrip job={job} />}
    </li>
  );
}

export interface AttentionProps {
  readonly clientId: string | null;
  readonly nameOf: (clientId: string) => string | undefined;
}

/** What waits for somebody, with what to do about it. */
export function Attention({ clientId, nameOf }: AttentionProps) {
  const { data, error, refetch, dataUpdatedAt } = useQuery(jobsInQuery(WAITING, clientId));
  const jobs = data ? waiting(data.items, dataUpdatedAt) : [];
  if (error && !data) return <PartFailed problem={problemOf(error)} onRetry={() => void refetch()} />;
  return (
    <Section
      title="Needs you"
      count={jobs.length}
      more={
        jobs.length > SHOWN_MOST && (
          <Link to="/ads" search={{ status: "storyboard_ready" }} className="rounded-sm text-accent hover:underline">
            Show all
          </Link>
        )
      }
    >
      {data === undefined ? (
        <Skeleton shape="block" className="h-36 !rounded-card" />
      ) : jobs.length === 0 ? (
        <p className="text-base text-muted">Nothing waits for you.</p>
      ) : (
        <ul className="flex flex-col gap-3">
          {jobs.slice(0, SHOWN_MOST).map((job) => (
            <AttentionCard key={job.id} job={job} clientName={clientId === null ? nameOf(job.clientId) : undefined} />
          ))}
        </ul>
      )}
    </Section>
  );
}
