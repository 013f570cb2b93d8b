/** Everything that ads are made of: found, looked at, put in order, brought in. */
import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { FolderOpen, Trash2, Upload } from "lucide-react";
import { memo, useCallback, useDeferredValue, useMemo, useState } from "react";

import { useMayEdit } from "@/api/rights";
import type { Asset, Problem } from "@/api/types";
import { type AssetFilter, assetPageQuery } from "@/api/assets";
import { AssetDrop } from "@/components/assets/asset-drop";
import { AssetGrid } from "@/components/assets/asset-grid";
import { wordsOf } from "@/components/assets/facts";
import { useSelection } from "@/components/assets/selection";
import { assetsBetween } from "@/components/assets/use-asset-pages";
import { Banner, Button, EmptyState, ErrorState, PageHeader, toast } from "@/components/ui";
import { problemOf } from "@/api/problem";
import { useTitle } from "@/lib/hooks";
import { clientScope } from "@/lib/scope";
import { useShortcuts } from "@/lib/shortcuts";
import { useStored } from "@/lib/store";
import { formatCount } from "@/lib/units";

import { BringIn, type Bringing, useBringing } from "./bring-in";
import { BulkBar } from "./bulk-bar";
import { DetailDrawer } from "./detail-drawer";
import { filterOf, isNarrowed, type LibrarySearch } from "./filter";
import { LibraryToolbar } from "./library-toolbar";
import { density } from "./view";

const route = getRouteApi("/studio/library");

/** The address of the library, and how to change it without losing the place. */
function useLibrarySearch() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/library" });
  const change = useCallback(
    (patch: Partial<LibrarySearch & { asset: string | undefined }>) =>
      void navigate({ search: (was) => ({ ...was, ...patch }), replace: true, resetScroll: false }),
    [navigate],
  );
  return { search, change };
}

