import { editStoryboard, type StoryboardEdit } from "@/api/jobs";
import type { FrameView, JobDetail } from "@/api/types";
import { CAMERAS, type CameraMovement, options } from "@/components/frames/labels";
import { Button, Checkbox, Field, NumberInput, Select } from "@/components/ui";
import { useDraft } from "@/lib/drafts";

import { useJobChange } from "../desk/mutations";
import type { SceneEditorProps } from "./words-editor";

const FRAME_S = 1 / 30;

interface Typed {
  /** Null while the field is empty. */
  readonly lengthS?: number | null;
  readonly keepTotal?: boolean;
}

/** A length that is typed, kept in this browser until it is saved or given up. */
function useLength(job: JobDetail, frame: FrameView) {
  const wasS = Number(frame.duration.toFixed(2));
  const [typed, setTyped, clear] = useDraft<Typed>(`timing.${job.id}.${frame.scene}`, {});
  const { lengthS = wasS, keepTotal = false } = typed;
  const forget = (): void => {
    setTyped({});
    clear();
  };
  const isSame = (nextS: number | null): boolean => nextS !== null && Math.abs(nextS - wasS) <= FRAME_S / 2;
  return {
    ...{ lengthS, keepTotal, forget },
    isChanged: !isSame(lengthS),
    setLengthS: (nextS: number | null) => (isSame(nextS) ? forget() : setTyped((was) => ({ ...was, lengthS: nextS }))),
    setKeepTotal: (isKept: boolean) => setTyped((was) => ({ ...was, keepTotal: isKept })),
  };
}

/** How long the scene is and how its camera moves. */
export function TimingEditor({ job, frame, editable }: SceneEditorProps) {
  const { lengthS, keepTotal, isChanged, forget, setLengthS, setKeepTotal } = useLength(job, frame);
  const scene = job.brief?.scenes[frame.scene - 1];
  const edit = useJobChange<StoryboardEdit>(job.id, {
    call: (asked) => editStoryboard(job.id, job.storyboardVersion ?? 1, [asked]),
    failure: "The scene stays as it was",
    onDone: (_job, asked) => {
      if (asked.kind === "retime") forget();
    },
  });
  const save = (): void => {
    if (lengthS !== null) edit.mutate({ kind: "retime", scene: frame.scene, durationS: lengthS, keepTotal });
  };
  return (
    <section className="flex flex-col gap-3">
      <Field label="Length" disabled={!editable}>
        <NumberInput
          value={lengthS}
          onValueChange={setLengthS}
          min={0.5}
          max={60}
          step={0.1}
          unit="s"
          disabled={!editable}
          className="max-w-44"
        />
      </Field>
      {isChanged && editable && (
        <>
          <Checkbox
            label="Keep the film's length"
            hint="The scenes beside it give way."
            checked={keepTotal}
            onCheckedChange={setKeepTotal}
          />
          <div className="flex gap-2">
            <Button size="sm" variant="primary" busy={edit.isPending} disabled={lengthS === null} onClick={save}>
              Save length
            </Button>
            <Button size="sm" variant="ghost" onClick={forget}>
              Discard
            </Button>
          </div>
        </>
      )}
      {scene && (
        <Field label="Camera" disabled={!editable}>
          <Select<CameraMovement>
            value={scene.cameraMovement}
            options={options(CAMERAS)}
            disabled={!editable || edit.isPending}
            onValueChange={(move) => {
              if (move !== scene.cameraMovement) edit.mutate({ kind: "camera", scene: frame.scene, move });
            }}
          />
        </Field>
      )}
    </section>
  );
}
