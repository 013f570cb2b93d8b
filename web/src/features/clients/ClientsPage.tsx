import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";

import { clientPagesQuery } from "@/api/clients";
import type { Client } from "@/api/types";
import { NewClientDialog } from "@/components/shell/new-client-dialog";
import { Button, EmptyState, ErrorState, PageHeader, SearchInput } from "@/components/ui";
import { useTitle } from "@/lib/hooks";
import { formatCount, plural } from "@/lib/units";

import { ClientCard, ClientCardSkeleton } from "./client-card";
import { problemWords } from "./words";

const SKELETONS = 6;
const SEARCH_FROM = 8;
const gridClass = "grid grid-cols-[repeat(auto-fill,minmax(min(17rem,100%),1fr))] gap-4";

function matches(client: Client, words: string): boolean {
  const text = `${client.name} ${client.description ?? ""} ${client.homepage ?? ""}`.toLocaleLowerCase();
  return words
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Three marks with a strip of colours each: what a list of brands looks like. */
function Illustration() {
  return (
    <svg viewBox="0 0 120 56" aria-hidden className="h-14! w-30! stroke-none!">
      <rect x="2" y="10" width="34" height="44" rx="6" className="fill-line" />
      <path d="M2 16a6 6 0 0 1 6-6h22a6 6 0 0 1 6 6v6H2z" className="fill-strong" />
      <rect x="43" y="2" width="34" height="52" rx="6" className="fill-accent-soft" />
      <path d="M43 8a6 6 0 0 1 6-6h22a6 6 0 0 1 6 6v8H43z" className="fill-accent" />
      <rect x="84" y="10" width="34" height="44" rx="6" className="fill-line" />
      <path d="M84 16a6 6 0 0 1 6-6h22a6 6 0 0 1 6 6v6H84z" className="fill-strong" />
    </svg>
  );
}

function NoClients({ onCreate }: { readonly onCreate: () => void }) {
  return (
    <EmptyState
      illustration={<Illustration />}
      title="Begin with a client"
      action={
        <Button variant="primary" size="lg" icon={<Plus aria-hidden />} onClick={onCreate}>
          Create client
        </Button>
      }
    >
      A client is a brand that you make ads for. Its colours, fonts, logo and voice shape every ad; its pictures,
      campaigns and costs stay its own.
    </EmptyState>
  );
}

interface ListProps {
  readonly words: string;
  readonly onClearWords: () => void;
  readonly onCreate: () => void;
}

function Found({ words, onClearWords }: Pick<ListProps, "words" | "onClearWords">) {
  const list = useInfiniteQuery(clientPagesQuery());
  const clients = list.data?.pages.flatMap((page) => page.items) ?? [];
  const total = list.data?.pages[0]?.total ?? 0;
  const shown = words === "" ? clients : clients.filter((client) => matches(client, words));
  const reach = `Searched the ${formatCount(clients.length)} clients that are loaded, of ${formatCount(total)}.`;
  return (
    <>
      <p role="status" className="sr-only">
        {plural(shown.length, "client")}
      </p>
      {shown.length === 0 ? (
        <EmptyState title="No client has these words" action={<Button onClick={onClearWords}>Clear search</Button>}>
          {list.hasNextPage ? reach : "Names, descriptions and homepages were searched."}
        </EmptyState>
      ) : (
        <ul className={gridClass}>
          {shown.map((client) => (
            <ClientCard key={client.id} client={client} />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button className="self-center" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Show more · {formatCount(clients.length)} of {formatCount(total)}
        </Button>
      )}
    </>
  );
}

function ClientList({ words, onClearWords, onCreate }: ListProps) {
  const list = useInfiniteQuery(clientPagesQuery());
  if (list.isPending) {
    return (
      <ul className={gridClass} aria-busy="true" aria-label="Loading clients">
        {Array.from({ length: SKELETONS }, (_, place) => (
          <ClientCardSkeleton key={place} />
        ))}
      </ul>
    );
  }
  if (!list.data) {
    return <ErrorState problem={problemWords(list.error)} busy={list.isFetching} onRetry={() => void list.refetch()} />;
  }
  if (list.data.pages[0]?.total === 0) return <NoClients onCreate={onCreate} />;
  return <Found words={words} onClearWords={onClearWords} />;
}

/** All brands that the one who is signed in reaches. */
export function ClientsPage() {
  useTitle("Clients");
  const navigate = useNavigate();
  const [isCreating, setIsCreating] = useState(false);
  const [words, setWords] = useState("");
  const total = useInfiniteQuery(clientPagesQuery()).data?.pages[0]?.total;
  const create = (): void => setIsCreating(true);
  const open = (client: Client): void =>
    void navigate({ to: "/clients/$clientId", params: { clientId: client.id }, search: { tab: "brand" } });
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title="Clients"
        description="The brands that you make ads for."
        actions={
          <>
            {total !== undefined && total >= SEARCH_FROM && (
              <SearchInput label="Search clients" value={words} onValueChange={setWords} className="sm:w-60" />
            )}
            {total !== 0 && (
              <Button variant="primary" icon={<Plus aria-hidden />} onClick={create}>
                New client
              </Button>
            )}
          </>
        }
      />
      <ClientList words={words.trim()} onClearWords={() => setWords("")} onCreate={create} />
      <NewClientDialog open={isCreating} onOpenChange={setIsCreating} onCreated={open} />
    </div>
  );
}
