/** Editing a brief in place: typed words are kept in this browser until the server has them. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

import { editBrief } from "@/api/briefs";
import { keys } from "@/api/keys";
import { ProblemError, problemOf } from "@/api/problem";
import type { Brief, BriefDetail, Problem } from "@/api/types";
import { useDraft } from "@/lib/drafts";

import { addPending, countPending, patchOf, type Pending, withPending } from "./pending";

export interface BriefEditing {
  /** The brief with what is typed. */
  readonly brief: Brief;
  readonly change: (next: Pending) => void;
  readonly count: number;
  /** Saves what is typed; answers the version that it is in then. */
  readonly save: () => Promise<number>;
  readonly discard: () => void;
  readonly isSaving: boolean;
  readonly problem: Problem | null;
  /** Somebody else was quicker: their version is shown, with the own words on top. */
  readonly isConflict: boolean;
}

export function useBriefEditing(detail: BriefDetail, content: Brief): BriefEditing {
  const queries = useQueryClient();
  const [pending, setPending, clearDraft] = useDraft<Pending>(`brief.${detail.id}`, {});
  const count = countPending(pending);
  const saving = useMutation({
    mutationFn: () => editBrief(detail.id, patchOf(pending, detail.version)),
    onSuccess: (saved) => {
      queries.setQueryData(keys.briefs.one(detail.id), saved);
      void queries.invalidateQueries({ queryKey: [...keys.briefs.one(detail.id), "versions"] });
      setPending({});
      clearDraft();
    },
    onError: () => void queries.invalidateQueries({ queryKey: keys.briefs.one(detail.id) }),
  });
  const error = saving.error;
  const change = useCallback((next: Pending) => setPending((was) => addPending(was, next)), [setPending]);
  return {
    brief: withPending(content, pending),
    count,
    change,
    save: async () => (count === 0 ? detail.version : (await saving.mutateAsync()).version),
    discard: () => {
      saving.reset();
      setPending({});
      clearDraft();
    },
    isSaving: saving.isPending,
    problem: error === null ? null : problemOf(error),
    isConflict: error instanceof ProblemError && error.status === 409,
  };
}
