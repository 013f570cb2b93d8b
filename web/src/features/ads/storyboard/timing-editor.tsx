import { useState } from "react";

import { editStoryboard, type StoryboardEdit } from "@/api/jobs";
import { CAMERAS, type CameraMovement, options } from "@/components/frames/labels";
import { Button, Checkbox, Field, NumberInput, Select } from "@/components/ui";

import { useJobChange } from "../desk/mutations";
import type { SceneEditorProps } from "./words-editor";

const FRAME_S = 1 / 30;

/** How long the scene is and how its camera moves. */
export function TimingEditor({ job, frame, editable }: SceneEditorProps) {
  const wasS = Number(frame.duration.toFixed(2));
  const [lengthS, setLengthS] = useState<number | null>(wasS);
  const [keepTotal, setKeepTotal] = useState(false);
  const scene = job.brief?.scenes[frame.scene - 1];
  const edit = useJobChange<StoryboardEdit>(job.id, {
    call: (asked) => editStoryboard(job.id, job.storyboardVersion ?? 1, [asked]),
    failure: "The scene stays as it was",
  });
  const isChanged = lengthS !== null && Math.abs(lengthS - wasS) > FRAME_S / 2;
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
      {isChanged && (
        <>
          <Checkbox
            label="Keep the film's length"
            hint="The scenes beside it give way."
            checked={keepTotal}
            onCheckedChange={setKeepTotal}
          />
          <Button
            size="sm"
            variant="primary"
            busy={edit.isPending}
            className="self-start"
            onClick={() => edit.mutate({ kind: "retime", scene: frame.scene, durationS: lengthS, keepTotal })}
          >
            Save length
          </Button>
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
