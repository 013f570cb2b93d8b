import type { ReactNode } from "react";
import { cx } from "./cx";

export interface PageHeaderProps {
  readonly title: ReactNode;
  readonly description?: ReactNode;
  /** Stands after the title: a badge, a count. */
  readonly aside?: ReactNode;
  readonly actions?: ReactNode;
  readonly className?: string | undefined;
}

/** What this page is, and the one or two things to do with it. */
export function PageHeader({ title, description, aside, actions, className }: PageHeaderProps) {
  return (
    <header className={cx("flex flex-wrap items-start justify-between gap-x-6 gap-y-3", className)}>
      <div className="max-w-full min-w-0 flex-1 basis-60">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          <h1 dir="auto" className="line-clamp-2 text-left text-xl wrap-anywhere">
            {title}
          </h1>
          {aside}
        </div>
        {description !== undefined && <div className="mt-1 max-w-160 text-base text-muted">{description}</div>}
      </div>
      {actions !== undefined && <div className="flex max-w-full flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}

export interface ToolbarProps {
  readonly children: ReactNode;
  /** Names it for screen readers: "Filter assets". */
  readonly label: string;
  /** Stands at the far end: the view, the sort. */
  readonly end?: ReactNode;
  readonly className?: string | undefined;
}

/** Search, filters and views above a list. */
export function Toolbar({ children, label, end, className }: ToolbarProps) {
  return (
    <div role="group" aria-label={label} className={cx("flex flex-wrap items-center gap-2", className)}>
      {children}
      {end !== undefined && <div className="ms-auto flex flex-wrap items-center gap-2">{end}</div>}
    </div>
  );
}
