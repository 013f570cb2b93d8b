import type { ReactNode } from "react";

import { cx } from "@/components/ui/cx";
import { Money } from "@/components/ui/numerals";
import { Skeleton } from "@/components/ui/skeleton";
import { formatMoney, plural } from "@/lib/units";

import { change, type Sums } from "../sums";

function Figure({ label, children, note }: { label: string; children: ReactNode; note?: string | null | undefined }) {
  return (
    <div className="flex min-w-0 flex-col">
      <dt className="order-1 text-sm text-muted">{label}</dt>
      <dd className="order-2">{children}</dd>
      {note && <dd className="order-3 mt-0.5 text-xs text-faint tabular">{note}</dd>}
    </div>
  );
}

/** "12% less than the 30 days before". */
export function changeWords(spentMicrousd: number, beforeMicrousd: number | undefined, days: number): string | null {
  if (beforeMicrousd === undefined) return null;
  const before = days === 1 ? "the day before" : `the ${days} days before`;
  const share = change(spentMicrousd, beforeMicrousd);
  if (share === null) return `Nothing in ${before}`;
  const percent = Math.round(Math.abs(share) * 100);
  if (percent === 0) return `As much as ${before}`;
  return `${percent}% ${share > 0 ? "more" : "less"} than ${before}`;
}

/** "$0.12 below the estimate". */
function againstEstimate(sums: Sums): string | null {
  if (sums.estimateMicrousd === 0) return null;
  const expected = sums.spentMicrousd + sums.heldMicrousd + sums.undecidedMicrousd;
  const gap = sums.estimateMicrousd - expected;
  if (gap === 0) return "As estimated";
  return `${formatMoney(Math.abs(gap))} ${gap > 0 ? "below" : "above"} the estimate`;
}

interface FiguresProps {
  readonly sums: Sums | undefined;
  readonly beforeMicrousd: number | undefined;
  readonly days: number;
}

const rowClass = "flex flex-wrap items-end gap-x-10 gap-y-4";

/** The sums of the range: what is gone, what may go, and what was expected. */
export function Figures({ sums, beforeMicrousd, days }: FiguresProps) {
  if (sums === undefined) {
    return (
      <div aria-hidden className={rowClass}>
        <Skeleton className="h-16 w-40" />
        <Skeleton className="h-12 w-24" />
        <Skeleton className="h-12 w-24" />
      </div>
    );
  }
  const small = "text-lg font-semibold";
  return (
    <dl className={rowClass}>
      <Figure label="Spent" note={changeWords(sums.spentMicrousd, beforeMicrousd, days)}>
        <Money amountMicrousd={sums.spentMicrousd} className="text-2xl font-semibold" />
      </Figure>
      <Figure label="Held back" note="By work under way">
        <Money amountMicrousd={sums.heldMicrousd} className={small} />
      </Figure>
      <Figure
        label="To decide"
        note={sums.undecidedCount > 0 ? plural(sums.undecidedCount, "spending") : "Nothing waits"}
      >
        <Money
          amountMicrousd={sums.undecidedMicrousd}
          className={cx(small, sums.undecidedMicrousd > 0 && "text-caution")}
        />
      </Figure>
      <Figure label="Estimated" note={againstEstimate(sums) ?? plural(sums.count, "spending")}>
        <Money amountMicrousd={sums.estimateMicrousd} className={small} />
      </Figure>
    </dl>
  );
}
