import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { FolderInput, Upload } from "lucide-react";
import { useState } from "react";

import { assetsQuery, editAssets } from "@/api/assets";
import { keys } from "@/api/keys";
import type { Asset, Campaign } from "@/api/types";
import { AssetPicker } from "@/components/assets/asset-picker";
import { AssetThumb } from "@/components/assets/asset-thumb";
import { chooseFiles } from "@/components/uploads/files";
import { uploads } from "@/components/uploads/uploads";
import { Banner, Button, Link, Skeleton, toast } from "@/components/ui";
import { clientScope } from "@/lib/scope";
import { formatCount, plural } from "@/lib/units";

import { Section } from "../client/section";
import { problemWords, tellFailure } from "../words";

const SHOWN = 12;
const gridClass = "grid grid-cols-[repeat(auto-fill,minmax(min(7.5rem,30%),1fr))] gap-3";

/** Asks anew for what is counted of a campaign: something was added to it. */
export function useCampaignRefresh(campaignId: string): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: keys.campaigns.one(campaignId) });
}

function useMoving(campaign: Campaign) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (assets: readonly Asset[]) =>
      editAssets({ assetIds: assets.map((asset) => asset.id), campaignId: campaign.id, addTags: [], removeTags: [] }),
    onSuccess: (_moved, assets) => {
      toast({ tone: "positive", title: `Added ${plural(assets.length, "asset")} to ${campaign.name}` });
      void queries.invalidateQueries({ queryKey: keys.assets.all });
      void queries.invalidateQueries({ queryKey: keys.campaigns.one(campaign.id) });
    },
    onError: (error) => tellFailure("The assets stay where they were", error),
  });
}

function Cell({ asset }: { readonly asset: Asset }) {
  return (
    <li className="min-w-0">
      <Link
        href={`/library/${asset.id}`}
        className="block rounded-card outline-offset-2 transition-opacity hover:opacity-90"
        title={asset.name}
      >
        <AssetThumb asset={asset} aspect={1} scrubs />
        <span dir="auto" className="mt-1 block truncate text-xs text-muted">
          {asset.name}
        </span>
      </Link>
    </li>
  );
}

function Assets({ campaign, mayEdit }: { readonly campaign: Campaign; readonly mayEdit: boolean }) {
  const assets = useQuery(assetsQuery({ campaignId: campaign.id, limit: SHOWN }));
  if (assets.isPending) {
    return (
      <div className={gridClass} aria-busy="true">
        {Array.from({ length: 6 }, (_, place) => (
          <Skeleton key={place} shape="media" aspect={1} />
        ))}
      </div>
    );
  }
  if (!assets.data) {
    return (
      <Banner tone="caution" title="The assets could not be loaded">
        {problemWords(assets.error).detail}
      </Banner>
    );
  }
  if (assets.data.total === 0) {
    return (
      <p className="rounded-card border border-dashed border-strong px-4 py-8 text-center text-sm text-muted">
        {mayEdit ? "No assets yet. Drop pictures, films, sounds or documents anywhere on this page." : "No assets yet."}
      </p>
    );
  }
  return (
    <ul className={gridClass}>
      {assets.data.items.map((asset) => (
        <Cell key={asset.id} asset={asset} />
      ))}
    </ul>
  );
}

/** What belongs to a campaign of the client's library; more can be uploaded, dropped, or taken from the library. */
export function CampaignAssets({ campaign, mayEdit }: { readonly campaign: Campaign; readonly mayEdit: boolean }) {
  const [isPicking, setIsPicking] = useState(false);
  const total = useQuery(assetsQuery({ campaignId: campaign.id, limit: SHOWN })).data?.total ?? 0;
  const move = useMoving(campaign);
  const target = { clientId: campaign.clientId, campaignId: campaign.id };
  const onDone = useCampaignRefresh(campaign.id);
  const upload = (): void => void chooseFiles().then((files) => uploads.add(files, target, { onDone }));
  return (
    <Section
      title="Assets"
      aside={
        <div className="flex flex-wrap items-center gap-2">
          {total > SHOWN && (
            <Link
              href={`/library?campaign=${campaign.id}`}
              onClick={() => clientScope.set(campaign.clientId)}
              className="text-sm font-semibold text-accent hover:underline"
            >
              All {formatCount(total)}
            </Link>
          )}
          {mayEdit && (
            <>
              <Button
                size="sm"
                variant="ghost"
                icon={<FolderInput aria-hidden />}
                busy={move.isPending}
                onClick={() => setIsPicking(true)}
              >
                From the library
              </Button>
              <Button size="sm" icon={<Upload aria-hidden />} onClick={upload}>
                Upload
              </Button>
            </>
          )}
        </div>
      }
    >
      <Assets campaign={campaign} mayEdit={mayEdit} />
      <AssetPicker
        open={isPicking}
        onOpenChange={setIsPicking}
        clientId={campaign.clientId}
        campaignId={campaign.id}
        multiple
        verb="Add to campaign"
        onPick={(assets) => move.mutate(assets)}
      />
    </Section>
  );
}
