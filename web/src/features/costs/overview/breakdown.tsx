import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";

import { type CostFilter, costsQuery, type Intent } from "@/api/costs";
import { BarList, type BarRow } from "@/components/charts/bar-list";
import { PartKey } from "@/components/charts/part-key";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Money } from "@/components/ui/numerals";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import { formatCount, formatMoney } from "@/lib/units";

import { Failed, Section } from "@/components/page/parts";
import { breakdown, type Sums } from "../sums";
import { type Breakdown as By, BREAKDOWNS, groupHref, groupName } from "../words";
import { partsOf } from "./bar-parts";
import { type NamedSums, SumsTable } from "./sums-table";

const SHOWN_FIRST = 12;

function detailOf(sums: Sums): string {
  const facts = [`estimated ${formatMoney(sums.estimateMicrousd)}`];
  if (sums.heldMicrousd > 0) facts.push(`${formatMoney(sums.heldMicrousd)} held back`);
  if (sums.undecidedMicrousd > 0) facts.push(`${formatMoney(sums.undecidedMicrousd)} to decide`);
  if (sums.unknownPriceCount > 0) facts.push(`${formatCount(sums.unknownPriceCount)} without a known price`);
  if (sums.estimatedCount > 0) facts.push(`${formatCount(sums.estimatedCount)} booked as estimated`);
  const words = facts.join(" · ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function rowOf(sums: NamedSums): BarRow {
  return {
    id: sums.id,
    name: sums.title,
    href: sums.href,
    parts: partsOf(sums),
    mark: sums.estimateMicrousd,
    value: <Money amountMicrousd={sums.spentMicrousd} />,
    detail: detailOf(sums),
  };
}

function Bars({ rows, label }: { readonly rows: readonly NamedSums[]; readonly label: string }) {
  const [isAll, setIsAll] = useState(false);
  const shown = isAll ? rows : rows.slice(0, SHOWN_FIRST);
  return (
    <div className="flex flex-col gap-4">
      <BarList label={label} rows={shown.map(rowOf)} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <PartKey
          entries={[
            ...partsOf(undefined).map(({ label: name, look }) => ({ label: name, look })),
            { label: "Estimated", look: "mark" },
          ]}
        />
        {rows.length > SHOWN_FIRST && (
          <Button size="sm" variant="ghost" onClick={() => setIsAll(!isAll)}>
            {isAll ? "Show fewer" : `Show all ${formatCount(rows.length)}`}
          </Button>
        )}
      </div>
    </div>
  );
}

interface BreakdownProps {
  readonly by: By;
  readonly onByChange: (by: By) => void;
  readonly filter: CostFilter;
  readonly undecided: readonly Intent[];
  readonly asTable: boolean;
}

/** Where the money went. */
export function BreakdownSection({ by, onByChange, filter, undecided, asTable }: BreakdownProps) {
  const report = useQuery({ ...costsQuery({ ...filter, groupBy: by }), placeholderData: keepPreviousData });
  // While another division loads, what is shown is still the one before.
  const shownBy = BREAKDOWNS.find(({ value }) => value === report.data?.query.groupBy) ?? {
    value: by,
    label: "",
    plural: "",
  };
  const rows = useMemo(
    () =>
      breakdown(report.data?.groups ?? [], undecided, shownBy.value).map((sums) => ({
        ...sums,
        id: sums.key ?? "none",
        title: groupName(shownBy.value, sums),
        href: groupHref(shownBy.value, sums.key),
      })),
    [report.data, undecided, shownBy.value],
  );
  const caption = `Spending by ${shownBy.label.toLowerCase()}`;
  return (
    <Section
      title="Where it went"
      end={
        <Segmented
          label="Divide by"
          value={by}
          onValueChange={onByChange}
          options={BREAKDOWNS.map(({ value, label }) => ({ value, label }))}
        />
      }
    >
      {report.error && !report.data ? (
        <Failed error={report.error} onRetry={() => void report.refetch()} />
      ) : report.data === undefined ? (
        <Skeleton lines={6} className="gap-5" />
      ) : (
        <div aria-busy={report.isPlaceholderData} className={cx(report.isPlaceholderData && "opacity-60")}>
          {asTable ? (
            <SumsTable caption={caption} head={shownBy.label} rows={rows} />
          ) : (
            <Bars key={shownBy.value} label={caption} rows={rows} />
          )}
        </div>
      )}
    </Section>
  );
}
