/** What administrators look after: accounts, space, a job's steps, the machine, and who did what. */
import { queryOptions } from "@tanstack/react-query";

import { answer, http, page } from "./client";
import { keys } from "./keys";
import type { paths } from "./schema";
import type { Schemas } from "./types";

export type AuditEntry = Schemas["AuditEntry"];
export type AuditFilter = NonNullable<paths["/api/v2/admin/audit"]["get"]["parameters"]["query"]>;
export type Diagnosis = Schemas["Diagnosis"];
export type JobHistory = Schemas["JobHistory"];
export type QuarantinedAsset = Schemas["QuarantinedAsset"];
export type StorageCheckResult = Schemas["StorageCheckResult"];
export type StorageOverview = Schemas["StorageOverview"];

interface Page {
  limit: number;
  offset: number;
}

export const usersQuery = (filter: Page) =>
  queryOptions({
    queryKey: keys.admin.part("users", filter),
    queryFn: ({ signal }) => page(http.GET("/api/v2/users", { params: { query: filter }, signal })),
  });

export function createUser(draft: Schemas["UserDraft"]) {
  return answer(http.POST("/api/v2/users", { body: draft }));
}

/** A new password, another role or being disabled ends the user's sessions. */
export function updateUser(userId: number, patch: Schemas["UserPatch"]) {
  return answer(http.PATCH("/api/v2/users/{user_id}", { params: { path: { user_id: userId } }, body: patch }));
}

export const storageQuery = queryOptions({
  queryKey: keys.admin.part("storage"),
  queryFn: ({ signal }) => answer(http.GET("/api/v2/admin/storage", { signal })),
});

/** Null is as many bytes as the server's setting says. */
export function setQuota(clientId: string, quotaBytes: number | null) {
  return answer(
    http.PUT("/api/v2/admin/clients/{client_id}/quota", {
      params: { path: { client_id: clientId } },
      body: { quotaBytes },
    }),
  );
}

/** Proves that rows and bytes agree, as far as a while is enough; changes nothing. */
export function checkStorage(after: string | null) {
  return answer(http.POST("/api/v2/admin/storage/check", { body: { depth: "sizes", after } }));
}

export const quarantineQuery = (filter: Page) =>
  queryOptions({
    queryKey: keys.admin.part("quarantine", filter),
    queryFn: ({ signal }) => page(http.GET("/api/v2/admin/quarantine", { params: { query: filter }, signal })),
  });

export function adoptAsset(assetId: string, clientId: string) {
  return answer(
    http.POST("/api/v2/admin/quarantine/{asset_id}/adopt", {
      params: { path: { asset_id: assetId } },
      body: { clientId },
    }),
  );
}

export const jobHistoryQuery = (jobId: number) =>
  queryOptions({
    queryKey: keys.admin.part("steps", { jobId }),
    queryFn: ({ signal }) =>
      answer(http.GET("/api/v2/admin/jobs/{job_id}/steps", { params: { path: { job_id: jobId } }, signal })),
  });

export const doctorQuery = queryOptions({
  queryKey: keys.admin.part("doctor"),
  queryFn: ({ signal }) => answer(http.GET("/api/v2/admin/doctor", { signal })),
  // Looking is work for the machine; it is done again when somebody asks.
  staleTime: Number.POSITIVE_INFINITY,
});

export const auditQuery = (filter: AuditFilter) =>
  queryOptions({
    queryKey: keys.admin.part("audit", filter),
    queryFn: ({ signal }) => page(http.GET("/api/v2/admin/audit", { params: { query: filter }, signal })),
  });
