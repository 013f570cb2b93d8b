import { CircleCheck, CloudOff, LoaderCircle, TriangleAlert } from "lucide-react";

import { Banner, Button } from "@/components/ui";
import { assertNever } from "@/lib/never";

import type { Autosave, SaveState } from "./autosave";

function sign(state: SaveState) {
  const look = "size-4 shrink-0";
  switch (state.kind) {
    case "saved":
      return { icon: <CircleCheck aria-hidden className={`${look} text-positive`} />, words: "All changes saved" };
    case "saving":
      return { icon: <LoaderCircle aria-hidden className={`${look} animate-spin`} />, words: "Saving…" };
    case "offline":
      return {
        icon: <CloudOff aria-hidden className={`${look} text-caution`} />,
        words: "Not saved yet. You are offline; it is kept here and sent when the connection is back.",
      };
    case "failed":
      return { icon: <TriangleAlert aria-hidden className={`${look} text-critical`} />, words: "Not saved" };
    default:
      return assertNever(state);
  }
}

/** Whether what is typed has reached the server. */
export function SaveSign({ state, className = "" }: { readonly state: SaveState; readonly className?: string }) {
  const { icon, words } = sign(state);
  return (
    <p role="status" className={`flex items-center gap-1.5 text-sm text-muted ${className}`}>
      {icon}
      {words}
    </p>
  );
}

/** What a form could not be saved of, with the ways on; nothing while all is well. */
export function SaveFailure({ form }: { readonly form: Pick<Autosave<object>, "state" | "retry" | "discard"> }) {
  if (form.state.kind !== "failed") return null;
  const { problem } = form.state;
  return (
    <Banner
      tone="critical"
      title={`Not saved: ${problem.title}`}
      action={
        <>
          <Button size="sm" onClick={form.retry}>
            Try again
          </Button>
          <Button size="sm" variant="ghost" onClick={form.discard}>
            Discard changes
          </Button>
        </>
      }
    >
      {problem.detail} {problem.nextStep} What you typed is kept in this browser.
      {problem.errors.map((entry) => (
        <span key={entry.field} className="block">
          {entry.field}: {entry.message}
        </span>
      ))}
    </Banner>
  );
}
