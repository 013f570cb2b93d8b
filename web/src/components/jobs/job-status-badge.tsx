import {
  BadgeCheck,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleX,
  Clapperboard,
  Hand,
} from "lucide-react";
import type { ReactNode } from "react";

import type { Job, JobStatus } from "@/api/types";
import { Badge } from "@/components/ui/badge";
import { assertNever } from "@/lib/never";

import { statusWords } from "./job-facts";

function icon(status: JobStatus): ReactNode {
  switch (status) {
    case "pending":
    case "parsing":
    case "generating_storyboard":
      return <CircleDashed aria-hidden />;
    case "storyboard_ready":
      return <Hand aria-hidden />;
    case "rendering":
      return <Clapperboard aria-hidden />;
    case "completed":
      return <CircleCheck aria-hidden />;
    case "failed":
      return <CircleAlert aria-hidden />;
    case "canceled":
      return <CircleX aria-hidden />;
    case "paused":
      return <CirclePause aria-hidden />;
    default:
      return assertNever(status);
  }
}

export interface JobStatusBadgeProps {
  readonly status: JobStatus;
  /** Given, a storyboard that is approved already is said to be ready to render. */
  readonly approval?: Job["approval"] | undefined;
  readonly className?: string | undefined;
}

/** A job's state as an icon and a word. */
export function JobStatusBadge({ status, approval, className }: JobStatusBadgeProps) {
  const { label, tone } = statusWords(status);
  const isApproved = status === "storyboard_ready" && approval !== null && approval !== undefined;
  return (
    <Badge
      tone={isApproved ? "positive" : tone}
      icon={isApproved ? <BadgeCheck aria-hidden /> : icon(status)}
      className={className}
    >
      {isApproved ? "Approved" : label}
    </Badge>
  );
}
