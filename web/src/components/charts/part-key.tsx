import { cx } from "@/components/ui/cx";

import { type PartLook, partClass } from "./parts";

export interface PartKeyEntry {
  readonly label: string;
  readonly look: PartLook | "mark";
}

/** What the parts of bars stand for, in one line. */
export function PartKey({ entries }: { readonly entries: readonly PartKeyEntry[] }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
      {entries.map((entry) => (
        <li key={entry.label} className="flex items-center gap-1.5">
          <span
            aria-hidden
            className={
              entry.look === "mark"
                ? "h-2.5 w-0.5 rounded-full bg-ink"
                : cx("h-2 w-3 rounded-xs", partClass[entry.look])
            }
          />
          {entry.label}
        </li>
      ))}
    </ul>
  );
}
