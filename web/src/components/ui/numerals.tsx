import { formatDuration, formatExact, formatMoney, formatRelative, formatSize } from "@/lib/units";
import { useSyncExternalStore } from "react";
import { cx } from "./cx";

interface NumeralProps {
  readonly className?: string | undefined;
}

const look = "whitespace-nowrap tabular";
const MICROUSD_PER_USD = 1_000_000;

/** An amount of money, exact to the micro-dollar on hover. */
export function Money({ amountMicrousd, className }: NumeralProps & { readonly amountMicrousd: number }) {
  const exact = `$${Number((amountMicrousd / MICROUSD_PER_USD).toFixed(6))}`;
  return (
    <span title={exact} className={cx(look, className)}>
      {formatMoney(amountMicrousd)}
    </span>
  );
}

/** A length of time of a medium or of work. */
export function Duration({ durationS, className }: NumeralProps & { readonly durationS: number }) {
  return (
    <time dateTime={`PT${Number(durationS.toFixed(3))}S`} className={cx(look, className)}>
      {formatDuration(durationS)}
    </time>
  );
}

/** How much room something takes, exact on hover. */
export function FileSize({ sizeBytes, className }: NumeralProps & { readonly sizeBytes: number }) {
  return (
    <span title={`${sizeBytes} B`} className={cx(look, className)}>
      {formatSize(sizeBytes)}
    </span>
  );
}

const TICK_MS = 20_000;
let nowMs = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function tick() {
  nowMs = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    nowMs = Date.now();
    timer = setInterval(tick, TICK_MS);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** When something was, as seen from now; keeps up by itself. Exact on hover. */
export function RelativeTime({ at, className }: NumeralProps & { readonly at: string | Date }) {
  const now = useSyncExternalStore(subscribe, () => nowMs);
  const date = typeof at === "string" ? new Date(at) : at;
  // One clock is shared by the whole page, and what was just made may be a moment ahead of it.
  const reference = new Date(date.getTime() > now && date.getTime() - now < TICK_MS ? date.getTime() : now);
  return (
    <time dateTime={date.toISOString()} title={formatExact(date)} className={cx(look, className)}>
      {formatRelative(date, reference)}
    </time>
  );
}
