/** What the address of the library says, as the API takes it and as people read it. Pure. */
import { ASSET_FORMATS, type AssetFilter, type AssetFormat, type AssetSort } from "@/api/assets";
import type { AssetType } from "@/api/types";
import { SORT_LABELS } from "@/components/assets/facts";

export interface LibrarySearch {
  readonly q?: string | undefined;
  readonly type?: AssetType | undefined;
  readonly tag?: string[] | undefined;
  readonly format?: string | undefined;
  readonly campaign?: string | undefined;
  readonly sort?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly size?: string | undefined;
  readonly bin?: boolean | undefined;
}

const MB = 1_000_000;

type Bounds = Pick<AssetFilter, "sizeMin" | "sizeMax">;

export const SIZES = {
  small: { label: "Under 1 MB", bounds: { sizeMax: MB - 1 } },
  medium: { label: "1 to 10 MB", bounds: { sizeMin: MB, sizeMax: 10 * MB } },
  large: { label: "10 to 100 MB", bounds: { sizeMin: 10 * MB, sizeMax: 100 * MB } },
  huge: { label: "Over 100 MB", bounds: { sizeMin: 100 * MB } },
} as const;
export type SizeName = keyof typeof SIZES;

export function sizeNameOf(name: string | undefined): SizeName | undefined {
  return name !== undefined && Object.hasOwn(SIZES, name) ? (name as SizeName) : undefined;
}

export function sortOf(name: string | undefined): AssetSort {
  return name !== undefined && Object.hasOwn(SORT_LABELS, name) ? (name as AssetSort) : "newest";
}

/** The formats that can be asked for, of one type or of all. */
export function formatsOf(type: AssetType | undefined): readonly AssetFormat[] {
  return type === undefined ? Object.values(ASSET_FORMATS).flat() : ASSET_FORMATS[type];
}

function formatOf(search: LibrarySearch): AssetFormat | undefined {
  return formatsOf(search.type).find((format) => format === search.format);
}

/** The moment at which a day of the reader's zone begins, or `dayOffset` days later; undefined for what is no day. */
function momentOf(day: string | undefined, dayOffset = 0): string | undefined {
  if (day === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  const moment = new Date(`${day}T00:00:00`);
  if (Number.isNaN(moment.getTime())) return undefined;
  moment.setDate(moment.getDate() + dayOffset);
  return moment.toISOString();
}

/** What the API is asked for; what is not given is left out, so that equal filters share what was read. */
export function filterOf(search: LibrarySearch, clientId: string | null): AssetFilter {
  const size = sizeNameOf(search.size);
  const bounds: Bounds = size === undefined ? {} : SIZES[size].bounds;
  const sort = sortOf(search.sort);
  const wanted: AssetFilter = {
    clientId: clientId ?? undefined,
    campaignId: search.campaign,
    asset_type: search.type,
    tag: search.tag,
    format: formatOf(search),
    q: search.q,
    uploadedFrom: momentOf(search.from),
    uploadedBefore: momentOf(search.until, 1),
    ...bounds,
    bin: search.bin,
    sort: sort === "newest" ? undefined : sort,
  };
  // What is not set is not part of the key either.
  return JSON.parse(JSON.stringify(wanted)) as AssetFilter;
}

/** How many filters are set besides words, type, place and order, which are seen anyway. */
export function countFilters(search: LibrarySearch): number {
  const days = search.from !== undefined || search.until !== undefined;
  return [search.tag?.length, formatOf(search), sizeNameOf(search.size), days].filter(Boolean).length;
}

/** Whether the list is narrowed at all. */
export function isNarrowed(search: LibrarySearch): boolean {
  return countFilters(search) > 0 || Boolean(search.q) || search.type !== undefined || search.campaign !== undefined;
}
