import { useQuery } from "@tanstack/react-query";

import { type StorageOverview, storageQuery } from "@/api/admin";
import { BarList } from "@/components/charts/bar-list";
import { Failed, RowsPending, Section } from "@/components/page/parts";
import { Badge } from "@/components/ui/badge";
import { FileSize } from "@/components/ui/numerals";
import { type Column, Table } from "@/components/ui/table";
import { formatCount, formatSize, plural } from "@/lib/units";

import { Check } from "./check";
import { ClientShares } from "./client-shares";
import { Quarantine } from "./quarantine";

const TYPES: Readonly<Record<string, string>> = {
  image: "Images",
  video: "Videos",
  audio: "Audio",
  document: "Documents",
};

const STORES: Record<StorageOverview["storage"]["stores"][number]["store"], string> = {
  database: "Database",
  filesystem: "File system",
  s3: "Object storage (S3)",
};

function Figure({ label, value, note }: { readonly label: string; readonly value: string; readonly note: string }) {
  return (
    <div className="flex flex-col">
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="text-lg font-semibold tabular">{value}</dd>
      <dd className="text-xs text-faint tabular">{note}</dd>
    </div>
  );
}

function Figures({ library, storage }: StorageOverview) {
  return (
    <dl className="flex flex-wrap gap-x-10 gap-y-4">
      <Figure
        label="Stored"
        value={formatSize(storage.sizeBytes)}
        note={`${plural(storage.blobs, "file")}, each kept once`}
      />
      <Figure
        label="Library"
        value={formatSize(library.logicalBytes)}
        note={`${plural(library.assetCount, "asset")}, ${plural(library.versionCount, "version")}`}
      />
      <Figure label="Saved" value={formatSize(library.savedBytes)} note="By keeping equal files once" />
      <Figure
        label="No longer used"
        value={formatSize(storage.unreferencedBytes)}
        note={`${plural(storage.unreferencedBlobs, "file")}, removed by itself`}
      />
      <Figure
        label="Damaged"
        value={formatCount(storage.damagedBlobs)}
        note={storage.damagedBlobs === 0 ? "Nothing is known to be broken" : "Run a check to see which"}
      />
    </dl>
  );
}

type Store = StorageOverview["storage"]["stores"][number];

const STORE_COLUMNS: readonly Column<Store>[] = [
  {
    id: "store",
    header: "Store",
    primary: true,
    cell: (store) => (
      <span className="inline-flex flex-wrap items-center gap-2">
        {STORES[store.store]}
        {store.isDefault && <Badge tone="accent">New files go here</Badge>}
        {!store.isConfigured && <Badge tone="caution">Not configured</Badge>}
      </span>
    ),
  },
  { id: "blobs", header: "Files", align: "end", cell: (store) => formatCount(store.blobs) },
  { id: "size", header: "Size", align: "end", cell: (store) => <FileSize sizeBytes={store.sizeBytes} /> },
  { id: "unfinished", header: "Unfinished", align: "end", cell: (store) => formatCount(store.unfinished) },
];

function ByType({ library }: Pick<StorageOverview, "library">) {
  const shares = Object.entries(library.byType).sort(([, one], [, other]) => other.sizeBytes - one.sizeBytes);
  if (shares.length === 0) return <p className="text-sm text-muted">Nothing is in the library yet.</p>;
  return (
    <BarList
      label="Space by type"
      rows={shares.map(([type, share]) => ({
        id: type,
        name: TYPES[type] ?? type,
        parts: [{ id: "size", label: "Size", look: "solid", value: share.sizeBytes }],
        value: formatSize(share.sizeBytes),
        detail: plural(share.assetCount, "asset"),
      }))}
    />
  );
}

/** Where space goes, what it may become, and whether all of it is still there. */
export function Storage() {
  const { data, error, refetch } = useQuery(storageQuery);
  if (error && !data) return <Failed error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <RowsPending />;
  return (
    <div className="flex flex-col gap-10">
      <Figures {...data} />
      <div className="grid gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Section title="By client">
          <ClientShares shares={data.library.byClient} />
        </Section>
        <Section title="By type">
          <ByType library={data.library} />
        </Section>
      </div>
      <Section title="Stores">
        <Table caption="Stores" columns={STORE_COLUMNS} rows={data.storage.stores} rowId={(store) => store.store} />
      </Section>
      <Check />
      <Quarantine count={data.library.quarantinedCount} />
    </div>
  );
}
