/** A value of this browser that outlives a reload, shared by all that read it and by other tabs. */
import { useSyncExternalStore } from "react";

export interface Stored<T> {
  get: () => T;
  set: (value: T) => void;
  subscribe: (listener: () => void) => () => void;
}

/** Keeps a value under `gauntlet.NAME`; `read` turns what was kept, by whatever version, into a value or null. */
export function stored<T>(name: string, initial: T, read: (kept: unknown) => T | null): Stored<T> {
  const key = `gauntlet.${name}`;
  const listeners = new Set<() => void>();
  let value = load(key, read) ?? initial;
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  window.addEventListener("storage", (event) => {
    if (event.key !== key) return;
    value = load(key, read) ?? initial;
    tell();
  });
  return {
    get: () => value,
    set: (next) => {
      value = next;
      save(key, next);
      tell();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The value, and a render whenever it changes. */
export function useStored<T>(store: Stored<T>): [T, (value: T) => void] {
  return [useSyncExternalStore(store.subscribe, store.get), store.set];
}

function load<T>(key: string, read: (kept: unknown) => T | null): T | null {
  try {
    const kept = localStorage.getItem(key);
    return kept === null ? null : read(JSON.parse(kept));
  } catch {
    // Storage is forbidden, or an older version kept something else: the initial value holds.
    return null;
  }
}

function save(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Full or forbidden: the value holds until the page is left.
  }
}
