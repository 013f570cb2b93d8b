import type { ReactNode } from "react";
import { cx } from "./cx";

const clamp = (share: number) => Math.min(1, Math.max(0, share));
const percent = (share: number) => Math.round(clamp(share) * 100);

export interface ProgressProps {
  /** 0 to 1; null while nobody knows how much there is. */
  readonly value: number | null;
  /** What is under way, read aloud. */
  readonly label: string;
  readonly tone?: "accent" | "positive" | "caution" | "critical" | undefined;
  readonly className?: string | undefined;
}

const fills = { accent: "bg-accent", positive: "bg-positive", caution: "bg-caution", critical: "bg-critical" };

/** How far work has come, as a bar. */
export function Progress({ value, label, tone = "accent", className }: ProgressProps) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value === null ? undefined : percent(value)}
      className={cx("h-1 w-full overflow-hidden rounded-full bg-line dark:bg-strong", className)}
    >
      {value === null ? (
        <div className={cx("h-full w-2/5 animate-sweep rounded-full", fills[tone])} />
      ) : (
        <div
          className={cx("h-full rounded-full transition-[width] duration-200", fills[tone])}
          style={{ width: `${percent(value)}%` }}
        />
      )}
    </div>
  );
}

export interface RingProps {
  /** 0 to 1; null while nobody knows how much there is. */
  readonly value: number | null;
  readonly label: string;
  /** In the middle: a count. */
  readonly children?: ReactNode;
  readonly sizePx?: number | undefined;
  readonly className?: string | undefined;
}

const STROKE = 2.5;

/** How far work has come, as a ring with a count in it. */
export function Ring({ value, label, children, sizePx = 28, className }: RingProps) {
  const radius = sizePx / 2 - STROKE / 2;
  const share = value === null ? 0.25 : clamp(value);
  const circle = { cx: sizePx / 2, cy: sizePx / 2, r: radius, fill: "none", strokeWidth: STROKE };
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value === null ? undefined : percent(value)}
      className={cx("relative inline-grid shrink-0 place-items-center", className)}
      style={{ width: sizePx, height: sizePx }}
    >
      <svg
        aria-hidden
        viewBox={`0 0 ${sizePx} ${sizePx}`}
        className={cx("absolute inset-0 -rotate-90", value === null && "animate-spin")}
      >
        <circle {...circle} className="stroke-line dark:stroke-strong" />
        <circle
          {...circle}
          pathLength={1}
          strokeDasharray={`${share} 1`}
          strokeLinecap="round"
          className="stroke-accent transition-[stroke-dasharray] duration-200"
        />
      </svg>
      <span className="text-xs leading-none font-semibold tabular">{children}</span>
    </span>
  );
}
