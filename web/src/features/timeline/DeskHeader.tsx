import { Link } from "@tanstack/react-router";
import { ArrowLeft, Redo2, Undo2 } from "lucide-react";

import { Badge } from "@/components/ui/badge";
import { Button, IconButton, iconButtonClass } from "@/components/ui/button";
import { plural } from "@/lib/units";

import { told } from "./model/edits";
import type { Desk } from "./use-desk";

interface DeskHeaderProps {
  readonly desk: Desk;
  readonly canKeep: boolean;
}

/** Which film this is, the way back through the edits, and keeping them. */
export function DeskHeader({ desk, canKeep }: DeskHeaderProps) {
  const { edits, base, job } = desk;
  const last = edits.list.at(-1);
  return (
    <header className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2">
      <Link
        to="/ads/$jobId"
        params={{ jobId: job.id }}
        search={{ step: "storyboard" }}
        aria-label="Back to the storyboard"
        className={iconButtonClass({ className: "-ms-2" })}
      >
        <ArrowLeft aria-hidden />
      </Link>
      <h1 className="text-lg">Timeline</h1>
      <Badge>Version {base.version}</Badge>
      <p role="status" className="min-w-0 flex-1 truncate text-sm text-muted">
        {last && `${plural(edits.list.length, "edit")} not kept yet · ${told(last)}`}
      </p>
      {desk.locked === null && (
        <span className="flex items-center gap-2">
          <span className="flex">
            <IconButton
              label="Undo"
              shortcut="Ctrl Z"
              icon={<Undo2 aria-hidden />}
              disabled={!edits.canUndo}
              onClick={edits.undo}
            />
            <IconButton
              label="Redo"
              shortcut="Ctrl Shift Z"
              icon={<Redo2 aria-hidden />}
              disabled={!edits.canRedo}
              onClick={edits.redo}
            />
          </span>
          {edits.isDirty && job.approval && (
            <span className="text-sm text-caution max-xl:sr-only">
              Voids the approval of version {job.approval.version}
            </span>
          )}
          {edits.isDirty && <Button onClick={edits.discard}>Discard</Button>}
          <Button variant="primary" disabled={!canKeep} busy={edits.isKeeping} onClick={() => edits.keep()}>
            Keep as version {base.version + 1}
          </Button>
        </span>
      )}
    </header>
  );
}
