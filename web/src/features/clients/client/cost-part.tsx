import { useQuery } from "@tanstack/react-query";

import { budgetsQuery, costsQuery } from "@/api/costs";
import type { Budget } from "@/api/types";
import { BarList } from "@/components/charts/bar-list";
import { Money, Progress, Skeleton } from "@/components/ui";
import { formatMoney } from "@/lib/units";

import { problemWords } from "../words";
import { Section } from "./section";

const PURPOSES: Readonly<Record<string, string>> = {
  brief: "Briefs",
  refine: "Changes to scenes",
  image: "Images",
  video: "Videos",
  audio: "Music",
};
const PERIODS: Record<Budget["period"], string> = { day: "today", month: "this month", total: "in all" };
const SHOWN = 5;

function purposeName(key: string | null): string {
  if (key === null) return "Other";
  return PURPOSES[key] ?? key.charAt(0).toUpperCase() + key.slice(1).replaceAll("_", " ");
}

function BudgetLine({ budget }: { readonly budget: Budget }) {
  const limit = budget.hardMicrousd ?? budget.softMicrousd;
  if (limit === null) return null;
  if (limit === 0) {
    return (
      <p className="text-sm text-muted">The budget is $0.00: only what is built in is made {PERIODS[budget.period]}.</p>
    );
  }
  const used = budget.spentMicrousd + budget.reservedMicrousd;
  const share = limit === 0 ? 1 : used / limit;
  const isOver = share >= 1;
  return (
    <div className="flex flex-col gap-1.5">
      <p className="text-sm text-muted tabular">
        <span className="font-semibold text-ink">{formatMoney(used)}</span> of {formatMoney(limit)}{" "}
        {PERIODS[budget.period]}
        {isOver &&
          (budget.hardMicrousd === null ? ". That is over what was planned." : ". Ads wait until it is raised.")}
      </p>
      <Progress
        value={share}
        tone={isOver ? "critical" : share >= 0.8 ? "caution" : "accent"}
        label={`Budget ${PERIODS[budget.period]}: ${Math.round(share * 100)} per cent used`}
        className="h-1.5"
      />
    </div>
  );
}

function Purposes({ scope }: { readonly scope: CostScope }) {
  const report = useQuery(costsQuery({ ...scope, groupBy: "purpose" }));
  if (report.isPending) return <Skeleton lines={3} />;
  if (!report.data) return <p className="text-sm text-muted">{problemWords(report.error).detail}</p>;
  const { groups, total } = report.data;
  const spent = groups.filter((group) => group.spentMicrousd > 0).slice(0, SHOWN);
  if (spent.length === 0) {
    return (
      <p className="text-sm text-muted">
        <Money amountMicrousd={total.spentMicrousd} className="font-semibold text-ink" /> spent. What is built in costs
        nothing; hosted models are listed here once they were used.
      </p>
    );
  }
  return (
    <BarList
      label="Spent by purpose"
      rows={spent.map((group) => ({
        id: group.key ?? "other",
        name: purposeName(group.key),
        parts: [{ id: "spent", label: "Spent", look: "solid" as const, value: group.spentMicrousd }],
        value: <Money amountMicrousd={group.spentMicrousd} />,
      }))}
    />
  );
}

export interface CostScope {
  readonly clientId?: string;
  readonly campaignId?: string;
}

interface CostPartProps extends CostScope {
  readonly clientId: string;
}

/** What a client (or one of its campaigns) cost, by what for, and how its budgets stand. */
export function CostPart({ clientId, campaignId }: CostPartProps) {
  const budgets = useQuery(budgetsQuery({ clientId, scope: campaignId === undefined ? "client" : "campaign" }));
  const own =
    budgets.data?.items.filter((budget) => campaignId === undefined || budget.campaignId === campaignId) ?? [];
  return (
    <Section title="Costs">
      {own.map((budget) => (
        <BudgetLine key={budget.id} budget={budget} />
      ))}
      <Purposes scope={campaignId === undefined ? { clientId } : { campaignId }} />
    </Section>
  );
}
