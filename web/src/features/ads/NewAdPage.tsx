import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";

import { clientsQuery } from "@/api/clients";
import { jobQuery } from "@/api/jobs";
import type { Client, JobDetail } from "@/api/types";
import { buttonClass, EmptyState, ErrorState, Link } from "@/components/ui";
import { useTitle } from "@/lib/hooks";
import { clientScope } from "@/lib/scope";
import { useStored } from "@/lib/store";

import { Desk, DeskSkeleton } from "./desk/desk";
import { draftSteps } from "./desk/steps";
import { problemWords } from "./desk/words";
import { type AdDraft, draftFrom, EMPTY_DRAFT } from "./new/draft";
import { PromptForm } from "./new/prompt-form";

const route = getRouteApi("/studio/ads/new");

/** Where an ad begins: a prompt, and as much or as little beside it as somebody wants to decide. */
export function NewAdPage() {
  useTitle("New ad");
  const { from } = route.useSearch();
  const clients = useQuery(clientsQuery());
  const source = useQuery({ ...jobQuery(from ?? 0), enabled: from !== undefined });
  if (clients.isPending || (from !== undefined && source.isPending)) return <DeskSkeleton />;
  if (clients.isError) {
    return (
      <ErrorState
        headingLevel={1}
        problem={problemWords(clients.error)}
        onRetry={() => void clients.refetch()}
        className="mt-10"
      />
    );
  }
  if (clients.data.items.length === 0) return <NoClients />;
  return <NewAd clients={clients.data.items} source={source.data} />;
}

interface NewAdProps {
  readonly clients: readonly Client[];
  /** The ad that it begins with. */
  readonly source: JobDetail | undefined;
}

/** What the link that led here says of the ad. */
function useGiven(): Partial<AdDraft> {
  const { campaign, assets } = route.useSearch();
  return {
    ...(campaign !== undefined && { campaignId: campaign }),
    ...(assets !== undefined && { assetIds: assets }),
  };
}

function NewAd({ clients, source }: NewAdProps) {
  const { aspect } = route.useSearch();
  const given = useGiven();
  const [scope] = useStored(clientScope);
  const [chosen, setChosen] = useState<string | null>(null);
  const clientId = chosen ?? source?.clientId ?? scope ?? clients[0]?.id ?? "";
  const isSame = source !== undefined && chosen === null;
  const name = isSame ? `${clientId}.from-${source.id}.${aspect ?? "same"}` : clientId;
  return (
    <Desk title="New ad" steps={draftSteps("prompt", "/ads/new")} viewing="prompt">
      <PromptForm
        key={name}
        draftName={`new-ad.${name}`}
        initial={isSame ? draftFrom(source, aspect) : EMPTY_DRAFT}
        given={given}
        clientId={clientId}
        clients={clients}
        onClientChange={setChosen}
      />
    </Desk>
  );
}

function NoClients() {
  return (
    <EmptyState
      headingLevel={1}
      title="An ad belongs to a client"
      className="mt-10"
      action={
        <Link href="/clients" className={buttonClass({ variant: "primary" })}>
          Create a client
        </Link>
      }
    >
      Create the first one, with its colours and its logo, and come back.
    </EmptyState>
  );
}
