/** What an asset is like, at the size of a drawer: the picture, a film or sound to be played, a page. */
import { bytesOf } from "@/api/assets";
import type { Asset } from "@/api/types";
import { AssetThumb } from "@/components/assets/asset-thumb";
import { aspectOf } from "@/components/assets/facts";
import { assertNever } from "@/lib/never";

const ASPECT_MIN = 3 / 4;
const ASPECT_MAX = 21 / 9;

/** The shape of the place that a preview gets: the asset's own, unless it is very high or very wide. */
export function previewAspect(asset: Asset): number {
  return Math.min(ASPECT_MAX, Math.max(ASPECT_MIN, aspectOf(asset) ?? 4 / 3));
}

export function AssetPreview({ asset }: { readonly asset: Asset }) {
  const aspect = previewAspect(asset);
  switch (asset.type) {
    case "image":
    case "document":
      return <AssetThumb key={asset.version} asset={asset} aspect={aspect} eager alt={asset.name} />;
    case "video":
      return (
        <video
          key={asset.version}
          controls
          playsInline
          preload="metadata"
          aria-label={asset.name}
          poster={`${asset.thumbnailUrl}?v=${asset.version}`}
          src={bytesOf(asset)}
          className="w-full rounded-card bg-media object-contain"
          style={{ aspectRatio: aspect }}
        />
      );
    case "audio":
      return (
        <div key={asset.version} className="flex flex-col gap-3">
          <AssetThumb asset={asset} aspect={3} bare eager />
          <audio controls preload="metadata" aria-label={asset.name} src={bytesOf(asset)} className="w-full" />
        </div>
      );
    default:
      return assertNever(asset);
  }
}
