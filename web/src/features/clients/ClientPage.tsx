import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { ExternalLink } from "lucide-react";
import { lazy, Suspense, type ReactNode } from "react";

import { campaignsQuery, clientQuery } from "@/api/clients";
import { type Right, useRight } from "@/api/rights";
import type { Client } from "@/api/types";
import { ClientMark } from "@/components/brand/client-mark";
import { ErrorState, PageHeader, Skeleton, Tabs, type Tab } from "@/components/ui";
import { useTitle } from "@/lib/hooks";

import { CampaignsTab } from "./campaigns/campaigns-tab";
import { ClientActions } from "./client/client-actions";
import { KeysTab } from "./client/keys-tab";
import { MembersTab } from "./client/members-tab";
import { OverviewTab } from "./client/overview-tab";
import { problemWords, shortAddress } from "./words";

const BrandTab = lazy(() => import("./brand/brand-tab"));
const route = getRouteApi("/studio/clients/$clientId");

type TabName = "overview" | "brand" | "campaigns" | "members" | "keys";

function PageSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col gap-6">
      <span role="status" className="sr-only">
        Loading the client
      </span>
      <div className="flex items-center gap-4">
        <Skeleton shape="block" className="size-14" />
        <Skeleton lines={2} className="w-60" />
      </div>
      <Skeleton className="h-9 max-w-100" />
      <Skeleton shape="block" className="h-40" />
    </div>
  );
}

function About({ client }: { readonly client: Client }) {
  return (
    <span className="flex flex-col gap-0.5">
      {client.description && (
        <span dir="auto" className="line-clamp-3 text-left wrap-anywhere whitespace-pre-line">
          {client.description}
        </span>
      )}
      {client.homepage && (
        <a
          href={client.homepage}
          target="_blank"
          rel="noreferrer"
          className="inline-flex max-w-full items-center gap-1 self-start text-sm text-accent hover:underline"
        >
          <span className="min-w-0 truncate">{shortAddress(client.homepage)}</span>
          <ExternalLink aria-hidden className="size-3.5 shrink-0" />
          <span className="sr-only">(opens in a new tab)</span>
        </a>
      )}
    </span>
  );
}

function useTabs(client: Client, right: Right | undefined): Tab<TabName>[] {
  const campaigns = useQuery(campaignsQuery({ clientId: client.id }));
  const waiting = (content: ReactNode) => (
    <Suspense fallback={<Skeleton shape="block" className="h-60" />}>{content}</Suspense>
  );
  const seesKeys = right === "owner" || right === "editor";
  return [
    { value: "overview", label: "Overview", content: <OverviewTab client={client} /> },
    {
      value: "brand",
      label: "Brand",
      content: waiting(<BrandTab key={client.id} client={client} mayEdit={seesKeys} />),
    },
    {
      value: "campaigns",
      label: "Campaigns",
      count: campaigns.data?.total,
      content: <CampaignsTab client={client} mayEdit={seesKeys} />,
    },
    { value: "members", label: "Members", content: <MembersTab client={client} right={right} /> },
    ...(seesKeys
      ? [{ value: "keys" as const, label: "Keys", content: <KeysTab client={client} isOwner={right === "owner"} /> }]
      : []),
  ];
}

function ClientDesk({ client }: { readonly client: Client }) {
  const { tab = "overview" } = route.useSearch();
  const navigate = useNavigate();
  const right = useRight(client.id);
  const tabs = useTabs(client, right);
  const shown = tabs.some((each) => each.value === tab) ? tab : "overview";
  return (
    <div className="flex flex-col gap-6">
      <div className="flex items-start gap-4">
        <ClientMark client={client} size="xl" className="max-sm:hidden" />
        <PageHeader
          className="min-w-0 flex-1"
          title={client.name}
          description={client.description || client.homepage ? <About client={client} /> : undefined}
          actions={<ClientActions client={client} right={right} />}
        />
      </div>
      <Tabs
        label="About this client"
        value={shown}
        onValueChange={(next) =>
          void navigate({
            to: "/clients/$clientId",
            params: { clientId: client.id },
            search: { tab: next },
            replace: true,
            resetScroll: false,
          })
        }
        tabs={tabs}
      />
    </div>
  );
}

/** One brand: what is going on, its guidelines, campaigns, people and keys. */
export function ClientPage() {
  const { clientId } = route.useParams();
  const client = useQuery(clientQuery(clientId));
  useTitle(client.data?.name ?? "Client");
  if (client.data) return <ClientDesk client={client.data} />;
  if (client.isError) {
    return (
      <ErrorState
        headingLevel={1}
        className="mt-10"
        problem={problemWords(client.error)}
        busy={client.isFetching}
        onRetry={() => void client.refetch()}
      />
    );
  }
  return <PageSkeleton />;
}
