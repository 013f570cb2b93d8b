/** What is said of a limit: how much of it is gone, and whether that is a worry. Pure. */
import type { Budget } from "@/api/types";
import { assertNever } from "@/lib/never";
import { formatMoney } from "@/lib/units";

export interface BudgetWords {
  readonly share: number;
  readonly tone: "accent" | "caution" | "critical";
  /** "$4.20 of $50.00", with what is reserved. */
  readonly words: string;
  /** What it means, where it means anything. */
  readonly warning: string | null;
}

/** The limit that counts: the hard one, else the one that only warns. */
export function limitOf(budget: Pick<Budget, "hardMicrousd" | "softMicrousd">): number | null {
  return budget.hardMicrousd ?? budget.softMicrousd;
}

export function periodWords(period: Budget["period"]): string {
  switch (period) {
    case "day":
      return "today";
    case "month":
      return "this month";
    case "total":
      return "in all";
    default:
      return assertNever(period);
  }
}

export function scopeWords(budget: Pick<Budget, "scope" | "name">): string {
  switch (budget.scope) {
    case "workspace":
      return "Whole studio";
    case "client":
      return budget.name ?? "Client";
    case "campaign":
      return budget.name ?? "Campaign";
    case "job":
      return budget.name ?? "One ad";
    default:
      return assertNever(budget.scope);
  }
}

type Sums = Pick<Budget, "hardMicrousd" | "softMicrousd" | "spentMicrousd" | "reservedMicrousd">;

export function budgetWords(budget: Sums): BudgetWords {
  const limit = limitOf(budget);
  const used = budget.spentMicrousd + budget.reservedMicrousd;
  const share = limit === null ? 0 : limit === 0 ? 1 : used / limit;
  const reserved = budget.reservedMicrousd > 0 ? `, ${formatMoney(budget.reservedMicrousd)} held back` : "";
  const words = `${formatMoney(budget.spentMicrousd)}${reserved}${limit === null ? "" : ` of ${formatMoney(limit)}`}`;
  if (budget.hardMicrousd !== null && used >= budget.hardMicrousd) {
    return { share, words, tone: "critical", warning: "Used up: paid work pauses." };
  }
  if (budget.softMicrousd !== null && used >= budget.softMicrousd) {
    return { share, words, tone: "caution", warning: `Past the mark of ${formatMoney(budget.softMicrousd)}.` };
  }
  return { share, words, tone: "accent", warning: null };
}

/** The fullest limits, those that are nearest to stopping work first. */
export function fullest(budgets: readonly Budget[], most: number): Budget[] {
  return [...budgets].sort((one, other) => budgetWords(other).share - budgetWords(one).share).slice(0, most);
}
