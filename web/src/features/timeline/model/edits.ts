/** The list of edits that are not kept yet, and the way back and forth through it. Pure. */
import type { Schemas } from "@/api/types";
import { assertNever } from "@/lib/never";

export type Edit = Schemas["TriedEdits"]["edits"][number];
export type WordsField = "headline" | "supporting" | "callToAction" | "destination";
export type Colour = keyof Schemas["Colors"];

/** How many edits one version takes, as the server holds it. */
export const EDITS_MAX = 50;

/** The list with one more edit; one that says the same thing anew takes the place of the last. */
export function withEdit(edits: readonly Edit[], edit: Edit): Edit[] {
  const last = edits.at(-1);
  const merged = last && mergedEdit(last, edit);
  return merged ? [...edits.slice(0, -1), merged] : [...edits, edit];
}

function mergedEdit(last: Edit, next: Edit): Edit | null {
  if (last.kind === "palette") {
    return next.kind === "palette" ? { kind: "palette", colors: { ...last.colors, ...next.colors } } : null;
  }
  if (next.kind === "palette" || last.scene !== next.scene) return null;
  if (last.kind === "words" && next.kind === "words") return { ...last, ...next };
  return isReplaced(last, next) ? next : null;
}

function isReplaced(last: Edit, next: Edit): boolean {
  if (last.kind === "retime") return next.kind === "retime" && last.keepTotal === next.keepTotal;
  return last.kind === next.kind && (last.kind === "trim" || last.kind === "camera");
}

export interface History {
  readonly past: readonly (readonly Edit[])[];
  readonly present: readonly Edit[];
  readonly future: readonly (readonly Edit[])[];
}

export const NO_EDITS: History = { past: [], present: [], future: [] };

const STEPS_MAX = 200;

export function edited(history: History, edits: readonly Edit[]): History {
  return { past: [...history.past, history.present].slice(-STEPS_MAX), present: edits, future: [] };
}

export function undone(history: History): History {
  const before = history.past.at(-1);
  if (!before) return history;
  return { past: history.past.slice(0, -1), present: before, future: [history.present, ...history.future] };
}

export function redone(history: History): History {
  const [after, ...future] = history.future;
  if (!after) return history;
  return { past: [...history.past, history.present], present: after, future };
}

/** What an edit does, in a few words, for buttons and announcements. */
export function told(edit: Edit): string {
  switch (edit.kind) {
    case "retime":
      return `Scene ${edit.scene}: ${edit.frames ?? 0} frames`;
    case "words":
      return `Scene ${edit.scene}: words`;
    case "trim":
      return `Scene ${edit.scene}: footage from ${edit.sourceStartS.toFixed(2)} s`;
    case "remove":
      return `Scene ${edit.scene} removed`;
    case "duplicate":
      return `Scene ${edit.scene} shown twice`;
    case "camera":
      return `Scene ${edit.scene}: camera ${edit.move.replace("_", " ")}`;
    case "palette":
      return "Colours";
    default:
      return assertNever(edit);
  }
}

/** Whether something that was kept in the browser, by whatever version, is a history. */
export function isHistory(kept: unknown): kept is History {
  if (typeof kept !== "object" || kept === null) return false;
  return ["past", "present", "future"].every((name) => Array.isArray((kept as Record<string, unknown>)[name]));
}
