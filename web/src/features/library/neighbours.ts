/** What comes before and after an asset in the list that it was opened from. */
import { useQueries, useQuery } from "@tanstack/react-query";

import { ASSET_PAGE, type AssetFilter, assetPageQuery } from "@/api/assets";
import type { Asset } from "@/api/types";

export interface Neighbour {
  readonly asset: Asset;
  /** Its place in the list. */
  readonly index: number;
}

export interface Neighbours {
  readonly previous: Neighbour | null;
  readonly next: Neighbour | null;
  readonly index: number | null;
  readonly total: number | null;
}

/** The place of an asset among those that were read; null where it is not among them. */
export function placeOf(items: ReadonlyMap<number, Asset>, assetId: string): number | null {
  for (const [index, asset] of items) if (asset.id === assetId) return index;
  return null;
}

/** `at` is where the asset was in the list when it was opened; without it, it is looked for at the beginning. */
export function useNeighbours(filter: AssetFilter, assetId: string, at: number): Neighbours {
  const number = Math.floor(at / ASSET_PAGE);
  const here = useQuery(assetPageQuery(filter, number));
  const isFirst = at % ASSET_PAGE === 0 && number > 0;
  const isLast = at % ASSET_PAGE === ASSET_PAGE - 1 && (here.data?.total ?? 0) > at + 1;
  const beside = isFirst ? [number - 1] : isLast ? [number + 1] : [];
  const others = useQueries({ queries: beside.map((page) => assetPageQuery(filter, page)) });
  const items = new Map<number, Asset>();
  const put = (page: number, assets: readonly Asset[] | undefined): void =>
    assets?.forEach((asset, index) => items.set(page * ASSET_PAGE + index, asset));
  put(number, here.data?.items);
  others.forEach((other, index) => put(beside[index] ?? 0, other.data?.items));
  const index = placeOf(items, assetId);
  const to = (place: number): Neighbour | null => {
    const asset = items.get(place);
    return asset ? { asset, index: place } : null;
  };
  return {
    previous: index === null ? null : to(index - 1),
    next: index === null ? null : to(index + 1),
    index,
    total: here.data?.total ?? null,
  };
}
