import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";

import { type ApiKey, apiKeysQuery, revokeApiKey } from "@/api/account";
import { type ProviderKey, providerKeysQuery } from "@/api/clients";
import { keys } from "@/api/keys";
import { problemOf } from "@/api/problem";
import { everyClientQuery } from "@/api/work";
import type { Client } from "@/api/types";
import { Failed, RowsPending, Section } from "@/components/page/parts";
import { Badge } from "@/components/ui/badge";
import { Button, buttonClass } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { ConfirmDialog } from "@/components/ui/dialog";
import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/numerals";
import { EmptyState } from "@/components/ui/states";
import { type Column, Table } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import { clientScope } from "@/lib/scope";
import { useStored } from "@/lib/store";

function apiKeyColumns(onRevoke: (apiKey: ApiKey) => void): Column<ApiKey>[] {
  return [
    {
      id: "name",
      header: "Name",
      primary: true,
      cell: (apiKey) => (
        <span dir="auto" className="line-clamp-2 text-left">
          {apiKey.name}
        </span>
      ),
    },
    { id: "prefix", header: "Begins with", cell: (apiKey) => <code>{apiKey.prefix}…</code> },
    { id: "created", header: "Created", cell: (apiKey) => <RelativeTime at={apiKey.createdAt} /> },
    {
      id: "used",
      header: "Last used",
      cell: (apiKey) => (apiKey.lastUsedAt === null ? "Never" : <RelativeTime at={apiKey.lastUsedAt} />),
    },
    {
      id: "revoke",
      header: "State",
      align: "end",
      cell: (apiKey) =>
        apiKey.revokedAt === null ? (
          <Button size="sm" aria-label={`Revoke ${apiKey.name}`} onClick={() => onRevoke(apiKey)}>
            Revoke
          </Button>
        ) : (
          <Badge>Revoked</Badge>
        ),
    },
  ];
}

function useRevoke(onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (apiKey: ApiKey) => revokeApiKey(apiKey.id),
    onSuccess: (_, apiKey) => toast({ title: `Key “${apiKey.name}” revoked` }),
    onError: (error) => {
      const { title, detail } = problemOf(error);
      toast({ tone: "critical", title, description: detail });
    },
    onSettled: () => {
      onDone();
      return queries.invalidateQueries({ queryKey: keys.apiKeys.all });
    },
  });
}

function OwnKeys() {
  const { data, error, refetch } = useQuery(apiKeysQuery);
  const [revoked, setRevoked] = useState<ApiKey | null>(null);
  const revoking = useRevoke(() => setRevoked(null));
  return (
    <Section
      title="Your API keys"
      end={
        <Link href="/account" className={buttonClass()}>
          Create a key in your account
        </Link>
      }
    >
      {error && !data ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <RowsPending rows={3} />
      ) : (
        <Table
          caption="Your API keys"
          columns={apiKeyColumns(setRevoked)}
          rows={data.items}
          rowId={(apiKey) => String(apiKey.id)}
          empty={
            <EmptyState title="No API keys" illustration={<KeyRound aria-hidden />}>
              Programs and the command line sign in with a key. Everybody makes their own in their account.
            </EmptyState>
          }
        />
      )}
      <ConfirmDialog
        open={revoked !== null}
        onOpenChange={(isOpen) => {
          if (!isOpen) setRevoked(null);
        }}
        title={`Revoke “${revoked?.name ?? ""}”?`}
        description="Programs that use it are refused from now on. This cannot be undone."
        verb="Revoke key"
        danger
        busy={revoking.isPending}
        onConfirm={() => {
          if (revoked) revoking.mutate(revoked);
        }}
      />
    </Section>
  );
}

const SERVICES: Record<ProviderKey["provider"], string> = {
  openrouter: "OpenRouter",
  openai: "OpenAI",
  anthropic: "Anthropic",
  replicate: "Replicate",
};

function Source({ provided }: { readonly provided: ProviderKey }) {
  if (!provided.isReadable) return <Badge tone="critical">Cannot be read: set it again</Badge>;
  switch (provided.source) {
    case "workspace":
      return <Badge tone="positive">The server’s key</Badge>;
    case "client":
      return <Badge tone="accent">The client’s own key</Badge>;
    case null:
      return <Badge>No key</Badge>;
  }
}

const PROVIDER_COLUMNS: readonly Column<ProviderKey>[] = [
  { id: "provider", header: "Service", primary: true, cell: (provided) => SERVICES[provided.provider] },
  { id: "source", header: "Work uses", cell: (provided) => <Source provided={provided} /> },
  {
    id: "hint",
    header: "Ends with",
    cell: (provided) => (provided.hint === null ? <span className="text-faint">–</span> : <code>{provided.hint}</code>),
  },
  {
    id: "set",
    header: "Set",
    align: "end",
    cell: (provided) =>
      provided.setAt === null ? (
        <span className="text-faint">{provided.source === "workspace" ? "In the server’s settings" : "–"}</span>
      ) : (
        <RelativeTime at={provided.setAt} />
      ),
  },
];

function Provided({ client }: { readonly client: Client }) {
  const provided = useQuery(providerKeysQuery(client.id));
  if (provided.data) {
    return (
      <Table
        caption={`Keys that work for ${client.name} uses`}
        columns={PROVIDER_COLUMNS}
        rows={provided.data}
        rowId={(each) => each.provider}
      />
    );
  }
  return provided.error ? (
    <Failed error={provided.error} onRetry={() => void provided.refetch()} />
  ) : (
    <RowsPending rows={4} />
  );
}

interface ClientChoiceProps {
  readonly client: Client;
  readonly clients: readonly Client[];
  readonly onChoose: (clientId: string | null) => void;
}

function ClientChoice({ client, clients, onChoose }: ClientChoiceProps) {
  return (
    <div className="flex items-center gap-2">
      <Combobox
        label="Client"
        className="!w-56"
        value={{ value: client.id, label: client.name }}
        onValueChange={(option) => onChoose(option?.value ?? null)}
        options={clients.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Link href={`/clients/${client.id}?tab=keys`} className={buttonClass()}>
        Set keys
      </Link>
    </div>
  );
}

function Services() {
  const clients = useQuery(everyClientQuery).data;
  const [scope] = useStored(clientScope);
  const [chosen, setChosen] = useState<string | null>(null);
  const client = clients?.find(({ id }) => id === (chosen ?? scope)) ?? clients?.[0];
  return (
    <Section
      title="Keys of hosted services"
      end={client && <ClientChoice client={client} clients={clients ?? []} onChoose={setChosen} />}
    >
      <p className="-mt-2 mb-3 max-w-160 text-sm text-muted">
        Work for a client uses the client’s own key where it has one, else the server’s. Keys are kept encrypted and
        never shown.
      </p>
      {client && <Provided client={client} />}
      {clients === undefined && <RowsPending rows={4} />}
      {clients?.length === 0 && (
        <p className="text-sm text-muted">There is no client yet whose work would use a key.</p>
      )}
    </Section>
  );
}

/** With which keys programs sign in here, and this server elsewhere. */
export function Keys() {
  return (
    <div className="flex flex-col gap-10">
      <OwnKeys />
      <Services />
    </div>
  );
}
