/** Changes to an ad: the answer is shown at once, and what failed is told with what to do. */
import { useMutation, useQueryClient } from "@tanstack/react-query";

import { keys } from "@/api/keys";
import { ProblemError, problemOf } from "@/api/problem";
import type { JobDetail } from "@/api/types";
import { toast } from "@/components/ui";

interface JobChange<Args> {
  call: (args: Args) => Promise<JobDetail>;
  /** What did not happen: "The scene was not changed". */
  failure: string;
  /** The ad as it will be, shown until the answer comes; taken back where it fails. */
  optimistic?: (job: JobDetail, args: Args) => JobDetail;
  onDone?: (job: JobDetail, args: Args) => void;
  /** Problems that the caller tells of in place; a toast tells the others. */
  tells?: (error: ProblemError) => boolean;
}

/** Says a failure as a toast: what did not happen, why, and what to do. */
export function tellFailure(title: string, error: unknown): void {
  const problem = problemOf(error);
  toast({ tone: "critical", title, description: [problem.detail, problem.nextStep].filter(Boolean).join(" ") });
}

export function useJobChange<Args = void>(jobId: number, change: JobChange<Args>) {
  const queries = useQueryClient();
  const key = keys.jobs.one(jobId);
  return useMutation<JobDetail, Error, Args, JobDetail | undefined>({
    mutationFn: change.call,
    onMutate: async (args) => {
      if (change.optimistic === undefined) return undefined;
      await queries.cancelQueries({ queryKey: key, exact: true });
      const before = queries.getQueryData<JobDetail>(key);
      if (before !== undefined) queries.setQueryData<JobDetail>(key, change.optimistic(before, args));
      return before;
    },
    onSuccess: (job, args) => {
      queries.setQueryData<JobDetail>(key, job);
      void queries.invalidateQueries({ queryKey: keys.jobs.lists });
      void queries.invalidateQueries({ queryKey: [...key, "versions"] });
      change.onDone?.(job, args);
    },
    onError: (error, _args, before) => {
      if (before !== undefined) queries.setQueryData<JobDetail>(key, before);
      // Somebody else may have been quicker: look again at what is there.
      void queries.invalidateQueries({ queryKey: key });
      if (error instanceof ProblemError && change.tells?.(error) === true) return;
      tellFailure(change.failure, error);
    },
  });
}
