import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ScrollText } from "lucide-react";
import { useEffect, useState } from "react";

import { type AuditEntry, auditQuery } from "@/api/admin";
import { everyClientQuery } from "@/api/work";
import { Failed, RowsPending } from "@/components/page/parts";
import { Pager } from "@/components/paging/pager";
import { Badge } from "@/components/ui/badge";
import { cx } from "@/components/ui/cx";
import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/numerals";
import { Toolbar } from "@/components/ui/page-header";
import { SearchInput } from "@/components/ui/search-input";
import { Select } from "@/components/ui/select";
import { EmptyState } from "@/components/ui/states";
import { type Column, Table } from "@/components/ui/table";
import { TextInput } from "@/components/ui/text-input";
import { useSettled } from "@/lib/hooks";
import { clientScope } from "@/lib/scope";
import { useStored } from "@/lib/store";

import { actionWords, KINDS, momentsOf, subjectHref } from "./audit-words";

const route = getRouteApi("/studio/admin");

const LIMIT = 50;
const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;
const ALL = "";

function Subject({ entry }: { readonly entry: AuditEntry }) {
  const href = subjectHref(entry);
  if (entry.subject === null) return <span className="text-faint">–</span>;
  const short = UUID.test(entry.subject) ? entry.subject.slice(0, 8) : entry.subject;
  if (href === null) {
    return (
      <code title={entry.subject} className="text-xs whitespace-nowrap">
        {short}
      </code>
    );
  }
  return (
    <Link
      href={href}
      title={entry.subject}
      className="rounded-sm font-mono text-xs whitespace-nowrap text-accent hover:underline"
    >
      {short}
    </Link>
  );
}

function columnsOf(nameOf: (clientId: string) => string): Column<AuditEntry>[] {
  return [
    {
      id: "action",
      header: "What",
      primary: true,
      width: "22%",
      cell: (entry) => (
        <span className="inline-flex flex-wrap items-center gap-2">
          {actionWords(entry.action)}
          {entry.outcome === "refused" && <Badge tone="critical">Refused</Badge>}
        </span>
      ),
    },
    {
      id: "actor",
      header: "Who",
      width: "20%",
      cell: (entry) => (
        <span className={cx(entry.actorId === null && "text-faint")}>
          {entry.actor === "" ? "Nobody" : entry.actor}
        </span>
      ),
    },
    { id: "subject", header: "To what", cell: (entry) => <Subject entry={entry} /> },
    {
      id: "client",
      header: "Client",
      cell: (entry) =>
        entry.clientId === null ? (
          <span className="text-faint">–</span>
        ) : (
          <span dir="auto" className="line-clamp-2 text-left">
            {nameOf(entry.clientId)}
          </span>
        ),
    },
    {
      id: "request",
      header: "Request",
      cell: (entry) => (
        <span title={entry.address ?? undefined} className="font-mono text-xs whitespace-nowrap text-faint">
          {entry.requestId.slice(0, 12)}
        </span>
      ),
    },
    { id: "at", header: "When", align: "end", cell: (entry) => <RelativeTime at={entry.at} /> },
  ];
}

function Filters({ onChange }: { readonly onChange: () => void }) {
  const { action = ALL, actor = "", from = "", until = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const [words, setWords] = useState(actor);
  const settled = useSettled(words.trim(), 300);
  const set = (change: Record<string, string | undefined>): void => {
    onChange();
    void navigate({ to: ".", search: (kept) => ({ ...kept, ...change }), replace: true });
  };
  useEffect(() => {
    if (settled === actor) return;
    onChange();
    void navigate({ to: ".", search: (kept) => ({ ...kept, actor: settled || undefined }), replace: true });
    // Only what somebody typed and stopped typing changes the address.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled]);
  return (
    <Toolbar label="Filter the audit log">
      <h2 className="sr-only">Audit log</h2>
      <SearchInput label="Email address" value={words} onValueChange={setWords} />
      <Select
        label="What was changed"
        className="!w-40"
        value={action}
        onValueChange={(next) => set({ action: next || undefined })}
        options={[{ value: ALL, label: "Everything" }, ...KINDS]}
      />
      <TextInput
        type="date"
        aria-label="From"
        className="!w-36"
        value={from}
        onValueChange={(day) => set({ from: day || undefined })}
      />
      <span aria-hidden className="text-faint">
        –
      </span>
      <TextInput
        type="date"
        aria-label="Until"
        className="!w-36"
        value={until}
        onValueChange={(day) => set({ until: day || undefined })}
      />
    </Toolbar>
  );
}

/** Who did what to what, and when. Nothing in it is ever changed. */
export function Audit() {
  const { action, actor, from, until } = route.useSearch();
  const [offset, setOffset] = useState(0);
  const [clientId] = useStored(clientScope);
  const clients = useQuery(everyClientQuery).data;
  const entries = useQuery({
    ...auditQuery({
      limit: LIMIT,
      offset,
      action,
      actor,
      clientId: clientId ?? undefined,
      ...momentsOf(from, until),
    }),
    placeholderData: keepPreviousData,
  });
  const { data, error } = entries;
  const nameOf = (id: string): string => clients?.find((client) => client.id === id)?.name ?? "A client that is gone";
  return (
    <div className="flex flex-col gap-4">
      <Filters onChange={() => setOffset(0)} />
      {error && !data ? (
        <Failed error={error} onRetry={() => void entries.refetch()} />
      ) : data === undefined ? (
        <RowsPending rows={10} />
      ) : (
        <div aria-busy={entries.isPlaceholderData} className={cx(entries.isPlaceholderData && "opacity-60")}>
          <Table
            caption="Audit log"
            density="dense"
            columns={columnsOf(nameOf)}
            rows={data.items}
            rowId={(entry) => String(entry.id)}
            empty={
              <EmptyState title="Nothing was written down here" illustration={<ScrollText aria-hidden />}>
                Signing in, approvals, budgets, keys, members and deletions are written down as they happen.
              </EmptyState>
            }
          />
          <Pager noun="entries" offset={offset} limit={LIMIT} total={data.total} onOffsetChange={setOffset} />
        </div>
      )}
    </div>
  );
}
