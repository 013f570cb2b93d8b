/** What lists say of a job: its name, its shape, how far it is, what it waits for. Pure. */
import type { AspectRatio, Job, JobStatus } from "@/api/types";
import type { Tone } from "@/components/ui/badge";
import { assertNever } from "@/lib/never";

export interface StatusWords {
  readonly label: string;
  readonly tone: Tone;
  /** Something is at work on it now. */
  readonly isWorking: boolean;
}

/** A state in a word, its tone, and whether something is at work. */
export function statusWords(status: JobStatus): StatusWords {
  switch (status) {
    case "pending":
      return { label: "Waiting to start", tone: "neutral", isWorking: true };
    case "parsing":
      return { label: "Planning", tone: "accent", isWorking: true };
    case "generating_storyboard":
      return { label: "Drawing storyboard", tone: "accent", isWorking: true };
    case "storyboard_ready":
      return { label: "Ready for approval", tone: "caution", isWorking: false };
    case "rendering":
      return { label: "Rendering", tone: "accent", isWorking: true };
    case "completed":
      return { label: "Finished", tone: "positive", isWorking: false };
    case "failed":
      return { label: "Failed", tone: "critical", isWorking: false };
    case "canceled":
      return { label: "Canceled", tone: "neutral", isWorking: false };
    case "paused":
      return { label: "Paused", tone: "caution", isWorking: false };
    default:
      return assertNever(status);
  }
}

/** Whether something is at work on the job now. */
export function isWorking(job: Pick<Job, "status">): boolean {
  return statusWords(job.status).isWorking;
}

/** Whether the job waits for a person: an approval, a render, a retry. */
export function isWaiting(job: Pick<Job, "status">): boolean {
  return job.status === "storyboard_ready" || job.status === "paused" || job.status === "failed";
}

/** The ad's name: the brief's title, before there is one its prompt's first line. */
export function jobTitle(job: Pick<Job, "id" | "title" | "prompt">): string {
  const line = (job.title ?? job.prompt).trim().split("\n", 1)[0] ?? "";
  return line === "" ? `Ad ${job.id}` : line;
}

const ASPECTS: Record<AspectRatio, number> = { "9:16": 9 / 16, "4:5": 4 / 5, "1:1": 1, "16:9": 16 / 9 };

/** Width by height of the ad; 9:16 until it is decided. */
export function jobAspect(job: Pick<Job, "aspectRatio">): number {
  return ASPECTS[job.aspectRatio ?? "9:16"];
}

/** The still that stands for the ad: the film's poster, else the first frame that is drawn. */
export function posterOf(job: Pick<Job, "deliverables" | "storyboard">): string | undefined {
  const poster = job.deliverables.find((file) => file.kind === "poster");
  return poster?.url ?? job.storyboard.find((frame) => frame.imageUrl !== null)?.imageUrl ?? undefined;
}

/** The film's length as the storyboard has it, or null before there is one. */
export function jobDurationS(job: Pick<Job, "storyboard">): number | null {
  const last = job.storyboard.at(-1);
  return last === undefined ? null : last.start + last.duration;
}

/** The address of the ad's desk. */
export function jobHref(job: Pick<Job, "id">, step?: "brief" | "storyboard" | "approval" | "film"): string {
  return step === undefined ? `/ads/${job.id}` : `/ads/${job.id}?step=${step}`;
}
