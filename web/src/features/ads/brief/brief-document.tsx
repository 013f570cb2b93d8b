import type { ReactNode } from "react";

import type { Brief, BriefDetail } from "@/api/types";
import { aspectLabel, type Mood, MOODS, options, PLATFORM_LABELS } from "@/components/frames/labels";
import { ColorInput, NumberInput, Select } from "@/components/ui";
import { formatDuration } from "@/lib/units";

import { Assumed } from "./assumed";
import type { BriefEditing } from "./editing";
import { InPlace } from "./in-place";
import { lengthOf, type Pending } from "./pending";
import { SceneBlock } from "./scene-block";

interface BriefDocumentProps {
  readonly detail: BriefDetail;
  readonly editing: BriefEditing;
  readonly readOnly: boolean;
}

interface PartProps {
  readonly detail: BriefDetail;
  readonly brief: Brief;
  readonly readOnly: boolean;
  readonly change: (next: Pending) => void;
}

function focusOn(id: string): () => void {
  return () => document.getElementById(id)?.focus();
}

/** The brief as a page: whom it is for, how it looks and sounds, scene by scene. */
export function BriefDocument({ detail, editing, readOnly }: BriefDocumentProps) {
  const { brief, change } = editing;
  const part = { detail, brief, readOnly, change };
  return (
    <article className="flex min-w-0 flex-col gap-8">
      <header className="flex flex-col gap-2">
        <InPlace
          label="Title"
          value={brief.title}
          onChange={(title) => change({ title })}
          readOnly={readOnly}
          maxLength={160}
          className="text-2xl font-semibold"
        />
        <Numbers {...part} />
      </header>
      <Direction {...part} />
      <Look {...part} />
      <section>
        <h2 className="mb-4 text-lg">Scenes</h2>
        <ol className="flex flex-col gap-6">
          {brief.scenes.map((scene) => (
            <SceneBlock key={scene.number} scene={scene} readOnly={readOnly} onChange={change} />
          ))}
        </ol>
      </section>
    </article>
  );
}

function Numbers({ detail, brief, readOnly }: PartProps) {
  const specs = brief.technicalSpecs;
  const lengthS = lengthOf(brief);
  const askedS = detail.request?.duration ?? null;
  const isOff = askedS !== null && Math.abs(lengthS - askedS) > 0.5;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-base text-muted tabular">
      <span className="flex flex-wrap items-center gap-2">
        {PLATFORM_LABELS[specs.platform]}
        <Assumed detail={detail} field="platform" readOnly={readOnly} />
      </span>
      <span className="flex flex-wrap items-center gap-2">
        {aspectLabel(specs.aspectRatio)}
        <Assumed detail={detail} field="aspectRatio" readOnly={readOnly} />
      </span>
      <span className="flex flex-wrap items-center gap-2">
        <span className={isOff ? "font-semibold text-caution" : undefined}>
          {formatDuration(lengthS)}
          {askedS !== null && ` of ${formatDuration(askedS)} asked for`}
        </span>
        <Assumed detail={detail} field="duration" readOnly={readOnly} />
      </span>
    </div>
  );
}

function Part({
  label,
  mark,
  children,
}: {
  readonly label: string;
  readonly mark?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className="min-w-0">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="text-xs font-semibold text-faint">{label}</h2>
        {mark}
      </div>
      {children}
    </div>
  );
}

