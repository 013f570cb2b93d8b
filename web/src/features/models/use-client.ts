import { useQuery } from "@tanstack/react-query";

import { clientsQuery } from "@/api/clients";
import type { Client } from "@/api/types";
import { clientScope } from "@/lib/scope";
import { stored, useStored } from "@/lib/store";

/** The client that was chosen last while all were shown. */
const lastClient = stored<string | null>("models.client", null, (value) => (typeof value === "string" ? value : null));

export interface ClientChoice {
  /** Whose the work will be; undefined while nobody is chosen. */
  readonly clientId: string | undefined;
  /** Given while the switcher says "All clients": who may be chosen. */
  readonly clients: readonly Client[] | null;
  readonly choose: (clientId: string) => void;
  readonly isPending: boolean;
}

/** The client that something is made for: the switcher's, else one that is chosen here. */
export function useClientChoice(): ClientChoice {
  const [scope] = useStored(clientScope);
  const [chosen, choose] = useStored(lastClient);
  const { data, isPending } = useQuery({ ...clientsQuery(), enabled: scope === null });
  if (scope !== null) return { clientId: scope, clients: null, choose, isPending: false };
  const clients = data?.items ?? [];
  const only = clients.length === 1 ? clients[0]?.id : undefined;
  const clientId = clients.find(({ id }) => id === chosen)?.id ?? only;
  return { clientId, clients, choose, isPending };
}
