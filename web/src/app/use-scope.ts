import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";

import type { Client } from "@/api/types";
import { everyClientQuery } from "@/api/work";
import { clientScope } from "@/lib/scope";
import { useStored } from "@/lib/store";

export interface Scope {
  readonly clients: readonly Client[];
  readonly isPending: boolean;
  /** The client that is worked for; null for all. */
  readonly client: Client | null;
  readonly choose: (clientId: string | null) => void;
}

/** The client that everything below the switcher belongs to; one that is gone is forgotten. */
export function useScope(): Scope {
  const [clientId, choose] = useStored(clientScope);
  const { data, isPending, isFetching } = useQuery(everyClientQuery);
  const client = data?.find((each) => each.id === clientId) ?? null;
  const isGone = clientId !== null && data !== undefined && !isFetching && client === null;
  useEffect(() => {
    if (isGone) choose(null);
  }, [isGone, choose]);
  return { clients: data ?? [], isPending, client, choose };
}
