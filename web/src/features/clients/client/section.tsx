import { type ReactNode, useId } from "react";

import { cx } from "@/components/ui";

export interface SectionProps {
  readonly title: string;
  readonly description?: ReactNode;
  /** Stands at the end of the title's line: a link to all, a button. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string | undefined;
}

/** A part of a page under a heading of its own. */
export function Section({ title, description, aside, children, className }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={cx("flex min-w-0 flex-col gap-3", className)}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <div className="min-w-0">
          <h2 id={id} className="text-base font-semibold">
            {title}
          </h2>
          {description !== undefined && <p className="max-w-140 text-sm text-muted">{description}</p>}
        </div>
        {aside}
      </div>
      {children}
    </section>
  );
}

export interface Figure {
  readonly label: string;
  readonly value: ReactNode;
  readonly note?: ReactNode;
}

/** A few numbers side by side. */
export function Figures({ figures }: { readonly figures: readonly Figure[] }) {
  return (
    <dl className="grid grid-cols-2 gap-x-8 gap-y-5 sm:flex sm:flex-wrap sm:gap-x-12">
      {figures.map((figure) => (
        <div key={figure.label} className="flex min-w-0 flex-col">
          <dt className="text-sm text-muted">{figure.label}</dt>
          <dd className="text-xl font-semibold tabular">{figure.value}</dd>
          {figure.note !== undefined && <dd className="text-xs text-faint tabular">{figure.note}</dd>}
        </div>
      ))}
    </dl>
  );
}
