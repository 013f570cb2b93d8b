import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";

import { campaignsQuery, type CampaignStatus } from "@/api/clients";
import type { Client } from "@/api/types";
import { Button, EmptyState, ErrorState, Segmented, Skeleton, Toolbar } from "@/components/ui";
import { formatCount, plural } from "@/lib/units";

import { CAMPAIGN_STATUSES, campaignWords, problemWords } from "../words";
import { CampaignRows } from "./campaign-rows";
import { NewCampaignDialog } from "./new-campaign-dialog";

const PAGE = 100;

type Shown = CampaignStatus | "all";

function Empty({ onCreate }: { readonly onCreate: (() => void) | null }) {
  return (
    <EmptyState
      title="No campaign yet"
      action={
        onCreate && (
          <Button variant="primary" icon={<Plus aria-hidden />} onClick={onCreate}>
            Create campaign
          </Button>
        )
      }
    >
      A campaign says once what its ads are to say, to whom and where. Every ad of it then begins with that.
    </EmptyState>
  );
}

interface CampaignsTabProps {
  readonly client: Client;
  readonly mayEdit: boolean;
}

function List({ client, shown, onCreate }: { client: Client; shown: Shown; onCreate: (() => void) | null }) {
  const [limit, setLimit] = useState(PAGE);
  const filter = { clientId: client.id, ...(shown !== "all" && { status: shown }) };
  const first = useQuery({ ...campaignsQuery({ ...filter, limit: PAGE }), placeholderData: keepPreviousData });
  if (first.isPending) {
    return (
      <div aria-busy="true" className="flex flex-col gap-5 py-3">
        {Array.from({ length: 4 }, (_, place) => (
          <Skeleton key={place} lines={2} className="max-w-100" />
        ))}
      </div>
    );
  }
  if (!first.data) {
    return (
      <ErrorState problem={problemWords(first.error)} busy={first.isFetching} onRetry={() => void first.refetch()} />
    );
  }
  const { items, total } = first.data;
  if (total === 0 && shown === "all") return <Empty onCreate={onCreate} />;
  if (total === 0) {
    return (
      <p className="py-6 text-sm text-muted">
        No campaign is {campaignWords(shown as CampaignStatus).label.toLocaleLowerCase()}.
      </p>
    );
  }
  return (
    <>
      <p role="status" className="sr-only">
        {plural(total, "campaign")}
      </p>
      <CampaignRows campaigns={items} />
      {Array.from({ length: limit / PAGE - 1 }, (_, place) => (
        <More key={place} filter={{ ...filter, limit: PAGE, offset: (place + 1) * PAGE }} />
      ))}
      {total > limit && (
        <Button className="self-center" onClick={() => setLimit(limit + PAGE)}>
          Show more · {formatCount(limit)} of {formatCount(total)}
        </Button>
      )}
    </>
  );
}

function More({ filter }: { readonly filter: Parameters<typeof campaignsQuery>[0] }) {
  const page = useQuery(campaignsQuery(filter));
  if (page.isPending) return <Skeleton lines={3} />;
  return <CampaignRows campaigns={page.data?.items ?? []} />;
}

/** A client's campaigns, narrowed by their state. */
export function CampaignsTab({ client, mayEdit }: CampaignsTabProps) {
  const [shown, setShown] = useState<Shown>("all");
  const [isCreating, setIsCreating] = useState(false);
  const create = mayEdit ? () => setIsCreating(true) : null;
  return (
    <div className="flex max-w-220 flex-col gap-3">
      <Toolbar
        label="Filter campaigns"
        end={
          create && (
            <Button icon={<Plus aria-hidden />} onClick={create}>
              New campaign
            </Button>
          )
        }
      >
        <Segmented
          label="State"
          value={shown}
          onValueChange={setShown}
          options={[
            { value: "all", label: "All" },
            ...CAMPAIGN_STATUSES.map((value) => ({ value, label: campaignWords(value).label })),
          ]}
        />
      </Toolbar>
      <List key={shown} client={client} shown={shown} onCreate={create} />
      {isCreating && <NewCampaignDialog client={client} onClose={() => setIsCreating(false)} />}
    </div>
  );
}
