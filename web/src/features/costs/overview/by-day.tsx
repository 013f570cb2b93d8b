import { lazy, Suspense, useMemo } from "react";

import type { CostGroup, Intent } from "@/api/costs";
import type { TimeBar } from "@/components/charts/time-bars";
import { PartKey } from "@/components/charts/part-key";
import { Skeleton } from "@/components/ui/skeleton";
import { useIsPhone } from "@/lib/hooks";
import { formatMoney, plural } from "@/lib/units";

import { type DayRange, longDay, shortDay } from "../range";
import { byDay, type Day } from "../sums";
import { partsOf } from "./bar-parts";
import { SumsTable } from "./sums-table";

const TimeBars = lazy(async () => ({ default: (await import("@/components/charts/time-bars")).TimeBars }));

function noteOf(day: Day): string | undefined {
  if (day.count === 0) return undefined;
  return `${plural(day.count, "spending")}, estimated ${formatMoney(day.estimateMicrousd)}`;
}

function barOf(day: Day): TimeBar {
  return { key: day.key, tick: shortDay(day.key), name: longDay(day.key), parts: partsOf(day), note: noteOf(day) };
}

/** "From 1 May to 30 May: $4.20 spent on 12 days, most on 8 May with $1.00." */
function summary(days: readonly Day[], range: DayRange): string {
  const spent = days.filter((day) => day.spentMicrousd > 0);
  const top = spent.reduce<Day | undefined>(
    (most, day) => (most === undefined || day.spentMicrousd > most.spentMicrousd ? day : most),
    undefined,
  );
  const head = `Spending by day from ${longDay(range.from)} to ${longDay(range.to)}`;
  if (top === undefined) return `${head}: nothing was spent.`;
  return `${head}: on ${plural(spent.length, "day")}, most on ${longDay(top.key)} with ${formatMoney(top.spentMicrousd)}.`;
}

interface ByDayProps {
  readonly groups: readonly CostGroup[];
  readonly undecided: readonly Intent[];
  readonly range: DayRange;
  readonly asTable: boolean;
}

/** What each day cost. */
export function ByDay({ groups, undecided, range, asTable }: ByDayProps) {
  const isPhone = useIsPhone();
  const days = useMemo(() => byDay(groups, undecided, range), [groups, undecided, range]);
  if (asTable) {
    const used = days.filter((day) => day.count > 0).reverse();
    return (
      <SumsTable
        caption="Spending by day"
        head="Day"
        rows={used.map((day) => ({ ...day, id: day.key, title: longDay(day.key) }))}
      />
    );
  }
  return (
    <div>
      <Suspense fallback={<Skeleton shape="block" className="!h-56 !rounded-card" />}>
        <TimeBars
          bars={days.map(barOf)}
          format={formatMoney}
          label={summary(days, range)}
          namesMost={isPhone ? 3 : 7}
        />
      </Suspense>
      <div className="mt-3">
        <PartKey entries={partsOf(days[0]).map(({ label, look }) => ({ label, look }))} />
      </div>
    </div>
  );
}
