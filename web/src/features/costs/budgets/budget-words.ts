/** What is said of a budget: whose it is, of which time, and what it does when it is full. Pure. */
import type { Schemas, Budget } from "@/api/types";
import { assertNever } from "@/lib/never";
import { formatMoney, parseMoney } from "@/lib/units";

import { monthWords, shortDay } from "../range";

export function scopeWords(budget: Pick<Budget, "scope" | "name" | "jobId">): string {
  switch (budget.scope) {
    case "workspace":
      return "Whole studio";
    case "client":
      return budget.name ?? "A client";
    case "campaign":
      return budget.name ?? "A campaign";
    case "job":
      return budget.jobId === null ? "An ad" : `Ad ${budget.jobId}`;
    default:
      return assertNever(budget.scope);
  }
}

export function scopeKind(scope: Budget["scope"]): string | null {
  switch (scope) {
    case "workspace":
      return null;
    case "client":
      return "Client";
    case "campaign":
      return "Campaign";
    case "job":
      return "Ad";
    default:
      return assertNever(scope);
  }
}

/** "Each day · today, 3 May". */
export function periodWords(budget: Pick<Budget, "period" | "startsOn">): string {
  const { period, startsOn } = budget;
  switch (period) {
    case "day":
      return startsOn === null ? "Each day" : `Each day · today, ${shortDay(startsOn)}`;
    case "month":
      return startsOn === null ? "Each month" : `Each month · now ${monthWords(startsOn)}`;
    case "total":
      return "In all";
    default:
      return assertNever(period);
  }
}

export interface BudgetState {
  readonly tone: "neutral" | "caution" | "critical";
  readonly words: string;
}

type Sums = Pick<Budget, "hardMicrousd" | "softMicrousd" | "spentMicrousd" | "reservedMicrousd" | "period">;

function renewal(period: Budget["period"]): string {
  switch (period) {
    case "day":
      return " until tomorrow (UTC)";
    case "month":
      return " until next month (UTC)";
    case "total":
      return "";
    default:
      return assertNever(period);
  }
}

/** What the budget does now: lets through, warns, or refuses. */
export function stateOf(budget: Sums): BudgetState {
  const used = budget.spentMicrousd + budget.reservedMicrousd;
  if (budget.hardMicrousd !== null && used >= budget.hardMicrousd) {
    const over = used - budget.hardMicrousd;
    const head = over > 0 ? `Over by ${formatMoney(over)}` : "Used up";
    return { tone: "critical", words: `${head}: paid work is refused${renewal(budget.period)}.` };
  }
  if (budget.softMicrousd !== null && used >= budget.softMicrousd) {
    return { tone: "caution", words: `Past the warning mark of ${formatMoney(budget.softMicrousd)}.` };
  }
  if (budget.hardMicrousd === null) return { tone: "neutral", words: "Warns only; nothing is refused." };
  return { tone: "neutral", words: `${formatMoney(budget.hardMicrousd - used)} left.` };
}

/** The end of the budget's bar: the hard limit, else the mark, and never less than what is used. */
export function scaleOf(budget: Sums): number {
  const used = budget.spentMicrousd + budget.reservedMicrousd;
  return Math.max(budget.hardMicrousd ?? 0, budget.softMicrousd ?? 0, used, 1);
}

export interface Limits {
  readonly hard: string;
  readonly soft: string;
}

export type ReadLimits =
  | { readonly limits: Required<Schemas["BudgetPatch"]>; readonly errors: null }
  | { readonly limits: null; readonly errors: { readonly hard?: string; readonly soft?: string } };

const NO_AMOUNT = "Give dollars, as in 50 or 12.50.";

/** Limits as they were typed; an empty one is none, but one of the two there must be. */
export function readLimits({ hard, soft }: Limits): ReadLimits {
  const read = (text: string): number | null | undefined =>
    text.trim() === "" ? null : (parseMoney(text) ?? undefined);
  const [hardMicrousd, softMicrousd] = [read(hard), read(soft)];
  if (hardMicrousd === undefined || softMicrousd === undefined) {
    return {
      limits: null,
      errors: {
        ...(hardMicrousd === undefined && { hard: NO_AMOUNT }),
        ...(softMicrousd === undefined && { soft: NO_AMOUNT }),
      },
    };
  }
  if (hardMicrousd === null && softMicrousd === null) {
    return { limits: null, errors: { hard: "Give a limit, a warning mark, or both." } };
  }
  if (hardMicrousd !== null && softMicrousd !== null && softMicrousd > hardMicrousd) {
    return { limits: null, errors: { soft: "The warning comes before the limit: give less than it." } };
  }
  return { limits: { hardMicrousd, softMicrousd }, errors: null };
}

/** An amount as it is typed: "12.5". */
export function typedAmount(amountMicrousd: number | null): string {
  return amountMicrousd === null ? "" : String(amountMicrousd / 1_000_000);
}

/** What makes the same budget again. */
export function draftOf(budget: Budget): Schemas["BudgetDraft"] {
  const { scope, clientId, campaignId, jobId, period, hardMicrousd, softMicrousd } = budget;
  const of = {
    workspace: {},
    client: { clientId },
    campaign: { campaignId },
    job: { jobId },
  }[scope];
  return { scope, ...of, period, hardMicrousd, softMicrousd };
}
