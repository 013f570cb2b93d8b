import type { QueryClient } from "@tanstack/react-query";

import { keys } from "@/api/keys";

/** Forgets what the server told to whoever was signed in. Drafts are this browser's and stay. */
export function leaveSession(queries: QueryClient): void {
  queries.setQueryData(keys.me, null);
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.me[0] });
}
