/**
 * Live news for the whole studio: one event stream for all of its tabs.
 *
 * Browsers open six connections to a server at most, so that a stream for each tab would soon leave none for anything
 * else. The tab that holds a lock has the stream and tells the others what it hears; when it goes, the next one takes
 * over. Where there are no locks (plain HTTP to another machine), each tab has its own.
 */
import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";

import { keys } from "./keys";
import { createLiveCache } from "./live-cache";
import { LiveConnection, type LiveState, type Source } from "./live-connection";
import type { LiveEvent } from "./live-events";

const NAME = "gauntlet.live";

type Message =
  | { kind: "event"; event: LiveEvent }
  | { kind: "state"; state: LiveState }
  | { kind: "missed" }
  /** A tab that has just come, or that was just looked at, asks how it stands. */
  | { kind: "hello" };

let present: LiveState = "off";
const listeners = new Set<() => void>();

function setPresent(state: LiveState): void {
  if (state === present) return;
  present = state;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** How the stream of live news stands. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(subscribe, () => present);
}

export interface LiveOptions {
  open?: (url: string) => Source;
}

/** Hears live news until the returned function is called: once, while somebody is signed in. */
export function startLive(client: QueryClient, options: LiveOptions = {}): () => void {
  const cache = createLiveCache(client);
  const channel = sharing() ? new BroadcastChannel(NAME) : null;
  const handle = (message: Message): void => {
    if (message.kind === "event") cache.apply(message.event);
    if (message.kind === "state") setPresent(message.state);
    if (message.kind === "missed") cache.everything();
  };
  const tell = (message: Message): void => {
    handle(message);
    channel?.postMessage(message);
  };
  const connection = new LiveConnection({
    open: options.open ?? ((url) => new EventSource(url)),
    onEvent: (event) => tell({ kind: "event", event }),
    onState: (state) => tell({ kind: "state", state }),
    onMissed: () => tell({ kind: "missed" }),
    onDoubt: () => void client.invalidateQueries({ queryKey: keys.me }),
  });
  const stop = channel === null ? alone(connection) : together(connection, channel, handle);
  return () => {
    stop();
    setPresent("off");
  };
}

function sharing(): boolean {
  // The types promise locks; insecure origins have none.
  return "locks" in navigator && "BroadcastChannel" in window;
}

function alone(connection: LiveConnection): () => void {
  connection.start();
  return () => connection.stop();
}

function together(
  connection: LiveConnection,
  channel: BroadcastChannel,
  handle: (message: Message) => void,
): () => void {
  const end = new AbortController();
  let isLeader = false;
  let hasFollowed = false;
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === "hello") {
      if (!isLeader) return;
      connection.retryNow();
      channel.postMessage({ kind: "state", state: present } satisfies Message);
      return;
    }
    hasFollowed = true;
    handle(data);
  };
  const hello = (): void => {
    if (document.visibilityState === "visible") channel.postMessage({ kind: "hello" } satisfies Message);
  };
  document.addEventListener("visibilitychange", hello);
  hello();
  const lead = async (): Promise<void> => {
    // Given just as it was ended: the lock came before the word that nobody waits for it any more.
    if (end.signal.aborted) return;
    isLeader = true;
    // What happened between the former leader's end and now was told to nobody.
    if (hasFollowed) handle({ kind: "missed" });
    connection.start();
    await new Promise((resolve) => end.signal.addEventListener("abort", resolve));
  };
  navigator.locks.request(NAME, { signal: end.signal }, lead).catch((error: unknown) => {
    // Ended before it was this tab's turn.
    if (!end.signal.aborted) throw error;
  });
  return () => {
    document.removeEventListener("visibilitychange", hello);
    end.abort();
    connection.stop();
    channel.close();
  };
}
