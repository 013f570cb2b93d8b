import { CircleAlert, CircleCheck, CircleDashed, CircleHelp, CirclePause, CircleX, LoaderCircle } from "lucide-react";
import type { ReactNode } from "react";

import type { GenerationStatus } from "@/api/types";
import { Badge } from "@/components/ui/badge";
import { assertNever } from "@/lib/never";

import { generationWords } from "./generation";

function icon(status: GenerationStatus): ReactNode {
  switch (status) {
    case "pending":
      return <CircleDashed aria-hidden />;
    case "running":
      return <LoaderCircle aria-hidden className="animate-spin" />;
    case "succeeded":
      return <CircleCheck aria-hidden />;
    case "failed":
      return <CircleAlert aria-hidden />;
    case "canceled":
      return <CircleX aria-hidden />;
    case "paused":
      return <CirclePause aria-hidden />;
    case "ambiguous":
      return <CircleHelp aria-hidden />;
    default:
      return assertNever(status);
  }
}

export interface GenerationStatusBadgeProps {
  readonly status: GenerationStatus;
  readonly className?: string | undefined;
}

/** The state of an image or a video as an icon and a word. */
export function GenerationStatusBadge({ status, className }: GenerationStatusBadgeProps) {
  const { label, tone } = generationWords(status);
  return (
    <Badge tone={tone} icon={icon(status)} className={className}>
      {label}
    </Badge>
  );
}
