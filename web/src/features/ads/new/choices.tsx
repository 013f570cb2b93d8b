import type { ReactNode } from "react";

import type { Platform } from "@/api/types";
import {
  ASPECT_RATIOS,
  aspectLabel,
  aspectNumber,
  type Mood,
  MOODS,
  PLATFORM_LABELS,
} from "@/components/frames/labels";
import { NumberInput, ToggleChip } from "@/components/ui";

import type { AdDraft } from "./draft";
import type { ChangeDraft } from "./prompt-form";

const LENGTHS_S = [6, 10, 15, 30, 60] as const;
const LENGTH_MIN_S = 5;
const LENGTH_MAX_S = 180;

interface ChoicesProps {
  readonly draft: AdDraft;
  readonly change: ChangeDraft;
}

/** What may be decided beside the prompt; what is left open is read from it, or assumed and said so. */
export function Choices({ draft, change }: ChoicesProps) {
  const { platform, durationS, aspect, tones } = draft;
  return (
    <div className="flex flex-col gap-3">
      <Row label="Platform">
        {(Object.keys(PLATFORM_LABELS) as Platform[]).map((name) => (
          <ToggleChip
            key={name}
            pressed={platform === name}
            onPressedChange={(on) => change({ platform: on ? name : null })}
          >
            {PLATFORM_LABELS[name]}
          </ToggleChip>
        ))}
      </Row>
      <Row label="Length">
        {LENGTHS_S.map((length) => (
          <ToggleChip
            key={length}
            pressed={durationS === length}
            onPressedChange={(on) => change({ durationS: on ? length : null })}
          >
            {length} s
          </ToggleChip>
        ))}
        <NumberInput
          label="Length in seconds"
          value={durationS}
          onValueChange={(next) => change({ durationS: next })}
          min={LENGTH_MIN_S}
          max={LENGTH_MAX_S}
          unit="s"
          placeholder="Other"
          className="w-36"
        />
      </Row>
      <Row label="Aspect">
        {ASPECT_RATIOS.map((ratio) => (
          <ToggleChip
            key={ratio}
            pressed={aspect === ratio}
            icon={<Shape aspect={aspectNumber(ratio)} />}
            onPressedChange={(on) => change({ aspect: on ? ratio : null })}
          >
            {aspectLabel(ratio)}
          </ToggleChip>
        ))}
      </Row>
      <Row label="Tone">
        {(Object.keys(MOODS) as Mood[]).map((mood) => (
          <ToggleChip
            key={mood}
            pressed={tones.includes(mood)}
            onPressedChange={(on) => change({ tones: on ? [...tones, mood] : tones.filter((each) => each !== mood) })}
          >
            {MOODS[mood]}
          </ToggleChip>
        ))}
      </Row>
      <p className="text-xs text-faint sm:ps-24">What you leave open is read from the prompt, or assumed and marked.</p>
    </div>
  );
}

function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div role="group" aria-label={label} className="flex flex-col gap-1.5 sm:flex-row sm:items-baseline sm:gap-4">
      <span aria-hidden className="w-20 shrink-0 text-sm font-semibold">
        {label}
      </span>
      <div className="flex min-w-0 flex-wrap items-center gap-1.5">{children}</div>
    </div>
  );
}

function Shape({ aspect }: { readonly aspect: number }) {
  const longest = 12;
  const width = aspect >= 1 ? longest : longest * aspect;
  return (
    <span aria-hidden className="rounded-[1.5px] border border-current" style={{ width, height: width / aspect }} />
  );
}
