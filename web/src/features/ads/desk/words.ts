/** Words that the steps of the desk share. */
import { problemOf } from "@/api/problem";
import type { ProblemWords } from "@/components/ui";

/** A failure to load, as `ErrorState` shows it; what is not there looks as if it never was. */
export function problemWords(error: unknown): ProblemWords {
  const problem = problemOf(error);
  if (problem.status === 404 || problem.status === 422) {
    return {
      title: "There is nothing at this address",
      detail: "It may have been deleted, or belong to a client that you are not a member of.",
    };
  }
  return {
    title: problem.title,
    detail: problem.detail,
    nextStep: problem.nextStep ?? undefined,
    code: problem.code,
  };
}
