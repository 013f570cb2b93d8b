/** The one queue of this window, and how components read it. */
import { useSyncExternalStore } from "react";

import { type UploadItem, UploadManager } from "./manager";
import { tusTransport } from "./tus-transport";

export type { AddOptions, UploadItem, UploadState, UploadTarget } from "./manager";

/** Add files here from anywhere: `uploads.add(files, { clientId, campaignId, tags })`. */
export const uploads = new UploadManager(tusTransport);

/** All uploads of this window as they are now. */
export function useUploads(): readonly UploadItem[] {
  return useSyncExternalStore(uploads.subscribe, uploads.items);
}
