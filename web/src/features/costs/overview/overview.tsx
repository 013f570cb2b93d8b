import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ChartColumn, Coins, Download, Table2 } from "lucide-react";
import { useMemo, useState } from "react";

import { type CostFilter, type CostReport, costsQuery, costsSheetHref, type Intent } from "@/api/costs";
import { Button, buttonClass } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import { Toolbar } from "@/components/ui/page-header";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import { Banner, EmptyState } from "@/components/ui/states";
import { stored, useStored } from "@/lib/store";
import { formatMoney, plural } from "@/lib/units";

import { Failed, Section } from "@/components/page/parts";
import { countDays, dayOf, type DayRange, rangeBefore, rangeOf } from "../range";
import { sumsOf, within } from "../sums";
import { type Breakdown, BREAKDOWNS } from "../words";
import { BreakdownSection } from "./breakdown";
import { ByDay } from "./by-day";
import { Figures } from "./figures";
import { RangePicker } from "./range-picker";

const route = getRouteApi("/studio/costs");

const shape = stored<"chart" | "table">("costs-view", "chart", (kept) =>
  kept === "chart" || kept === "table" ? kept : null,
);

function heldBy(undecided: readonly Intent[]): number {
  return undecided.reduce((sum, intent) => sum + intent.reservedMicrousd, 0);
}

function Waiting({ undecided }: { readonly undecided: readonly Intent[] }) {
  if (undecided.length === 0) return null;
  return (
    <Banner
      tone="caution"
      title={`${plural(undecided.length, "spending waits", "spendings wait")} for your decision`}
      action={
        <Link to="/costs" search={{ tab: "undecided" }} className={buttonClass({ size: "sm" })}>
          Decide
        </Link>
      }
    >
      A service may or may not have charged for {undecided.length === 1 ? "it" : "them"}.{" "}
      {formatMoney(heldBy(undecided))} is held back until you say.
    </Banner>
  );
}

function Sheets({ filter }: { readonly filter: CostFilter }) {
  const sheets = [{ value: "day", label: "Day" } as const, ...BREAKDOWNS];
  return (
    <Menu
      trigger={<Button icon={<Download aria-hidden />}>Download CSV</Button>}
      entries={sheets.map(({ value, label }) => ({
        kind: "link" as const,
        label: `By ${label.toLowerCase()}`,
        href: costsSheetHref({ ...filter, groupBy: value }),
      }))}
    />
  );
}

function Controls({ range, today, filter }: { range: DayRange; today: string; filter: CostFilter }) {
  const navigate = route.useNavigate();
  const [view, setView] = useStored(shape);
  return (
    <Toolbar
      label="What is shown"
      end={
        <>
          <Segmented
            label="Show as"
            iconsOnly
            value={view}
            onValueChange={setView}
            options={[
              { value: "chart", label: "Charts", icon: <ChartColumn aria-hidden /> },
              { value: "table", label: "Tables", icon: <Table2 aria-hidden /> },
            ]}
          />
          <Sheets filter={filter} />
        </>
      }
    >
      <RangePicker
        range={range}
        today={today}
        onRangeChange={(next) => void navigate({ to: ".", search: (kept) => ({ ...kept, ...next }), replace: true })}
      />
    </Toolbar>
  );
}

interface ReportProps {
  readonly report: CostReport;
  readonly filter: CostFilter;
  readonly range: DayRange;
  readonly undecided: readonly Intent[];
  readonly clientId: string | null;
}

function Report({ report, filter, range, undecided, clientId }: ReportProps) {
  const given = route.useSearch().by;
  const navigate = route.useNavigate();
  const [view] = useStored(shape);
  // Of one client, its campaigns are what there is to compare.
  const by: Breakdown =
    BREAKDOWNS.find(({ value }) => value === given)?.value ?? (clientId === null ? "client" : "campaign");
  if (report.total.count === 0) {
    return (
      <EmptyState title="Nothing was spent in these days" illustration={<Coins aria-hidden />}>
        Models of hosted services cost money; everything that this machine does is free.
      </EmptyState>
    );
  }
  return (
    <>
      <Section title="By day">
        <ByDay groups={report.groups} undecided={undecided} range={range} asTable={view === "table"} />
        <p className="mt-2 text-xs text-faint">Days are those of UTC.</p>
      </Section>
      <BreakdownSection
        by={by}
        onByChange={(next) => void navigate({ to: ".", search: (kept) => ({ ...kept, by: next }), replace: true })}
        filter={filter}
        undecided={undecided}
        asTable={view === "table"}
      />
    </>
  );
}

interface OverviewProps {
  readonly undecided: readonly Intent[];
  readonly clientId: string | null;
}

/** What was spent in some days: in all, by day, and by what it was spent on. */
export function Overview({ undecided, clientId }: OverviewProps) {
  const given = route.useSearch();
  const [today] = useState(() => dayOf(new Date()));
  const { from, to } = rangeOf(given, today);
  const range = useMemo(() => ({ from, to }), [from, to]);
  const filter: CostFilter = { from, to, clientId: clientId ?? undefined };
  const report = useQuery({ ...costsQuery({ ...filter, groupBy: "day" }), placeholderData: keepPreviousData });
  const before = useQuery(costsQuery({ ...filter, ...rangeBefore(range), groupBy: "purpose" }));
  const inRange = useMemo(() => within(undecided, { range, clientId }), [undecided, range, clientId]);
  const sums = report.data && sumsOf(report.data.total, heldBy(inRange));
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-col gap-5">
        <Waiting undecided={undecided} />
        <Controls range={range} today={today} filter={filter} />
      </div>
      {report.error && !report.data ? (
        <Failed error={report.error} onRetry={() => void report.refetch()} />
      ) : (
        <>
          <Figures sums={sums} beforeMicrousd={before.data?.total.spentMicrousd} days={countDays(range)} />
          {report.data === undefined ? (
            <div aria-busy="true">
              <span role="status" className="sr-only">
                Loading
              </span>
              <Skeleton shape="block" className="!h-56 !rounded-card" />
            </div>
          ) : (
            <Report report={report.data} filter={filter} range={range} undecided={inRange} clientId={clientId} />
          )}
        </>
      )}
    </div>
  );
}
