/** A list of any length that is read where it is looked at: pages come as they come into view. */
import { type QueryClient, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";

import { ASSET_PAGE, type AssetFilter, assetPageQuery } from "@/api/assets";
import type { Asset, Problem } from "@/api/types";
import { problemOf } from "@/api/problem";

const FLING_MS = 120;

export interface AssetPages {
  readonly filter: AssetFilter;
  /** How many there are in all; null until the first page has come. */
  readonly total: number | null;
  /** Why nothing can be shown. */
  readonly problem: Problem | null;
  /** What is shown is of the filter before; the new one is on its way. */
  readonly isChanging: boolean;
  /** The asset at a place, once its page is there. */
  readonly at: (index: number) => Asset | undefined;
  /** Why a page in view is missing. */
  readonly gap: Problem | null;
  readonly retry: () => void;
}

interface Range {
  readonly first: number;
  readonly last: number;
}

const keyOf = (filter: AssetFilter): string => JSON.stringify(filter);

/** The pages that are asked for: those next to what is there at once, far ones when scrolling has settled. */
function usePaced(wanted: Range): Range {
  const [asked, setAsked] = useState(wanted);
  const isSame = asked.first === wanted.first && asked.last === wanted.last;
  const isNear = Math.abs(asked.first - wanted.first) <= 1 && Math.abs(asked.last - wanted.last) <= 1;
  const { first, last } = wanted;
  useEffect(() => {
    if (isSame) return;
    const timer = setTimeout(() => setAsked({ first, last }), isNear ? 0 : FLING_MS);
    return () => clearTimeout(timer);
  }, [isSame, isNear, first, last]);
  return asked;
}

/** The filter whose first page is there: the old one stays until the new one has something to show. */
function useShownFilter(filter: AssetFilter): { shown: AssetFilter; problem: Problem | null; retry: () => void } {
  const first = useQuery(assetPageQuery(filter, 0));
  const [shown, setShown] = useState(filter);
  if (first.data && keyOf(shown) !== keyOf(filter)) setShown(filter);
  const { refetch } = first;
  return {
    shown,
    problem: first.error && !first.data ? problemOf(first.error) : null,
    retry: useCallback(() => void refetch(), [refetch]),
  };
}

/** Reads a list by place. `range` is what is in view, as places. */
export function useAssetPages(filter: AssetFilter, range: Range): AssetPages {
  const queryClient = useQueryClient();
  const { shown, problem, retry: retryFirst } = useShownFilter(filter);
  const asked = usePaced({
    first: Math.floor(Math.max(0, range.first) / ASSET_PAGE),
    last: Math.floor(Math.max(0, range.last) / ASSET_PAGE),
  });
  const numbers = useMemo(() => numbersOf(asked), [asked]);
  const results = useQueries({ queries: numbers.map((number) => assetPageQuery(shown, number)) });
  const pages = results.map((result) => result.data);
  const newest = results.reduce<(typeof results)[number] | undefined>(
    (best, each) => (each.data && each.dataUpdatedAt > (best?.dataUpdatedAt ?? 0) ? each : best),
    undefined,
  );
  const failed = results.find((result) => result.error && !result.data);
  return {
    filter: shown,
    total: newest?.data?.total ?? null,
    problem,
    isChanging: keyOf(shown) !== keyOf(filter),
    at: (index) => {
      const number = Math.floor(index / ASSET_PAGE);
      const page = pages[numbers.indexOf(number)] ?? queryClient.getQueryData(assetPageQuery(shown, number).queryKey);
      return page?.items[index % ASSET_PAGE];
    },
    gap: failed?.error ? problemOf(failed.error) : null,
    retry: () => {
      retryFirst();
      for (const result of results) if (result.error) void result.refetch();
    },
  };
}

function numbersOf({ first, last }: Range): number[] {
  const inView = Array.from({ length: last - first + 1 }, (_, step) => first + step);
  // The first page is always held: it says how many there are.
  return first === 0 ? inView : [0, ...inView];
}

/** All assets from one place to another, fetched where they are not there yet. */
export async function assetsBetween(
  queryClient: QueryClient,
  filter: AssetFilter,
  places: Range,
  onProgress?: (loaded: number) => void,
): Promise<Asset[]> {
  const [from, to] = [Math.min(places.first, places.last), Math.max(places.first, places.last)];
  const found: Asset[] = [];
  for (let number = Math.floor(from / ASSET_PAGE); number * ASSET_PAGE <= to; number += 1) {
    const { items } = await queryClient.query(assetPageQuery(filter, number));
    const start = number * ASSET_PAGE;
    found.push(...items.slice(Math.max(0, from - start), Math.max(0, to + 1 - start)));
    onProgress?.(found.length);
  }
  return found;
}
