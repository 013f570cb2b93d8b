import { useQuery } from "@tanstack/react-query";

import { estimateQuery } from "@/api/jobs";
import { problemOf } from "@/api/problem";
import type { Estimate } from "@/api/types";
import { InfoTip, Money } from "@/components/ui";
import { useSettled } from "@/lib/hooks";

import { type AdDraft, jobRequest } from "./draft";

const SETTLED_MS = 600;
// What it costs depends on the prompt's length and scenes but little; while there is none, a word stands for it.
const WAITING = { prompt: "An ad" };

interface EstimateLineProps {
  readonly draft: AdDraft;
  readonly clientId: string;
}

/** What the whole ad will cost as far as it is known now. */
export function EstimateLine({ draft, clientId }: EstimateLineProps) {
  const text = JSON.stringify(jobRequest(draft.prompt.trim() === "" ? { ...draft, ...WAITING } : draft, clientId));
  const settled = useSettled(text, SETTLED_MS);
  const estimate = useQuery(estimateQuery(JSON.parse(settled) as ReturnType<typeof jobRequest>));
  return (
    <p aria-live="polite" className="min-h-6 text-sm text-muted">
      {estimate.data ? (
        <EstimateWords estimate={estimate.data} />
      ) : estimate.isError ? (
        <span className="text-caution">{problemOf(estimate.error).detail}</span>
      ) : (
        "Estimating…"
      )}
    </p>
  );
}

export function EstimateWords({ estimate }: { readonly estimate: Estimate }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5">
      Estimated <Money amountMicrousd={estimate.totalMicrousd} className="font-semibold text-ink" />
      {estimate.unknown.length > 0 && <span className="text-caution">and unknown prices</span>}
      {estimate.lines.length > 0 && (
        <InfoTip label="About the estimate">
          <ul className="flex flex-col gap-1">
            {estimate.lines.map((line, index) => (
              <li key={index} className="flex justify-between gap-4">
                <span className="min-w-0 wrap-anywhere">
                  {line.step}
                  {line.scene !== null && ` ${line.scene}`} · {line.model}
                </span>
                {line.amountMicrousd === null ? <span>not known</span> : <Money amountMicrousd={line.amountMicrousd} />}
              </li>
            ))}
          </ul>
          <p className="mt-2">
            <Money amountMicrousd={estimate.renderMicrousd} /> of it is spent after the approval.
          </p>
        </InfoTip>
      )}
    </span>
  );
}
