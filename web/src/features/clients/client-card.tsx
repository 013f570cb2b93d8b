import { useQuery } from "@tanstack/react-query";

import { clientStatsQuery } from "@/api/clients";
import type { Client } from "@/api/types";
import { ClientMark } from "@/components/brand/client-mark";
import { PaletteStrip } from "@/components/brand/palette-strip";
import { cx, Link, Skeleton } from "@/components/ui";
import { plural } from "@/lib/units";

import { useSeen } from "./use-seen";
import { shortAddress } from "./words";

const coverClass =
  "outline-none after:absolute after:inset-0 after:rounded-card focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-ring";

function Counts({ clientId, isSeen }: { readonly clientId: string; readonly isSeen: boolean }) {
  const stats = useQuery({ ...clientStatsQuery(clientId), enabled: isSeen });
  if (stats.isError) return <p className="text-xs text-faint">Counts could not be loaded.</p>;
  if (!stats.data) return <Skeleton className="my-1 h-3 w-3/5" />;
  const { jobs, assets, campaigns } = stats.data;
  return (
    <p className="flex flex-wrap gap-x-3 text-xs text-faint tabular">
      <span>{plural(jobs, "ad")}</span>
      <span>{plural(campaigns, "campaign")}</span>
      <span>{plural(assets, "asset")}</span>
    </p>
  );
}

/** A brand among others: its colours, logo and name, and how much there is of it. */
export function ClientCard({ client }: { readonly client: Client }) {
  const { ref, isSeen } = useSeen<HTMLLIElement>();
  const about = client.description?.trim() || (client.homepage && shortAddress(client.homepage));
  return (
    <li
      ref={ref}
      className="group relative flex min-w-0 flex-col overflow-hidden rounded-card bg-surface transition-colors hover:bg-raised has-focus-visible:overflow-visible"
    >
      <PaletteStrip colours={client.brandGuidelines.colours} className="rounded-t-card" />
      <div className="flex min-w-0 flex-1 flex-col gap-3 p-4">
        <div className="flex min-w-0 items-center gap-3">
          <ClientMark client={client} />
          <div className="min-w-0 flex-1">
            <h2 className="min-w-0 text-base font-semibold">
              <Link
                href={`/clients/${client.id}`}
                dir="auto"
                title={client.name}
                className={cx(coverClass, "block truncate text-left")}
              >
                {client.name}
              </Link>
            </h2>
            <p dir="auto" className="truncate text-left text-sm text-muted">
              {about ?? "No description yet"}
            </p>
          </div>
        </div>
        <div className="mt-auto">
          <Counts clientId={client.id} isSeen={isSeen} />
        </div>
      </div>
    </li>
  );
}

/** The place of a card while clients are on their way. */
export function ClientCardSkeleton() {
  return (
    <li aria-hidden className="flex flex-col overflow-hidden rounded-card bg-surface">
      <div className="h-10 animate-breathe bg-media" />
      <div className="flex flex-col gap-3 p-4">
        <div className="flex items-center gap-3">
          <Skeleton shape="block" className="size-10" />
          <Skeleton lines={2} className="flex-1" />
        </div>
        <Skeleton className="my-1 h-3 w-3/5" />
      </div>
    </li>
  );
}
