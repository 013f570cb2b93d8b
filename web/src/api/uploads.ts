/** Files on their way, as the server knows them. The bytes themselves go by components/uploads. */
import { queryOptions } from "@tanstack/react-query";

import { answer, http, page } from "./client";
import { keys } from "./keys";
import type { Schemas } from "./types";

export type ServerUpload = Schemas["Upload"];

export const UPLOADS_PATH = "/api/v2/uploads";

const LOOK_AGAIN_MS = 2_000;

/** Whether all of a file has come and the server has not yet said what became of it. */
export function isBeingRead(upload: ServerUpload): boolean {
  return upload.status === "receiving" && upload.size !== null && upload.offset >= upload.size;
}

/** The caller's own uploads, newest first: unfinished ones, and for a day those that ended. */
export const uploadsQuery = queryOptions({
  queryKey: keys.uploads.all,
  queryFn: ({ signal }) => page(http.GET("/api/v2/uploads", { params: { query: { limit: 100 } }, signal })),
  refetchInterval: (query) => (query.state.data?.items.some(isBeingRead) ? LOOK_AGAIN_MS : false),
});

/** Ends an upload and forgets what came of it. */
export function discardUpload(uploadId: string) {
  return answer(
    http.DELETE("/api/v2/uploads/{upload_id}", {
      params: { path: { upload_id: uploadId } },
      headers: { "Tus-Resumable": "1.0.0" },
    }),
  );
}
