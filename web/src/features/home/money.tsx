import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { budgetsQuery, costsQuery } from "@/api/costs";
import { problemOf } from "@/api/problem";
import type { Budget } from "@/api/types";
import { Money as Amount } from "@/components/ui/numerals";
import { Progress } from "@/components/ui/progress";
import { Skeleton } from "@/components/ui/skeleton";

import { budgetWords, fullest, limitOf, periodWords, scopeWords } from "./budgets";
import { PartFailed, Section } from "./section";

const SHOWN_MOST = 4;

/** The first day of the month that it is, in UTC as the ledger has it: "2026-03-01". */
export function monthBegins(now: Date): string {
  return `${now.toISOString().slice(0, 8)}01`;
}

function BudgetBar({ budget }: { readonly budget: Budget }) {
  const { share, tone, words, warning } = budgetWords(budget);
  const name = scopeWords(budget);
  return (
    <li>
      <div className="mb-1.5 flex items-baseline justify-between gap-3 text-sm">
        <span dir="auto" title={name} className="min-w-0 truncate font-semibold">
          {name}
        </span>
        <span className="shrink-0 text-xs text-faint">{periodWords(budget.period)}</span>
      </div>
      <Progress value={share} tone={tone} label={`${name}: ${words}`} />
      <p className="mt-1 text-xs text-muted tabular">{words}</p>
      {warning !== null && (
        <p className={tone === "critical" ? "text-xs text-critical" : "text-xs text-caution"}>{warning}</p>
      )}
    </li>
  );
}

function Budgets({ clientId }: { readonly clientId: string | null }) {
  const { data, error, refetch } = useQuery(budgetsQuery(clientId === null ? {} : { clientId }));
  // The studio's own limits hold for every client; who may not see them is told of the client's alone.
  const whole = useQuery({ ...budgetsQuery({ scope: "workspace" }), enabled: clientId !== null }).data;
  if (error && !data) return <PartFailed problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton lines={3} />;
  const shown = fullest(
    [...data.items, ...(whole?.items ?? [])].filter((budget) => limitOf(budget) !== null),
    SHOWN_MOST,
  );
  if (shown.length === 0) return <p className="text-sm text-muted">No budget is set.</p>;
  return (
    <ul className="flex flex-col gap-4">
      {shown.map((budget) => (
        <BudgetBar key={budget.id} budget={budget} />
      ))}
    </ul>
  );
}

/** What this month has cost, and how much of the budgets is left. */
export function Money({ clientId }: { readonly clientId: string | null }) {
  const { data, error } = useQuery(
    costsQuery({ groupBy: "day", from: monthBegins(new Date()), clientId: clientId ?? undefined }),
  );
  return (
    <Section
      title="Money"
      more={
        <Link to="/costs" className="rounded-sm text-accent hover:underline">
          Costs
        </Link>
      }
    >
      <div className="flex flex-col gap-5 rounded-card border border-line bg-surface p-4">
        <div>
          <p className="text-sm text-muted">Spent this month</p>
          {data === undefined && !error ? (
            <Skeleton className="mt-1 h-7 w-24" />
          ) : (
            <p className="text-xl font-semibold tabular">
              {data === undefined ? "Not known" : <Amount amountMicrousd={data.total.spentMicrousd} />}
            </p>
          )}
        </div>
        <Budgets clientId={clientId} />
      </div>
    </Section>
  );
}
