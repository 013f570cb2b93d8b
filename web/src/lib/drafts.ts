/** What somebody typed and has not sent: kept in this browser until it is sent, whatever happens to the page. */
import { useCallback, useEffect, useRef, useState } from "react";

const SAVE_AFTER_MS = 300;

/** A state under a name that survives reloads and lost connections; `clear` once it was sent. */
export function useDraft<T>(name: string, initial: T): [T, (next: T | ((was: T) => T)) => void, () => void] {
  const key = `gauntlet.draft.${name}`;
  const [value, setValue] = useState<T>(() => (readDraft(key) as T | null) ?? initial);
  // Nothing is kept before somebody changes it: an untouched form must show what the server has by the next time.
  const isToKeep = useRef(false);
  useEffect(() => {
    const flush = (): void => {
      if (isToKeep.current) writeDraft(key, value);
    };
    const timer = setTimeout(flush, SAVE_AFTER_MS);
    window.addEventListener("pagehide", flush);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("pagehide", flush);
    };
  }, [key, value]);
  const change = useCallback((next: T | ((was: T) => T)) => {
    isToKeep.current = true;
    setValue(next);
  }, []);
  const clear = useCallback(() => {
    isToKeep.current = false;
    removeDraft(key);
  }, [key]);
  return [value, change, clear];
}

/** Keeps something under a draft's name for a page that opens later. */
export function keepDraft(name: string, value: unknown): void {
  writeDraft(`gauntlet.draft.${name}`, value);
}

function readDraft(key: string): unknown {
  try {
    const kept = localStorage.getItem(key);
    return kept === null ? null : (JSON.parse(kept) as unknown);
  } catch {
    return null;
  }
}

function writeDraft(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Full or forbidden: the draft lives as long as the page.
  }
}

function removeDraft(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // As above.
  }
}
