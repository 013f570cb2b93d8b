import type { BriefDetail, Schemas } from "@/api/types";
import { KeyValue, Money, RelativeTime } from "@/components/ui";
import { formatDuration } from "@/lib/units";

type Attempt = Schemas["Attempt"];

const OUTCOMES: Record<Attempt["outcome"], string> = {
  answered: "answered",
  rejected: "its answer did not pass the checks",
  refused: "refused",
  truncated: "its answer broke off",
  invalid: "its answer was no brief",
  unavailable: "was not available",
  timed_out: "took too long",
  rate_limited: "had too much to do",
  payment_required: "asked for payment",
  not_configured: "has no key",
  lost: "was asked, and its answer was lost",
  skipped: "was not asked",
};

/** Who planned the shown version, who else was asked and what came of it, and what it cost. */
export function MadeBy({ detail }: { readonly detail: BriefDetail }) {
  const { made } = detail;
  if (made === null) return null;
  return (
    <section>
      <h2 className="mb-2 text-base">Made by</h2>
      <KeyValue
        items={[
          { label: "Planner", value: made.provider },
          { label: "Cost", value: <Money amountMicrousd={detail.costMicrousd} /> },
          { label: "Changed", value: <RelativeTime at={made.createdAt} /> },
        ]}
      />
      {made.attempts.length > 0 && (
        <ul className="mt-3 flex flex-col gap-2 text-sm text-muted">
          {made.attempts.map((attempt, index) => (
            <li key={index} className="wrap-anywhere">
              <span className="font-semibold text-ink">{attempt.model}</span> {OUTCOMES[attempt.outcome]}
              <span className="whitespace-nowrap text-faint tabular">
                {attempt.durationMs > 0 && ` · ${formatDuration(attempt.durationMs / 1000)}`}
              </span>
              {attempt.message && <span className="block text-xs text-faint">{attempt.message}</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
