/** One's own account: name, password, keys for programs. */
import { queryOptions } from "@tanstack/react-query";

import { answer, http, page } from "./client";
import { keys } from "./keys";
import type { Schemas } from "./types";

export type ApiKey = Schemas["ApiKey"];
export type IssuedApiKey = Schemas["IssuedApiKey"];

export const apiKeysQuery = queryOptions({
  queryKey: keys.apiKeys.all,
  queryFn: ({ signal }) => page(http.GET("/api/v2/api-keys", { params: { query: { limit: 100 } }, signal })),
});

/** Makes a key; it is in this answer and never again. */
export function createApiKey(name: string): Promise<IssuedApiKey> {
  return answer(http.POST("/api/v2/api-keys", { body: { name } }));
}

export function revokeApiKey(keyId: number): Promise<unknown> {
  return answer(http.DELETE("/api/v2/api-keys/{key_id}", { params: { path: { key_id: keyId } } }));
}

/** Changes one's name or password; a new password ends all other sessions. */
export function changeMe(patch: Schemas["OwnAccountPatch"]) {
  return answer(http.PATCH("/api/v2/me", { body: patch }));
}
