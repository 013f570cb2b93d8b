/** Parts that pages of lists and figures share. */
import { type ReactNode, useId } from "react";

import { problemOf } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Skeleton } from "@/components/ui/skeleton";
import { Banner } from "@/components/ui/states";

export interface SectionProps {
  readonly title: string;
  /** Stands at the end of the heading's line. */
  readonly end?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string | undefined;
}

/** One matter under its heading. */
export function Section({ title, end, children, className }: SectionProps) {
  const heading = useId();
  return (
    <section aria-labelledby={heading} className={cx("min-w-0", className)}>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 id={heading} className="text-lg">
          {title}
        </h2>
        {end}
      </div>
      {children}
    </section>
  );
}

/** A part that could not be loaded, in the place where it would be. */
export function Failed({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  const problem = problemOf(error);
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

/** What a form's order came back with, where no field is to blame. */
export function Refused({ error }: { readonly error: Error | null }) {
  const problem = error && problemOf(error);
  if (!problem || problem.errors.length > 0) return null;
  return (
    <Banner tone="critical" title={problem.detail || problem.title}>
      {problem.nextStep}
    </Banner>
  );
}

/** The place of rows that are on their way. */
export function RowsPending({ rows = 6 }: { readonly rows?: number | undefined }) {
  return (
    <div aria-busy="true">
      <span role="status" className="sr-only">
        Loading
      </span>
      <div aria-hidden className="flex flex-col divide-y divide-line">
        {Array.from({ length: rows }, (_, row) => (
          <div key={row} className="flex items-center gap-8 py-3.5">
            <Skeleton className="w-1/3" />
            <Skeleton className="w-1/5" />
            <Skeleton className="ms-auto w-20" />
          </div>
        ))}
      </div>
    </div>
  );
}
