/** What went wrong, in the server's words; a line that broke is told in the same form. */
import type { Problem } from "./types";

export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = "ProblemError";
    this.problem = problem;
  }

  get status(): number {
    return this.problem.status;
  }

  get code(): string {
    return this.problem.code;
  }
}

/** No answer came: nothing is known of what the server did. */
export const NO_ANSWER = "no_answer";

/** Returns the problem of anything that was thrown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const detail = error instanceof Error ? error.message : String(error);
  return made({
    code: "unexpected",
    title: "Something went wrong here",
    detail,
    nextStep: "Reload the page and try again.",
  });
}

/** The problem of a request that no answer came to. */
export function noAnswer(): ProblemError {
  return new ProblemError(
    made({
      code: NO_ANSWER,
      title: "No connection",
      detail: "The server did not answer.",
      nextStep: "What you typed is kept. Try again when the connection is back.",
    }),
  );
}

/** Reads an answer's body as a problem document, whatever it is. */
export function readProblem(status: number, body: unknown): ProblemError {
  if (typeof body === "object" && body !== null && "code" in body && "detail" in body) {
    // The server promises this shape for everything that is no success.
    return new ProblemError(body as Problem);
  }
  return new ProblemError(
    made({
      status,
      code: "unreadable_answer",
      title: "Unexpected answer",
      detail: `The server answered ${status} without saying why.`,
      nextStep: "Try again; if it stays, ask who runs this studio.",
    }),
  );
}

/** The message about one field of a form, if the problem has one. */
export function fieldMessage(problem: Problem | null, field: string): string | undefined {
  return problem?.errors.find((entry) => entry.field === field || entry.field.endsWith(`.${field}`))?.message;
}

function made(given: Partial<Problem>): Problem {
  return {
    type: "about:blank",
    title: "",
    status: 0,
    detail: "",
    code: "",
    nextStep: null,
    instance: "",
    details: {},
    errors: [],
    ...given,
  };
}
