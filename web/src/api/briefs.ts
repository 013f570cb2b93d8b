/** Briefs of their own: planned from a prompt, edited, refined in words. */
import { queryOptions } from "@tanstack/react-query";

import { answer, http, page } from "./client";
import { keys } from "./keys";
import type { Schemas } from "./types";

export interface BriefFilter {
  clientId?: string;
  campaignId?: string;
  limit?: number;
  offset?: number;
}

export const briefsQuery = (filter: BriefFilter = {}) =>
  queryOptions({
    queryKey: keys.briefs.list(filter),
    queryFn: ({ signal }) => page(http.GET("/api/v2/briefs", { params: { query: filter }, signal })),
  });

export const briefQuery = (briefId: string) =>
  queryOptions({
    queryKey: keys.briefs.one(briefId),
    queryFn: ({ signal }) =>
      answer(http.GET("/api/v2/briefs/{brief_id}", { params: { path: { brief_id: briefId } }, signal })),
  });

const at = (briefId: string) => ({ path: { brief_id: briefId } });

export function editBrief(briefId: string, patch: Schemas["BriefPatch"]) {
  return answer(http.PATCH("/api/v2/briefs/{brief_id}", { params: at(briefId), body: patch }));
}

export function refineBrief(briefId: string, refinement: Schemas["BriefRefinement"]) {
  return answer(http.POST("/api/v2/briefs/{brief_id}/refine", { params: at(briefId), body: refinement }));
}

export function retryBrief(briefId: string) {
  return answer(http.POST("/api/v2/briefs/{brief_id}/retry", { params: at(briefId) }));
}

/** Plans a brief; the same key twice is the same brief. The answer may come while the planner is still at it. */
export function createBrief(request: Schemas["BriefRequest"], key: string) {
  return answer(http.POST("/api/v2/briefs", { params: { header: { "idempotency-key": key } }, body: request }));
}

/** A version of a brief; it never changes once it is there. */
export const briefVersionQuery = (briefId: string, version: number) =>
  queryOptions({
    queryKey: [...keys.briefs.one(briefId), "version", version],
    queryFn: ({ signal }) =>
      answer(http.GET("/api/v2/briefs/{brief_id}", { params: { ...at(briefId), query: { version } }, signal })),
    staleTime: Infinity,
  });

/** A brief's history, newest first. */
export const briefVersionsQuery = (briefId: string) =>
  queryOptions({
    queryKey: [...keys.briefs.one(briefId), "versions"],
    queryFn: ({ signal }) =>
      page(
        http.GET("/api/v2/briefs/{brief_id}/versions", {
          params: { ...at(briefId), query: { limit: 100 } },
          signal,
        }),
      ),
  });

/** What differs between two versions. */
export const briefDiffQuery = (briefId: string, from: number, to: number) =>
  queryOptions({
    queryKey: [...keys.briefs.one(briefId), "diff", from, to],
    queryFn: ({ signal }) =>
      answer(http.GET("/api/v2/briefs/{brief_id}/diff", { params: { ...at(briefId), query: { from, to } }, signal })),
    staleTime: Infinity,
  });
