/** One asset, as large as the window allows. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { ArrowLeft, ChevronLeft, ChevronRight, PanelRight } from "lucide-react";
import { lazy, Suspense, useMemo, useState } from "react";

import { assetQuery } from "@/api/assets";
import { problemOf } from "@/api/problem";
import { useMayEdit } from "@/api/rights";
import type { Asset, DocumentAsset } from "@/api/types";
import { AssetThumb } from "@/components/assets/asset-thumb";
import { TYPE_LABELS, wordsOf } from "@/components/assets/facts";
import { Badge, Button, Drawer, ErrorState, IconButton, iconButtonClass, Skeleton } from "@/components/ui";
import { useMedia, useTitle } from "@/lib/hooks";
import { assertNever } from "@/lib/never";
import { clientScope } from "@/lib/scope";
import { useShortcuts } from "@/lib/shortcuts";
import { useStored } from "@/lib/store";
import { formatCount, formatSize } from "@/lib/units";

import { Actions, Facts } from "./detail-drawer";
import { filterOf, type LibrarySearch } from "./filter";
import { type Neighbour, useNeighbours } from "./neighbours";
import { AudioStage } from "./viewer/audio-stage";
import { DocumentFallback } from "./viewer/document-fallback";
import { ImageStage } from "./viewer/image-stage";
import { VideoStage } from "./viewer/video-stage";

const PdfStage = lazy(() => import("./viewer/pdf-stage"));

const route = getRouteApi("/studio/library/$assetId");

function DocumentStage({ asset }: { readonly asset: DocumentAsset }) {
  switch (asset.format) {
    case "pdf":
      if (asset.encrypted) return <DocumentFallback asset={asset} reason="It needs a password." />;
      return (
        <Suspense fallback={<AssetThumb asset={asset} aspect={210 / 297} bare className="mx-auto max-w-lg p-4" />}>
          <PdfStage asset={asset} />
        </Suspense>
      );
    case "doc":
    case "docx":
    case "txt":
      return <DocumentFallback asset={asset} />;
    default:
      return assertNever(asset.format);
  }
}

function Stage({ asset }: { readonly asset: Asset }) {
  switch (asset.type) {
    case "image":
      return <ImageStage asset={asset} />;
    case "video":
      return <VideoStage asset={asset} />;
    case "audio":
      return <AudioStage asset={asset} />;
    case "document":
      return <DocumentStage asset={asset} />;
    default:
      return assertNever(asset);
  }
}

/** The way on and back through the list that this was opened from. */
function useWay(assetId: string, search: LibrarySearch & { at?: number | undefined }) {
  const [clientId] = useStored(clientScope);
  const navigate = useNavigate();
  const { at, ...narrowing } = search;
  const key = JSON.stringify(narrowing);
  const filter = useMemo(() => filterOf(JSON.parse(key) as LibrarySearch, clientId), [key, clientId]);
  const near = useNeighbours(filter, assetId, Math.max(0, (at ?? 1) - 1));
  const go = (to: Neighbour | null): void => {
    if (!to) return;
    const next = { ...narrowing, at: to.index + 1 };
    void navigate({ to: "/library/$assetId", params: { assetId: to.asset.id }, search: next, replace: true });
  };
  useShortcuts([
    { keys: "arrowleft", label: "The one before", group: "Library", run: () => go(near.previous) },
    { keys: "arrowright", label: "The next one", group: "Library", run: () => go(near.next) },
    {
      keys: "escape",
      label: "Back to the library",
      group: "Library",
      run: () => void navigate({ to: "/library", search: { ...narrowing, asset: assetId } }),
    },
  ]);
  return { near, go, narrowing };
}

export function AssetPage() {
  const { assetId } = route.useParams();
  const search = route.useSearch();
  const { data: asset, error, refetch } = useQuery(assetQuery(assetId));
  const way = useWay(assetId, search);
  useTitle(asset?.name ?? "Library");
  if (error && !asset)
    return <ErrorState headingLevel={1} problem={wordsOf(problemOf(error))} onRetry={() => void refetch()} />;
  return (
    <div className="-m-(--shell-pad) flex h-[calc(100dvh-var(--shell-top)-var(--shell-bottom))] min-h-96 flex-col">
      <Head asset={asset} way={way} />
      <div className="flex min-h-0 flex-1">
        <div className="min-w-0 flex-1 bg-media">
          {asset ? (
            <Stage key={`${asset.id}/${asset.version}`} asset={asset} />
          ) : (
            <div aria-busy className="grid h-full place-items-center p-8">
              <Skeleton shape="media" className="max-w-2xl" />
            </div>
          )}
        </div>
        {asset && <Side asset={asset} />}
      </div>
    </div>
  );
}

interface HeadProps {
  readonly asset: Asset | undefined;
  readonly way: ReturnType<typeof useWay>;
}

function Head({ asset, way }: HeadProps) {
  const { near, go, narrowing } = way;
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-(--shell-pad) py-2">
      <Link
        to="/library"
        search={{ ...narrowing, asset: asset?.id }}
        aria-label="Back to the library"
        className={iconButtonClass()}
      >
        <ArrowLeft aria-hidden />
      </Link>
      <div className="min-w-0 flex-1">
        <h1 dir="auto" className="truncate text-left text-base" title={asset?.name}>
          {asset?.name ?? "…"}
        </h1>
        {asset && (
          <p className="truncate text-xs text-faint tabular">
            {TYPE_LABELS[asset.type]} · {asset.format.toUpperCase()} · {formatSize(asset.size)}
          </p>
        )}
      </div>
      {asset?.deletedAt && <Badge tone="caution">In the bin</Badge>}
      <div className="flex items-center">
        <IconButton
          label="The one before"
          shortcut="←"
          icon={<ChevronLeft aria-hidden />}
          disabled={!near.previous}
          onClick={() => go(near.previous)}
        />
        {near.index !== null && near.total !== null && (
          <span className="min-w-16 text-center text-sm text-faint tabular max-sm:hidden">
            {formatCount(near.index + 1)} / {formatCount(near.total)}
          </span>
        )}
        <IconButton
          label="The next one"
          shortcut="→"
          icon={<ChevronRight aria-hidden />}
          disabled={!near.next}
          onClick={() => go(near.next)}
        />
      </div>
    </header>
  );
}

/** What is known of it: beside the stage where there is room, else behind a button. */
function Side({ asset }: { readonly asset: Asset }) {
  const isWide = useMedia("(min-width: 1024px)");
  const [isOpen, setIsOpen] = useState(false);
  const mayEdit = useMayEdit(asset.clientId) && asset.deletedAt === null;
  const facts = <Facts key={asset.id} asset={asset} mayEdit={mayEdit} />;
  if (isWide) {
    return (
      <aside aria-label="About the file" className="flex w-88 shrink-0 flex-col border-s border-line bg-surface">
        <div className="flex min-h-0 flex-1 flex-col gap-6 overflow-y-auto p-5 scroll-quiet">
          <h2 className="sr-only">Details</h2>
          {facts}
        </div>
        <div className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">
          <Actions asset={asset} />
        </div>
      </aside>
    );
  }
  return (
    <>
      <div className="fixed end-4 bottom-[calc(var(--shell-bottom)+1rem)] z-10 rounded-control shadow-low">
        <Button icon={<PanelRight aria-hidden />} onClick={() => setIsOpen(true)}>
          About
        </Button>
      </div>
      <Drawer open={isOpen} onOpenChange={setIsOpen} title={asset.name} footer={<Actions asset={asset} />}>
        <div className="flex flex-col gap-6">{facts}</div>
      </Drawer>
    </>
  );
}