function Direction({ detail, brief, readOnly, change }: PartProps) {
  const { product, callToAction: call, textStrategy } = brief;
  const mark = (field: string, id: string) => (
    <Assumed detail={detail} field={field} readOnly={readOnly} onCorrect={focusOn(id)} />
  );
  return (
    <section aria-label="Direction" className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
      <Part label="Product" mark={mark("product", "brief-product")}>
        <InPlace
          id="brief-product"
          label="Product"
          value={product.name}
          readOnly={readOnly}
          maxLength={120}
          onChange={(name) => change({ product: { ...product, name } })}
          className="text-base font-semibold"
        />
        <InPlace
          label="About the product"
          value={product.description}
          readOnly={readOnly}
          maxLength={600}
          onChange={(description) => change({ product: { ...product, description } })}
          className="text-sm text-muted"
        />
      </Part>
      <Part label="Audience" mark={mark("audience", "brief-audience")}>
        <InPlace
          id="brief-audience"
          label="Audience"
          value={brief.audience}
          readOnly={readOnly}
          maxLength={300}
          onChange={(audience) => change({ audience })}
          className="text-base"
        />
      </Part>
      <Part label="Tone" mark={mark("tone", "brief-tone")}>
        <InPlace
          id="brief-tone"
          label="Tone"
          value={textStrategy.tone}
          readOnly={readOnly}
          maxLength={120}
          onChange={(tone) => change({ textStrategy: { ...textStrategy, tone } })}
          className="text-base"
        />
      </Part>
      <Part label="Call to action" mark={mark("callToAction", "brief-call")}>
        <InPlace
          id="brief-call"
          label="Call to action"
          value={call.text}
          readOnly={readOnly}
          maxLength={60}
          onChange={(text) => change({ callToAction: { ...call, text } })}
          className="text-base font-semibold"
        />
        <InPlace
          label="Web address or handle"
          value={call.destination ?? ""}
          readOnly={readOnly}
          maxLength={200}
          placeholder="No web address"
          onChange={(destination) => change({ callToAction: { ...call, destination: destination || null } })}
          className="text-sm text-muted"
        />
      </Part>
    </section>
  );
}

const COLORS = [
  ["primary", "Primary"],
  ["secondary", "Secondary"],
  ["accent", "Accent"],
  ["background", "Background"],
] as const;

function Look({ brief, readOnly, change }: PartProps) {
  const { visualDirection: look, audioDirection: audio } = brief;
  const { palette } = look;
  return (
    <section aria-label="Look and sound" className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
      <Part label="Look">
        <InPlace
          label="Look"
          value={look.aesthetic}
          readOnly={readOnly}
          maxLength={200}
          onChange={(aesthetic) => change({ visualDirection: { ...look, aesthetic } })}
          className="text-base"
        />
        <Select<Mood>
          label="Mood of the pictures"
          value={look.mood}
          options={options(MOODS)}
          disabled={readOnly}
          onValueChange={(mood) => change({ visualDirection: { ...look, mood } })}
          className="mt-2 max-w-44"
        />
      </Part>
      <Part label="Music">
        <InPlace
          label="Genre"
          value={audio.genre}
          readOnly={readOnly}
          maxLength={60}
          onChange={(genre) => change({ audioDirection: { ...audio, genre } })}
          className="text-base"
        />
        <div className="mt-2 flex flex-wrap gap-2">
          <div className="w-36">
            <Select<Mood>
              label="Mood of the music"
              value={audio.mood}
              options={options(MOODS)}
              disabled={readOnly}
              onValueChange={(mood) => change({ audioDirection: { ...audio, mood } })}
            />
          </div>
          <div className="w-44">
            <NumberInput
              label="Tempo"
              value={audio.tempoBpm}
              min={50}
              max={190}
              unit="bpm"
              disabled={readOnly}
              onValueChange={(tempoBpm) => {
                if (tempoBpm !== null) change({ audioDirection: { ...audio, tempoBpm } });
              }}
            />
          </div>
        </div>
      </Part>
      <div className="sm:col-span-2">
        <Part label="Colours">
          <div className="mt-1.5 flex flex-wrap gap-3">
            {COLORS.map(([role, label]) => (
              <div key={role} className="w-36">
                <ColorInput
                  label={label}
                  pickLabel={`Pick the ${label.toLowerCase()} colour`}
                  value={palette[role]}
                  disabled={readOnly}
                  onValueChange={(color) =>
                    change({ visualDirection: { ...look, palette: { ...palette, [role]: color } } })
                  }
                />
                <p aria-hidden className="mt-1 text-xs text-faint">
                  {label}
                </p>
              </div>
            ))}
          </div>
        </Part>
      </div>
    </section>
  );
}
