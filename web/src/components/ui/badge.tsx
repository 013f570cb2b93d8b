import type { ReactNode } from "react";
import { cx } from "./cx";

export type Tone = "neutral" | "accent" | "positive" | "caution" | "critical";

const soft: Record<Tone, string> = {
  neutral: "bg-sunken text-muted dark:bg-raised",
  accent: "bg-accent-soft text-accent",
  positive: "bg-positive-soft text-positive",
  caution: "bg-caution-soft text-caution",
  critical: "bg-critical-soft text-critical",
};

const dots: Record<Tone, string> = {
  neutral: "bg-edge",
  accent: "bg-accent",
  positive: "bg-positive",
  caution: "bg-caution",
  critical: "bg-critical",
};

export interface BadgeProps {
  readonly children: ReactNode;
  readonly tone?: Tone | undefined;
  readonly icon?: ReactNode;
  readonly className?: string | undefined;
}

/** A state in a word. Colour never says it alone. */
export function Badge({ children, tone = "neutral", icon, className }: BadgeProps) {
  return (
    <span
      className={cx(
        "inline-flex h-5 max-w-full min-w-0 items-center gap-1 rounded-sm px-1.5 text-xs font-semibold [&_svg]:size-3 [&_svg]:shrink-0",
        soft[tone],
        className,
      )}
    >
      {icon}
      <span className="min-w-0 truncate">{children}</span>
    </span>
  );
}

export interface StatusDotProps {
  readonly tone: Tone;
  /** The state in a word, beside the dot. */
  readonly label: ReactNode;
  /** Work is under way: the dot breathes. */
  readonly live?: boolean | undefined;
  readonly labelHidden?: boolean | undefined;
  readonly className?: string | undefined;
}

/** A state as a dot and a word, where a badge would be too loud. */
export function StatusDot({ tone, label, live = false, labelHidden = false, className }: StatusDotProps) {
  return (
    <span className={cx("inline-flex max-w-full min-w-0 items-center gap-2 text-sm text-muted", className)}>
      <span aria-hidden className={cx("size-2 shrink-0 rounded-full", dots[tone], live && "animate-breathe")} />
      <span className={labelHidden ? "sr-only" : "min-w-0 truncate"}>{label}</span>
    </span>
  );
}
