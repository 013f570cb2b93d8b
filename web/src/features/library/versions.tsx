/** What a file was before: newer bytes under the same name and tags, and the way back to earlier ones. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { RotateCcw, Upload } from "lucide-react";

import { ASSET_FORMATS, type AssetVersion, assetVersionsQuery, replaceAsset, restoreAssetVersion } from "@/api/assets";
import { keys } from "@/api/keys";
import { problemOf } from "@/api/problem";
import type { Asset } from "@/api/types";
import { Badge, Button, IconButton, RelativeTime, Skeleton, toast } from "@/components/ui";
import { chooseFiles } from "@/components/uploads/files";
import { formatSize } from "@/lib/units";

function useVersionChange<T>(asset: Asset, call: (given: T) => Promise<Asset>, said: (now: Asset) => string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: call,
    onSuccess: (now) =>
      toast({ title: now.version === asset.version ? "The same bytes: no new version" : said(now), tone: "positive" }),
    onError: (error) => {
      const { detail, nextStep } = problemOf(error);
      toast({
        tone: "critical",
        title: `${asset.name} stays as it was`,
        description: [detail, nextStep].filter(Boolean).join(" "),
      });
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.assets.all }),
  });
}

function whatOf(version: AssetVersion): string {
  const shape = version.width && version.height ? `${version.width} × ${version.height} · ` : "";
  return `${version.format.toUpperCase()} · ${shape}${formatSize(version.size)}`;
}

interface RowProps {
  readonly asset: Asset;
  readonly version: AssetVersion;
  readonly onRestore?: (() => void) | undefined;
}

function Row({ asset, version, onRestore }: RowProps) {
  return (
    <li className="flex items-center gap-3 py-1.5">
      <span className="grid h-9 w-12 shrink-0 place-items-center overflow-hidden rounded-sm bg-media">
        {version.thumbnailUrl ? (
          <img src={version.thumbnailUrl} alt="" loading="lazy" className="size-full object-contain" />
        ) : (
          <span className="text-xs font-semibold text-faint">{version.format.toUpperCase()}</span>
        )}
      </span>
      <span className="min-w-0 flex-1 text-sm">
        <span className="flex items-center gap-2 font-semibold tabular">
          Version {version.number}
          {version.isCurrent && <Badge tone="accent">Shown</Badge>}
          <RelativeTime at={version.createdAt} className="text-xs font-medium text-faint" />
        </span>
        <span className="block truncate text-xs text-faint tabular">
          {whatOf(version)}
          {version.restoredFrom !== null && ` · repeats ${version.restoredFrom}`}
        </span>
      </span>
      {onRestore && (
        <IconButton
          label={`Bring back version ${version.number} of ${asset.name}`}
          icon={<RotateCcw aria-hidden />}
          onClick={onRestore}
        />
      )}
    </li>
  );
}

export function AssetVersions({ asset, mayEdit }: { readonly asset: Asset; readonly mayEdit: boolean }) {
  const { data } = useQuery(assetVersionsQuery(asset.id));
  const replace = useVersionChange(
    asset,
    (file: File) => replaceAsset(asset.id, file),
    (now) => `Version ${now.version} is shown now`,
  );
  const restore = useVersionChange(
    asset,
    (number: number) => restoreAssetVersion(asset.id, number),
    (now) => `Brought back as version ${now.version}`,
  );
  const accept = ASSET_FORMATS[asset.type].map((format) => `.${format}`).join(",");
  const choose = async (): Promise<void> => {
    const [file] = await chooseFiles({ multiple: false, accept });
    if (file) replace.mutate(file);
  };
  return (
    <section>
      <div className="mb-1 flex items-center justify-between gap-3">
        <h3 className="text-sm">Versions</h3>
        {mayEdit && (
          <Button size="sm" icon={<Upload aria-hidden />} busy={replace.isPending} onClick={() => void choose()}>
            Upload new version
          </Button>
        )}
      </div>
      {data ? (
        <ul>
          {data.items.map((version) => (
            <Row
              key={version.number}
              asset={asset}
              version={version}
              onRestore={mayEdit && !version.isCurrent ? () => restore.mutate(version.number) : undefined}
            />
          ))}
        </ul>
      ) : (
        <Skeleton shape="text" lines={2} className="py-2" />
      )}
    </section>
  );
}
