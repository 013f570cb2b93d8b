/** Ads on their way from prompt to film. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";

import { answer, http, idempotencyKey, page } from "./client";
import { keys } from "./keys";
import type { JobStatus, Schemas } from "./types";

export interface JobFilter {
  clientId?: string;
  campaignId?: string;
  status?: JobStatus;
  limit?: number;
  offset?: number;
}

export const jobsQuery = (filter: JobFilter = {}) =>
  queryOptions({
    queryKey: keys.jobs.list(filter),
    queryFn: ({ signal }) => page(http.GET("/api/v2/jobs", { params: { query: filter }, signal })),
  });

const JOBS_PAGE = 60;

/** The same, page after page, for lists that load as they are scrolled. */
export const jobPagesQuery = (filter: Omit<JobFilter, "limit" | "offset">) =>
  infiniteQueryOptions({
    queryKey: [...keys.jobs.list(filter), "pages"],
    queryFn: ({ signal, pageParam }) =>
      page(http.GET("/api/v2/jobs", { params: { query: { ...filter, limit: JOBS_PAGE, offset: pageParam } }, signal })),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const loaded = pages.reduce((count, each) => count + each.items.length, 0);
      return loaded < last.total && last.items.length > 0 ? loaded : undefined;
    },
  });

export const jobQuery = (jobId: number) =>
  queryOptions({
    queryKey: keys.jobs.one(jobId),
    queryFn: ({ signal }) => answer(http.GET("/api/v2/jobs/{job_id}", { params: { path: { job_id: jobId } }, signal })),
  });

const at = (jobId: number) => ({ path: { job_id: jobId } });

/** Starts an ad; the same key twice is the same ad. */
export function generate(request: Schemas["JobRequest"], key: string) {
  return answer(http.POST("/api/v2/generate", { params: { header: { "idempotency-key": key } }, body: request }));
}

export function estimate(request: Schemas["JobRequest"]) {
  return answer(http.POST("/api/v2/estimates", { body: request }));
}

/** Approves exactly the version that was seen. */
export function approveJob(jobId: number, version: number) {
  return answer(http.POST("/api/v2/jobs/{job_id}/approve", { params: at(jobId), body: { version } }));
}

export function renderJob(jobId: number) {
  return answer(http.POST("/api/v2/jobs/{job_id}/render", { params: at(jobId) }));
}

export function cancelJob(jobId: number) {
  return answer(http.DELETE("/api/v2/jobs/{job_id}", { params: at(jobId) }));
}

export function pauseJob(jobId: number) {
  return answer(http.POST("/api/v2/jobs/{job_id}/pause", { params: at(jobId) }));
}

export function retryJob(jobId: number) {
  return answer(http.POST("/api/v2/jobs/{job_id}/retry", { params: at(jobId) }));
}

export function refineJob(jobId: number, refinement: Schemas["Refinement"]) {
  return answer(http.POST("/api/v2/jobs/{job_id}/refine", { params: at(jobId), body: refinement }));
}

export function reorderJob(jobId: number, order: number[]) {
  return answer(http.POST("/api/v2/jobs/{job_id}/reorder", { params: at(jobId), body: { order } }));
}

export function replaceFrame(jobId: number, replacement: Schemas["Replacement"]) {
  return answer(http.POST("/api/v2/jobs/{job_id}/replace", { params: at(jobId), body: replacement }));
}

export function chooseSceneModels(jobId: number, scene: number, models: Schemas["SceneModels"]) {
  return answer(
    http.POST("/api/v2/jobs/{job_id}/scenes/{scene}/source", {
      params: { path: { job_id: jobId, scene } },
      body: models,
    }),
  );
}

/** Has the music made by another model; null leaves it to the synthesized bed. */
export function chooseMusic(jobId: number, model: Schemas["ModelChoice"] | null) {
  return answer(http.POST("/api/v2/jobs/{job_id}/music", { params: at(jobId), body: { model } }));
}

export type StoryboardEdit = Schemas["TriedEdits"]["edits"][number];

/** Makes edits by hand to the version that was seen: all or none, one new version. */
export function editStoryboard(jobId: number, version: number, edits: StoryboardEdit[]) {
  return answer(
    http.POST("/api/v2/jobs/{job_id}/edit", {
      params: { ...at(jobId), header: { "idempotency-key": idempotencyKey() } },
      body: { version, edits },
    }),
  );
}

/** The storyboard's history, newest first. */
export const storyboardVersionsQuery = (jobId: number) =>
  queryOptions({
    queryKey: [...keys.jobs.one(jobId), "versions"],
    queryFn: ({ signal }) =>
      answer(http.GET("/api/v2/jobs/{job_id}/storyboard/versions", { params: at(jobId), signal })),
  });

/** A version's film as data; a version never changes once it is there. */
export const storyboardFilmQuery = (jobId: number, version: number) =>
  queryOptions({
    queryKey: [...keys.jobs.one(jobId), "film", version],
    queryFn: ({ signal }) =>
      answer(http.GET("/api/v2/jobs/{job_id}/timeline", { params: { ...at(jobId), query: { version } }, signal })),
    staleTime: Infinity,
  });

/** Where a small film of a version is, whole or of one scene; made when it is first asked for. */
export function previewFilmUrl(jobId: number, version: number, scene?: number): string {
  const part = scene === undefined ? "" : `&scene=${scene}`;
  return `/api/v2/jobs/${jobId}/storyboard/${version}/preview.mp4?width=360${part}`;
}

/** Where a composed picture of a version's film is, at any frame of it. */
export function previewFrameUrl(jobId: number, version: number, frame: number, width = 360): string {
  return `/api/v2/jobs/${jobId}/storyboard/${version}/preview?frame=${frame}&width=${width}`;
}

/** The files of a finished ad, named to be saved. */
export const downloadsQuery = (jobId: number) =>
  queryOptions({
    queryKey: [...keys.jobs.one(jobId), "downloads"],
    queryFn: ({ signal }) => answer(http.GET("/api/v2/jobs/{job_id}/downloads", { params: at(jobId), signal })),
  });

/** What a program can see of an ad before it is delivered. */
export const preflightQuery = (jobId: number) =>
  queryOptions({
    queryKey: [...keys.jobs.one(jobId), "preflight"],
    queryFn: ({ signal }) => answer(http.GET("/api/v2/jobs/{job_id}/preflight", { params: at(jobId), signal })),
  });

/** What an ad would cost, as it is asked for; null asks nothing. Nothing is stored and nothing spent. */
export const estimateQuery = (request: Schemas["JobRequest"] | null) =>
  queryOptions({
    queryKey: ["estimates", request],
    queryFn: ({ signal }) => answer(http.POST("/api/v2/estimates", { body: request as Schemas["JobRequest"], signal })),
    enabled: request !== null,
    staleTime: 5 * 60_000,
    placeholderData: keepPreviousData,
  });
