/** Why a film cannot be changed now. */
import type { JobStatus } from "@/api/types";
import { assertNever } from "@/lib/never";

/** The reason in words, or null where it can be changed. */
export function lockedWords(status: JobStatus, isViewer: boolean): string | null {
  if (isViewer) return "You can look at this client's ads; an editor can change them.";
  switch (status) {
    case "storyboard_ready":
    case "completed":
      return null;
    case "pending":
    case "parsing":
    case "generating_storyboard":
      return "The storyboard is being made. You can cut it when its frames are there.";
    case "rendering":
      return "The film is being rendered. You can cut it again when that is done or canceled.";
    case "paused":
      return "This ad is paused. Continue it first, then cut it.";
    case "failed":
      return "This ad failed. Retry it first, then cut it.";
    case "canceled":
      return "This ad was canceled: it can be looked at, and no longer changed.";
    default:
      return assertNever(status);
  }
}
