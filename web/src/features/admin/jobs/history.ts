/** A job's durable work in words. Pure. */
import type { JobHistory } from "@/api/admin";
import type { Tone } from "@/components/ui/badge";
import { assertNever } from "@/lib/never";

export type Run = JobHistory["runs"][number];
export type Step = Run["steps"][number];

export function runWords(state: Run["state"]): { label: string; tone: Tone } {
  switch (state) {
    case "waiting":
      return { label: "Waiting", tone: "neutral" };
    case "working":
      return { label: "At work", tone: "accent" };
    case "done":
      return { label: "Done", tone: "positive" };
    case "failed":
      return { label: "Failed", tone: "critical" };
    case "canceled":
      return { label: "Canceled", tone: "neutral" };
    default:
      return assertNever(state);
  }
}

/** Seconds between two moments, or null while one of them is not known. */
export function secondsBetween(from: string | null, to: string | null): number | null {
  if (from === null || to === null) return null;
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
}

/** The last word of a dotted name, made readable: "pkg.Flow.draw_frames" is "draw frames". */
export function stepName(name: string): string {
  const words = (name.split(".").at(-1) ?? name).replaceAll(/[_-]/g, " ").trim();
  return words === "" ? name : words.charAt(0).toUpperCase() + words.slice(1);
}

/** "Begun 3 times: the server stopped under it." */
export function startsWords(starts: number): string | null {
  return starts > 1 ? `Begun ${starts} times: the server stopped under it.` : null;
}
