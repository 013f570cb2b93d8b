import type { ReactNode } from "react";

import type { Brief } from "@/api/types";
import { aspectLabel, CAMERAS, MOODS, PLATFORM_LABELS, PURPOSES, SHOTS } from "@/components/frames/labels";
import { KeyValue } from "@/components/ui";
import { formatDuration } from "@/lib/units";

import { Swatches } from "../storyboard/film-panel";

interface BriefReadingProps {
  readonly brief: Brief;
  /** What can be done with it. */
  readonly action?: ReactNode;
}

/** A brief as a page to read. */
export function BriefReading({ brief, action }: BriefReadingProps) {
  const { technicalSpecs: specs, visualDirection: look, audioDirection: audio } = brief;
  const palette = [look.palette.primary, look.palette.secondary, look.palette.accent, look.palette.background];
  return (
    <article className="mx-auto flex w-full max-w-3xl flex-col gap-8">
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h2 dir="auto" className="text-lg wrap-anywhere">
            {brief.title}
          </h2>
          <p className="mt-1 text-base text-muted tabular">
            {[PLATFORM_LABELS[specs.platform], aspectLabel(specs.aspectRatio), formatDuration(specs.duration)].join(
              " · ",
            )}
          </p>
        </div>
        {action}
      </header>
      <KeyValue
        items={[
          { label: "Product", value: [brief.product.name, brief.product.brand].filter(Boolean).join(" · ") },
          { label: "Audience", value: brief.audience },
          { label: "Tone", value: brief.textStrategy.tone },
          { label: "Mood", value: MOODS[look.mood] },
          { label: "Look", value: look.aesthetic },
          { label: "Colours", value: <Swatches colors={palette} /> },
          { label: "Music", value: `${audio.genre}, ${Math.round(audio.tempoBpm)} bpm` },
          {
            label: "Call to action",
            value: [brief.callToAction.text, brief.callToAction.destination].filter(Boolean).join(" · "),
          },
        ]}
      />
      <ol className="flex flex-col gap-5">
        {brief.scenes.map((scene) => (
          <li key={scene.number} className="grid grid-cols-[2rem_minmax(0,1fr)] gap-x-3">
            <span className="text-lg text-faint tabular">{scene.number}</span>
            <div className="min-w-0">
              <p className="text-xs text-faint tabular">
                {[
                  PURPOSES[scene.purpose],
                  formatDuration(scene.duration),
                  SHOTS[scene.shotType],
                  CAMERAS[scene.cameraMovement],
                ].join(" · ")}
              </p>
              <p dir="auto" className="text-base font-semibold wrap-anywhere">
                {scene.overlayText || <span className="font-medium text-faint">No words</span>}
              </p>
              <p dir="auto" className="text-sm text-muted wrap-anywhere">
                {scene.supportingText}
              </p>
              <p dir="auto" className="mt-1 text-sm text-muted wrap-anywhere">
                {scene.subject}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </article>
  );
}
