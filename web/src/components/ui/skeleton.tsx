import type { CSSProperties } from "react";
import { cx } from "./cx";

export interface SkeletonProps {
  readonly shape?: "text" | "block" | "media" | "circle" | undefined;
  /** Lines of `text`. */
  readonly lines?: number | undefined;
  /** Width by height of `media`: `9 / 16`. */
  readonly aspect?: number | undefined;
  /** Breathes in this colour, for a picture whose palette is known. */
  readonly color?: string | undefined;
  readonly className?: string | undefined;
}

const shapes = {
  text: "h-3.5 rounded-sm",
  block: "h-10 rounded-control",
  media: "w-full rounded-card",
  circle: "size-8 rounded-full",
};

/** The place of something that is on its way. Hidden from screen readers: say once, around it, that it loads. */
export function Skeleton({ shape = "text", lines = 1, aspect = 16 / 9, color, className }: SkeletonProps) {
  const style: CSSProperties = {
    ...(shape === "media" && { aspectRatio: aspect }),
    ...(color !== undefined && { backgroundColor: color }),
  };
  const look = cx("animate-breathe bg-line dark:bg-strong/70", shapes[shape]);
  if (shape !== "text" || lines === 1) return <div aria-hidden style={style} className={cx(look, className)} />;
  return (
    <div aria-hidden className={cx("flex flex-col gap-2", className)}>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} style={style} className={cx(look, line === lines - 1 && "w-3/5")} />
      ))}
    </div>
  );
}
