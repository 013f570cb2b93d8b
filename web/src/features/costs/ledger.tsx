import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ScrollText } from "lucide-react";
import { useState } from "react";

import { costEntriesQuery, type LedgerAccount, type LedgerEntry } from "@/api/costs";
import { everyClientQuery } from "@/api/work";
import { Pager } from "@/components/paging/pager";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { cx } from "@/components/ui/cx";
import { Link } from "@/components/ui/link";
import { Money, RelativeTime } from "@/components/ui/numerals";
import { Toolbar } from "@/components/ui/page-header";
import { Select } from "@/components/ui/select";
import { EmptyState } from "@/components/ui/states";
import { type Column, Table } from "@/components/ui/table";

import { Failed, RowsPending } from "@/components/page/parts";
import { accountWords, kindWords, purposeWords } from "./words";

const route = getRouteApi("/studio/costs");

const LIMIT = 50;
const ACCOUNTS: readonly LedgerAccount[] = ["spent", "reserved", "available", "estimate", "plan"];
const EVERY = "all";

function JobLink({ jobId }: { readonly jobId: number | null }) {
  if (jobId === null) return <span className="whitespace-nowrap text-faint">No ad</span>;
  return (
    <Link href={`/ads/${jobId}`} className="rounded-sm whitespace-nowrap text-accent hover:underline">
      Ad {jobId}
    </Link>
  );
}

function columnsOf(nameOf: (clientId: string) => string, hasClient: boolean): Column<LedgerEntry>[] {
  const client: Column<LedgerEntry>[] = hasClient
    ? [
        {
          id: "client",
          header: "Client",
          width: "16%",
          cell: (entry) => (
            <Link href={`/clients/${entry.clientId}`} dir="auto" className="line-clamp-2 rounded-sm text-left hover:text-accent">
              {nameOf(entry.clientId)}
            </Link>
          ),
        },
      ]
    : [];
  return [
    {
      id: "model",
      header: "For",
      primary: true,
      width: "30%",
      cell: (entry) => (
        <>
          {purposeWords(entry.purpose)}
          <span className="block text-xs font-normal text-faint">
            {entry.model} · {entry.provider}
          </span>
        </>
      ),
    },
    ...client,
    { id: "job", header: "Ad", cell: (entry) => <JobLink jobId={entry.jobId} /> },
    {
      id: "kind",
      header: "What happened",
      cell: (entry) => (
        <>
          {kindWords(entry.kind)}
          {entry.note !== null && (
            <span dir="auto" className="line-clamp-2 text-xs text-faint" title={entry.note}>
              {entry.note}
            </span>
          )}
        </>
      ),
    },
    { id: "account", header: "Account", cell: (entry) => <Badge>{accountWords(entry.account)}</Badge> },
    {
      id: "amount",
      header: "Amount",
      align: "end",
      cell: (entry) => (
        <Money
          amountMicrousd={entry.amountMicrousd}
          className={cx("font-semibold", entry.amountMicrousd < 0 ? "text-muted" : "text-ink")}
        />
      ),
    },
    {
      id: "when",
      header: "When",
      align: "end",
      cell: (entry) => <RelativeTime at={entry.createdAt} className="text-faint" />,
    },
  ];
}

function Filters({ onChange }: { readonly onChange: () => void }) {
  const { account = "spent", job } = route.useSearch();
  const navigate = route.useNavigate();
  const set = (change: { account?: string | undefined; job?: number | undefined }): void => {
    onChange();
    void navigate({ to: ".", search: (kept) => ({ ...kept, ...change }), replace: true });
  };
  return (
    <Toolbar label="Filter the ledger">
      <Select
        label="Account"
        value={account}
        onValueChange={(next) => set({ account: next })}
        options={[
          ...ACCOUNTS.map((each) => ({ value: each, label: accountWords(each) })),
          { value: EVERY, label: "Every account", description: "Both sides of each transfer." },
        ]}
        className="!w-44"
      />
      {job !== undefined && (
        <Chip removeLabel="Show all ads" onRemove={() => set({ job: undefined })}>
          Ad {job}
        </Chip>
      )}
    </Toolbar>
  );
}

/** The books themselves: every transfer of money, newest first. Nothing in them is ever changed. */
export function Ledger({ clientId }: { readonly clientId: string | null }) {
  const { account = "spent", job } = route.useSearch();
  const navigate = route.useNavigate();
  const [offset, setOffset] = useState(0);
  const clients = useQuery(everyClientQuery).data;
  const entries = useQuery({
    ...costEntriesQuery({
      limit: LIMIT,
      offset,
      clientId: clientId ?? undefined,
      jobId: job,
      account: ACCOUNTS.find((each) => each === account),
    }),
    placeholderData: keepPreviousData,
  });
  const { data, error } = entries;
  const nameOf = (id: string): string => clients?.find((client) => client.id === id)?.name ?? "A client";
  return (
    <div className="flex flex-col gap-4">
      <Filters onChange={() => setOffset(0)} />
      {error && !data ? (
        <Failed error={error} onRetry={() => void entries.refetch()} />
      ) : data === undefined ? (
        <RowsPending />
      ) : (
        <div aria-busy={entries.isPlaceholderData} className={cx(entries.isPlaceholderData && "opacity-60")}>
          <Table
            caption="Entries of the ledger"
            columns={columnsOf(nameOf, clientId === null)}
            rows={data.items}
            rowId={(entry) => String(entry.id)}
            density="dense"
            empty={
              <EmptyState
                title="No entries here"
                illustration={<ScrollText aria-hidden />}
                action={
                  account !== EVERY && (
                    <Button
                      onClick={() =>
                        void navigate({ to: ".", search: (kept) => ({ ...kept, account: EVERY, job: undefined }) })
                      }
                    >
                      Show every account
                    </Button>
                  )
                }
              >
                Whenever a hosted model is used, what it may cost is held back first and settled afterwards.
              </EmptyState>
            }
          />
          <Pager
            noun="entries"
            offset={offset}
            limit={LIMIT}
            total={data.total}
            onOffsetChange={setOffset}
            busy={entries.isPlaceholderData}
          />
        </div>
      )}
    </div>
  );
}
