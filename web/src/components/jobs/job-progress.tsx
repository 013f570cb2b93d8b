import type { Job } from "@/api/types";
import { cx } from "@/components/ui/cx";
import { Progress } from "@/components/ui/progress";
import { formatDuration } from "@/lib/units";

import { jobTitle, statusWords } from "./job-facts";

export interface JobProgressProps {
  readonly job: Pick<Job, "id" | "title" | "prompt" | "status" | "progress">;
  /** `bar`: the bar alone, where the words stand elsewhere. */
  readonly form?: "full" | "bar" | undefined;
  readonly className?: string | undefined;
}

/** How long it will still take, in words; empty where nobody knows. */
export function etaWords(etaS: number | null): string {
  if (etaS === null || etaS < 1) return "";
  return `about ${formatDuration(Math.ceil(etaS))} left`;
}

/** How far a job's work has come: bar, stage in words, per cent, time left. */
export function JobProgress({ job, form = "full", className }: JobProgressProps) {
  const { progress } = job;
  const words = statusWords(job.status);
  const bar = (
    <Progress
      value={job.status === "pending" ? null : progress.percentage / 100}
      label={`${words.label}: ${jobTitle(job)}`}
      tone={words.tone === "neutral" ? "accent" : words.tone}
    />
  );
  if (form === "bar") return <div className={className}>{bar}</div>;
  const left = words.isWorking ? etaWords(progress.etaS) : "";
  return (
    <div className={cx("min-w-0", className)}>
      <div className="mb-1.5 flex min-w-0 items-baseline justify-between gap-3 text-xs text-muted tabular">
        <span className="min-w-0 truncate">{progress.message || words.label}</span>
        <span className="shrink-0 text-faint">
          {left === "" ? `${progress.percentage} %` : `${progress.percentage} % · ${left}`}
        </span>
      </div>
      {bar}
    </div>
  );
}
