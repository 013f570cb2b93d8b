/** What reports say, made ready to be shown: money that is held apart by why it is held. Pure. */
import type { CostGroup, GroupBy, Intent } from "@/api/costs";

import { type DayRange, daysOf } from "./range";

/** Amounts of one group, in micro-dollars. */
export interface Sums {
  readonly key: string | null;
  readonly name: string | null;
  readonly estimateMicrousd: number;
  readonly spentMicrousd: number;
  /** Held back by what is under way. */
  readonly heldMicrousd: number;
  /** Held back until a person says whether it was charged. */
  readonly undecidedMicrousd: number;
  readonly count: number;
  readonly undecidedCount: number;
  readonly unknownPriceCount: number;
  readonly estimatedCount: number;
}

interface Reach {
  readonly range: DayRange;
  readonly clientId: string | null;
}

/** What a spending is summed up with in a report. */
function keyOf(intent: Intent, by: GroupBy): string | null {
  switch (by) {
    case "day":
      return intent.createdAt.slice(0, 10);
    case "client":
      return intent.clientId;
    case "campaign":
      return intent.campaignId;
    case "job":
      return intent.jobId === null ? null : String(intent.jobId);
    case "model":
      return `${intent.provider}:${intent.model}`;
    case "purpose":
      return intent.purpose;
  }
}

/** The undecided spendings of a report's days and client. */
export function within(intents: readonly Intent[], { range, clientId }: Reach): Intent[] {
  return intents.filter((intent) => {
    const day = intent.createdAt.slice(0, 10);
    return day >= range.from && day <= range.to && (clientId === null || intent.clientId === clientId);
  });
}

export function undecidedBy(intents: readonly Intent[], by: GroupBy): Map<string | null, number> {
  const amounts = new Map<string | null, number>();
  for (const intent of intents) {
    const key = keyOf(intent, by);
    amounts.set(key, (amounts.get(key) ?? 0) + intent.reservedMicrousd);
  }
  return amounts;
}

/** Reports and undecided spendings are asked for one after the other: neither part is ever shown below zero. */
export function sumsOf(group: Omit<CostGroup, "key" | "name"> & Partial<CostGroup>, undecidedMicrousd: number): Sums {
  const undecided = Math.min(undecidedMicrousd, group.reservedMicrousd);
  return {
    key: group.key ?? null,
    name: group.name ?? null,
    estimateMicrousd: group.estimateMicrousd,
    spentMicrousd: group.spentMicrousd,
    heldMicrousd: group.reservedMicrousd - undecided,
    undecidedMicrousd: undecided,
    count: group.count,
    undecidedCount: group.ambiguousCount,
    unknownPriceCount: group.unknownPriceCount,
    estimatedCount: group.estimatedCount,
  };
}

/** A report's groups, dearest first as the server has them. */
export function breakdown(groups: readonly CostGroup[], intents: readonly Intent[], by: GroupBy): Sums[] {
  const undecided = undecidedBy(intents, by);
  return groups.map((group) => sumsOf(group, undecided.get(group.key) ?? 0));
}

const NOTHING = {
  name: null,
  estimateMicrousd: 0,
  spentMicrousd: 0,
  heldMicrousd: 0,
  undecidedMicrousd: 0,
  count: 0,
  undecidedCount: 0,
  unknownPriceCount: 0,
  estimatedCount: 0,
};

export type Day = Sums & { readonly key: string };

/** One entry for each day of the range, oldest first; days without spending are zero. */
export function byDay(groups: readonly CostGroup[], intents: readonly Intent[], range: DayRange): Day[] {
  const sums = new Map(breakdown(groups, intents, "day").map((each) => [each.key, each]));
  return daysOf(range).map((day) => ({ ...NOTHING, ...sums.get(day), key: day }));
}

/** How much more or less was spent than before, as a share; null where there is nothing to compare with. */
export function change(nowMicrousd: number, beforeMicrousd: number): number | null {
  return beforeMicrousd === 0 ? null : (nowMicrousd - beforeMicrousd) / beforeMicrousd;
}
