/** The days that a report is of. Days are those of UTC, as the ledger counts them. Pure. */

const DAY_MS = 86_400_000;

/** Days, as in 2026-05-01: both of them count. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

export const PRESETS = [7, 30, 90] as const;
export type Preset = (typeof PRESETS)[number];
export const DEFAULT_PRESET: Preset = 30;

export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** Whether it is a day of the calendar; "2026-02-30" is none. */
export function isDay(text: string | undefined): text is string {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && dayOf(at) === text;
}

/** The day so many days later, or before. */
export function shiftDay(day: string, days: number): string {
  return dayOf(new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS));
}

export function presetRange(preset: Preset, today: string): DayRange {
  return { from: shiftDay(today, 1 - preset), to: today };
}

/** The range that an address names; what is no day, or ends before it begins, counts as not said. */
export function rangeOf(given: { from?: string | undefined; to?: string | undefined }, today: string): DayRange {
  const to = isDay(given.to) ? given.to : today;
  const from = isDay(given.from) ? given.from : shiftDay(to, 1 - DEFAULT_PRESET);
  return from <= to ? { from, to } : { from: to, to };
}

/** Which of the presets a range is, or null for one that somebody chose. */
export function presetOf(range: DayRange, today: string): Preset | null {
  if (range.to !== today) return null;
  return PRESETS.find((preset) => presetRange(preset, today).from === range.from) ?? null;
}

export function countDays(range: DayRange): number {
  return Math.round((Date.parse(range.to) - Date.parse(range.from)) / DAY_MS) + 1;
}

/** As many days, ending the day before. */
export function rangeBefore(range: DayRange): DayRange {
  return { from: shiftDay(range.from, -countDays(range)), to: shiftDay(range.from, -1) };
}

/** All days of the range, oldest first, whether anything happened on them or not. */
export function daysOf(range: DayRange): string[] {
  return Array.from({ length: countDays(range) }, (_, index) => shiftDay(range.from, index));
}

const short = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", timeZone: "UTC" });
const long = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" });
const month = new Intl.DateTimeFormat(undefined, { month: "short", year: "numeric", timeZone: "UTC" });

/** "3 May", in the reader's words. */
export function shortDay(day: string): string {
  return short.format(new Date(`${day}T00:00:00Z`));
}

/** "3 May 2026", in the reader's words. */
export function longDay(day: string): string {
  return long.format(new Date(`${day}T00:00:00Z`));
}

/** "May 2026" of any of its days. */
export function monthWords(day: string): string {
  return month.format(new Date(`${day}T00:00:00Z`));
}
