/** Keys that do something on the page that is open: one listener, one list that `?` shows. */
import { useEffect, useRef } from "react";

export interface Shortcut {
  /** "n", "?", "g h" (one after the other), "mod+k" (⌘ on a Mac, Ctrl elsewhere), "shift+arrowleft". */
  keys: string;
  /** What it does, as a menu would say it. */
  label: string;
  /** Under which heading the list shows it. */
  group: string;
  run: (event: KeyboardEvent) => void;
  /** Whether it works while somebody types. */
  inFields?: boolean;
}

type Entry = { current: Shortcut };

const entries = new Set<Entry>();
const listeners = new Set<() => void>();
const SEQUENCE_MS = 900;
let first: { key: string; at: number } | null = null;

/** The shortcuts of the page as it is now, in the order in which they were added. */
export function currentShortcuts(): Shortcut[] {
  return [...entries].map((entry) => entry.current);
}

export function subscribeShortcuts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Has the shortcuts work while the component is there. */
export function useShortcuts(shortcuts: Shortcut[]): void {
  const held = useRef<Entry[]>([]);
  const names = shortcuts.map((shortcut) => shortcut.keys).join("|");
  useEffect(() => {
    held.current.forEach((entry, index) => {
      const next = shortcuts[index];
      if (next) entry.current = next;
    });
  });
  useEffect(() => {
    const added = shortcuts.map((shortcut) => ({ current: shortcut }));
    held.current = added;
    for (const entry of added) entries.add(entry);
    tell();
    return () => {
      for (const entry of added) entries.delete(entry);
      tell();
    };
    // The set changes with its keys only; what they do is kept current by the effect above.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [names]);
}

/** Listens to the keyboard; called once, by the shell. Returns how to stop. */
export function listenForShortcuts(target: Window = window): () => void {
  const handle = (event: KeyboardEvent): void => {
    const match = matching(event);
    if (!match) return;
    event.preventDefault();
    match.run(event);
  };
  target.addEventListener("keydown", handle);
  return () => target.removeEventListener("keydown", handle);
}

/** The name of a pressed key with its modifiers, as `Shortcut.keys` spells it. */
export function nameOf(event: Pick<KeyboardEvent, "key" | "metaKey" | "ctrlKey" | "altKey" | "shiftKey">): string {
  const key = event.key === " " ? "space" : event.key.toLowerCase();
  // Shift is part of what a printable key says: "?" is not "shift+/".
  const isPrintable = event.key.length === 1 && event.key !== " ";
  const parts = [
    event.metaKey || event.ctrlKey ? "mod" : "",
    event.altKey ? "alt" : "",
    event.shiftKey && !isPrintable ? "shift" : "",
    key,
  ];
  return parts.filter(Boolean).join("+");
}

function matching(event: KeyboardEvent): Shortcut | null {
  if (event.defaultPrevented || event.isComposing) return null;
  const name = nameOf(event);
  const sequence = first && event.timeStamp - first.at < SEQUENCE_MS ? `${first.key} ${name}` : null;
  const typing = isTyping(event.target);
  // What was added last is nearest to what the person looks at.
  const usable = currentShortcuts()
    .reverse()
    .filter((shortcut) => !typing || shortcut.inFields === true);
  const found = usable.find(({ keys }) => keys === sequence) ?? usable.find(({ keys }) => keys === name) ?? null;
  first = found === null && !typing ? { key: name, at: event.timeStamp } : null;
  return found;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(textarea|select)$/i.test(target.tagName) || isTextInput(target);
}

function isTextInput(target: HTMLElement): boolean {
  return target instanceof HTMLInputElement && !/^(checkbox|radio|range|button|submit|color|file)$/.test(target.type);
}

function tell(): void {
  for (const listener of listeners) listener();
}
