import type { ReactNode } from "react";
import { cx } from "./cx";

export interface KeyValueItem {
  readonly label: string;
  readonly value: ReactNode;
}

export interface KeyValueProps {
  readonly items: readonly KeyValueItem[];
  readonly className?: string | undefined;
}

/** Facts about one thing: names at the left, values beside them. */
export function KeyValue({ items, className }: KeyValueProps) {
  return (
    <dl className={cx("grid grid-cols-[minmax(5rem,max-content)_minmax(0,1fr)] gap-x-6 gap-y-2 text-sm", className)}>
      {items.map((item) => (
        <div key={item.label} className="col-span-2 grid grid-cols-subgrid">
          <dt className="max-w-40 text-faint wrap-anywhere">{item.label}</dt>
          <dd dir="auto" className="min-w-0 text-left wrap-anywhere tabular">
            {item.value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
