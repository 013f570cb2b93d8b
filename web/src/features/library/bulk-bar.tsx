/** What can be done to all that is chosen. */
import { useQuery } from "@tanstack/react-query";
import { FolderInput, RotateCcw, Tag, Trash2, X } from "lucide-react";
import { useState } from "react";

import { TAG_MAX_CHARACTERS, WELL_KNOWN_TAGS } from "@/api/assets";
import { campaignsQuery } from "@/api/clients";
import type { Asset } from "@/api/types";
import type { SelectionControls } from "@/components/assets/selection";
import { Button, Field, IconButton, Menu, Popover, TagInput } from "@/components/ui";
import { formatCount, plural } from "@/lib/units";

import { binning, useBulkEdit } from "./use-changes";

export interface BulkBarProps {
  readonly choosing: SelectionControls & { readonly all: () => void; readonly isReading: boolean };
  readonly isInBin: boolean;
}

type Edits = ReturnType<typeof useBulkEdit>;

function TagsButton({ assets, edits }: { readonly assets: readonly Asset[]; readonly edits: Edits }) {
  const [isOpen, setIsOpen] = useState(false);
  const [added, setAdded] = useState<readonly string[]>([]);
  const [removed, setRemoved] = useState<readonly string[]>([]);
  const there = [...new Set(assets.flatMap((asset) => asset.tags))].slice(0, 200);
  const save = (): void => {
    const said = `Tags of ${plural(assets.length, "file")} changed`;
    edits.mutate({ assets, change: { addTags: added, removeTags: removed }, said });
    setAdded([]);
    setRemoved([]);
    setIsOpen(false);
  };
  const isTooLong = added.some((tag) => tag.length > TAG_MAX_CHARACTERS);
  return (
    <Popover
      open={isOpen}
      onOpenChange={setIsOpen}
      side="top"
      title={`Tags of ${plural(assets.length, "file")}`}
      trigger={
        <Button variant="ghost" icon={<Tag aria-hidden />}>
          <span className="max-sm:sr-only">Tag</span>
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Add" error={isTooLong ? `A tag has at most ${TAG_MAX_CHARACTERS} characters.` : undefined}>
          <TagInput value={added} onValueChange={setAdded} suggestions={Object.keys(WELL_KNOWN_TAGS)} />
        </Field>
        {there.length > 0 && (
          <Field label="Take away" hint="From those that have them">
            <TagInput value={removed} onValueChange={setRemoved} suggestions={there} />
          </Field>
        )}
        <Button variant="primary" disabled={added.length + removed.length === 0 || isTooLong} onClick={save}>
          Change tags
        </Button>
      </div>
    </Popover>
  );
}

/** Files of one client can go to one of its campaigns; of several clients, nowhere together. */
function MoveButton({ assets, edits }: { readonly assets: readonly Asset[]; readonly edits: Edits }) {
  const clientIds = new Set(assets.map((asset) => asset.clientId));
  const clientId = clientIds.size === 1 ? assets[0]?.clientId : undefined;
  const campaigns = useQuery({ ...campaignsQuery({ clientId: clientId ?? "" }), enabled: clientId !== undefined }).data;
  if (clientId === undefined) {
    return (
      <Button variant="ghost" icon={<FolderInput aria-hidden />} disabled title="They belong to several clients">
        <span className="max-sm:sr-only">Move</span>
      </Button>
    );
  }
  const move = (campaignId: string | null, name: string) => () =>
    edits.mutate({
      assets,
      change: { campaignId },
      said: `${plural(assets.length, "file")} moved ${campaignId === null ? "out of campaigns" : `to ${name}`}`,
    });
  return (
    <Menu
      side="top"
      align="center"
      trigger={
        <Button variant="ghost" icon={<FolderInput aria-hidden />}>
          <span className="max-sm:sr-only">Move</span>
        </Button>
      }
      entries={[
        ...(campaigns?.items ?? []).map((campaign) => ({
          label: campaign.name,
          onSelect: move(campaign.id, campaign.name),
        })),
        { label: "No campaign", onSelect: move(null, "") },
      ]}
    />
  );
}

export function BulkBar({ choosing, isInBin }: BulkBarProps) {
  const assets = [...choosing.selection.chosen.values()];
  const edits = useBulkEdit();
  const bin = (): void => {
    edits.mutate(binning(assets, !isInBin));
    choosing.clear();
  };
  return (
    <div
      role="region"
      aria-label="What is chosen"
      className="fixed inset-x-3 bottom-[calc(var(--shell-bottom)+0.75rem)] z-30 mx-auto flex w-fit max-w-[calc(100%-1.5rem)] max-sm:gap-0 items-center gap-1 rounded-card border border-line bg-raised p-1.5 ps-3 shadow-high dark:border-strong/60"
    >
      <span role="status" className="me-1 text-sm font-semibold whitespace-nowrap tabular">
        {formatCount(assets.length)} chosen
      </span>
      <Button variant="ghost" busy={choosing.isReading} onClick={choosing.all}>
        Choose all
      </Button>
      {isInBin ? (
        <Button variant="ghost" icon={<RotateCcw aria-hidden />} onClick={bin}>
          Restore
        </Button>
      ) : (
        <>
          <TagsButton assets={assets} edits={edits} />
          <MoveButton assets={assets} edits={edits} />
          <Button variant="ghost" icon={<Trash2 aria-hidden />} onClick={bin}>
            <span className="max-sm:sr-only">Put into bin</span>
          </Button>
        </>
      )}
      <IconButton label="Choose nothing" icon={<X aria-hidden />} onClick={choosing.clear} />
    </div>
  );
}
