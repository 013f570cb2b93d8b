import { useId, type ReactNode } from "react";

import { cx } from "@/components/ui/cx";
import { Link } from "@/components/ui/link";

import { type Part, partClass, percentOf, sumOf } from "./parts";

export interface BarRow {
  readonly id: string;
  readonly name: string;
  readonly href?: string | null | undefined;
  readonly parts: readonly Part[];
  /** A mark across the bar: what was expected, or what is allowed. */
  readonly mark?: number | null | undefined;
  /** The amount, at the end of the line. */
  readonly value: ReactNode;
  /** Everything that the bar shows, in words. */
  readonly detail?: string | undefined;
}

export interface BarListProps {
  readonly rows: readonly BarRow[];
  readonly label: string;
  /** The longest bar; the greatest of the rows where it is left out. */
  readonly scale?: number | undefined;
  readonly className?: string | undefined;
}

function greatest(rows: readonly BarRow[]): number {
  return rows.reduce((most, row) => Math.max(most, sumOf(row.parts), row.mark ?? 0), 0);
}

function Name({ row }: { readonly row: BarRow }) {
  const look = "min-w-0 truncate text-left text-sm font-medium";
  if (row.href === null || row.href === undefined) {
    return (
      <span dir="auto" title={row.name} className={look}>
        {row.name}
      </span>
    );
  }
  return (
    <Link href={row.href} dir="auto" title={row.name} className={cx(look, "rounded-sm hover:text-accent")}>
      {row.name}
    </Link>
  );
}

/** Parts one after the other on a track, and a mark across it. */
export function PartBar({ parts, mark, scale }: Pick<BarRow, "parts" | "mark"> & { readonly scale: number }) {
  return (
    <span aria-hidden className="relative block h-1.5">
      <span className="flex h-full overflow-hidden rounded-xs bg-line dark:bg-strong/60">
        {parts.map(
          (part) =>
            part.value > 0 && (
              <span
                key={part.id}
                className={cx("h-full shrink-0", partClass[part.look])}
                style={{ width: `${percentOf(part.value, scale)}%` }}
              />
            ),
        )}
      </span>
      {mark !== null && mark !== undefined && mark > 0 && (
        <span
          className="absolute -top-0.5 h-2.5 w-0.5 -translate-x-1/2 rounded-full bg-ink"
          style={{ insetInlineStart: `${Math.min(100, (mark / scale) * 100)}%` }}
        />
      )}
    </span>
  );
}

/** Things by how much each is, as thin bars from zero with the amount beside them. */
export function BarList({ rows, label, scale, className }: BarListProps) {
  const most = scale ?? greatest(rows);
  const id = useId();
  return (
    <ul aria-label={label} className={cx("flex flex-col gap-3.5", className)}>
      {rows.map((row) => (
        <li key={row.id} aria-describedby={row.detail === undefined ? undefined : `${id}-${row.id}`}>
          <div className="mb-1.5 flex items-baseline justify-between gap-4">
            <Name row={row} />
            <span className="shrink-0 text-sm font-semibold tabular">{row.value}</span>
          </div>
          <PartBar parts={row.parts} mark={row.mark} scale={most} />
          {row.detail !== undefined && (
            <p id={`${id}-${row.id}`} className="mt-1 text-xs text-faint tabular">
              {row.detail}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
