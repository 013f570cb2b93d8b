import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { CircleHelp } from "lucide-react";
import { type ReactNode, useState } from "react";

import { createBrief } from "@/api/briefs";
import { idempotencyKey } from "@/api/client";
import type { BriefDetail, Schemas } from "@/api/types";
import { ASPECT_RATIOS, aspectLabel, PLATFORM_LABELS } from "@/components/frames/labels";
import { Button, Popover, toast } from "@/components/ui";

import { tellFailure } from "../desk/mutations";

type BriefRequest = Schemas["BriefRequest"];
type Default = Schemas["Default"];

interface Correction {
  label: string;
  change: Partial<BriefRequest>;
}

const LENGTHS_S = [6, 10, 15, 30, 60];

/** What can be planned otherwise with one press; what stands on the page as words is corrected there. */
function correctionsOf(field: string): Correction[] {
  switch (field) {
    case "platform":
      return Object.entries(PLATFORM_LABELS).map(([platform, label]) => ({
        label,
        change: { platform: platform as BriefRequest["platform"] },
      }));
    case "aspectRatio":
      return ASPECT_RATIOS.map((aspectRatio) => ({ label: aspectLabel(aspectRatio), change: { aspectRatio } }));
    case "duration":
      return LENGTHS_S.map((duration) => ({ label: `${duration} s`, change: { duration } }));
    default:
      return [];
  }
}

interface AssumedProps {
  readonly detail: BriefDetail;
  readonly field: string;
  readonly readOnly: boolean;
  /** Where the words can be corrected, for what is not planned anew. */
  readonly onCorrect?: (() => void) | undefined;
  /** Instead of both: the control that corrects it. */
  readonly children?: ReactNode;
}

/** A soft mark beside what nobody said: why it was assumed, and a way to say it. */
export function Assumed({ detail, field, readOnly, onCorrect, children }: AssumedProps) {
  const [isOpen, setOpen] = useState(false);
  const assumed = detail.content?.defaultsUsed.find((each) => each.field === field);
  if (assumed === undefined) return null;
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      label="Assumed"
      trigger={
        <button
          type="button"
          className="inline-flex min-h-5 max-w-full items-center gap-1 rounded-full bg-caution-soft px-2 text-xs font-semibold text-caution [&_svg]:size-3 [&_svg]:shrink-0"
        >
          <CircleHelp aria-hidden />
          <span className="truncate">assumed: {valueWords(assumed)}</span>
        </button>
      }
    >
      <p className="text-sm text-muted">{assumed.reason}</p>
      {!readOnly && children}
      {!readOnly && children === undefined && (
        <Corrections
          detail={detail}
          assumed={assumed}
          onCorrect={
            onCorrect &&
            (() => {
              setOpen(false);
              onCorrect();
            })
          }
        />
      )}
    </Popover>
  );
}

function valueWords(assumed: Default): string {
  if (assumed.field === "platform")
    return assumed.value in PLATFORM_LABELS
      ? PLATFORM_LABELS[assumed.value as keyof typeof PLATFORM_LABELS]
      : assumed.value;
  return assumed.value;
}

interface CorrectionsProps {
  readonly detail: BriefDetail;
  readonly assumed: Default;
  readonly onCorrect: (() => void) | undefined;
}

function Corrections({ detail, assumed, onCorrect }: CorrectionsProps) {
  const navigate = useNavigate();
  const replan = useMutation({
    mutationFn: (change: Partial<BriefRequest>) => createBrief({ ...requestOf(detail), ...change }, idempotencyKey()),
    onSuccess: (brief) => {
      toast({
        tone: "positive",
        title: "Planned anew",
        action: { label: "Open the old brief", href: `/briefs/${detail.id}` },
      });
      void navigate({ to: "/briefs/$briefId", params: { briefId: brief.id } });
    },
    onError: (error) => tellFailure("Not planned anew", error),
  });
  const corrections = correctionsOf(assumed.field);
  if (corrections.length === 0) {
    return onCorrect ? (
      <Button size="sm" className="mt-3" onClick={onCorrect}>
        Correct it
      </Button>
    ) : null;
  }
  return (
    <>
      <div className="mt-3 flex flex-wrap gap-1.5">
        {corrections.map(({ label, change }) => (
          <Button key={label} size="sm" disabled={replan.isPending} onClick={() => replan.mutate(change)}>
            {label}
          </Button>
        ))}
      </div>
      <p className="mt-2 text-xs text-faint">
        {replan.isPending ? "Planning…" : "Plans a new brief from the same prompt."}
      </p>
    </>
  );
}

function requestOf(detail: BriefDetail): BriefRequest {
  return (
    detail.request ?? {
      prompt: detail.prompt,
      clientId: detail.clientId,
      campaignId: detail.campaignId,
      assetIds: [],
      models: { brief: "hosted" },
    }
  );
}
