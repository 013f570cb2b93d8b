import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";

import { undecidedQuery } from "@/api/costs";
import { everyClientQuery } from "@/api/work";
import { Badge } from "@/components/ui/badge";
import { PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";
import { useTitle } from "@/lib/hooks";
import { clientScope } from "@/lib/scope";
import { useStored } from "@/lib/store";

import { Budgets } from "./budgets/budgets";
import { Ledger } from "./ledger";
import { Overview } from "./overview/overview";
import { Undecided } from "./undecided/undecided";

const route = getRouteApi("/studio/costs");

/** What was spent, what may be spent, and what somebody has to decide. */
export function CostsPage() {
  useTitle("Costs");
  const { tab = "overview" } = route.useSearch();
  const navigate = route.useNavigate();
  const [clientId] = useStored(clientScope);
  const client = useQuery(everyClientQuery).data?.find((each) => each.id === clientId);
  const { data } = useQuery(undecidedQuery);
  const undecided = useMemo(
    () => data?.items.filter((intent) => clientId === null || intent.clientId === clientId) ?? [],
    [data, clientId],
  );
  const tabs = [
    { value: "overview", label: "Overview", content: <Overview undecided={undecided} clientId={clientId} /> },
    { value: "budgets", label: "Budgets", content: <Budgets clientId={clientId} /> },
    { value: "ledger", label: "Ledger", content: <Ledger key={clientId} clientId={clientId} /> },
    {
      value: "undecided",
      label: "To decide",
      count: undecided.length > 0 ? undecided.length : undefined,
      content: <Undecided clientId={clientId} />,
    },
  ] as const;
  return (
    <div className="mx-auto flex w-full max-w-[80rem] flex-col gap-5 pb-8">
      <PageHeader
        title="Costs"
        description="What hosted models cost. Films are made on this machine, for nothing."
        aside={client && <Badge>{client.name}</Badge>}
      />
      <Tabs
        label="Costs"
        value={tab}
        onValueChange={(next) => void navigate({ to: ".", search: (kept) => ({ ...kept, tab: next }) })}
        tabs={tabs}
      />
    </div>
  );
}
