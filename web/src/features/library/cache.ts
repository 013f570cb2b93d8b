/** Changes to assets in what this browser has read, before the server answers and when it has. */
import type { QueryClient, QueryKey } from "@tanstack/react-query";

import type { Page } from "@/api/client";
import { keys } from "@/api/keys";
import type { Asset } from "@/api/types";

type Pages = Page<Asset> | { pages: Page<Asset>[]; pageParams: unknown[] };
type Kept = [QueryKey, unknown][];

/** Stops what is being read, and gives back all that is kept of assets, for `putBack`. */
export async function holdAssets(queryClient: QueryClient): Promise<Kept> {
  await queryClient.cancelQueries({ queryKey: keys.assets.all });
  return queryClient.getQueriesData({ queryKey: keys.assets.all });
}

export function putBack(queryClient: QueryClient, kept: Kept | undefined): void {
  for (const [key, data] of kept ?? []) queryClient.setQueryData(key, data);
}

/** Changes assets wherever they are shown. */
export function patchAssets(queryClient: QueryClient, ids: ReadonlySet<string>, change: (asset: Asset) => Asset): void {
  const patch = (asset: Asset): Asset => (ids.has(asset.id) ? change(asset) : asset);
  eachList(queryClient, (page) => ({ ...page, items: page.items.map(patch) }));
  for (const id of ids) queryClient.setQueryData<Asset>(keys.assets.one(id), (was) => was && change(was));
}

/** Takes assets out of all lists: they have gone into the bin, or came out of it. */
export function dropAssets(queryClient: QueryClient, ids: ReadonlySet<string>): void {
  eachList(queryClient, (page) => {
    const items = page.items.filter((asset) => !ids.has(asset.id));
    return { items, total: page.total - (page.items.length - items.length) };
  });
}

function eachList(queryClient: QueryClient, change: (page: Page<Asset>) => Page<Asset>): void {
  queryClient.setQueriesData<Pages>({ queryKey: keys.assets.lists }, (was) => {
    if (!was) return was;
    return "pages" in was ? { ...was, pages: was.pages.map(change) } : change(was);
  });
}
