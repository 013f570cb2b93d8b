import { type ReactNode, useId } from "react";

import type { Problem } from "@/api/types";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Banner } from "@/components/ui/states";

export interface SectionProps {
  readonly title: string;
  /** How many there are in all. */
  readonly count?: number | undefined;
  /** Stands at the end of the heading's line. */
  readonly more?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string | undefined;
}

/** One matter of the home page under its heading. */
export function Section({ title, count, more, children, className }: SectionProps) {
  const heading = useId();
  return (
    <section aria-labelledby={heading} className={cx("min-w-0", className)}>
      <div className="mb-3 flex items-baseline gap-2">
        <h2 id={heading} className="text-lg">
          {title}
        </h2>
        {count !== undefined && count > 0 && <span className="text-sm text-faint tabular">{count}</span>}
        {more !== undefined && <div className="ms-auto text-sm">{more}</div>}
      </div>
      {children}
    </section>
  );
}

/** A part that could not be loaded, in the place where it would be. */
export function PartFailed({ problem, onRetry }: { readonly problem: Problem; readonly onRetry: () => void }) {
  return (
    <Banner
      tone="critical"
      title={problem.title}
      action={
        <Button size="sm" onClick={onRetry}>
          Try again
        </Button>
      }
    >
      {problem.detail} {problem.nextStep}
    </Banner>
  );
}
