/** What the one who is signed in may do with a client's things. */
import { queryOptions, useQuery } from "@tanstack/react-query";

import { answer, http } from "./client";
import { keys } from "./keys";
import { meQuery } from "./session";

export type Right = "owner" | "editor" | "viewer";

const teamQuery = (clientId: string) =>
  queryOptions({
    queryKey: [...keys.clients.one(clientId), "team"],
    queryFn: ({ signal }) =>
      answer(
        http.GET("/api/v2/clients/{client_id}/members", {
          params: { path: { client_id: clientId }, query: { limit: 100 } },
          signal,
        }),
      ),
    staleTime: 5 * 60_000,
  });

/** The right on a client; undefined until it is known. Administrators own everything. */
export function useRight(clientId: string | undefined): Right | undefined {
  const me = useQuery(meQuery).data;
  const isAdmin = me?.role === "admin";
  const team = useQuery({ ...teamQuery(clientId ?? ""), enabled: clientId !== undefined && me != null && !isAdmin });
  if (isAdmin) return "owner";
  return team.data && (team.data.find((member) => member.userId === me?.id)?.role ?? "viewer");
}

/** Whether a client's things may be changed; false until it is known. */
export function useMayEdit(clientId: string | undefined): boolean {
  const right = useRight(clientId);
  return right === "owner" || right === "editor";
}

/** How somebody of a client's team is called; undefined while it is not known, or for who is not of it. */
export function useMemberName(clientId: string, userId: number | undefined): string | undefined {
  const team = useQuery({ ...teamQuery(clientId), enabled: userId !== undefined });
  const member = team.data?.find((each) => each.userId === userId);
  return member && (member.name ?? member.email);
}
