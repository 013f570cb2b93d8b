import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Plus, Wallet } from "lucide-react";
import { useState } from "react";

import { budgetsQuery } from "@/api/costs";
import { useMayEdit } from "@/api/rights";
import { meQuery } from "@/api/session";
import { everyClientQuery } from "@/api/work";
import { PartKey } from "@/components/charts/part-key";
import { Pager } from "@/components/paging/pager";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/states";

import { Failed } from "@/components/page/parts";
import { BudgetRow } from "./budget-row";
import { NewBudget } from "./new-budget";

const LIMIT = 50;

function Pending() {
  return (
    <div aria-busy="true" className="flex max-w-180 flex-col gap-8 py-4">
      <span role="status" className="sr-only">
        Loading
      </span>
      {[0, 1, 2].map((row) => (
        <div key={row} aria-hidden className="flex flex-col gap-2.5">
          <Skeleton className="w-48" />
          <Skeleton className="!h-1.5" />
          <Skeleton className="w-64" />
        </div>
      ))}
    </div>
  );
}

function Nothing({ onCreate }: { readonly onCreate: (() => void) | null }) {
  return (
    <EmptyState
      title="No budget limits anything here"
      illustration={<Wallet aria-hidden />}
      action={
        onCreate && (
          <Button variant="primary" onClick={onCreate}>
            New budget
          </Button>
        )
      }
    >
      A budget warns, or refuses paid work before it is ordered: for the studio, a client, a campaign or one ad.
    </EmptyState>
  );
}

/** Over all clients, the server says who may do what; a viewer of all of them learns it from the refusal. */
function useMayCreate(clientId: string | null): boolean {
  const isAdmin = useQuery(meQuery).data?.role === "admin";
  const mayEdit = useMayEdit(clientId ?? undefined);
  return isAdmin || clientId === null || mayEdit;
}

/** What may be spent, and how much of it is gone. */
export function Budgets({ clientId }: { readonly clientId: string | null }) {
  const [offset, setOffset] = useState(0);
  const [isCreating, setIsCreating] = useState(false);
  const client = useQuery(everyClientQuery).data?.find((each) => each.id === clientId);
  const budgets = useQuery({
    ...budgetsQuery({ limit: LIMIT, offset, clientId: clientId ?? undefined }),
    placeholderData: keepPreviousData,
  });
  const mayCreate = useMayCreate(clientId);
  const { data, error } = budgets;
  const create = mayCreate ? () => setIsCreating(true) : null;
  return (
    <div className="flex flex-col gap-3">
      {error && !data ? (
        <Failed error={error} onRetry={() => void budgets.refetch()} />
      ) : data === undefined ? (
        <Pending />
      ) : data.items.length === 0 ? (
        <Nothing onCreate={create} />
      ) : (
        <div className="max-w-180">
          <div className="flex flex-wrap items-center justify-between gap-3">
            <h2 className="sr-only">Budgets</h2>
            <PartKey
              entries={[
                { label: "Spent", look: "solid" },
                { label: "Held back", look: "soft" },
                { label: "Warning mark", look: "mark" },
              ]}
            />
            {create && (
              <Button icon={<Plus aria-hidden />} onClick={create}>
                New budget
              </Button>
            )}
          </div>
          <ul className="mt-2 divide-y divide-line">
            {data.items.map((budget) => (
              <BudgetRow key={budget.id} budget={budget} />
            ))}
          </ul>
          <Pager noun="budgets" offset={offset} limit={LIMIT} total={data.total} onOffsetChange={setOffset} />
        </div>
      )}
      {isCreating && (
        <NewBudget
          client={client ? { value: client.id, label: client.name } : null}
          onClose={() => setIsCreating(false)}
        />
      )}
    </div>
  );
}
