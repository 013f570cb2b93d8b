/** Money: reports, budgets, and spendings that a person has to decide. */
import { queryOptions } from "@tanstack/react-query";

import { answer, http, page, type Page } from "./client";
import { keys } from "./keys";
import type { paths } from "./schema";
import type { Schemas } from "./types";

export type CostFilter = Omit<NonNullable<paths["/api/v2/costs"]["get"]["parameters"]["query"]>, "format">;
export type BudgetFilter = NonNullable<paths["/api/v2/budgets"]["get"]["parameters"]["query"]>;

export type CostGroup = Schemas["CostGroup"];
export type CostReport = Schemas["CostReport"];
export type GroupBy = NonNullable<CostFilter["groupBy"]>;
export type Intent = Schemas["Intent"];
export type LedgerEntry = Schemas["LedgerEntry"];
export type LedgerAccount = LedgerEntry["account"];
export type EntryFilter = NonNullable<paths["/api/v2/costs/entries"]["get"]["parameters"]["query"]>;

export const costsQuery = (filter: CostFilter) =>
  queryOptions({
    queryKey: keys.costs.report(filter),
    queryFn: async ({ signal }) => {
      const report = await answer(
        http.GET("/api/v2/costs", { params: { query: { ...filter, format: "json" } }, signal }),
      );
      // The description has CSV beside it; JSON was asked for.
      return report as Schemas["CostReport"];
    },
  });

export const budgetsQuery = (filter: BudgetFilter = {}) =>
  queryOptions({
    queryKey: keys.budgets.list(filter),
    queryFn: ({ signal }) =>
      page(http.GET("/api/v2/budgets", { params: { query: { limit: 100, ...filter } }, signal })),
  });

/** The same report as a sheet, for a link that saves it. */
export function costsSheetHref(filter: CostFilter): string {
  const given = Object.entries({ ...filter, format: "csv" }) as [string, unknown][];
  // What is left out of a filter may be there as undefined, which its type does not tell.
  const known = given.filter(([, value]) => value !== undefined && value !== null);
  return `/api/v2/costs?${new URLSearchParams(known.map(([name, value]) => [name, String(value)])).toString()}`;
}

export const costEntriesQuery = (filter: EntryFilter) =>
  queryOptions({
    queryKey: keys.costs.entries(filter),
    queryFn: ({ signal }) => page(http.GET("/api/v2/costs/entries", { params: { query: filter }, signal })),
  });

const UNDECIDED_PAGE = 100;
const UNDECIDED_MOST = 1_000;

/** All spendings of which nobody can tell whether they were charged, of the clients that one edits. */
export const undecidedQuery = queryOptions({
  queryKey: [...keys.costs.all, "undecided"],
  queryFn: async ({ signal }): Promise<Page<Intent>> => {
    const items: Intent[] = [];
    for (;;) {
      const found = await page(
        http.GET("/api/v2/costs/ambiguous", {
          params: { query: { limit: UNDECIDED_PAGE, offset: items.length } },
          signal,
        }),
      );
      items.push(...found.items);
      const isAll = found.items.length === 0 || items.length >= Math.min(found.total, UNDECIDED_MOST);
      if (isAll) return { items, total: found.total };
    }
  },
});

/** Says whether it was charged: it is booked, or given back. */
export function resolveSpending(intentId: string, resolution: Schemas["Resolution"]) {
  return answer(
    http.POST("/api/v2/costs/ambiguous/{intent_id}/resolve", {
      params: { path: { intent_id: intentId } },
      body: resolution,
    }),
  );
}

const atBudget = (budgetId: number) => ({ path: { budget_id: budgetId } });

export function createBudget(draft: Schemas["BudgetDraft"]) {
  return answer(http.POST("/api/v2/budgets", { body: draft }));
}

export function updateBudget(budgetId: number, patch: Schemas["BudgetPatch"]) {
  return answer(http.PATCH("/api/v2/budgets/{budget_id}", { params: atBudget(budgetId), body: patch }));
}

/** Takes the limit away; what was spent stays counted, so that making it again gives back the same budget. */
export function deleteBudget(budgetId: number) {
  return answer(http.DELETE("/api/v2/budgets/{budget_id}", { params: atBudget(budgetId) }));
}
