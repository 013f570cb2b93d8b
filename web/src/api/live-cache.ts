/** What live events mean for what the browser keeps: patched where the event says it all, else asked for again. */
import type { InfiniteData, QueryClient, QueryKey } from "@tanstack/react-query";

import type { Page } from "./client";
import { Coalescer } from "./coalesce";
import { keys } from "./keys";
import type { JobChanged, LiveEvent } from "./live-events";
import type { Job, JobDetail } from "./types";

/** What is looked at closely: again as soon as the last answer is there. */
const AT_ONCE_MS = 0;
/** Lists and sums, which many things change. */
const SOON_MS = 400;

export interface LiveCache {
  apply: (event: LiveEvent) => void;
  /** Asks again for everything that is shown: something may have been missed. */
  everything: () => void;
}

interface Stale {
  queryKey: QueryKey;
  exact?: boolean;
}

export function createLiveCache(client: QueryClient): LiveCache {
  const refetches = new Coalescer<Stale>((filter) => client.invalidateQueries(filter));
  const stale = (queryKey: QueryKey, gapMs: number): void => refetches.touch({ queryKey }, gapMs);
  // Without what hangs on it: versions and timelines change with the storyboard's version, not with its pictures.
  const pictureStored = (jobId: number): void =>
    refetches.touch({ queryKey: keys.jobs.one(jobId), exact: true }, AT_ONCE_MS);
  const everything = (): void => stale([], SOON_MS);

  const sums = (clientId: string, campaignId: string | null): void => {
    stale([...keys.clients.one(clientId), "stats"], SOON_MS);
    if (campaignId !== null) stale(keys.campaigns.one(campaignId), SOON_MS);
  };

  const jobChanged = (event: JobChanged): void => {
    if (patchJob(client, event)) return;
    stale(keys.jobs.one(event.id), AT_ONCE_MS);
    stale(keys.jobs.lists, SOON_MS);
    sums(event.clientId, event.campaignId);
  };

  const mediumChanged = (event: Extract<LiveEvent, { type: "image.changed" | "video.changed" }>): void => {
    const tree = event.type === "image.changed" ? keys.images : keys.videos;
    stale(tree.one(event.id), AT_ONCE_MS);
    stale([tree.all[0], "list"], SOON_MS);
    if (event.jobId !== null) pictureStored(event.jobId);
  };

  const assetsChanged = (clientId: string): void => {
    stale(keys.assets.all, SOON_MS);
    stale([...keys.clients.one(clientId), "stats"], SOON_MS);
    stale([...keys.clients.one(clientId), "storage"], SOON_MS);
    // The event does not say whose campaign's files they are; at most a few campaigns are shown at a time.
    stale(keys.campaigns.ones, SOON_MS);
  };

  // A table, so that an event that the server learns to tell cannot be forgotten here.
  const means: { [Type in LiveEvent["type"]]: (event: Extract<LiveEvent, { type: Type }>) => void } = {
    ready: () => undefined,
    resync: everything,
    "job.changed": jobChanged,
    "frame.ready": ({ jobId }) => {
      pictureStored(jobId);
      stale(keys.jobs.lists, SOON_MS);
    },
    "shot.ready": ({ jobId }) => pictureStored(jobId),
    "brief.changed": ({ id }) => {
      stale(keys.briefs.one(id), AT_ONCE_MS);
      stale([keys.briefs.all[0], "list"], SOON_MS);
    },
    "image.changed": mediumChanged,
    "video.changed": mediumChanged,
    "audio.changed": ({ jobId }) => {
      if (jobId !== null) pictureStored(jobId);
    },
    "assets.changed": ({ clientId }) => assetsChanged(clientId),
    "campaigns.changed": () => stale(keys.campaigns.all, SOON_MS),
    "budgets.changed": () => {
      stale(keys.budgets.all, SOON_MS);
      stale(keys.costs.all, SOON_MS);
    },
    "clients.changed": ({ clientId }) => {
      // Without a client: others may be reached now than before, and so whatever hangs on them.
      if (clientId === null) everything();
      else stale(keys.clients.all, SOON_MS);
    },
  };
  // The table has for each type what takes an event of that type; the compiler cannot follow the pair.
  const apply = (event: LiveEvent): void => (means[event.type] as (event: LiveEvent) => void)(event);
  return { apply, everything };
}

type Lists = Page<Job> | InfiniteData<Page<Job>>;

/**
 * Puts progress into what is kept of a job. Returns whether that was all; where the state or the storyboard is another,
 * what hangs on it is as well, so that it is left for the refetch.
 */
export function patchJob(client: QueryClient, event: JobChanged): boolean {
  let isKnown = true;
  let isSeen = false;
  const patch = <T extends Job>(job: T): T => {
    if (job.id !== event.id) return job;
    isSeen = true;
    if (Date.parse(job.updatedAt) > Date.parse(event.updatedAt)) return job;
    const isSame = job.status === event.status && job.storyboardVersion === event.storyboardVersion;
    if (!isSame) isKnown = false;
    return isSame ? { ...job, progress: event.progress, updatedAt: event.updatedAt } : job;
  };
  client.setQueryData<JobDetail>(keys.jobs.one(event.id), (job) => job && patch(job));
  client.setQueriesData<Lists>({ queryKey: keys.jobs.lists }, (lists) => {
    if (lists === undefined) return undefined;
    if ("pages" in lists) return { ...lists, pages: lists.pages.map((page) => withItems(page, patch)) };
    return withItems(lists, patch);
  });
  // Both were set while the cache was gone through, which the compiler does not see.
  return [isSeen, isKnown].every(Boolean);
}

function withItems(page: Page<Job>, patch: (job: Job) => Job): Page<Job> {
  return { ...page, items: page.items.map(patch) };
}
