import { useQueries } from "@tanstack/react-query";
import { useState } from "react";

import { assetQuery } from "@/api/assets";
import type { Asset, AssetType } from "@/api/types";
import { AssetPicker } from "@/components/assets/asset-picker";
import { AssetThumb } from "@/components/assets/asset-thumb";
import { Button, Chip } from "@/components/ui";

import { type AdDraft, ASSETS_MAX } from "./draft";
import { AddPictures, type ChangeDraft } from "./prompt-form";

interface AssetsRowProps {
  readonly draft: AdDraft;
  readonly clientId: string;
  readonly change: ChangeDraft;
  readonly addAssets: (ids: readonly string[]) => void;
}

type Place = "assets" | "logo" | "reference";

const TITLES: Record<Place, string> = {
  assets: "Add pictures, films and music",
  logo: "Choose a logo",
  reference: "Choose a reference",
};

const TYPES: Record<Place, AssetType[]> = {
  assets: ["image", "video", "audio"],
  logo: ["image"],
  reference: ["image", "video"],
};

/** What the ad is made of, its logo, and a picture or film whose look it is to have. */
export function AssetsRow({ draft, clientId, change, addAssets }: AssetsRowProps) {
  const [place, setPlace] = useState<Place | null>(null);
  const take = (assets: readonly Asset[]): void => {
    const first = assets[0]?.id ?? null;
    if (place === "assets") addAssets(assets.map((asset) => asset.id));
    if (place === "logo") change({ logoAssetId: first });
    if (place === "reference") change({ referenceAssetId: first });
    setPlace(null);
  };
  const shown = place ?? "assets";
  return (
    <div className="flex flex-col gap-3">
      <ChosenAssets
        ids={draft.assetIds}
        onRemove={(id) => change({ assetIds: draft.assetIds.filter((each) => each !== id) })}
      />
      <div className="flex flex-wrap items-center gap-2">
        <AddPictures onClick={() => setPlace("assets")} />
        {draft.logoAssetId === null ? (
          <Button size="sm" variant="ghost" onClick={() => setPlace("logo")}>
            Other logo
          </Button>
        ) : (
          <NamedAsset id={draft.logoAssetId} role="Logo" onRemove={() => change({ logoAssetId: null })} />
        )}
        {draft.referenceAssetId === null ? (
          <Button size="sm" variant="ghost" onClick={() => setPlace("reference")}>
            Look like…
          </Button>
        ) : (
          <NamedAsset id={draft.referenceAssetId} role="Look" onRemove={() => change({ referenceAssetId: null })} />
        )}
        <span className="text-xs text-faint pointer-coarse:hidden">or drop files anywhere</span>
      </div>
      <AssetPicker
        open={place !== null}
        onOpenChange={(isOpen) => {
          if (!isOpen) setPlace(null);
        }}
        clientId={clientId}
        campaignId={draft.campaignId ?? undefined}
        types={TYPES[shown]}
        title={TITLES[shown]}
        multiple={shown === "assets"}
        onPick={take}
      />
    </div>
  );
}

function ChosenAssets({ ids, onRemove }: { readonly ids: readonly string[]; readonly onRemove: (id: string) => void }) {
  const assets = useQueries({ queries: ids.map((id) => assetQuery(id)) });
  if (ids.length === 0) return null;
  return (
    <ul aria-label="Used in this ad" className="flex flex-wrap gap-2">
      {ids.map((id, index) => {
        const asset = assets[index];
        const name = asset?.data?.name ?? (asset?.isError ? "This file is gone" : "Loading");
        return (
          <li key={id} className="relative">
            <div title={name} className="w-16">
              {asset?.data ? (
                <AssetThumb asset={asset.data} aspect={1} bare alt={name} />
              ) : (
                <div className="grid aspect-square place-items-center rounded-card bg-media p-1 text-center text-xs text-faint">
                  {asset?.isError ? "Gone" : ""}
                </div>
              )}
            </div>
            <button
              type="button"
              aria-label={`Remove ${name}`}
              onClick={() => onRemove(id)}
              className="absolute -end-1.5 -top-1.5 grid size-5 place-items-center rounded-full bg-ink text-xs text-canvas after:absolute after:-inset-1.5"
            >
              ×
            </button>
          </li>
        );
      })}
      {ids.length >= ASSETS_MAX && <li className="self-center text-xs text-faint">{ASSETS_MAX} at most</li>}
    </ul>
  );
}

interface NamedAssetProps {
  readonly id: string;
  readonly role: string;
  readonly onRemove: () => void;
}

function NamedAsset({ id, role, onRemove }: NamedAssetProps) {
  const [asset] = useQueries({ queries: [assetQuery(id)] });
  const name = asset.data?.name ?? "…";
  return (
    <Chip onRemove={onRemove} removeLabel={`Remove ${role.toLowerCase()} ${name}`}>
      {role}: {name}
    </Chip>
  );
}
