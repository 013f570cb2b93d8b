/** A form that saves itself: what is typed is kept in this browser until the server has it. */
import { useMutation } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef } from "react";

import { problemOf } from "@/api/problem";
import type { Problem } from "@/api/types";
import { useDraft } from "@/lib/drafts";
import { useIsOnline } from "@/lib/hooks";

const SAVE_AFTER_MS = 800;

export type SaveState =
  | { readonly kind: "saved" }
  | { readonly kind: "saving" }
  | { readonly kind: "offline" }
  | { readonly kind: "failed"; readonly problem: Problem };

export interface Autosave<T> {
  readonly value: T;
  readonly change: (part: Partial<T>) => void;
  readonly state: SaveState;
  /** Sends what is not saved yet, now. */
  readonly retry: () => void;
  /** Forgets what is not saved. */
  readonly discard: () => void;
}

export interface AutosaveRequest<T> {
  /** Of the draft in this browser; one form, one name. */
  readonly name: string;
  /** What the server has. */
  readonly saved: T;
  /** Sends the whole, and puts the answer where `saved` comes from. */
  readonly save: (value: T) => Promise<unknown>;
  /** Whether it can be sent as it is; what cannot is kept until it can. */
  readonly isSound?: ((value: T) => boolean) | undefined;
}

/** The value that is shown (typed, or else saved), and how it stands with the server. */
export function useAutosave<T extends object>(request: AutosaveRequest<T>): Autosave<T> {
  const { name, saved, save, isSound = () => true } = request;
  const [typed, setTyped, forget] = useDraft<T | null>(name, null);
  const latest = useRef(typed);
  useEffect(() => {
    latest.current = typed;
  }, [typed]);

  const clear = (): void => {
    latest.current = null;
    setTyped(null);
    forget();
  };
  const sending = useMutation({
    mutationFn: save,
    scope: { id: name },
    onSuccess: (_answer, sent) => {
      if (latest.current === sent) clear();
    },
  });
  const isOnline = useIsOnline();
  const send = useEffectEvent((): void => {
    const value = latest.current;
    if (value === null || !isOnline || !isSound(value)) return;
    if (sending.isPending && sending.variables === value) return;
    sending.mutate(value);
  });

  const failedWith = sending.error && sending.variables === typed ? problemOf(sending.error) : null;
  useEffect(() => {
    if (typed === null || failedWith !== null) return;
    const timer = setTimeout(() => send(), SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed, isOnline, failedWith]);
  // Who goes on to another tab within that time has typed it all the same.
  useEffect(() => () => send(), []);

  return {
    value: typed ?? saved,
    change: (part) => setTyped((was) => ({ ...(was ?? saved), ...part })),
    state: stateOf({ isTyped: typed !== null, isOnline, failedWith }),
    retry: () => {
      if (typed !== null) sending.mutate(typed);
    },
    discard: () => {
      sending.reset();
      clear();
    },
  };
}

function stateOf(now: { isTyped: boolean; isOnline: boolean; failedWith: Problem | null }): SaveState {
  if (!now.isTyped) return { kind: "saved" };
  if (now.failedWith) return { kind: "failed", problem: now.failedWith };
  return now.isOnline ? { kind: "saving" } : { kind: "offline" };
}
