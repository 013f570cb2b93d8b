import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { startLive } from "./live";
import type { Source } from "./live-connection";

type Grant = () => Promise<void>;

class FakeChannel {
  static all: FakeChannel[] = [];
  onmessage: ((event: MessageEvent<unknown>) => void) | null = null;
  isClosed = false;

  constructor() {
    FakeChannel.all.push(this);
  }

  postMessage(data: unknown): void {
    if (this.isClosed) throw new Error("Channel is closed");
    for (const other of FakeChannel.all) {
      if (other !== this && !other.isClosed) other.onmessage?.(new MessageEvent("message", { data }));
    }
  }

  close(): void {
    this.isClosed = true;
  }
}

let grants: Grant[] = [];

function source(): Source & { says: (data: unknown) => void } {
  const heard: ((event: MessageEvent<string>) => void)[] = [];
  return {
    onopen: null,
    onerror: null,
    addEventListener: (type, listener) => {
      if (type === "message") heard.push(listener);
    },
    close: () => undefined,
    says: (data) => {
      for (const listener of heard) listener(new MessageEvent("message", { data: JSON.stringify(data) }));
    },
  };
}

/** A tab: its cache, what it opened, and how it is left. */
function tab() {
  const client = new QueryClient();
  const invalidated = vi.spyOn(client, "invalidateQueries").mockResolvedValue();
  const opened: ReturnType<typeof source>[] = [];
  const stop = startLive(client, {
    open: () => {
      const next = source();
      opened.push(next);
      return next;
    },
  });
  return { invalidated, opened, stop };
}

beforeEach(() => {
  grants = [];
  FakeChannel.all = [];
  vi.stubGlobal("BroadcastChannel", FakeChannel);
  Object.defineProperty(navigator, "locks", {
    configurable: true,
    value: {
      request: (_name: string, _options: object, grant: Grant) => {
        grants.push(grant);
        return new Promise(() => undefined);
      },
    },
  });
});

afterEach(() => {
  Reflect.deleteProperty(navigator, "locks");
});

it("opens one stream for two tabs, and both hear it", () => {
  const [first, second] = [tab(), tab()];
  void grants[0]?.();
  expect([first.opened.length, second.opened.length]).toEqual([1, 0]);
  first.opened[0]?.says({ type: "campaigns.changed", clientId: "c" });
  expect(first.invalidated).toHaveBeenCalledWith({ queryKey: ["campaigns"] });
  expect(second.invalidated).toHaveBeenCalledWith({ queryKey: ["campaigns"] });
  first.stop();
  second.stop();
});

it("asks for everything when it takes over from a tab that was closed", () => {
  const [first, second] = [tab(), tab()];
  void grants[0]?.();
  first.stop();
  void grants[1]?.();
  expect(second.opened).toHaveLength(1);
  expect(second.invalidated).toHaveBeenCalledWith({ queryKey: [] });
  second.stop();
});

it("opens nothing for a lock that comes after the end", () => {
  const left = tab();
  left.stop();
  void grants[0]?.();
  expect(left.opened).toHaveLength(0);
});
