import type { ComponentProps } from "react";
import { cx } from "./cx";

export interface ScrollAreaProps extends ComponentProps<"div"> {
  readonly axis?: "y" | "x" | "both" | undefined;
}

const axes = { y: "overflow-y-auto overflow-x-hidden", x: "overflow-x-auto overflow-y-hidden", both: "overflow-auto" };

/** A part of the page that scrolls on its own. With a label it can be reached and scrolled by keyboard. */
export function ScrollArea({ axis = "y", className, ...props }: ScrollAreaProps) {
  const isNamed = props["aria-label"] !== undefined || props["aria-labelledby"] !== undefined;
  const reachable = isNamed ? { role: "region", tabIndex: 0 } : {};
  return <div {...reachable} {...props} className={cx("min-h-0 min-w-0 scroll-quiet", axes[axis], className)} />;
}
