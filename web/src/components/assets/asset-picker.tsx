/** Choosing from a client's library, wherever something of it is wanted; new files can be added on the way. */
import { useQueryClient } from "@tanstack/react-query";
import { ImageOff, Upload } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";

import { type AssetFilter, assetQuery } from "@/api/assets";
import { useMayEdit } from "@/api/rights";
import type { Asset, AssetType } from "@/api/types";
import { Button, Dialog, EmptyState, ErrorState, SearchInput, Segmented } from "@/components/ui";
import { chooseFiles } from "@/components/uploads/files";
import { uploads, type UploadTarget } from "@/components/uploads/uploads";
import { useSettled } from "@/lib/hooks";
import { plural } from "@/lib/units";

import { AssetDrop } from "./asset-drop";
import { BoxedAssetGrid } from "./asset-grid";
import { type SelectionControls, useSelection } from "./selection";
import { TYPE_PLURALS, wordsOf } from "./facts";
import { assetsBetween } from "./use-asset-pages";

export interface AssetPickerProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly clientId: string;
  /** Where files that are added here belong; what can be picked is all of the client's. */
  readonly campaignId?: string | undefined;
  /** Only these can be picked; all types unless told. */
  readonly types?: readonly AssetType[] | undefined;
  readonly multiple?: boolean | undefined;
  /** At most so many, with `multiple`. */
  readonly max?: number | undefined;
  /** The tags that files added here get: `["brand_logo"]`. */
  readonly tags?: readonly string[] | undefined;
  readonly title?: string | undefined;
  /** The word on the button, with `multiple`: "Add". */
  readonly verb?: string | undefined;
  readonly onPick: (assets: readonly Asset[]) => void;
}

const ALL_TYPES: readonly AssetType[] = ["image", "video", "audio", "document"];

/** A dialog over the page. A single one is picked with a click, several are chosen and then taken together. */
export function AssetPicker(props: AssetPickerProps) {
  const {
    open,
    onOpenChange,
    title = props.multiple ? "Choose from the library" : "Choose one from the library",
  } = props;
  const { selection, ...controls } = useSelection();
  const close = (isOpen: boolean): void => {
    if (!isOpen) controls.clear();
    onOpenChange(isOpen);
  };
  const pick = (assets: readonly Asset[]): void => {
    props.onPick(assets);
    close(false);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title={title}
      size="xl"
      className="sm:h-[min(85dvh,56rem)]"
      footer={props.multiple && <Taking {...props} controls={{ selection, ...controls }} onTake={pick} />}
    >
      {open && <Choice {...props} controls={{ selection, ...controls }} onPick={pick} />}
    </Dialog>
  );
}

interface TakingProps extends Pick<AssetPickerProps, "verb" | "max"> {
  readonly controls: SelectionControls;
  readonly onTake: (assets: readonly Asset[]) => void;
}

function Taking({ verb = "Add", max, controls, onTake }: TakingProps) {
  const { chosen } = controls.selection;
  const isOver = max !== undefined && chosen.size > max;
  return (
    <>
      <span role="status" className={isOver ? "me-auto text-sm text-critical" : "me-auto text-sm text-muted tabular"}>
        {isOver ? `At most ${max}: ${chosen.size} are chosen` : `${chosen.size} chosen`}
      </span>
      <Button disabled={chosen.size === 0} onClick={controls.clear}>
        Clear
      </Button>
      <Button variant="primary" disabled={chosen.size === 0 || isOver} onClick={() => onTake([...chosen.values()])}>
        {chosen.size === 0 ? verb : `${verb} ${plural(chosen.size, "file")}`}
      </Button>
    </>
  );
}

interface ChoiceProps extends AssetPickerProps {
  readonly controls: SelectionControls;
}

