import type { ReactNode } from "react";
import { cx } from "./cx";

export interface SectionProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly className?: string | undefined;
}

/** One group of the gallery. */
export function Section({ title, children, className }: SectionProps) {
  return (
    <section className="grid gap-4 border-t border-line pt-6 lg:grid-cols-[10rem_minmax(0,1fr)]">
      <h2 className="text-base text-muted">{title}</h2>
      <div className={cx("min-w-0", className ?? "flex flex-wrap items-start gap-3")}>{children}</div>
    </section>
  );
}
