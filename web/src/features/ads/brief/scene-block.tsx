import { memo } from "react";

import type { Scene } from "@/api/types";
import {
  type CameraMovement,
  CAMERAS,
  options,
  type Purpose,
  PURPOSES,
  type ShotType,
  SHOTS,
} from "@/components/frames/labels";
import { NumberInput, Select } from "@/components/ui";

import { InPlace } from "./in-place";
import type { Pending } from "./pending";

interface SceneBlockProps {
  readonly scene: Scene;
  readonly readOnly: boolean;
  readonly onChange: (next: Pending) => void;
}

// Controls that read like the page until somebody points at them.
const quiet = "border-transparent! bg-transparent! px-1.5! text-sm! text-muted! hover:border-strong! hover:bg-surface!";
const quietNumber =
  "[&>div]:border-transparent! [&>div]:bg-transparent! [&_input]:px-0! [&_input]:text-sm! [&_input]:text-muted! [&:hover>div]:border-strong! [&:hover>div]:bg-surface!";

const PURPOSE_OPTIONS = options<Purpose>(PURPOSES);
const SHOT_OPTIONS = options<ShotType>(SHOTS);
const CAMERA_OPTIONS = options<CameraMovement>(CAMERAS);

/** A scene of the brief as it reads, each part of it editable where it stands. */
export const SceneBlock = memo(function SceneBlock({ scene, readOnly, onChange }: SceneBlockProps) {
  const set = (patch: NonNullable<Pending["scenes"]>[number]) => onChange({ scenes: { [scene.number]: patch } });
  const name = `scene ${scene.number}`;
  return (
    <li className="grid grid-cols-[1.75rem_minmax(0,1fr)] gap-x-3 border-t border-line pt-5">
      <span aria-hidden className="pt-0.5 text-lg text-faint tabular">
        {scene.number}
      </span>
      <div className="@container flex min-w-0 flex-col gap-1">
        <InPlace
          label={`Words on screen of ${name}`}
          value={scene.overlayText}
          onChange={(overlayText) => set({ overlayText })}
          readOnly={readOnly}
          maxLength={120}
          placeholder="No words"
          className="text-lg font-semibold"
        />
        <InPlace
          label={`Words below, of ${name}`}
          value={scene.supportingText}
          onChange={(supportingText) => set({ supportingText })}
          readOnly={readOnly}
          maxLength={160}
          placeholder="No words below"
          className="text-base text-muted"
        />
        <InPlace
          label={`What ${name} shows`}
          value={scene.subject}
          onChange={(subject) => set({ subject })}
          readOnly={readOnly}
          maxLength={300}
          placeholder="What it shows"
          className="text-sm text-muted"
        />
        <div className="-ms-2 mt-1 grid grid-cols-2 gap-2 @xl:grid-cols-[8rem_repeat(3,minmax(0,10rem))]">
          <NumberInput
            label={`Seconds of ${name}`}
            value={Number(scene.duration.toFixed(2))}
            onValueChange={(duration) => {
              if (duration !== null) set({ duration });
            }}
            min={0.5}
            max={60}
            step={0.1}
            unit="s"
            disabled={readOnly}
            className={quietNumber}
          />
          <Select
            label={`Purpose of ${name}`}
            value={scene.purpose}
            options={PURPOSE_OPTIONS}
            onValueChange={(purpose) => set({ purpose })}
            disabled={readOnly}
            className={quiet}
          />
          <Select
            label={`Shot of ${name}`}
            value={scene.shotType}
            options={SHOT_OPTIONS}
            onValueChange={(shotType) => set({ shotType })}
            disabled={readOnly}
            className={quiet}
          />
          <Select
            label={`Camera of ${name}`}
            value={scene.cameraMovement}
            options={CAMERA_OPTIONS}
            onValueChange={(cameraMovement) => set({ cameraMovement })}
            disabled={readOnly}
            className={quiet}
          />
        </div>
      </div>
    </li>
  );
});
