import { useQuery } from "@tanstack/react-query";

import { clientStorageQuery, type StorageUsage } from "@/api/clients";
import { TYPE_PLURALS } from "@/components/assets/facts";
import { BarList } from "@/components/charts/bar-list";
import { FileSize, Progress, Skeleton } from "@/components/ui";
import { formatSize, plural } from "@/lib/units";

import { problemWords } from "../words";
import { Section } from "./section";

const TYPES = ["image", "video", "audio", "document"] as const;
const NEARLY_FULL = 0.9;

function Quota({ usage }: { readonly usage: StorageUsage }) {
  const { usedBytes, quotaBytes } = usage;
  if (quotaBytes === null) {
    return (
      <p className="text-sm text-muted">
        <FileSize sizeBytes={usedBytes} className="font-semibold text-ink" /> used. There is no limit.
      </p>
    );
  }
  const share = quotaBytes === 0 ? 1 : usedBytes / quotaBytes;
  const tone = share >= 1 ? "critical" : share >= NEARLY_FULL ? "caution" : "accent";
  return (
    <div className="flex flex-col gap-1.5">
      <p className="text-sm text-muted tabular">
        <span className="font-semibold text-ink">{formatSize(usedBytes)}</span> of {formatSize(quotaBytes)} used
        {share >= 1 && ". It is full: nothing more can be added until something is removed for good."}
        {share >= NEARLY_FULL && share < 1 && ". It is nearly full."}
      </p>
      <Progress
        value={share}
        tone={tone}
        label={`Storage: ${Math.round(share * 100)} per cent used`}
        className="h-1.5"
      />
    </div>
  );
}

function Types({ usage }: { readonly usage: StorageUsage }) {
  const rows = TYPES.flatMap((type) => {
    const part = usage.byType[type];
    if (!part || part.assetCount === 0) return [];
    const name = TYPE_PLURALS[type];
    return [
      {
        id: type,
        name,
        parts: [{ id: type, label: name, look: "solid" as const, value: part.sizeBytes }],
        value: formatSize(part.sizeBytes),
        detail: plural(part.assetCount, "file"),
      },
    ];
  });
  return rows.length === 0 ? null : <BarList label="Storage by type" rows={rows} />;
}

/** How much room a client's files take, of how much they may, and which they are. */
export function StoragePart({ clientId }: { readonly clientId: string }) {
  const usage = useQuery(clientStorageQuery(clientId));
  return (
    <Section title="Storage">
      {usage.isPending && <Skeleton lines={3} />}
      {usage.isError && !usage.data && <p className="text-sm text-muted">{problemWords(usage.error).detail}</p>}
      {usage.data && (
        <div className="flex flex-col gap-5">
          <Quota usage={usage.data} />
          <Types usage={usage.data} />
          {usage.data.binCount > 0 && (
            <p className="text-xs text-faint tabular">
              {plural(usage.data.binCount, "asset")} in the bin, {formatSize(usage.data.binBytes)} of it.
            </p>
          )}
        </div>
      )}
    </Section>
  );
}
