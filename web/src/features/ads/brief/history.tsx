import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { briefDiffQuery, briefVersionsQuery } from "@/api/briefs";
import { problemOf } from "@/api/problem";
import type { BriefDetail } from "@/api/types";
import { Badge, Banner, Dialog, RelativeTime, Select, Skeleton } from "@/components/ui";

import { DiffList } from "./diff-list";

const SHOWN = 6;

/** The brief's versions, newest first; each is compared with the present one. */
export function History({ detail }: { readonly detail: BriefDetail }) {
  const versions = useQuery(briefVersionsQuery(detail.id)).data?.items ?? [];
  const [from, setFrom] = useState<number | null>(null);
  const [showsAll, setShowsAll] = useState(false);
  if (versions.length === 0) return null;
  return (
    <section>
      <h2 className="mb-2 text-base">Versions</h2>
      <ol className="-mx-2 flex flex-col">
        {(showsAll ? versions : versions.slice(0, SHOWN)).map((version) => (
          <li key={version.version}>
            <button
              type="button"
              disabled={versions.length < 2}
              onClick={() => setFrom(version.version)}
              className="flex w-full items-baseline gap-2 rounded-control px-2 py-1.5 text-start text-sm enabled:hover:bg-hover"
            >
              <span className="w-5 shrink-0 text-faint tabular">{version.version}</span>
              <span dir="auto" className="line-clamp-2 min-w-0 flex-1 wrap-anywhere">
                {version.change}
              </span>
              {version.version === detail.version && <Badge>Now</Badge>}
              <RelativeTime at={version.createdAt} className="shrink-0 text-xs text-faint" />
            </button>
          </li>
        ))}
      </ol>
      {!showsAll && versions.length > SHOWN && (
        <button type="button" className="mt-1 text-sm font-semibold text-accent" onClick={() => setShowsAll(true)}>
          Show all {versions.length}
        </button>
      )}
      {from !== null && (
        <Comparison
          briefId={detail.id}
          versions={versions.map(({ version, change }) => ({ version, change }))}
          initial={from === detail.version ? from - 1 : from}
          present={detail.version}
          onClose={() => setFrom(null)}
        />
      )}
    </section>
  );
}

interface ComparisonProps {
  readonly briefId: string;
  readonly versions: readonly { version: number; change: string }[];
  readonly initial: number;
  readonly present: number;
  readonly onClose: () => void;
}

function Comparison({ briefId, versions, initial, present, onClose }: ComparisonProps) {
  const [from, setFrom] = useState(Math.max(1, initial));
  const [to, setTo] = useState(present);
  const diff = useQuery(briefDiffQuery(briefId, from, to));
  const options = versions.map(({ version, change }) => ({
    value: version,
    label: `Version ${version}`,
    description: change,
  }));
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title="Compare versions"
      size="lg"
    >
      <div className="mb-4 grid grid-cols-2 gap-3">
        <Select label="From" value={from} options={options} onValueChange={setFrom} />
        <Select label="To" value={to} options={options} onValueChange={setTo} />
      </div>
      <div className="pb-4">
        {diff.isError && <Banner tone="critical">{problemOf(diff.error).detail}</Banner>}
        {diff.isPending && <Skeleton lines={4} />}
        {diff.data && <DiffList diff={diff.data} />}
      </div>
    </Dialog>
  );
}
