/** Words, types, filters, order, density: what the address says, as controls. */
import { useQuery } from "@tanstack/react-query";
import { ArrowUpDown, Grid3x3, LayoutGrid, List, SlidersHorizontal, Trash2 } from "lucide-react";
import { memo, useEffect, useEffectEvent, useState } from "react";

import { WELL_KNOWN_TAGS } from "@/api/assets";
import { campaignsQuery } from "@/api/clients";
import type { AssetType } from "@/api/types";
import { SORT_LABELS, TYPE_PLURALS } from "@/components/assets/facts";
import { DENSITIES } from "@/components/assets/grid-layout";
import {
  Badge,
  Button,
  Chip,
  Field,
  IconButton,
  Menu,
  Popover,
  SearchInput,
  Segmented,
  Select,
  TagInput,
  TextInput,
  Toolbar,
} from "@/components/ui";
import { useSettled } from "@/lib/hooks";
import { useStored } from "@/lib/store";
import type { AssetSort } from "@/api/assets";

import { countFilters, formatsOf, type LibrarySearch, type SizeName, sizeNameOf, SIZES, sortOf } from "./filter";
import { density } from "./view";

export interface LibraryToolbarProps {
  readonly search: LibrarySearch;
  readonly clientId: string | null;
  readonly onChange: (patch: Partial<LibrarySearch>) => void;
}

const TYPES: readonly AssetType[] = ["image", "video", "audio", "document"];

const DENSITY_LABELS = { large: "Large", small: "Small", list: "List" } as const;
const DENSITY_ICONS = {
  large: <LayoutGrid aria-hidden />,
  small: <Grid3x3 aria-hidden />,
  list: <List aria-hidden />,
} as const;

/** What is typed is shown at once and looked for when it stands still. */
function Words({ search, onChange }: Pick<LibraryToolbarProps, "search" | "onChange">) {
  const given = search.q ?? "";
  const [text, setText] = useState(given);
  const [seen, setSeen] = useState(given);
  const settled = useSettled(text);
  // The address changed by other means: a link, the way back.
  if (seen !== given) {
    setSeen(given);
    if (given !== text.trim()) setText(given);
  }
  const look = useEffectEvent((words: string) => {
    if (words !== given) onChange({ q: words || undefined });
  });
  useEffect(() => look(settled.trim()), [settled]);
  return (
    <SearchInput
      value={text}
      onValueChange={setText}
      label={search.bin ? "Search the bin" : "Search the library"}
      slashFocuses
      className="max-md:max-w-none max-md:flex-1 md:w-56"
    />
  );
}

function SortMenu({ search, onChange }: Pick<LibraryToolbarProps, "search" | "onChange">) {
  const sort = sortOf(search.sort);
  const names = Object.keys(SORT_LABELS) as AssetSort[];
  return (
    <Menu
      trigger={
        <Button icon={<ArrowUpDown aria-hidden />} variant="ghost" aria-label={`Sorted by: ${SORT_LABELS[sort]}`}>
          {SORT_LABELS[sort]}
        </Button>
      }
      entries={names.map((name) => ({
        label: SORT_LABELS[name],
        checked: name === sort,
        onSelect: () => onChange({ sort: name === "newest" ? undefined : name }),
      }))}
    />
  );
}

