import { useQuery } from "@tanstack/react-query";

import { campaignsQuery, clientStatsQuery } from "@/api/clients";
import { jobsQuery } from "@/api/jobs";
import type { Client } from "@/api/types";
import { JobCard } from "@/components/jobs/job-card";
import { Banner, buttonClass, EmptyState, FileSize, Link, Skeleton } from "@/components/ui";
import { clientScope } from "@/lib/scope";
import { formatCount } from "@/lib/units";

import { CampaignRows } from "../campaigns/campaign-rows";
import { problemWords } from "../words";
import { CostPart } from "./cost-part";
import { Figures, Section } from "./section";
import { StoragePart } from "./storage-part";

const RECENT = 6;
const CAMPAIGNS = 4;
const adsClass = "grid grid-cols-[repeat(auto-fill,minmax(min(9.5rem,45%),1fr))] gap-x-4 gap-y-6";

function Stats({ clientId }: { readonly clientId: string }) {
  const stats = useQuery(clientStatsQuery(clientId));
  if (stats.isPending) return <Skeleton shape="block" className="h-14 max-w-160" />;
  if (!stats.data) {
    const words = problemWords(stats.error);
    return (
      <Banner tone="caution" title="The counts could not be loaded">
        {words.detail}
      </Banner>
    );
  }
  const { jobs, jobsRunning, jobsCompleted, campaigns, assets, assetSizeBytes } = stats.data;
  return (
    <Figures
      figures={[
        { label: "Ads", value: formatCount(jobs), note: `${formatCount(jobsCompleted)} finished` },
        { label: "In the making", value: formatCount(jobsRunning) },
        { label: "Campaigns", value: formatCount(campaigns) },
        { label: "Assets", value: formatCount(assets), note: <FileSize sizeBytes={assetSizeBytes} /> },
      ]}
    />
  );
}

export interface RecentAdsProps {
  readonly clientId: string;
  readonly campaignId?: string | undefined;
  readonly limit?: number | undefined;
  /** What there is to do where there are none. */
  readonly empty: React.ReactNode;
}

/** The ads that were worked on last. */
export function RecentAds({ clientId, campaignId, limit = RECENT, empty }: RecentAdsProps) {
  const jobs = useQuery(jobsQuery({ clientId, ...(campaignId && { campaignId }), limit }));
  if (jobs.isPending) {
    return (
      <div className={adsClass} aria-busy="true">
        {Array.from({ length: 4 }, (_, place) => (
          <div key={place} className="flex flex-col gap-2">
            <Skeleton shape="media" aspect={4 / 5} />
            <Skeleton className="w-4/5" />
          </div>
        ))}
      </div>
    );
  }
  if (!jobs.data) {
    return (
      <Banner tone="caution" title="The ads could not be loaded">
        {problemWords(jobs.error).detail}
      </Banner>
    );
  }
  if (jobs.data.items.length === 0) return empty;
  return (
    <div className={adsClass}>
      {jobs.data.items.map((job) => (
        <JobCard key={job.id} job={job} />
      ))}
    </div>
  );
}

function CampaignPart({ clientId }: { readonly clientId: string }) {
  const campaigns = useQuery(campaignsQuery({ clientId }));
  const items = campaigns.data?.items ?? [];
  const rank = { active: 0, draft: 1, archived: 2 };
  const first = [...items].sort((a, b) => rank[a.status] - rank[b.status]).slice(0, CAMPAIGNS);
  if (items.length === 0) return null;
  return (
    <Section
      title="Campaigns"
      aside={
        <Link href={`/clients/${clientId}?tab=campaigns`} className="text-sm font-semibold text-accent hover:underline">
          All campaigns
        </Link>
      }
    >
      <CampaignRows campaigns={first} />
    </Section>
  );
}

/** What goes on at a client: numbers, the last ads, campaigns, and what all of it takes. */
export function OverviewTab({ client }: { readonly client: Client }) {
  const scopeHere = (): void => clientScope.set(client.id);
  return (
    <div className="flex flex-col gap-10 pt-2">
      <Stats clientId={client.id} />
      <div className="grid gap-10 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-10">
          <Section
            title="Recent ads"
            aside={
              <Link href="/ads" onClick={scopeHere} className="text-sm font-semibold text-accent hover:underline">
                All ads
              </Link>
            }
          >
            <RecentAds
              clientId={client.id}
              empty={
                <EmptyState
                  title="No ad yet"
                  action={
                    <Link href="/ads/new" onClick={scopeHere} className={buttonClass()}>
                      Make the first ad
                    </Link>
                  }
                >
                  A prompt is enough to begin. The brand's colours, fonts and logo are used by themselves.
                </EmptyState>
              }
            />
          </Section>
          <CampaignPart clientId={client.id} />
        </div>
        <div className="grid content-start gap-10 sm:grid-cols-2 xl:grid-cols-1">
          <StoragePart clientId={client.id} />
          <CostPart clientId={client.id} />
        </div>
      </div>
    </div>
  );
}
