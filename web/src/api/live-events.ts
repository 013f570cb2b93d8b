/** What the server tells while it happens: short hints, told apart by `type`. */
import type { Schemas } from "./types";

export type LiveEvent = Schemas["LiveEvent"];
export type LiveEventType = LiveEvent["type"];
export type JobChanged = Extract<LiveEvent, { type: "job.changed" }>;

// A record, so that an event that the server learns to tell cannot be forgotten here.
const TYPES: Record<LiveEventType, true> = {
  ready: true,
  resync: true,
  "job.changed": true,
  "frame.ready": true,
  "shot.ready": true,
  "brief.changed": true,
  "image.changed": true,
  "video.changed": true,
  "audio.changed": true,
  "assets.changed": true,
  "campaigns.changed": true,
  "budgets.changed": true,
  "clients.changed": true,
};

export const LIVE_EVENT_TYPES = Object.keys(TYPES) as LiveEventType[];

/** Reads an event's data; null where it is nothing that this version of the studio knows. */
export function readLiveEvent(data: string): LiveEvent | null {
  let event: unknown;
  try {
    event = JSON.parse(data);
  } catch {
    return null;
  }
  if (typeof event !== "object" || event === null || !("type" in event)) return null;
  return typeof event.type === "string" && Object.hasOwn(TYPES, event.type) ? (event as LiveEvent) : null;
}