function Nothing({ search, bringing }: { readonly search: LibrarySearch; readonly bringing: Bringing }) {
  if (isNarrowed(search)) {
    return (
      <EmptyState illustration={<FolderOpen />} title="Nothing fits">
        Try fewer words, or take a filter away.
      </EmptyState>
    );
  }
  if (search.bin) {
    return (
      <EmptyState illustration={<Trash2 />} title="The bin is empty">
        What is deleted lies here for a time, and can be restored with all that it had.
      </EmptyState>
    );
  }
  if (!bringing.isAllowed) {
    return (
      <EmptyState illustration={<FolderOpen />} title="Nothing here yet">
        You may look at this library. Those who edit it have not added files yet.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      illustration={<FolderOpen />}
      title="Bring in what your ads are made of"
      action={
        <Button variant="primary" size="lg" icon={<Upload aria-hidden />} onClick={bringing.choose}>
          Upload files
        </Button>
      }
    >
      Logos, product shots, films, music, brand documents: drop them anywhere on this page.
    </EmptyState>
  );
}

function useChoosing(filter: AssetFilter) {
  const queryClient = useQueryClient();
  const controls = useSelection();
  const [isReading, setIsReading] = useState(false);
  const { selection, add } = controls;
  const read = async (first: number, end: number | "all"): Promise<void> => {
    setIsReading(true);
    try {
      const last = end === "all" ? (await queryClient.query(assetPageQuery(filter, 0))).total - 1 : end;
      add(await assetsBetween(queryClient, filter, { first, last }), last);
    } catch (error) {
      toast({ tone: "critical", title: "Not all could be chosen", description: problemOf(error).detail });
    } finally {
      setIsReading(false);
    }
  };
  return {
    ...controls,
    isReading,
    reach: (index: number) => void read(selection.anchor ?? index, index),
    all: () => void read(0, "all"),
  };
}

/** The library of a client, or of all. */
export function LibraryPage() {
  const { search, change } = useLibrarySearch();
  const [clientId] = useStored(clientScope);
  const [view] = useStored(density);
  const mayEdit = useMayEdit(clientId ?? undefined);
  const isAllowed = clientId === null || mayEdit;
  const bringing = useBringing({ clientId, campaignId: search.campaign, isAllowed });
  const { asset: openId, ...narrowing } = search;
  const key = JSON.stringify(narrowing);
  const filter = useMemo(() => filterOf(JSON.parse(key) as LibrarySearch, clientId), [key, clientId]);
  const choosing = useChoosing(filter);
  const { chosen } = choosing.selection;
  const shownChosen = useDeferredValue(chosen);
  useTitle(search.bin ? "Bin" : "Library");
  useShortcuts([
    { keys: "mod+a", label: "Choose all", group: "Library", run: choosing.all },
    {
      keys: "escape",
      label: "Choose nothing, close the detail",
      group: "Library",
      run: () => (chosen.size > 0 ? choosing.clear() : change({ asset: undefined })),
    },
    { keys: "u", label: "Upload files", group: "Library", run: bringing.choose },
  ]);
  const [openAt, setOpenAt] = useState<number | null>(null);
  const open = useCallback(
    (asset: Asset, index: number) => {
      setOpenAt(index);
      change({ asset: asset.id });
    },
    [change],
  );
  return (
    <AssetDrop
      target={null}
      onFiles={bringing.take}
      label="Drop to add to the library"
      disabledReason={isAllowed ? undefined : "You may look at this client's library, not add to it."}
    >
      <AssetGrid
        filter={filter}
        density={view}
        label={search.bin ? "Bin" : "Library"}
        chosen={shownChosen}
        openId={openId}
        onOpen={open}
        onToggle={isAllowed ? choosing.toggle : undefined}
        onReach={isAllowed ? choosing.reach : undefined}
        above={(shown) => (
          <>
            <Header
              isBin={search.bin === true}
              total={shown.total}
              gap={shown.gap}
              onRetry={shown.gap ? shown.retry : undefined}
              bringing={bringing}
            />
            <LibraryToolbar search={search} clientId={clientId} onChange={change} />
          </>
        )}
      >
        {(shown, grid) => {
          if (shown.problem) return <ErrorState problem={wordsOf(shown.problem)} onRetry={shown.retry} />;
          if (shown.total === 0 && !shown.isChanging) return <Nothing search={search} bringing={bringing} />;
          return grid;
        }}
      </AssetGrid>
      {chosen.size > 0 && <BulkBar choosing={choosing} isInBin={search.bin === true} />}
      <DetailDrawer
        assetId={openId}
        search={narrowing}
        at={openAt}
        onClose={() => change({ asset: undefined })}
        onTag={(tag) => change({ tag: [tag] })}
      />
      <BringIn bringing={bringing} />
    </AssetDrop>
  );
}

interface HeaderProps {
  readonly isBin: boolean;
  readonly total: number | null;
  /** Why a page in view is missing. */
  readonly gap: Problem | null;
  readonly onRetry: (() => void) | undefined;
  readonly bringing: Bringing;
}

/** Remembered, as the toolbar is: the grid draws itself anew in every frame of a scroll, and both stand above it. */
const Header = memo(function Header({ isBin, total, gap, onRetry, bringing }: HeaderProps) {
  return (
    <>
      <PageHeader
        title={isBin ? "Bin" : "Library"}
        aside={
          <span role="status" className="text-base text-faint tabular">
            {total !== null && formatCount(total)}
            <span className="sr-only"> {total === 1 ? "file" : "files"}</span>
          </span>
        }
        actions={bringing.isAllowed && !isBin && bringing.buttons}
        className="mb-3"
      />
      {gap && (
        <Banner
          tone="critical"
          title="Some files could not be read"
          className="mb-3"
          action={
            <Button size="sm" onClick={onRetry}>
              Try again
            </Button>
          }
        >
          {gap.detail}
        </Banner>
      )}
    </>
  );
});
