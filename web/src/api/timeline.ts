/** A film on the desk: its tracks, edits that are tried or kept, and looks at its frames before it is rendered. */
import { queryOptions } from "@tanstack/react-query";

import { answer, http } from "./client";
import { keys } from "./keys";
import { noAnswer, readProblem } from "./problem";
import type { Schemas } from "./types";

type Edits = Schemas["TriedEdits"];

/** The film of the present storyboard; goes stale with its job. */
export const timelineQuery = (jobId: number) =>
  queryOptions({
    queryKey: [...keys.jobs.one(jobId), "timeline"],
    queryFn: ({ signal }) =>
      answer(http.GET("/api/v2/jobs/{job_id}/timeline", { params: { path: { job_id: jobId } }, signal })),
  });

/** The film that edits would make of the storyboard; they are one of many tries, so nothing is asked twice. */
export const triedTimelineQuery = (jobId: number, tried: Edits) =>
  queryOptions({
    queryKey: keys.previews.tried(jobId, tried),
    queryFn: ({ signal }) =>
      answer(
        http.POST("/api/v2/jobs/{job_id}/timeline/preview", {
          params: { path: { job_id: jobId } },
          body: tried,
          signal,
        }),
      ),
    staleTime: Infinity,
    gcTime: 60_000,
  });

/** Makes the edits one new storyboard version; the same key twice makes it once. */
export function keepEdits(jobId: number, edits: Edits, key: string) {
  return answer(
    http.POST("/api/v2/jobs/{job_id}/edit", {
      params: { path: { job_id: jobId }, header: { "idempotency-key": key } },
      body: edits,
    }),
  );
}

/** Who may do what with the client's things. */
export const membersQuery = (clientId: string) =>
  queryOptions({
    queryKey: [...keys.clients.one(clientId), "members"],
    queryFn: ({ signal }) =>
      answer(http.GET("/api/v2/clients/{client_id}/members", { params: { path: { client_id: clientId } }, signal })),
  });

export interface FrameAsked {
  readonly frame: number;
  readonly widthPx: number;
}

/** A frame of a kept version, drawn as the film will be. */
export function previewFrameUrl(jobId: number, version: number, { frame, widthPx }: FrameAsked): string {
  return `/api/v2/jobs/${jobId}/storyboard/${version}/preview?frame=${frame}&width=${widthPx}`;
}

/** A small film of a kept version; the first to ask waits until it is made. */
export function previewFilmUrl(jobId: number, version: number, widthPx: number): string {
  return `/api/v2/jobs/${jobId}/storyboard/${version}/preview.mp4?width=${widthPx}`;
}

/** Fetches a frame of a kept version. */
export function previewFrame(jobId: number, version: number, asked: FrameAsked): Promise<Blob> {
  return picture(fetch(previewFrameUrl(jobId, version, asked), { credentials: "same-origin" }));
}

/** Fetches a frame of the film that edits would make; nothing is kept. */
export function triedFrame(jobId: number, tried: Edits, { frame, widthPx }: FrameAsked): Promise<Blob> {
  return picture(
    fetch(`/api/v2/jobs/${jobId}/preview-frame`, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-Gauntlet-CSRF": "1" },
      body: JSON.stringify({ ...tried, frame, width: widthPx }),
    }),
  );
}

/** Fetches the bytes of a preview film, for its sound. */
export async function previewFilm(jobId: number, version: number, widthPx: number): Promise<ArrayBuffer> {
  return (await picture(fetch(previewFilmUrl(jobId, version, widthPx), { credentials: "same-origin" }))).arrayBuffer();
}

// Bytes come by hand: the typed client reads answers as JSON.
async function picture(call: Promise<Response>): Promise<Blob> {
  let response: Response;
  try {
    response = await call;
  } catch {
    throw noAnswer();
  }
  if (response.ok) return response.blob();
  const text = await response.text();
  throw readProblem(response.status, parsed(text));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not the server's own words: a proxy's page, perhaps. The status says what there is to say.
    return null;
  }
}
