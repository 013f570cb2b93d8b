/** Money, time and sizes as people read them. Pure; the locale is the browser's. */

const MICROUSD_PER_USD = 1_000_000;

/** Dollars of micro-dollars: two digits, more only where a smaller amount would read as nothing. */
export function formatMoney(amountMicrousd: number): string {
  const dollars = amountMicrousd / MICROUSD_PER_USD;
  const isSmall = dollars !== 0 && Math.abs(dollars) < 0.1;
  return new Intl.NumberFormat(undefined, {
    style: "currency",
    currency: "USD",
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: 2,
    maximumFractionDigits: isSmall ? 4 : 2,
  }).format(dollars);
}

/** Micro-dollars of what somebody typed, or null where it is no amount: "12.50", "$3", "0,5". */
export function parseMoney(text: string): number | null {
  const plain = text
    .trim()
    .replace(/^\$\s*/, "")
    .replace(",", ".");
  if (!/^\d+(\.\d{1,6})?$/.test(plain)) return null;
  return Math.round(Number(plain) * MICROUSD_PER_USD);
}

/** A length as people say it: "7.5 s", "1:05", "1:02:03". */
export function formatDuration(durationS: number): string {
  if (durationS < 60) return `${Number(durationS.toFixed(1))} s`;
  const whole = Math.round(durationS);
  const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const padded = (value: number): string => String(value).padStart(2, "0");
  return hours > 0 ? `${hours}:${padded(minutes)}:${padded(seconds)}` : `${minutes}:${padded(seconds)}`;
}

/** A place in a film: "0:07.12" is twelve frames into the eighth second. */
export function formatTimecode(frame: number, fps: number): string {
  const seconds = Math.floor(frame / fps);
  const rest = String(Math.floor(frame % fps)).padStart(2, "0");
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}.${rest}`;
}

const SIZE_UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

/** A size in decimal units, three digits at most: "830 kB", "1.4 MB". */
export function formatSize(sizeBytes: number): string {
  let value = sizeBytes;
  let unit = 0;
  while (value >= 999.5 && unit < SIZE_UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${SIZE_UNITS[unit] ?? "B"}`;
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** A time relative to now: "just now", "5 minutes ago", "in 2 days". */
export function formatRelative(at: Date, now: Date): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) {
      return new Intl.RelativeTimeFormat(undefined, { numeric: "auto" }).format(Math.trunc(seconds / size), unit);
    }
  }
  return "just now";
}

/** A time to the minute, in the reader's zone and words. */
export function formatExact(at: Date): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }).format(at);
}

/** A whole number with the locale's separators. */
export function formatCount(count: number): string {
  return new Intl.NumberFormat().format(count);
}

/** "1 scene", "5 scenes": the noun's plural is given where it is not the noun with an s. */
export function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : nouns}`;
}
