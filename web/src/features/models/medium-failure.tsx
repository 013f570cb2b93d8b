import type { GeneratedMedium } from "@/api/types";
import { failureTitle, isMaking } from "@/components/media/generation";
import { buttonClass } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Banner } from "@/components/ui/states";
import { formatMoney } from "@/lib/units";

/** What became of the money: charged, still held, or nothing. */
export function moneyWords(medium: GeneratedMedium): string {
  const { actualCostMicrousd: spent, reservedCostMicrousd: held, status } = medium;
  if (status === "ambiguous") return `${formatMoney(held)} stays reserved until somebody says whether it was charged.`;
  if (spent > 0) return `${formatMoney(spent)} was charged.`;
  return held > 0 ? `${formatMoney(held)} is reserved.` : "Nothing was charged.";
}

/** Why there is no medium: what happened, what was kept, what to do. */
export function MediumFailure({ medium }: { readonly medium: GeneratedMedium }) {
  const { status, error, type } = medium;
  if (status === "succeeded" || isMaking(status)) return null;
  const tone = status === "failed" ? "critical" : status === "canceled" ? "neutral" : "caution";
  const toCosts = status === "ambiguous" && (
    <Link href="/costs" className={buttonClass({ size: "sm" })}>
      Decide in costs
    </Link>
  );
  return (
    <Banner tone={tone} title={failureTitle(status, type)} {...(toCosts && { action: toCosts })}>
      {error !== null && (
        <p dir="auto" className="wrap-anywhere">
          {error.message}
        </p>
      )}
      <p>Prompt and settings are kept. {moneyWords(medium)}</p>
      {error?.nextStep && <p className="mt-1 text-ink">{error.nextStep}</p>}
      {error !== null && <p className="mt-1 font-mono text-xs text-faint">{error.code}</p>}
    </Banner>
  );
}
