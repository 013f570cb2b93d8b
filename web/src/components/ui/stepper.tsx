import { Check, Lock } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";
import { Link } from "./link";
import { VisuallyHidden } from "./visually-hidden";

export type StepState = "done" | "current" | "available" | "blocked";

export interface Step {
  readonly id: string;
  readonly label: string;
  readonly state: StepState;
  readonly href: string;
  /** Why it is blocked, what it waits for. */
  readonly hint?: string | undefined;
}

export interface StepperProps {
  readonly steps: readonly Step[];
  /** Which one is on the screen. It need not be where the work is: every step can be looked at. */
  readonly viewing: string;
  readonly label: string;
  readonly stateLabels?: Record<StepState, string> | undefined;
  readonly className?: string | undefined;
}

const english: Record<StepState, string> = {
  done: "done",
  current: "in progress",
  available: "can be opened",
  blocked: "not yet",
};

const marks: Record<StepState, string> = {
  done: "bg-positive-soft text-positive",
  current: "bg-accent text-accent-ink",
  available: "border border-edge text-muted",
  blocked: "border border-strong text-faint",
};

function mark(state: StepState, position: number): ReactNode {
  if (state === "done") return <Check aria-hidden strokeWidth={3} className="size-3" />;
  if (state === "blocked") return <Lock aria-hidden className="size-2.5" />;
  return position;
}

/** Where a piece of work is on its way, and a door to every part of it. */
export function Stepper({ steps, viewing, label, stateLabels = english, className }: StepperProps) {
  return (
    <nav aria-label={label} className={cx("relative min-w-0 overflow-x-auto [scrollbar-width:none]", className)}>
      <ol className="flex min-w-max items-center">
        {steps.map((step, index) => (
          <li key={step.id} className="flex items-center">
            {index > 0 && <span aria-hidden className="h-px w-2 bg-strong sm:w-6" />}
            <Link
              href={step.href}
              title={step.hint}
              aria-current={step.id === viewing ? "step" : undefined}
              className={cx(
                "flex min-h-8 items-center gap-2 rounded-control px-2 text-sm font-semibold whitespace-nowrap transition-colors -outline-offset-2 hover:bg-hover pointer-coarse:min-h-11",
                "aria-[current=step]:bg-hover aria-[current=step]:text-ink",
                step.state === "blocked" ? "text-faint" : "text-muted",
              )}
            >
              <span
                className={cx(
                  "grid size-5 shrink-0 place-items-center rounded-full text-xs tabular",
                  marks[step.state],
                )}
              >
                {mark(step.state, index + 1)}
              </span>
              <span className={cx(step.id !== viewing && "max-sm:sr-only")}>{step.label}</span>
              <VisuallyHidden>
                , {stateLabels[step.state]}
                {step.hint !== undefined && `: ${step.hint}`}
              </VisuallyHidden>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
