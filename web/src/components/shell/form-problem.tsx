import { fieldMessage, problemOf } from "@/api/problem";
import { Banner } from "@/components/ui/states";

/** What is wrong with one field, in the server's words; it names the field in its list or in its details. */
export function fieldProblem(error: Error | null, field: string): string | undefined {
  const problem = error && problemOf(error);
  if (!problem) return undefined;
  if (problem.details.field === field) return [problem.detail, problem.nextStep].filter(Boolean).join(" ");
  return fieldMessage(problem, field);
}

export interface FormProblemProps {
  readonly error: Error | null;
  /** The fields of the form that show what is wrong with them by themselves. */
  readonly fields?: readonly string[] | undefined;
}

/** Why a form was refused, unless one of its fields says it. */
export function FormProblem({ error, fields = [] }: FormProblemProps) {
  if (!error || fields.some((field) => fieldProblem(error, field) !== undefined)) return null;
  const { detail, nextStep } = problemOf(error);
  return (
    <Banner tone="critical" title={detail}>
      {nextStep}
    </Banner>
  );
}
