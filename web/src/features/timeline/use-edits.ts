/** Edits that are not kept yet: made, tried by the server, undone, kept. They outlive reloads and lost lines. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";

import { jobQuery, reorderJob } from "@/api/jobs";
import { keys } from "@/api/keys";
import { problemOf } from "@/api/problem";
import { keepEdits, triedTimelineQuery } from "@/api/timeline";
import type { JobDetail, Problem } from "@/api/types";
import { toast } from "@/components/ui/toast";
import { useDraft } from "@/lib/drafts";
import { useSettled } from "@/lib/hooks";
import { plural } from "@/lib/units";

import { edited, EDITS_MAX, isHistory, NO_EDITS, redone, undone, withEdit } from "./model/edits";
import type { Edit, History } from "./model/edits";
import { applyEdits } from "./model/film";
import type { Film } from "./model/film";

interface Draft {
  /** The storyboard version that the edits are made to; null while there are none. */
  readonly version: number | null;
  readonly history: History;
}

const NOTHING: Draft = { version: null, history: NO_EDITS };
const TRY_AFTER_MS = 120;

export interface Edits {
  /** The film with all edits made: as the server says it, and in the moment before it does, as we reckon it. */
  readonly film: Film;
  readonly list: readonly Edit[];
  readonly isDirty: boolean;
  /** What the server says against the edits. */
  readonly problem: Problem | null;
  /** The server has said that the edits can be kept, and `film` is what it answered. */
  readonly isTried: boolean;
  /** Somebody else made a newer version than the one that the edits were made to. */
  readonly isStale: boolean;
  readonly staleVersion: number | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly make: (...edits: Edit[]) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly discard: () => void;
  /** Makes the edits to the present version instead. */
  readonly rebase: () => void;
  /** Makes all edits one new version; then, if asked, has the scenes stand in another order. */
  readonly keep: (order?: readonly number[]) => void;
  readonly isKeeping: boolean;
  readonly reorder: (order: readonly number[]) => void;
  readonly isReordering: boolean;
}

export function useEdits(base: Film): Edits {
  const jobId = base.jobId;
  const [kept, setDraft, clear] = useDraft<Draft>(`timeline.${jobId}`, NOTHING);
  const draft = isHistory(kept.history) ? kept : NOTHING;
  const list = draft.history.present;
  const isDirty = list.length > 0;
  const isStale = isDirty && draft.version !== base.version;
  const asked = useSettled(list, TRY_AFTER_MS);
  const tried = useQuery({
    ...triedTimelineQuery(jobId, { version: base.version, edits: [...asked] }),
    enabled: asked.length > 0 && !isStale && asked === list,
    placeholderData: keepPreviousData,
  });
  const isAnswered = asked === list && !tried.isPlaceholderData;
  const isTried = isAnswered && tried.isSuccess;
  const film = useMemo(() => {
    if (!isDirty || isStale) return base;
    return isTried ? tried.data : applyEdits(base, list);
  }, [base, isDirty, isStale, isTried, list, tried.data]);
  const forget = (): void => {
    clear();
    setDraft(NOTHING);
  };
  const keeping = useKeeping(base, forget);
  const reordering = useReordering(jobId);
  const turn = (step: (history: History) => History): void =>
    setDraft((was) => ({ ...was, history: step(isHistory(was.history) ? was.history : NO_EDITS) }));
  const make = (...edits: Edit[]): void => {
    const next = edits.reduce<readonly Edit[]>(withEdit, list);
    if (next.length > EDITS_MAX) tellOfTooMany();
    else setDraft({ version: isDirty ? draft.version : base.version, history: edited(draft.history, next) });
  };
  return {
    ...{ film, list, isDirty, isTried, isStale, make },
    problem: isAnswered && tried.error && !isStale ? problemOf(tried.error) : null,
    staleVersion: isStale ? draft.version : null,
    canUndo: draft.history.past.length > 0,
    canRedo: draft.history.future.length > 0,
    undo: () => turn(undone),
    redo: () => turn(redone),
    discard: () => {
      const before = draft;
      forget();
      toast({ title: `${plural(list.length, "edit")} discarded`, undo: () => setDraft(before) });
    },
    rebase: () => setDraft({ ...draft, version: base.version }),
    keep: (order) => keeping.mutate(list, { onSuccess: () => order && reordering.reorder(order) }),
    isKeeping: keeping.isPending,
    ...reordering,
  };
}

function tellOfTooMany(): void {
  toast({
    id: "edits-max",
    tone: "caution",
    title: `One version takes ${EDITS_MAX} edits`,
    description: "Keep them as a version, then go on.",
  });
}

function useKeeping(base: Film, forget: () => void) {
  const queries = useQueryClient();
  const [made, setMade] = useState<{ key: string; says: string } | null>(null);
  return useMutation({
    mutationFn: (list: readonly Edit[]) => {
      // The same edits sent again, after a lost answer, are the same wish.
      const says = JSON.stringify([base.version, list]);
      const key = made?.says === says ? made.key : crypto.randomUUID();
      setMade({ key, says });
      return keepEdits(base.jobId, { version: base.version, edits: [...list] }, key);
    },
    onSuccess: (job) => {
      forget();
      tellOfVersion(job, "Kept");
      return settle(queries, job);
    },
    onError: (error) => {
      const problem = problemOf(error);
      if (problem.status === 409) void queries.invalidateQueries({ queryKey: keys.jobs.one(base.jobId) });
      tellOfProblem(problem, "Edits were not kept");
    },
  });
}

function useReordering(jobId: number) {
  const queries = useQueryClient();
  const mutation = useMutation({
    mutationFn: (order: readonly number[]) => reorderJob(jobId, [...order]),
    onSuccess: (job) => settle(queries, job),
    onError: (error) => tellOfProblem(problemOf(error), "The scene was not moved"),
  });
  const reorder = (order: readonly number[]): void => {
    const back = order.map((_, index) => order.indexOf(index + 1) + 1);
    mutation.mutate(order, { onSuccess: (job) => tellOfVersion(job, "Moved", () => reorder(back)) });
  };
  return { reorder, isReordering: mutation.isPending };
}

function settle(queries: ReturnType<typeof useQueryClient>, job: JobDetail): Promise<void> {
  queries.setQueryData(jobQuery(job.id).queryKey, job);
  return queries.invalidateQueries({ queryKey: keys.jobs.one(job.id) });
}

function tellOfVersion(job: JobDetail, verb: string, undo?: () => void): void {
  const version = job.storyboardVersion ?? 1;
  toast({
    tone: "positive",
    title: `${verb} as version ${version}`,
    action: undo ? undefined : { label: "See storyboard", href: `/ads/${job.id}?step=storyboard` },
    undo,
  });
}

function tellOfProblem(problem: Problem, title: string): void {
  toast({
    tone: "critical",
    title,
    description: [problem.detail, problem.nextStep].filter(Boolean).join(" "),
  });
}
