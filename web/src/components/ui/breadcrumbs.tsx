import { ChevronRight } from "lucide-react";
import { cx } from "./cx";
import { Link } from "./link";

export interface Crumb {
  readonly label: string;
  /** The last one is this page, and needs none. */
  readonly href?: string | undefined;
}

export interface BreadcrumbsProps {
  readonly crumbs: readonly Crumb[];
  readonly label?: string | undefined;
  readonly className?: string | undefined;
}

/** The way to this page. On phones only the last two steps of it. */
export function Breadcrumbs({ crumbs, label = "You are here", className }: BreadcrumbsProps) {
  return (
    <nav aria-label={label} className={cx("min-w-0", className)}>
      <ol className="flex min-w-0 items-center text-sm">
        {crumbs.map((crumb, index) => {
          const isLast = index === crumbs.length - 1;
          return (
            <li
              key={`${index}-${crumb.label}`}
              className={cx(
                "flex items-center",
                index === 0 && !isLast ? "shrink-0" : "min-w-0",
                index < crumbs.length - 2 && "max-sm:hidden",
                !isLast && "max-w-48",
              )}
            >
              {index > 0 && (
                <ChevronRight
                  aria-hidden
                  className={cx(
                    "mx-0.5 size-3.5 shrink-0 text-faint rtl:rotate-180",
                    index === crumbs.length - 2 && "max-sm:hidden",
                  )}
                />
              )}
              {crumb.href === undefined || isLast ? (
                <span dir="auto" aria-current="page" title={crumb.label} className="truncate px-1 font-semibold">
                  {crumb.label}
                </span>
              ) : (
                <Link
                  href={crumb.href}
                  dir="auto"
                  title={crumb.label}
                  className="truncate rounded-sm px-1 text-muted transition-colors hover:text-ink"
                >
                  {crumb.label}
                </Link>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
