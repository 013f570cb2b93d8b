import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { ImagePlus, Palette, X } from "lucide-react";
import { useState } from "react";

import { assetQuery } from "@/api/assets";
import type { BrandColour } from "@/api/clients";
import type { Asset } from "@/api/types";
import { AssetPicker } from "@/components/assets/asset-picker";
import { Button, Link, Skeleton } from "@/components/ui";

import { coloursOf } from "./guidelines";

export interface LogoFieldProps {
  readonly clientId: string;
  readonly assetId: string | null;
  /** What the logo stands on, as on an end card. */
  readonly ground: string;
  readonly disabled: boolean;
  readonly onChange: (assetId: string | null) => void;
  /** Takes the logo's colours; absent where there are colours already. */
  readonly onColours?: ((colours: BrandColour[]) => void) | undefined;
}

function dominantOf(asset: Asset | undefined): readonly string[] {
  return asset?.type === "image" ? asset.dominantColours : [];
}

function Picture({ asset, ground }: { readonly asset: Asset; readonly ground: string }) {
  return (
    <Link
      href={`/library/${asset.id}`}
      aria-label={`Open ${asset.name}`}
      style={{ backgroundColor: ground }}
      className="grid h-28 w-44 shrink-0 place-items-center overflow-hidden rounded-card p-4 ring-1 ring-line"
    >
      <img
        src={`/api/v2/assets/${asset.id}/thumbnail?v=${asset.version}`}
        alt={asset.name}
        className="max-h-20 max-w-full object-contain"
      />
    </Link>
  );
}

function State({ assetId, logo }: { readonly assetId: string | null; readonly logo: UseQueryResult<Asset> }) {
  if (assetId === null) {
    return (
      <p className="text-sm text-muted">
        No logo yet. An SVG or a PNG without a ground works on every colour; without a logo, end cards show the name.
      </p>
    );
  }
  if (logo.data) {
    return (
      <p dir="auto" className="max-w-full truncate text-sm text-muted">
        {logo.data.name}
      </p>
    );
  }
  if (!logo.isError) return null;
  return <p className="text-sm text-critical">The logo could not be found in the library. Choose another one.</p>;
}

interface ActionsProps extends Pick<LogoFieldProps, "assetId" | "onChange" | "onColours"> {
  readonly colours: BrandColour[];
  readonly onPick: () => void;
}

function Actions({ assetId, colours, onChange, onColours, onPick }: ActionsProps) {
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="sm" icon={<ImagePlus aria-hidden />} onClick={onPick}>
        {assetId === null ? "Choose logo" : "Replace logo"}
      </Button>
      {onColours && colours.length > 0 && (
        <Button size="sm" icon={<Palette aria-hidden />} onClick={() => onColours(colours)}>
          Take its colours
        </Button>
      )}
      {assetId !== null && (
        <Button size="sm" variant="ghost" icon={<X aria-hidden />} onClick={() => onChange(null)}>
          Remove logo
        </Button>
      )}
    </div>
  );
}

/** The logo, out of the client's library or added to it on the way. */
export function LogoField({ clientId, assetId, ground, disabled, onChange, onColours }: LogoFieldProps) {
  const [isPicking, setIsPicking] = useState(false);
  const logo = useQuery({ ...assetQuery(assetId ?? ""), enabled: assetId !== null });
  const colours = coloursOf(dominantOf(logo.data));
  const actions = { assetId, colours, onChange, onColours };
  return (
    <div className="flex flex-wrap items-center gap-4">
      {assetId !== null && logo.isPending && <Skeleton shape="block" className="h-28 w-44" />}
      {assetId !== null && logo.data && <Picture asset={logo.data} ground={ground} />}
      <div className="flex min-w-0 flex-1 basis-50 flex-col items-start gap-2">
        <State assetId={assetId} logo={logo} />
        {!disabled && <Actions {...actions} onPick={() => setIsPicking(true)} />}
      </div>
      <AssetPicker
        open={isPicking}
        onOpenChange={setIsPicking}
        clientId={clientId}
        types={["image"]}
        tags={["brand_logo"]}
        title="Choose the logo"
        onPick={(assets) => onChange(assets[0]?.id ?? null)}
      />
    </div>
  );
}
