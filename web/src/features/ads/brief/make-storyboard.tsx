import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useRef } from "react";

import { idempotencyKey } from "@/api/client";
import { estimateQuery, generate } from "@/api/jobs";
import { ProblemError } from "@/api/problem";
import type { BriefDetail, Schemas } from "@/api/types";
import { Button, InfoTip } from "@/components/ui";
import { useDraft } from "@/lib/drafts";
import { formatMoney } from "@/lib/units";

import { tellFailure } from "../desk/mutations";
import { briefModelsDraft, EMPTY_DRAFT, mediaModelsOf, type MediaModels, modelsOf } from "../new/draft";
import { ModelChoosers } from "../new/model-choosers";
import type { BriefEditing } from "./editing";

interface MakeStoryboardProps {
  readonly detail: BriefDetail;
  readonly editing: BriefEditing;
}

function requestOf(detail: BriefDetail, version: number, models: MediaModels): Schemas["JobRequest"] {
  return {
    briefId: detail.id,
    briefVersion: version,
    prompt: detail.prompt,
    clientId: detail.clientId,
    campaignId: detail.campaignId,
    assetIds: detail.request?.assetIds ?? [],
    logoAssetId: detail.request?.logoAssetId ?? null,
    models: modelsOf(models),
  };
}

/** From the brief to a storyboard: what is typed is saved first, and exactly that version is made. */
export function MakeStoryboard({ detail, editing }: MakeStoryboardProps) {
  const navigate = useNavigate();
  const key = useRef<{ version: number; models: string; key: string } | null>(null);
  const [models, setModels, clear] = useDraft<MediaModels>(briefModelsDraft(detail.id), mediaModelsOf(EMPTY_DRAFT));
  const estimate = useQuery(estimateQuery(requestOf(detail, detail.version, models)));
  const make = useMutation({
    mutationFn: async () => {
      const version = await editing.save();
      const said = JSON.stringify(models);
      if (key.current?.version !== version || key.current.models !== said) {
        key.current = { version, models: said, key: idempotencyKey() };
      }
      return generate(requestOf(detail, version, models), key.current.key);
    },
    onSuccess: (job) => {
      clear();
      void navigate({ to: "/ads/$jobId", params: { jobId: job.id }, search: { step: "storyboard" } });
    },
    onError: (error) => {
      // A conflict with somebody else's change is told above the brief.
      if (error instanceof ProblemError && error.status === 409 && editing.count > 0) return;
      tellFailure("The storyboard was not started", error);
    },
  });
  const unknown = estimate.data?.unknown ?? [];
  const price = estimate.data === undefined ? "" : ` · ${formatMoney(estimate.data.totalMicrousd)}`;
  return (
    <div className="flex flex-col gap-4 border-t border-line pt-6">
      <ModelChoosers
        draft={models}
        clientId={detail.clientId}
        change={(next) => setModels((was) => ({ ...was, ...next }))}
        planned
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button
          variant="primary"
          size="lg"
          busy={make.isPending}
          disabled={detail.status === "planning"}
          onClick={() => make.mutate()}
        >
          {`Make storyboard${price}`}
        </Button>
        {unknown.length > 0 && (
          <span className="flex items-center gap-1 text-sm text-caution">
            and prices that are not known
            <InfoTip label="Unknown prices">{unknown.join(", ")}</InfoTip>
          </span>
        )}
      </div>
    </div>
  );
}
