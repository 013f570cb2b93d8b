import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useId, useState } from "react";

import { adoptAsset, type QuarantinedAsset, quarantineQuery } from "@/api/admin";
import { keys } from "@/api/keys";
import { everyClientQuery } from "@/api/work";
import { Failed, Refused, RowsPending, Section } from "@/components/page/parts";
import { Pager } from "@/components/paging/pager";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Combobox, type ComboboxOption } from "@/components/ui/combobox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FileSize, RelativeTime } from "@/components/ui/numerals";
import { type Column, Table } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";

const LIMIT = 25;

function AdoptDialog({ asset, onClose }: { readonly asset: QuarantinedAsset; readonly onClose: () => void }) {
  const form = useId();
  const queries = useQueryClient();
  const clients = useQuery(everyClientQuery).data ?? [];
  const [client, setClient] = useState<ComboboxOption | null>(null);
  const adopting = useMutation({
    mutationFn: (clientId: string) => adoptAsset(asset.id, clientId),
    onSuccess: ({ id }) => {
      toast({
        tone: "positive",
        title: `“${asset.name}” belongs to ${client?.label ?? "the client"} now`,
        action: { label: "Open", href: `/library/${id}` },
      });
      onClose();
      return Promise.all([keys.admin.all, keys.assets.all].map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (client) adopting.mutate(client.value);
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={`Give “${asset.name}” to a client`}
      description="It keeps its address, and counts in that client’s quota."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={form} busy={adopting.isPending} disabled={client === null}>
            Give asset
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <Refused error={adopting.error} />
        <Field label="Client" required>
          <Combobox
            value={client}
            onValueChange={setClient}
            options={clients.map(({ id, name }) => ({ value: id, label: name }))}
            placeholder="Find a client"
          />
        </Field>
      </form>
    </Dialog>
  );
}

function columnsOf(onAdopt: (asset: QuarantinedAsset) => void): Column<QuarantinedAsset>[] {
  return [
    {
      id: "name",
      header: "Name",
      primary: true,
      cell: (asset) => (
        <span dir="auto" className="line-clamp-2 text-left">
          {asset.name}
        </span>
      ),
    },
    { id: "reason", header: "Why it is here", cell: (asset) => asset.reason },
    {
      id: "size",
      header: "Size",
      align: "end",
      cell: (asset) =>
        asset.hasBytes && asset.size !== null ? (
          <FileSize sizeBytes={asset.size} />
        ) : (
          <Badge tone="critical">File is gone</Badge>
        ),
    },
    { id: "since", header: "Since", align: "end", cell: (asset) => <RelativeTime at={asset.quarantinedAt} /> },
    {
      id: "adopt",
      header: "Give to a client",
      headerHidden: true,
      align: "end",
      cell: (asset) => (
        <Button
          size="sm"
          disabled={!asset.hasBytes}
          aria-label={`Give ${asset.name} to a client`}
          onClick={() => onAdopt(asset)}
        >
          Give to a client
        </Button>
      ),
    },
  ];
}

/** Assets that an upgrade found without a client; nothing is shown where there are none. */
export function Quarantine({ count }: { readonly count: number }) {
  const [offset, setOffset] = useState(0);
  const [adopted, setAdopted] = useState<QuarantinedAsset | null>(null);
  const assets = useQuery({
    ...quarantineQuery({ limit: LIMIT, offset }),
    enabled: count > 0,
    placeholderData: keepPreviousData,
  });
  const { data, error } = assets;
  return (
    <Section title="Quarantine">
      <p className="-mt-2 mb-3 max-w-160 text-sm text-muted">
        {count === 0
          ? "Every asset belongs to a client."
          : "An upgrade found these without a client. Nobody sees them until they are given to one."}
      </p>
      {count === 0 ? null : error && !data ? (
        <Failed error={error} onRetry={() => void assets.refetch()} />
      ) : data === undefined ? (
        <RowsPending rows={3} />
      ) : (
        <>
          <Table
            caption="Quarantined assets"
            columns={columnsOf(setAdopted)}
            rows={data.items}
            rowId={(asset) => asset.id}
          />
          <Pager noun="assets" offset={offset} limit={LIMIT} total={data.total} onOffsetChange={setOffset} />
        </>
      )}
      {adopted && <AdoptDialog key={adopted.id} asset={adopted} onClose={() => setAdopted(null)} />}
    </Section>
  );
}
