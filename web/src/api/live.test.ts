import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { campaignStatsQuery } from "./clients";
import { keys } from "./keys";
import { createLiveCache, patchJob } from "./live-cache";
import { LiveConnection, type LiveState, type Source, waitMs } from "./live-connection";
import { type JobChanged, type LiveEvent, readLiveEvent } from "./live-events";

class FakeSource implements Source {
  onopen: ((event: Event) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  isClosed = false;
  private readonly heard = new Map<string, (event: MessageEvent<string>) => void>();

  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void {
    this.heard.set(type, listener);
  }

  close(): void {
    this.isClosed = true;
  }

  opens(): void {
    this.onopen?.(new Event("open"));
  }

  breaks(): void {
    this.onerror?.(new Event("error"));
  }

  says(type: string, data: unknown, lastEventId = ""): void {
    this.heard.get(type)?.(new MessageEvent(type, { data: JSON.stringify(data), lastEventId }));
  }
}

function listening() {
  const sources: FakeSource[] = [];
  const urls: string[] = [];
  const states: LiveState[] = [];
  const events: LiveEvent[] = [];
  const onMissed = vi.fn();
  const onDoubt = vi.fn();
  const connection = new LiveConnection({
    open: (url) => {
      urls.push(url);
      const source = new FakeSource();
      sources.push(source);
      return source;
    },
    onEvent: (event) => events.push(event),
    onState: (state) => states.push(state),
    onMissed,
    onDoubt,
    random: () => 1,
  });
  const last = (): FakeSource => {
    const source = sources.at(-1);
    if (!source) throw new Error("Nothing was opened.");
    return source;
  };
  return { connection, sources, urls, states, events, onMissed, onDoubt, last };
}

function changed(over: Partial<JobChanged> = {}): JobChanged {
  return {
    type: "job.changed",
    id: 7,
    clientId: "c",
    campaignId: null,
    status: "rendering",
    storyboardVersion: 1,
    progress: {
      stage: "render",
      percentage: 40,
      stages: {},
      message: "Rendering",
      etaS: 3,
      framesDone: null,
      framesTotal: null,
      shots: [],
    },
    updatedAt: "2026-03-01T10:00:01Z",
    revision: 2,
    ...over,
  };
}

const job = {
  id: 7,
  status: "rendering",
  storyboardVersion: 1,
  progress: { stage: "render", percentage: 10, stages: {}, message: "", etaS: null },
  updatedAt: "2026-03-01T10:00:00Z",
};

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("the connection", () => {
  it("tells events by their own name and without one", () => {
    const { connection, events, last } = listening();
    connection.start();
    last().says("clients.changed", { type: "clients.changed", clientId: "c" });
    last().says("message", { type: "budgets.changed", clientId: null });
    expect(events.map((event) => event.type)).toEqual(["clients.changed", "budgets.changed"]);
  });

  it("leaves out what it does not know", () => {
    expect(readLiveEvent('{"type":"weather.changed"}')).toBeNull();
    expect(readLiveEvent("no JSON")).toBeNull();
    expect(readLiveEvent("null")).toBeNull();
  });

  it("waits twice as long after each failure, up to half a minute, and never all clients together", () => {
    expect([1, 2, 3, 6, 12].map((failures) => waitMs(failures, () => 1))).toEqual([
      1_000, 2_000, 4_000, 30_000, 30_000,
    ]);
    expect(waitMs(1, () => 0)).toBe(500);
  });

  it("opens again after a failure and says that something may have been missed", () => {
    const { connection, sources, states, onMissed, last } = listening();
    connection.start();
    last().opens();
    last().breaks();
    expect(sources[0]?.isClosed).toBe(true);
    vi.advanceTimersByTime(1_000);
    expect(sources).toHaveLength(2);
    last().opens();
    expect(onMissed).toHaveBeenCalledTimes(1);
    expect(states).toEqual(["connecting", "open", "broken", "open"]);
  });

  it("goes on after the last event that it heard, so that nothing has to be asked for again", () => {
    const { connection, urls, onMissed, last } = listening();
    connection.start();
    last().opens();
    last().says("ready", { type: "ready" }, "abc-7");
    last().breaks();
    vi.advanceTimersByTime(1_000);
    last().opens();
    expect(urls).toEqual(["/api/v2/events", "/api/v2/events?lastEventId=abc-7"]);
    expect(onMissed).not.toHaveBeenCalled();
  });

  it("doubts the sign-in when it fails twice in a row", () => {
    const { connection, onDoubt, last } = listening();
    connection.start();
    last().breaks();
    expect(onDoubt).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1_000);
    last().breaks();
    expect(onDoubt).toHaveBeenCalledTimes(1);
  });

  it("tries at once when the network is back", () => {
    const { connection, sources, last } = listening();
    connection.start();
    last().breaks();
    window.dispatchEvent(new Event("online"));
    expect(sources).toHaveLength(2);
    vi.advanceTimersByTime(60_000);
    expect(sources).toHaveLength(2);
  });

  it("opens nothing any more once it is stopped", () => {
    const { connection, sources, states, last } = listening();
    connection.start();
    last().breaks();
    connection.stop();
    vi.advanceTimersByTime(60_000);
    window.dispatchEvent(new Event("online"));
    expect(sources).toHaveLength(1);
    expect(states.at(-1)).toBe("off");
  });
});