function useUploading(props: ChoiceProps, types: readonly AssetType[]) {
  const queryClient = useQueryClient();
  const target: UploadTarget = { clientId: props.clientId, campaignId: props.campaignId, tags: props.tags };
  const { controls, multiple, onPick } = props;
  const isThere = useRef(true);
  useEffect(() => {
    isThere.current = true;
    return () => {
      isThere.current = false;
    };
  }, []);
  // What was just added is what is wanted, as far as it is of a type that can be picked.
  const choose = async (assetId: string): Promise<void> => {
    const asset = await queryClient.query(assetQuery(assetId));
    if (!isThere.current || !types.includes(asset.type)) return;
    if (multiple) controls.add([asset], null);
    else onPick([asset]);
  };
  const onUploaded = (assetId: string): void => void choose(assetId);
  const ask = (): void =>
    void chooseFiles({ multiple: multiple ?? false }).then((files) =>
      uploads.add(files, target, { onDone: onUploaded }),
    );
  return { target, ask, onUploaded };
}

function Choice(props: ChoiceProps) {
  const { clientId, types = ALL_TYPES, multiple = false, controls } = props;
  const queryClient = useQueryClient();
  const mayEdit = useMayEdit(clientId);
  const [text, setText] = useState("");
  const [type, setType] = useState(firstType(types));
  const words = useSettled(text.trim());
  const filter = useMemo((): AssetFilter => {
    return { clientId, ...(words && { q: words }), ...(type !== "all" && { asset_type: type }) };
  }, [clientId, words, type]);
  const box = useRef<HTMLDivElement>(null);
  const { target, ask, onUploaded } = useUploading(props, types);
  const { chosen, anchor } = controls.selection;
  const open = (asset: Asset, index: number): void => {
    if (!types.includes(asset.type)) return;
    if (multiple) controls.toggle(asset, index);
    else props.onPick([asset]);
  };
  const reach = async (index: number): Promise<void> => {
    const found = await assetsBetween(queryClient, filter, { first: anchor ?? index, last: index });
    controls.add(
      found.filter((asset) => types.includes(asset.type)),
      index,
    );
  };
  return (
    <AssetDrop
      target={target}
      onUploaded={onUploaded}
      label="Drop to add to the library"
      disabledReason={mayEdit ? undefined : "You may look at this client's library, not add to it."}
      className="flex h-full min-h-80 flex-col gap-3"
    >
      <div className="flex flex-wrap items-center gap-2">
        <SearchInput value={text} onValueChange={setText} label="Search the library" className="flex-1" autoFocus />
        {types.length > 1 && <TypeChoice types={types} value={type} onValueChange={setType} />}
        {mayEdit && (
          <Button icon={<Upload aria-hidden />} onClick={ask} className="ms-auto">
            Upload
          </Button>
        )}
      </div>
      <div ref={box} className="-mx-2 min-h-0 flex-1 overflow-y-auto px-2 py-1 scroll-quiet">
        <BoxedAssetGrid
          box={box}
          filter={filter}
          density="small"
          label="Library"
          chosen={chosen}
          onOpen={open}
          onToggle={multiple ? open : undefined}
          onReach={multiple ? (index) => void reach(index) : undefined}
        >
          {(pages, grid) => {
            if (pages.problem) return <ErrorState problem={wordsOf(pages.problem)} onRetry={pages.retry} />;
            if (pages.total !== 0) return grid;
            return words || type !== "all" ? (
              <EmptyState illustration={<ImageOff />} title="Nothing fits">
                Try fewer words, or another type.
              </EmptyState>
            ) : (
              <EmptyState illustration={<ImageOff />} title="This library is empty">
                {mayEdit ? "Drop files here, or upload them." : "Nobody has added files yet."}
              </EmptyState>
            );
          }}
        </BoxedAssetGrid>
      </div>
    </AssetDrop>
  );
}

function firstType(types: readonly AssetType[]): AssetType | "all" {
  return types.length === ALL_TYPES.length ? "all" : (types[0] ?? "all");
}

function TypeChoice(props: {
  readonly types: readonly AssetType[];
  readonly value: AssetType | "all";
  readonly onValueChange: (value: AssetType | "all") => void;
}) {
  // One list can be narrowed to one type, or to none: "all" is there only where all can be picked.
  const options = [
    ...(props.types.length === ALL_TYPES.length ? [{ value: "all" as const, label: "All" }] : []),
    ...props.types.map((type) => ({ value: type, label: TYPE_PLURALS[type] })),
  ];
  return <Segmented label="Type" value={props.value} onValueChange={props.onValueChange} options={options} />;
}
