import { useQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";

import { campaignStatsQuery } from "@/api/clients";
import type { Campaign } from "@/api/types";
import { Badge, cx, Link } from "@/components/ui";
import { PLATFORM_LABELS } from "@/lib/platforms";
import { plural } from "@/lib/units";

import { useSeen } from "../use-seen";
import { campaignWords } from "../words";

const coverClass =
  "outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring";

function Counts({ campaignId, isSeen }: { readonly campaignId: string; readonly isSeen: boolean }) {
  const stats = useQuery({ ...campaignStatsQuery(campaignId), enabled: isSeen }).data;
  return (
    <span className="flex min-h-4 shrink-0 gap-3 text-xs text-faint tabular sm:w-56 sm:justify-end">
      {stats && (
        <>
          <span>{plural(stats.jobs, "ad")}</span>
          <span>{plural(stats.assets, "asset")}</span>
        </>
      )}
    </span>
  );
}

function CampaignRow({ campaign }: { readonly campaign: Campaign }) {
  const { ref, isSeen } = useSeen<HTMLLIElement>();
  const { label, tone } = campaignWords(campaign.status);
  const facts = [campaign.goal?.trim(), campaign.platforms.map((name) => PLATFORM_LABELS[name]).join(", ")].filter(
    Boolean,
  );
  return (
    <li
      ref={ref}
      className="relative flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-1 py-3 transition-colors last:border-b-0 hover:bg-hover"
    >
      <div className="min-w-0 flex-1 basis-52">
        <div className="flex min-w-0 items-center gap-2">
          <Link
            href={`/campaigns/${campaign.id}`}
            dir="auto"
            title={campaign.name}
            className={cx(coverClass, "min-w-0 truncate font-semibold")}
          >
            {campaign.name}
          </Link>
          <Badge tone={tone} className="shrink-0">
            {label}
          </Badge>
        </div>
        <p dir="auto" className="truncate text-left text-sm text-muted">
          {facts.length > 0 ? facts.join(" · ") : "No goal yet"}
        </p>
      </div>
      <Counts campaignId={campaign.id} isSeen={isSeen} />
      <ChevronRight aria-hidden className="size-4 shrink-0 text-faint max-sm:hidden rtl:-scale-x-100" />
    </li>
  );
}

/** Campaigns below one another: name, state, goal, and what there is of them. */
export function CampaignRows({ campaigns }: { readonly campaigns: readonly Campaign[] }) {
  return (
    <ul className="flex flex-col">
      {campaigns.map((campaign) => (
        <CampaignRow key={campaign.id} campaign={campaign} />
      ))}
    </ul>
  );
}