describe("the cache", () => {
  it("puts progress into the job and its lists without asking", () => {
    const client = new QueryClient();
    client.setQueryData(keys.jobs.one(7), job);
    client.setQueryData(keys.jobs.list({}), { items: [{ ...job, id: 6 }, job], total: 2 });
    expect(patchJob(client, changed())).toBe(true);
    expect(client.getQueryData(keys.jobs.one(7))).toMatchObject({ progress: { percentage: 40 } });
    expect(client.getQueryData(keys.jobs.list({}))).toMatchObject({
      items: [{ progress: { percentage: 10 } }, { progress: { percentage: 40 } }],
    });
  });

  it("keeps what is newer than the event", () => {
    const client = new QueryClient();
    client.setQueryData(keys.jobs.one(7), { ...job, updatedAt: "2026-03-01T10:00:02Z" });
    patchJob(client, changed());
    expect(client.getQueryData(keys.jobs.one(7))).toMatchObject({ progress: { percentage: 10 } });
  });

  it("leaves another state to the refetch, with all that hangs on it", () => {
    const client = new QueryClient();
    client.setQueryData(keys.jobs.one(7), job);
    expect(patchJob(client, changed({ status: "completed" }))).toBe(false);
    expect(client.getQueryData(keys.jobs.one(7))).toEqual(job);
  });

  it("asks for a job that nobody has seen yet", async () => {
    const { client, asked } = counting();
    createLiveCache(client).apply(changed({ id: 8 }));
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toContainEqual(keys.jobs.lists);
  });

  it("asks for a stored frame at once, and once more for all that came meanwhile", async () => {
    const { client, asked, answer } = counting();
    const cache = createLiveCache(client);
    for (const scene of [1, 2, 3, 4]) cache.apply({ type: "frame.ready", jobId: 7, clientId: "c", version: 1, scene });
    const frames = () => asked.filter((key) => JSON.stringify(key) === JSON.stringify(keys.jobs.one(7)));
    expect(frames()).toHaveLength(1);
    answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(frames()).toHaveLength(2);
    answer();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(frames()).toHaveLength(2);
  });

  it("asks again for what is counted of files when a library changed, campaigns among it", async () => {
    const { client, asked } = counting();
    createLiveCache(client).apply({ type: "assets.changed", clientId: "c", revision: 3 });
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toContainEqual(keys.assets.all);
    for (const counted of ["stats", "storage"]) expect(asked).toContainEqual([...keys.clients.one("c"), counted]);
    const ofCampaign = campaignStatsQuery("k").queryKey;
    expect(asked).toContainEqual(ofCampaign.slice(0, 2));
  });

  it("asks for everything after a gap", async () => {
    const { client, asked } = counting();
    createLiveCache(client).apply({ type: "resync", reason: "too_slow" });
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toEqual([[]]);
  });
});

function counting() {
  const client = new QueryClient();
  const asked: unknown[] = [];
  let answers: (() => void)[] = [];
  vi.spyOn(client, "invalidateQueries").mockImplementation((filter) => {
    asked.push(filter?.queryKey);
    return new Promise((resolve) => answers.push(resolve));
  });
  const answer = (): void => {
    for (const each of answers.splice(0)) each();
  };
  answers = [];
  return { client, asked, answer };
}
