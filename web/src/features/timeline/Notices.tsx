import { Banner } from "@/components/ui/states";
import { Button } from "@/components/ui/button";

import type { Desk } from "./use-desk";

/** What somebody must know before going on: who was faster, what does not work. Lies over the picture, moves nothing. */
export function Notices({ desk }: { readonly desk: Desk }) {
  const { edits, base, locked } = desk;
  if (locked !== null) return <Banner>{locked}</Banner>;
  if (edits.isStale) {
    return (
      <Banner
        tone="caution"
        title={`The storyboard is at version ${base.version} now`}
        action={
          <>
            <Button size="sm" onClick={edits.discard}>
              Discard my edits
            </Button>
            <Button size="sm" variant="primary" onClick={edits.rebase}>
              Make them to version {base.version}
            </Button>
          </>
        }
      >
        Your edits were made to version {edits.staleVersion}. They are kept here; this is the film as it is now.
      </Banner>
    );
  }
  if (edits.problem) {
    return (
      <Banner
        tone="critical"
        title={edits.problem.detail}
        action={
          <Button size="sm" onClick={edits.undo} disabled={!edits.canUndo}>
            Undo the last edit
          </Button>
        }
      >
        {edits.problem.nextStep}
      </Banner>
    );
  }
  return null;
}
