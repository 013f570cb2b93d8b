import { useMemo, useState } from "react";

import { Link } from "@/components/ui/link";
import { Money } from "@/components/ui/numerals";
import { type Column, type Sort, Table } from "@/components/ui/table";
import { formatCount } from "@/lib/units";

import type { Sums } from "../sums";

export interface NamedSums extends Sums {
  readonly id: string;
  readonly title: string;
  readonly href?: string | null;
}

interface SumsTableProps {
  readonly caption: string;
  readonly head: string;
  readonly rows: readonly NamedSums[];
}

type Amount = "estimateMicrousd" | "spentMicrousd" | "heldMicrousd" | "undecidedMicrousd";

const AMOUNTS: readonly [Amount, string][] = [
  ["spentMicrousd", "Spent"],
  ["heldMicrousd", "Held back"],
  ["undecidedMicrousd", "To decide"],
  ["estimateMicrousd", "Estimated"],
];

function Title({ row }: { readonly row: NamedSums }) {
  if (row.href) {
    return (
      <Link href={row.href} dir="auto" className="rounded-sm hover:text-accent">
        {row.title}
      </Link>
    );
  }
  return <span dir="auto">{row.title}</span>;
}

function columnsOf(head: string): Column<NamedSums>[] {
  return [
    { id: "title", header: head, primary: true, sortable: true, cell: (row) => <Title row={row} /> },
    ...AMOUNTS.map(([id, header]) => ({
      id,
      header,
      align: "end" as const,
      sortable: true,
      cell: (row: NamedSums) => <Money amountMicrousd={row[id]} />,
    })),
    {
      id: "count",
      header: "Spendings",
      align: "end",
      sortable: true,
      cell: (row) => formatCount(row.count),
    },
  ];
}

function compare(one: NamedSums, other: NamedSums, by: string): number {
  if (by === "count") return one.count - other.count;
  const amount = AMOUNTS.find(([id]) => id === by)?.[0];
  // Days sort as they stand in the calendar: by their id.
  return amount === undefined ? one.id.localeCompare(other.id) : one[amount] - other[amount];
}

/** The exact numbers behind a chart. */
export function SumsTable({ caption, head, rows }: SumsTableProps) {
  const [sort, setSort] = useState<Sort | undefined>();
  const sorted = useMemo(() => {
    if (sort === undefined) return rows;
    const way = sort.direction === "ascending" ? 1 : -1;
    return [...rows].sort((one, other) => way * compare(one, other, sort.by));
  }, [rows, sort]);
  return (
    <Table
      caption={caption}
      columns={columnsOf(head)}
      rows={sorted}
      rowId={(row) => row.id}
      sort={sort}
      onSortChange={setSort}
      density="dense"
    />
  );
}
