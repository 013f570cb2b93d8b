/** Who is signed in. */
import { queryOptions } from "@tanstack/react-query";

import { answer, http } from "./client";
import { keys } from "./keys";
import { ProblemError } from "./problem";
import type { Schemas, User } from "./types";

/** The one who is signed in, or null. */
export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: async ({ signal }): Promise<User | null> => {
    try {
      return await answer(http.GET("/api/v2/me", { signal }));
    } catch (error) {
      if (error instanceof ProblemError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 5 * 60_000,
});

export function signIn(credentials: Schemas["Credentials"]): Promise<Schemas["SignedIn"]> {
  return answer(http.POST("/api/v2/sessions", { body: credentials }));
}

export function signOut(): Promise<unknown> {
  return answer(http.DELETE("/api/v2/sessions/current"));
}

/** Whether the studio waits for its first user. */
export const setupQuery = queryOptions({
  queryKey: keys.setup,
  queryFn: ({ signal }) => answer(http.GET("/api/v2/setup", { signal })),
  staleTime: 0,
});

/** Makes the admin of a new studio and signs in. */
export function setUp(draft: Schemas["SetupDraft"]) {
  return answer(http.POST("/api/v2/setup", { body: draft }));
}
