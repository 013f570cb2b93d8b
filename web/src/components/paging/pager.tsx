import { ChevronLeft, ChevronRight } from "lucide-react";

import { IconButton } from "@/components/ui/button";
import { formatCount } from "@/lib/units";

export interface PagerProps {
  readonly offset: number;
  readonly limit: number;
  readonly total: number;
  readonly onOffsetChange: (offset: number) => void;
  /** What the pages are of: "entries". */
  readonly noun: string;
  readonly busy?: boolean | undefined;
}

/** Steps through a long list, newest first; nothing where it fits on one page. */
export function Pager({ offset, limit, total, onOffsetChange, noun, busy }: PagerProps) {
  if (total <= limit && offset === 0) return null;
  const last = Math.min(total, offset + limit);
  return (
    <nav aria-label={`Pages of ${noun}`} className="flex items-center justify-end gap-2 pt-2">
      <p role="status" className="me-1 text-sm text-muted tabular">
        {formatCount(Math.min(offset + 1, total))}–{formatCount(last)} of {formatCount(total)}
      </p>
      <IconButton
        label="Newer"
        icon={<ChevronLeft aria-hidden className="rtl:rotate-180" />}
        disabled={offset === 0}
        onClick={() => onOffsetChange(Math.max(0, offset - limit))}
      />
      <IconButton
        label="Older"
        icon={<ChevronRight aria-hidden className="rtl:rotate-180" />}
        disabled={last >= total}
        busy={busy}
        onClick={() => onOffsetChange(offset + limit)}
      />
    </nav>
  );
}
