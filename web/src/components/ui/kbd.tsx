import type { ComponentProps } from "react";
import { cx } from "./cx";

/** A key, or several pressed together, as written on it. */
export function Kbd({ className, ...props }: ComponentProps<"kbd">) {
  return (
    <kbd
      className={cx(
        "inline-grid min-w-5 place-items-center rounded-sm border border-line bg-sunken px-1 font-sans text-xs leading-4.5 font-medium text-muted",
        className,
      )}
      {...props}
    />
  );
}
