/** The frame that is looked at: it changes thirty times a second, so only what shows it renders again. */
import { useSyncExternalStore } from "react";

export interface FrameStore {
  get: () => number;
  set: (frame: number) => void;
  subscribe: (listener: () => void) => () => void;
}

export function createFrameStore(initial = 0): FrameStore {
  const listeners = new Set<() => void>();
  let frame = initial;
  return {
    get: () => frame,
    set: (next) => {
      if (next === frame) return;
      frame = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useFrame(store: FrameStore): number {
  return useSyncExternalStore(store.subscribe, store.get);
}

/** A value of the frame; renders again only when that value changes. */
export function useFrameValue<T>(store: FrameStore, select: (frame: number) => T): T {
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
