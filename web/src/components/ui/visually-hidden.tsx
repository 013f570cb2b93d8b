import type { ComponentProps } from "react";
import { cx } from "./cx";

/** Words for screen readers only. */
export function VisuallyHidden({ className, ...props }: ComponentProps<"span">) {
  return <span className={cx("sr-only", className)} {...props} />;
}
