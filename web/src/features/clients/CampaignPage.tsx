import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";

import { campaignQuery, campaignStatsQuery, clientQuery } from "@/api/clients";
import { useMayEdit } from "@/api/rights";
import type { Campaign } from "@/api/types";
import { AssetDrop } from "@/components/assets/asset-drop";
import { Badge, buttonClass, EmptyState, ErrorState, FileSize, Link, PageHeader, Skeleton } from "@/components/ui";
import { useTitle } from "@/lib/hooks";
import { clientScope } from "@/lib/scope";
import { formatCount } from "@/lib/units";

import { CampaignActions } from "./campaigns/campaign-actions";
import { CampaignAssets, useCampaignRefresh } from "./campaigns/campaign-assets";
import { CampaignForm } from "./campaigns/campaign-form";
import { CostPart } from "./client/cost-part";
import { RecentAds } from "./client/overview-tab";
import { Figures, Section } from "./client/section";
import { campaignWords, problemWords } from "./words";

const ADS = 12;
const route = getRouteApi("/studio/campaigns/$campaignId");

function Stats({ campaignId }: { readonly campaignId: string }) {
  const stats = useQuery(campaignStatsQuery(campaignId)).data;
  if (!stats) return <Skeleton shape="block" className="h-14 max-w-120" />;
  return (
    <Figures
      figures={[
        { label: "Ads", value: formatCount(stats.jobs), note: `${formatCount(stats.jobsCompleted)} finished` },
        { label: "In the making", value: formatCount(stats.jobsRunning) },
        { label: "Assets", value: formatCount(stats.assets), note: <FileSize sizeBytes={stats.assetSizeBytes} /> },
      ]}
    />
  );
}

function NoAds({ campaign, mayEdit }: { readonly campaign: Campaign; readonly mayEdit: boolean }) {
  return (
    <EmptyState
      className="py-8"
      title="No ad yet"
      action={
        mayEdit && (
          <Link
            href={`/ads/new?campaign=${campaign.id}`}
            onClick={() => clientScope.set(campaign.clientId)}
            className={buttonClass()}
          >
            Make the first ad
          </Link>
        )
      }
    >
      An ad of this campaign begins with its brief: audience, messages, call to action, and what it never says.
    </EmptyState>
  );
}

function CampaignDesk({ campaign }: { readonly campaign: Campaign }) {
  const mayEdit = useMayEdit(campaign.clientId);
  const client = useQuery(clientQuery(campaign.clientId)).data;
  const { label, tone } = campaignWords(campaign.status);
  const refresh = useCampaignRefresh(campaign.id);
  return (
    <AssetDrop
      target={{ clientId: campaign.clientId, campaignId: campaign.id }}
      onUploaded={refresh}
      label={`Drop to add to ${campaign.name}`}
      disabledReason={
        mayEdit ? undefined : "You can look at this campaign. An editor or owner of the client adds files."
      }
    >
      <div className="flex flex-col gap-8">
        <PageHeader
          title={campaign.name}
          aside={<Badge tone={tone}>{label}</Badge>}
          description={
            <>
              Campaign of{" "}
              <Link
                href={`/clients/${campaign.clientId}?tab=campaigns`}
                className="font-semibold text-ink hover:text-accent"
              >
                <bdi>{client?.name ?? "…"}</bdi>
              </Link>
            </>
          }
          actions={<CampaignActions campaign={campaign} mayEdit={mayEdit} />}
        />
        <Stats campaignId={campaign.id} />
        <div className="grid gap-12 xl:grid-cols-[minmax(0,1fr)_24rem]">
          <div className="flex min-w-0 flex-col gap-10">
            <Section title="Ads">
              <RecentAds
                clientId={campaign.clientId}
                campaignId={campaign.id}
                limit={ADS}
                empty={<NoAds campaign={campaign} mayEdit={mayEdit} />}
              />
            </Section>
            <CampaignAssets campaign={campaign} mayEdit={mayEdit} />
          </div>
          <div className="flex min-w-0 flex-col gap-10">
            <Section title="About this campaign">
              <CampaignForm key={campaign.id} campaign={campaign} mayEdit={mayEdit} />
            </Section>
            <CostPart clientId={campaign.clientId} campaignId={campaign.id} />
          </div>
        </div>
      </div>
    </AssetDrop>
  );
}

function PageSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col gap-8">
      <span role="status" className="sr-only">
        Loading the campaign
      </span>
      <Skeleton lines={2} className="w-72 max-w-full" />
      <Skeleton shape="block" className="h-14 max-w-120" />
      <Skeleton shape="block" className="h-80" />
    </div>
  );
}

/** One campaign: its ads and assets, and beside them what it is to say. Files dropped on it are its own. */
export function CampaignPage() {
  const { campaignId } = route.useParams();
  const campaign = useQuery(campaignQuery(campaignId));
  useTitle(campaign.data?.name ?? "Campaign");
  if (campaign.data) return <CampaignDesk campaign={campaign.data} />;
  if (campaign.isError) {
    return (
      <ErrorState
        headingLevel={1}
        className="mt-10"
        problem={problemWords(campaign.error)}
        busy={campaign.isFetching}
        onRetry={() => void campaign.refetch()}
      />
    );
  }
  return <PageSkeleton />;
}