function Filters({ search, onChange }: Pick<LibraryToolbarProps, "search" | "onChange">) {
  const count = countFilters(search);
  const size = sizeNameOf(search.size);
  return (
    <Popover
      title="Filter"
      trigger={
        <Button icon={<SlidersHorizontal aria-hidden />}>
          Filter{count > 0 && <span className="ms-1.5 text-accent tabular">{count}</span>}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Tags" hint="All of them">
          <TagInput
            value={search.tag ?? []}
            onValueChange={(tags) => onChange({ tag: tags.length > 0 ? [...tags] : undefined })}
            suggestions={Object.keys(WELL_KNOWN_TAGS)}
            placeholder="brand_logo, summer"
          />
        </Field>
        <Field label="Format">
          <Select
            value={search.format ?? ""}
            onValueChange={(format) => onChange({ format: format || undefined })}
            options={[
              { value: "", label: "Any" },
              ...formatsOf(search.type).map((format) => ({ value: format, label: format.toUpperCase() })),
            ]}
          />
        </Field>
        <Field label="Size">
          <Select
            value={size ?? ""}
            onValueChange={(name) => onChange({ size: name || undefined })}
            options={[
              { value: "", label: "Any" },
              ...(Object.keys(SIZES) as SizeName[]).map((name) => ({
                value: name,
                label: SIZES[name].label,
              })),
            ]}
          />
        </Field>
        <div className="grid grid-cols-2 gap-3">
          <Field label="Added from">
            <TextInput
              type="date"
              value={search.from ?? ""}
              onValueChange={(day) => onChange({ from: day || undefined })}
            />
          </Field>
          <Field label="Until">
            <TextInput
              type="date"
              value={search.until ?? ""}
              onValueChange={(day) => onChange({ until: day || undefined })}
            />
          </Field>
        </div>
        {count > 0 && <Button onClick={() => onChange(NO_FILTERS)}>Clear filters</Button>}
      </div>
    </Popover>
  );
}

const NO_FILTERS = { tag: undefined, format: undefined, size: undefined, from: undefined, until: undefined };

/** What is filtered by, each to be taken away with one press. */
function Chips({ search, onChange }: Pick<LibraryToolbarProps, "search" | "onChange">) {
  const size = sizeNameOf(search.size);
  const chips: { label: string; without: Partial<LibrarySearch> }[] = [
    ...(search.tag ?? []).map((tag) => {
      const rest = search.tag?.filter((each) => each !== tag);
      return { label: tag, without: { tag: rest?.length ? rest : undefined } };
    }),
    ...(search.format ? [{ label: search.format.toUpperCase(), without: { format: undefined } }] : []),
    ...(size ? [{ label: SIZES[size].label, without: { size: undefined } }] : []),
    ...(search.from ? [{ label: `From ${search.from}`, without: { from: undefined } }] : []),
    ...(search.until ? [{ label: `Until ${search.until}`, without: { until: undefined } }] : []),
  ];
  if (chips.length === 0) return null;
  return (
    <div className="mt-2 flex flex-wrap gap-1.5">
      {chips.map(({ label, without }) => (
        <Chip key={label} onRemove={() => onChange(without)} removeLabel={`Take away the filter ${label}`}>
          {label}
        </Chip>
      ))}
    </div>
  );
}

function CampaignChoice({ search, clientId, onChange }: LibraryToolbarProps & { readonly clientId: string }) {
  const campaigns = useQuery(campaignsQuery({ clientId })).data?.items ?? [];
  if (campaigns.length === 0 && search.campaign === undefined) return null;
  return (
    <Select
      label="Campaign"
      className="max-w-48 md:w-40"
      value={search.campaign ?? ""}
      onValueChange={(id) => onChange({ campaign: id || undefined })}
      options={[
        { value: "", label: "All campaigns" },
        ...campaigns.map((campaign) => ({ value: campaign.id, label: campaign.name })),
      ]}
    />
  );
}

export const LibraryToolbar = memo(function LibraryToolbar(props: LibraryToolbarProps) {
  const { search, clientId, onChange } = props;
  const [view, setView] = useStored(density);
  const types = [
    { value: "all" as const, label: "All" },
    ...TYPES.map((type) => ({ value: type, label: TYPE_PLURALS[type] })),
  ];
  return (
    <div className="top-(--shell-top) z-10 -mx-(--shell-pad) mb-3 bg-canvas px-(--shell-pad) py-2 md:sticky">
      <Toolbar
        label="What the library shows"
        end={
          <>
            <SortMenu search={search} onChange={onChange} />
            <Segmented
              label="View"
              iconsOnly
              value={view}
              onValueChange={setView}
              options={DENSITIES.map((each) => ({
                value: each,
                label: DENSITY_LABELS[each],
                icon: DENSITY_ICONS[each],
              }))}
            />
            <IconButton
              label={search.bin ? "Leave the bin" : "Show the bin"}
              pressed={search.bin === true}
              icon={<Trash2 aria-hidden />}
              onClick={() => onChange({ bin: search.bin ? undefined : true })}
            />
          </>
        }
      >
        <Words search={search} onChange={onChange} />
        <Segmented
          label="Type"
          value={search.type ?? "all"}
          onValueChange={(type) => onChange({ type: type === "all" ? undefined : type, format: undefined })}
          options={types}
          className="max-md:order-last max-md:w-full"
        />
        {clientId !== null && <CampaignChoice {...props} clientId={clientId} />}
        <Filters search={search} onChange={onChange} />
        {search.bin && <Badge icon={<Trash2 aria-hidden />}>Bin</Badge>}
      </Toolbar>
      <Chips search={search} onChange={onChange} />
    </div>
  );
});
