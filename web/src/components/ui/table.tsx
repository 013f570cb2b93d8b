import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import type { KeyboardEvent, MouseEvent, ReactNode } from "react";
import { cx } from "./cx";

export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: "start" | "end" | undefined;
  readonly sortable?: boolean | undefined;
  /** A CSS width: "12rem", "30%". */
  readonly width?: string | undefined;
  /** The name of the row: bold, and the head of its card on phones. One of a table. */
  readonly primary?: boolean | undefined;
  readonly headerHidden?: boolean | undefined;
  readonly hiddenOnPhone?: boolean | undefined;
}

export interface Sort {
  readonly by: string;
  readonly direction: "ascending" | "descending";
}

export interface TableProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  /** What the table shows, read aloud. */
  readonly caption: string;
  readonly sort?: Sort | undefined;
  readonly onSortChange?: ((sort: Sort) => void) | undefined;
  /** Opens a row: by click, Enter or Space. Arrow keys move between rows. */
  readonly onRowOpen?: ((row: Row) => void) | undefined;
  readonly selectedId?: string | undefined;
  readonly density?: "comfortable" | "dense" | undefined;
  /** Stands in place of rows when there are none. */
  readonly empty?: ReactNode;
  readonly className?: string | undefined;
}

function nextSort(column: string, sort: Sort | undefined): Sort {
  const isTurned = sort?.by === column && sort.direction === "ascending";
  return { by: column, direction: isTurned ? "descending" : "ascending" };
}

function SortSign({ direction }: { readonly direction: Sort["direction"] | undefined }) {
  const look = "size-3 shrink-0";
  if (direction === "ascending") return <ArrowUp aria-hidden className={look} />;
  if (direction === "descending") return <ArrowDown aria-hidden className={look} />;
  return <ChevronsUpDown aria-hidden className={cx(look, "opacity-0 transition-opacity group-hover:opacity-60")} />;
}

type HeadProps<Row> = Pick<TableProps<Row>, "sort" | "onSortChange"> & { readonly column: Column<Row> };

function Head<Row>({ column, sort, onSortChange }: HeadProps<Row>) {
  const direction = sort?.by === column.id ? sort.direction : undefined;
  const atEnd = column.align === "end";
  return (
    <th
      role="columnheader"
      scope="col"
      aria-sort={column.sortable ? (direction ?? "none") : undefined}
      style={{ width: column.width }}
      className={cx(
        "sticky top-0 z-1 h-8 border-b border-line bg-canvas px-3 text-xs font-semibold text-faint first:ps-2 last:pe-2",
        atEnd ? "text-end" : "text-start",
      )}
    >
      {column.sortable && onSortChange ? (
        <button
          type="button"
          onClick={() => onSortChange(nextSort(column.id, sort))}
          className={cx(
            "group inline-flex min-h-7 items-center gap-1 rounded-sm hover:text-ink",
            direction && "text-ink",
            atEnd && "flex-row-reverse",
          )}
        >
          {column.header}
          <SortSign direction={direction} />
        </button>
      ) : (
        <span className={cx(column.headerHidden && "sr-only")}>{column.header}</span>
      )}
    </th>
  );
}

function moveRow(row: HTMLElement, key: string): boolean {
  const next = key === "ArrowDown" ? row.nextElementSibling : key === "ArrowUp" ? row.previousElementSibling : null;
  if (next instanceof HTMLElement) next.focus();
  return next !== null;
}

/** A press of something inside of the row that has a purpose of its own does not open the row. */
function isInnerPress(event: MouseEvent | KeyboardEvent): boolean {
  const inner = (event.target as Element).closest("a, button, input, select, textarea, label, [role='menuitem']");
  return inner !== null && event.currentTarget.contains(inner);
}

function opening<Row>(row: Row, onRowOpen: TableProps<Row>["onRowOpen"]) {
  if (onRowOpen === undefined) return {};
  return {
    tabIndex: 0,
    onClick: (event: MouseEvent) => {
      if (!isInnerPress(event)) onRowOpen(row);
    },
    onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => {
      if (event.target !== event.currentTarget) return;
      if (event.key === "Enter" || event.key === " ") onRowOpen(row);
      else if (!moveRow(event.currentTarget, event.key)) return;
      event.preventDefault();
    },
  };
}

type BodyRowProps<Row> = Pick<TableProps<Row>, "columns" | "onRowOpen" | "density"> & {
  readonly row: Row;
  readonly isSelected: boolean;
};

const rowClass =
  "group/row -outline-offset-2 transition-colors aria-selected:bg-selected max-md:mb-2 max-md:grid max-md:gap-y-1 max-md:rounded-card max-md:bg-surface max-md:p-3";

function BodyRow<Row>({ row, columns, onRowOpen, density, isSelected }: BodyRowProps<Row>) {
  return (
    <tr
      role="row"
      aria-selected={isSelected || undefined}
      {...opening(row, onRowOpen)}
      className={cx(rowClass, onRowOpen && "cursor-pointer hover:bg-hover")}
    >
      {columns.map((column) => (
        <td
          key={column.id}
          role="cell"
          className={cx(
            "min-w-0 border-b border-line px-3 align-middle group-last/row:border-b-0 wrap-anywhere md:first:ps-2 md:last:pe-2 max-md:flex max-md:items-baseline max-md:justify-between max-md:gap-4 max-md:border-0 max-md:p-0",
            density === "dense" ? "py-1.5" : "py-2.5",
            column.align === "end" && "text-end tabular",
            column.primary ? "font-semibold max-md:-order-1 max-md:mb-1" : "text-muted",
            column.hiddenOnPhone && "max-md:hidden",
          )}
        >
          {!column.primary && (
            <span aria-hidden className={cx("shrink-0 text-xs text-faint md:hidden", column.headerHidden && "hidden")}>
              {column.header}
            </span>
          )}
          <span className="block min-w-0 max-md:text-right max-md:first:text-start">{column.cell(row)}</span>
        </td>
      ))}
    </tr>
  );
}

/** Rows of things with columns; on phones each row is a card. Roles are written out, because cards lose those of a table. */
export function Table<Row>(props: TableProps<Row>) {
  const { columns, rows, rowId, caption, sort, onSortChange, onRowOpen, selectedId, density, empty, className } = props;
  if (rows.length === 0 && empty !== undefined) return <>{empty}</>;
  return (
    <table role="table" className={cx("w-full border-separate border-spacing-0 text-sm max-md:block", className)}>
      <caption className="sr-only">{caption}</caption>
      <thead role="rowgroup" className="max-md:sr-only">
        <tr role="row">
          {columns.map((column) => (
            <Head key={column.id} column={column} sort={sort} onSortChange={onSortChange} />
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-md:block">
        {rows.map((row) => (
          <BodyRow
            key={rowId(row)}
            row={row}
            columns={columns}
            onRowOpen={onRowOpen}
            density={density}
            isSelected={selectedId === rowId(row)}
          />
        ))}
      </tbody>
    </table>
  );
}
