import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useState } from "react";

import { type Intent, undecidedQuery } from "@/api/costs";
import { everyClientQuery } from "@/api/work";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Money, RelativeTime } from "@/components/ui/numerals";
import { EmptyState } from "@/components/ui/states";
import { type Column, Table } from "@/components/ui/table";

import { Failed, RowsPending } from "@/components/page/parts";
import { purposeWords } from "../words";
import { ResolveDialog } from "./resolve-dialog";

function What({ intent }: { readonly intent: Intent }) {
  return (
    <>
      {purposeWords(intent.purpose)}
      <span className="block text-xs font-normal text-faint">
        {intent.model} · {intent.provider}
        {intent.providerRef !== null && ` · ${intent.providerRef}`}
      </span>
    </>
  );
}

function columnsOf(nameOf: (clientId: string) => string, onDecide: (intent: Intent) => void): Column<Intent>[] {
  return [
    { id: "what", header: "For", primary: true, width: "28%", cell: (intent) => <What intent={intent} /> },
    {
      id: "client",
      header: "Client",
      width: "16%",
      cell: (intent) => (
        <span dir="auto" className="line-clamp-2 text-left">
          {nameOf(intent.clientId)}
        </span>
      ),
    },
    {
      id: "job",
      header: "Ad",
      cell: (intent) =>
        intent.jobId === null ? (
          <span className="text-faint">No ad</span>
        ) : (
          <Link href={`/ads/${intent.jobId}`} className="rounded-sm text-accent hover:underline">
            Ad {intent.jobId}
          </Link>
        ),
    },
    {
      id: "reason",
      header: "Why it is open",
      cell: (intent) => (
        <span dir="auto" title={intent.reason ?? undefined} className="line-clamp-3">
          {intent.reason ?? "Not known"}
        </span>
      ),
    },
    {
      id: "held",
      header: "Held back",
      align: "end",
      cell: (intent) => <Money amountMicrousd={intent.reservedMicrousd} className="font-semibold text-ink" />,
    },
    {
      id: "sent",
      header: "Sent",
      align: "end",
      cell: (intent) => <RelativeTime at={intent.sentAt ?? intent.createdAt} />,
    },
    {
      id: "decide",
      header: "Decide",
      headerHidden: true,
      align: "end",
      cell: (intent) => (
        <Button
          size="sm"
          aria-label={`Decide about ${purposeWords(intent.purpose)} with ${intent.model}`}
          onClick={() => onDecide(intent)}
        >
          Decide
        </Button>
      ),
    },
  ];
}

/** Spendings of which a service did not tell whether it charged for them, and that nobody but a person can settle. */
export function Undecided({ clientId }: { readonly clientId: string | null }) {
  const { data, error, refetch } = useQuery(undecidedQuery);
  const clients = useQuery(everyClientQuery).data;
  const [open, setOpen] = useState<Intent | null>(null);
  if (error && !data) return <Failed error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <RowsPending />;
  const rows = data.items.filter((intent) => clientId === null || intent.clientId === clientId);
  const nameOf = (id: string): string => clients?.find((client) => client.id === id)?.name ?? "A client";
  return (
    <>
      <Table
        caption="Spendings to decide"
        columns={columnsOf(nameOf, setOpen)}
        rows={rows}
        rowId={(intent) => intent.id}
        empty={
          <EmptyState title="Nothing to decide" illustration={<CircleCheck aria-hidden />}>
            When a connection breaks at the wrong moment, nobody can tell whether a service has charged. Such spendings
            wait here, with their money held back, until you say.
          </EmptyState>
        }
      />
      {open && <ResolveDialog key={open.id} intent={open} onClose={() => setOpen(null)} />}
    </>
  );
}
