/** An asset beside the grid: what it is, and what can be done with it. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Download, Link2, Maximize2, RotateCcw, Trash2 } from "lucide-react";
import { useState } from "react";

import { assetQuery, bytesOf } from "@/api/assets";
import { problemOf } from "@/api/problem";
import { useMayEdit } from "@/api/rights";
import type { Asset } from "@/api/types";
import { factsOf, TYPE_LABELS, wordsOf } from "@/components/assets/facts";
import { Badge, buttonClass, Button, Drawer, ErrorState, KeyValue, RelativeTime, Skeleton } from "@/components/ui";
import { formatSize } from "@/lib/units";

import { AssetCampaign, AssetName, AssetTags } from "./asset-fields";
import { AssetPreview } from "./asset-preview";
import type { LibrarySearch } from "./filter";
import { LinkDialog } from "./link-dialog";
import { binning, useBulkEdit } from "./use-changes";
import { AssetVersions } from "./versions";

export interface DetailDrawerProps {
  readonly assetId: string | undefined;
  /** The list that it was opened from, for the viewer's way on and back. */
  readonly search: LibrarySearch;
  /** Its place in that list, where it is known. */
  readonly at: number | null;
  readonly onClose: () => void;
  readonly onTag: (tag: string) => void;
}

/** Slides in; the grid behind it stays usable and keeps its place. */
export function DetailDrawer({ assetId, search, at, onClose, onTag }: DetailDrawerProps) {
  // While it slides out, what it showed stays.
  const [shownId, setShownId] = useState(assetId);
  if (assetId !== undefined && assetId !== shownId) setShownId(assetId);
  const { data: asset, error, refetch } = useQuery({ ...assetQuery(shownId ?? ""), enabled: shownId !== undefined });
  return (
    <Drawer
      open={assetId !== undefined}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      mode="beside"
      title={asset?.name ?? (error ? "Not there" : "…")}
      description={asset && `${TYPE_LABELS[asset.type]} · ${asset.format.toUpperCase()} · ${formatSize(asset.size)}`}
      footer={asset && <Actions asset={asset} from={{ search, at }} onClose={onClose} />}
    >
      {asset ? (
        <Detail key={asset.id} asset={asset} onTag={onTag} />
      ) : error ? (
        <ErrorState problem={wordsOf(problemOf(error))} onRetry={() => void refetch()} />
      ) : (
        <Waiting />
      )}
    </Drawer>
  );
}

function Waiting() {
  return (
    <div aria-busy className="flex flex-col gap-5">
      <Skeleton shape="media" aspect={4 / 3} />
      <Skeleton shape="text" lines={4} />
    </div>
  );
}

/** All about an asset, in the drawer and beside the viewer. */
export function Detail({ asset, onTag }: { readonly asset: Asset; readonly onTag?: (tag: string) => void }) {
  const mayEdit = useMayEdit(asset.clientId) && asset.deletedAt === null;
  return (
    <div className="flex flex-col gap-6">
      <AssetPreview asset={asset} />
      {asset.deletedAt !== null && (
        <Badge tone="caution" icon={<Trash2 aria-hidden />}>
          In the bin
        </Badge>
      )}
      <Facts asset={asset} mayEdit={mayEdit} onTag={onTag} />
    </div>
  );
}

interface FactsProps {
  readonly asset: Asset;
  readonly mayEdit: boolean;
  readonly onTag?: ((tag: string) => void) | undefined;
}

export function Facts({ asset, mayEdit, onTag }: FactsProps) {
  return (
    <>
      <div className="flex flex-col gap-4">
        {mayEdit && <AssetName asset={asset} />}
        <AssetTags asset={asset} mayEdit={mayEdit} onTag={onTag} />
        <AssetCampaign asset={asset} mayEdit={mayEdit} />
      </div>
      <section>
        <h3 className="mb-2 text-sm">About the file</h3>
        <KeyValue
          items={[
            ...factsOf(asset),
            { label: "Weight", value: formatSize(asset.size) },
            { label: "File", value: asset.fileName },
            { label: "Added", value: <RelativeTime at={asset.uploadedAt} /> },
            { label: "Changed", value: <RelativeTime at={asset.updatedAt} /> },
          ]}
        />
      </section>
      <AssetVersions asset={asset} mayEdit={mayEdit} />
    </>
  );
}

interface ActionsProps {
  readonly asset: Asset;
  /** Offers the viewer, with the list for its way on and back. */
  readonly from?: { readonly search: LibrarySearch; readonly at: number | null } | undefined;
  readonly onClose?: (() => void) | undefined;
}

/** What can be done with the file as a whole. */
export function Actions({ asset, from, onClose }: ActionsProps) {
  const [isLinking, setIsLinking] = useState(false);
  const mayEdit = useMayEdit(asset.clientId);
  const edits = useBulkEdit();
  const isBinned = asset.deletedAt !== null;
  const bin = (): void => {
    edits.mutate(binning([asset], !isBinned));
    onClose?.();
  };
  return (
    <>
      {mayEdit && (
        <Button
          variant="ghost"
          className="me-auto -ms-2"
          icon={isBinned ? <RotateCcw aria-hidden /> : <Trash2 aria-hidden />}
          onClick={bin}
        >
          {isBinned ? "Restore" : "Bin"}
        </Button>
      )}
      {!isBinned && (
        <Button icon={<Link2 aria-hidden />} onClick={() => setIsLinking(true)}>
          Link
        </Button>
      )}
      <a href={bytesOf(asset, "download")} download={asset.fileName} className={buttonClass()}>
        <Download aria-hidden />
        Download
      </a>
      {from && (
        <Link
          to="/library/$assetId"
          params={{ assetId: asset.id }}
          search={{ ...from.search, at: from.at === null ? undefined : from.at + 1 }}
          className={buttonClass({ variant: "primary" })}
        >
          <Maximize2 aria-hidden />
          Open
        </Link>
      )}
      {isLinking && <LinkDialog asset={asset} onClose={() => setIsLinking(false)} />}
    </>
  );
}
