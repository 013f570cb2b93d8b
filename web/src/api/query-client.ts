/** How the browser keeps what the server said. Live events tell what is stale; nothing is asked for on a clock. */
import { QueryClient } from "@tanstack/react-query";

import { NO_ANSWER, ProblemError } from "./problem";

const RETRIES = 2;

function isWorthRetrying(error: Error): boolean {
  return error instanceof ProblemError && (error.code === NO_ANSWER || error.status >= 502);
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (count, error) => count < RETRIES && isWorthRetrying(error),
        refetchOnWindowFocus: true,
        throwOnError: false,
      },
      // A change is sent once: whether it may be sent again is the person's to say.
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
