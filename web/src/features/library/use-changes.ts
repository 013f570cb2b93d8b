/** What can be done to assets, one or many: seen at once, put back where the server refuses, undone where it can be. */
import { useMutation, useQueryClient } from "@tanstack/react-query";

import { BULK_MAX, editAssets, updateAsset } from "@/api/assets";
import { keys } from "@/api/keys";
import { problemOf } from "@/api/problem";
import type { Asset, Schemas } from "@/api/types";
import { toast } from "@/components/ui";
import { plural } from "@/lib/units";

import { dropAssets, holdAssets, patchAssets, putBack } from "./cache";

/** One change to many; what is absent stays as it is. */
export interface Change {
  readonly addTags?: readonly string[] | undefined;
  readonly removeTags?: readonly string[] | undefined;
  readonly campaignId?: string | null | undefined;
  readonly inBin?: boolean | undefined;
}

interface Edit {
  readonly assets: readonly Asset[];
  readonly change: Change;
  /** What is said when it is done: "3 files tagged". */
  readonly said: string;
  /** What takes it back. */
  readonly reverse?: Change | undefined;
}

/** The asset as it will be. */
export function changed(asset: Asset, change: Change): Asset {
  const kept = asset.tags.filter((tag) => !change.removeTags?.includes(tag));
  return {
    ...asset,
    tags: [...new Set([...kept, ...(change.addTags ?? [])])],
    campaignId: change.campaignId === undefined ? asset.campaignId : change.campaignId,
  };
}

async function send(assets: readonly Asset[], change: Change): Promise<void> {
  for (let start = 0; start < assets.length; start += BULK_MAX) {
    await editAssets({
      assetIds: assets.slice(start, start + BULK_MAX).map((asset) => asset.id),
      addTags: [...(change.addTags ?? [])],
      removeTags: [...(change.removeTags ?? [])],
      ...(change.campaignId !== undefined && { campaignId: change.campaignId }),
      ...(change.inBin !== undefined && { inBin: change.inBin }),
    });
  }
}

function tellFailure(error: Error, title: string): void {
  const { detail, nextStep } = problemOf(error);
  toast({ tone: "critical", title, description: [detail, nextStep].filter(Boolean).join(" ") });
}

/** Edits of many at once. */
export function useBulkEdit() {
  const queryClient = useQueryClient();
  const mutation = useMutation({
    mutationFn: ({ assets, change }: Edit) => send(assets, change),
    onMutate: async ({ assets, change }) => {
      const kept = await holdAssets(queryClient);
      const ids = new Set(assets.map((asset) => asset.id));
      if (change.inBin === undefined) patchAssets(queryClient, ids, (asset) => changed(asset, change));
      else dropAssets(queryClient, ids);
      return kept;
    },
    onSuccess: (_, { assets, said, reverse }) => {
      const undo = reverse && (() => mutation.mutate({ assets, change: reverse, said: "Undone" }));
      toast({ title: said, tone: "positive", undo });
    },
    onError: (error, { assets }, kept) => {
      putBack(queryClient, kept);
      tellFailure(error, assets.length === 1 ? "The file was not changed" : "The files were not changed");
    },
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: keys.assets.all });
      void queryClient.invalidateQueries({
        queryKey: keys.clients.all,
        predicate: ({ queryKey }) => queryKey[1] === "one",
      });
    },
  });
  return mutation;
}

/** The words and the way back of putting assets into the bin, or taking them out of it. */
export function binning(assets: readonly Asset[], isBinned: boolean): Edit {
  const what = assets.length === 1 ? (assets[0]?.name ?? "") : plural(assets.length, "file");
  return {
    assets,
    change: { inBin: isBinned },
    reverse: { inBin: !isBinned },
    said: isBinned ? `${what} put into the bin` : `${what} restored`,
  };
}

/** Name, tags or campaign of one asset. */
export function useAssetPatch(asset: Asset) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (patch: Schemas["AssetPatch"]) => updateAsset(asset.id, patch),
    onMutate: async (patch) => {
      const kept = await holdAssets(queryClient);
      patchAssets(queryClient, new Set([asset.id]), (was) => ({ ...was, ...patch }));
      return kept;
    },
    onError: (error, _, kept) => {
      putBack(queryClient, kept);
      tellFailure(error, `${asset.name} was not changed`);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.assets.all }),
  });
}
