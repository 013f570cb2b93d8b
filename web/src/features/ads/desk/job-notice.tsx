import { Link } from "@tanstack/react-router";

import { cancelJob, retryJob } from "@/api/jobs";
import type { JobDetail } from "@/api/types";
import { Banner, Button, buttonClass } from "@/components/ui";

import { useJobChange } from "./mutations";

interface JobNoticeProps {
  readonly job: JobDetail;
  readonly mayEdit: boolean;
}

/** Why an ad stopped, what is kept, and how it goes on. Nothing while it has not stopped. */
export function JobNotice({ job, mayEdit }: JobNoticeProps) {
  const retry = useJobChange(job.id, { call: () => retryJob(job.id), failure: "The ad did not go on" });
  const cancel = useJobChange(job.id, { call: () => cancelJob(job.id), failure: "The ad was not canceled" });
  const words = noticeWords(job);
  if (words === null) return null;
  const canGoOn = job.status !== "canceled" && mayEdit;
  return (
    <Banner
      tone={words.tone}
      title={words.title}
      action={
        <>
          {canGoOn && (
            <Button variant="primary" busy={retry.isPending} onClick={() => retry.mutate()}>
              {words.verb}
            </Button>
          )}
          {canGoOn && (
            <Button busy={cancel.isPending} onClick={() => cancel.mutate()}>
              Cancel ad
            </Button>
          )}
          {job.status === "canceled" && mayEdit && (
            <Link to="/ads/new" search={{ from: job.id }} className={buttonClass()}>
              Start again
            </Link>
          )}
        </>
      }
    >
      <p dir="auto">{words.detail}</p>
      {job.error?.nextStep && <p>{job.error.nextStep}</p>}
      {job.error?.code === "budget_exceeded" && (
        <Link to="/costs" className="font-semibold text-accent underline">
          See budgets
        </Link>
      )}
    </Banner>
  );
}

interface NoticeWords {
  tone: "critical" | "caution" | "neutral";
  title: string;
  detail: string;
  verb: string;
}

function noticeWords(job: JobDetail): NoticeWords | null {
  const cause = job.error?.message;
  if (job.status === "failed") {
    const detail = cause ?? "The work stopped without saying why. Finished steps are kept.";
    return { tone: "critical", title: `${stageWord(job)} failed`, detail, verb: "Try again" };
  }
  if (job.status === "paused") {
    const detail = cause ?? "Somebody paused it. Finished steps are kept.";
    return { tone: "caution", title: "Paused", detail, verb: "Continue" };
  }
  if (job.status === "canceled") {
    return { tone: "neutral", title: "Canceled", detail: "What was made stays to be looked at.", verb: "" };
  }
  return null;
}

function stageWord(job: JobDetail): string {
  const stage = job.error?.stage ?? (job.phase === "render" ? "render" : "storyboard");
  const words = {
    plan: "Planning the brief",
    storyboard: "Making the storyboard",
    render: "Rendering",
    sound: "Mixing the sound",
    encode: "Encoding the film",
  } as const;
  return words[stage];
}
