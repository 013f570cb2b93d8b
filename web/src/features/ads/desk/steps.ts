/** Where an ad is on its way, and which of its five steps can be opened. Pure. */
import type { Job, JobStatus } from "@/api/types";
import type { Step, StepState } from "@/components/ui";
import { assertNever } from "@/lib/never";

export type AdStep = "brief" | "storyboard" | "approval" | "film";
export type DeskStep = "prompt" | AdStep;

type JobFacts = Pick<Job, "id" | "status" | "phase" | "storyboardVersion" | "approval" | "briefId">;

/** Whether the present storyboard is exactly what was approved. */
export function isApproved(job: Pick<Job, "approval" | "storyboardVersion">): boolean {
  return job.approval !== null && job.approval.version === job.storyboardVersion;
}

/** Whether the storyboard may be changed now. */
export function isEditable(status: JobStatus): boolean {
  return status === "storyboard_ready" || status === "completed";
}

/** The step at which the ad is: where a person has something to look at or to do. */
export function whereIs(job: JobFacts): AdStep {
  switch (job.status) {
    case "pending":
    case "parsing":
    case "generating_storyboard":
      return "storyboard";
    case "storyboard_ready":
      return isApproved(job) ? "film" : "storyboard";
    case "rendering":
    case "completed":
      return "film";
    case "failed":
    case "canceled":
    case "paused":
      return job.phase === "render" ? "film" : "storyboard";
    default:
      return assertNever(job.status);
  }
}

const ORDER: readonly DeskStep[] = ["prompt", "brief", "storyboard", "approval", "film"];

const LABELS: Record<DeskStep, string> = {
  prompt: "Prompt",
  brief: "Brief",
  storyboard: "Storyboard",
  approval: "Approval",
  film: "Film",
};

function stateOf(step: DeskStep, job: JobFacts): StepState {
  const at = whereIs(job);
  // A finished film has no step in progress any more.
  if (step === at) return job.status === "completed" ? "done" : "current";
  if (step === "approval" && job.status === "storyboard_ready") return isApproved(job) ? "done" : "available";
  return ORDER.indexOf(step) < ORDER.indexOf(at) ? "done" : "blocked";
}

function hintOf(step: DeskStep, state: StepState): string | undefined {
  if (state !== "blocked") return undefined;
  return step === "film" ? "waits for the approval" : "waits for the storyboard";
}

/** The line of steps above an ad. */
export function adSteps(job: JobFacts): Step[] {
  return ORDER.map((id) => {
    const state = stateOf(id, job);
    return { id, label: LABELS[id], state, hint: hintOf(id, state), href: hrefOf(id, job) };
  });
}

function hrefOf(step: DeskStep, job: JobFacts): string {
  switch (step) {
    case "prompt":
      return `/ads/new?from=${job.id}`;
    case "brief":
      return job.briefId === null ? `/ads/${job.id}?step=brief` : `/briefs/${job.briefId}?ad=${job.id}`;
    case "storyboard":
    case "approval":
    case "film":
      return `/ads/${job.id}?step=${step}`;
    default:
      return assertNever(step);
  }
}

/** The same line before there is an ad: a prompt, or a brief of its own. `here` is the page's own address. */
export function draftSteps(viewing: "prompt" | "brief", here: string): Step[] {
  return ORDER.map((id) => {
    const place = ORDER.indexOf(id) - ORDER.indexOf(viewing);
    const state: StepState = place === 0 ? "current" : place < 0 ? "done" : "blocked";
    const hint = place > 0 ? (id === "brief" ? "waits for the prompt" : "waits for the brief") : undefined;
    return { id, label: LABELS[id], state, hint, href: id === "prompt" ? "/ads/new" : here };
  });
}
