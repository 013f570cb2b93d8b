import { CopyPlus, Trash2 } from "lucide-react";
import { useState } from "react";

import { editStoryboard, reorderJob, type StoryboardEdit } from "@/api/jobs";
import type { FrameView, JobDetail } from "@/api/types";
import { Button, ConfirmDialog } from "@/components/ui";

import { useJobChange } from "../desk/mutations";
import { movedOrder, reordered } from "./order";

const SCENES_MIN = 5;
const SCENES_MAX = 8;

interface SceneActionsProps {
  readonly job: JobDetail;
  readonly frame: FrameView;
  readonly onOpen: (scene: number) => void;
}

/** What can be done with the scene as a whole. */
export function SceneActions({ job, frame, onOpen }: SceneActionsProps) {
  const [isAsking, setAsking] = useState(false);
  const count = job.storyboard.length;
  const edit = useJobChange<StoryboardEdit>(job.id, {
    call: (asked) => editStoryboard(job.id, job.storyboardVersion ?? 1, [asked]),
    failure: "The scenes stay as they were",
    onDone: (answered) => {
      setAsking(false);
      if (frame.scene > answered.storyboard.length) onOpen(answered.storyboard.length);
    },
  });
  const move = useJobChange<number>(job.id, {
    call: (to) => reorderJob(job.id, movedOrder(count, frame.scene - 1, to)),
    optimistic: (was, to) => ({
      ...was,
      storyboard: reordered(was.storyboard, movedOrder(count, frame.scene - 1, to)),
    }),
    failure: "The scenes stay in their order",
    onDone: (_, to) => onOpen(to + 1),
  });
  return (
    <section className="flex flex-wrap gap-2 border-t border-line pt-4">
      <Button size="sm" disabled={frame.scene === 1} onClick={() => move.mutate(frame.scene - 2)}>
        Move earlier
      </Button>
      <Button size="sm" disabled={frame.scene === count} onClick={() => move.mutate(frame.scene)}>
        Move later
      </Button>
      <Button
        size="sm"
        icon={<CopyPlus aria-hidden />}
        disabled={count >= SCENES_MAX}
        title={count >= SCENES_MAX ? `A film has at most ${SCENES_MAX} scenes` : undefined}
        onClick={() => edit.mutate({ kind: "duplicate", scene: frame.scene, keepTotal: false })}
      >
        Duplicate
      </Button>
      <Button
        size="sm"
        icon={<Trash2 aria-hidden />}
        disabled={count <= SCENES_MIN}
        title={count <= SCENES_MIN ? `A film has at least ${SCENES_MIN} scenes` : undefined}
        onClick={() => setAsking(true)}
      >
        Remove
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Remove scene ${frame.scene}?`}
        description="The film becomes shorter. The version before keeps the scene."
        verb="Remove scene"
        danger
        busy={edit.isPending}
        onConfirm={() => edit.mutate({ kind: "remove", scene: frame.scene, keepTotal: false })}
      />
    </section>
  );
}
