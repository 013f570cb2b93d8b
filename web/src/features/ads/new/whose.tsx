import { useQuery } from "@tanstack/react-query";

import { campaignsQuery } from "@/api/clients";
import type { Client } from "@/api/types";
import { Field, Select } from "@/components/ui";

const NONE = "none";

interface WhoseProps {
  readonly clients: readonly Client[];
  readonly clientId: string;
  readonly campaignId: string | null;
  readonly onClientChange: (clientId: string) => void;
  readonly onCampaignChange: (campaignId: string | null) => void;
}

/** Whose ad it is: a client, and perhaps a campaign of theirs. */
export function Whose({ clients, clientId, campaignId, onClientChange, onCampaignChange }: WhoseProps) {
  const campaigns = useQuery(campaignsQuery({ clientId }));
  const list = (campaigns.data?.items ?? []).filter(({ id, status }) => status !== "archived" || id === campaignId);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Client">
        <Select
          value={clientId}
          onValueChange={onClientChange}
          options={clients.map((client) => ({ value: client.id, label: client.name }))}
        />
      </Field>
      <Field label="Campaign">
        <Select
          value={campaignId ?? NONE}
          onValueChange={(next) => onCampaignChange(next === NONE ? null : next)}
          options={[
            { value: NONE, label: "No campaign" },
            ...list.map((campaign) => ({ value: campaign.id, label: campaign.name })),
          ]}
        />
      </Field>
    </div>
  );
}
