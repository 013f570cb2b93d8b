import { ArrowLeft, ArrowRight, Copy, Trash2 } from "lucide-react";
import { useState } from "react";
import type { ReactNode } from "react";

import { Button, IconButton } from "@/components/ui/button";
import { ColorInput } from "@/components/ui/color-input";
import { Field } from "@/components/ui/field";
import { NumberInput } from "@/components/ui/number-input";
import { Select } from "@/components/ui/select";
import { TextArea } from "@/components/ui/text-input";
import { PLATFORM_LABELS } from "@/lib/platforms";
import { formatTimecode, plural } from "@/lib/units";

import type { Colour, WordsField } from "./model/edits";
import { framesRange, isEndCard } from "./model/film";
import type { Clip } from "./model/film";
import type { Desk } from "./use-desk";
import { CAMERAS, FIELDS, fieldsOf, PURPOSES, sourceWords, wordsOf } from "./words";

/** The numbers and words of what is chosen: a scene, or else the film. */
export function Inspector({ desk }: { readonly desk: Desk }) {
  const { selected } = desk;
  return selected ? <SceneInspector key={selected.scene} desk={desk} clip={selected} /> : <FilmInspector desk={desk} />;
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="flex flex-col gap-3 border-t border-line px-4 py-4 first:border-t-0">
      <h3 className="text-sm">{title}</h3>
      {children}
    </section>
  );
}

function Facts({ facts }: { readonly facts: readonly (readonly [string, string])[] }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-faint">{name}</dt>
          <dd className="min-w-0 text-end tabular wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface SceneProps {
  readonly desk: Desk;
  readonly clip: Clip;
}

function SceneInspector({ desk, clip }: SceneProps) {
  const { film } = desk;
  const { kind, frames } = clip.transition;
  const facts = [
    ["From", formatTimecode(clip.startFrame, film.fps)],
    ["Shows", sourceWords(clip.source.kind)],
    [
      "Comes in by",
      kind === "cut" ? "Cut" : `${kind === "dissolve" ? "Dissolve" : "Push"}, ${plural(frames, "frame")}`,
    ],
    ...(clip.motionModel === null ? [] : [["Moved by", clip.motionModel] as const]),
  ] as const;
  return (
    <div>
      <header className="flex items-center gap-1 px-4 pt-3 pb-1">
        <h2 className="min-w-0 flex-1 truncate text-base">
          Scene {clip.scene} · {PURPOSES[clip.purpose]}
        </h2>
        <SceneActions desk={desk} clip={clip} />
      </header>
      <div className="px-4 pb-4">
        <Facts facts={facts} />
      </div>
      <Part title="Length">
        <LengthFields desk={desk} clip={clip} />
      </Part>
      <Part title="Words">
        {fieldsOf(clip).map((field) => (
          <WordsBox key={field} desk={desk} clip={clip} field={field} />
        ))}
      </Part>
      <Part title="Picture">
        <Field label="Camera">
          <Select
            value={clip.camera}
            disabled={desk.locked !== null}
            options={(Object.keys(CAMERAS) as Clip["camera"][]).map((value) => ({ value, label: CAMERAS[value] }))}
            onValueChange={(move) => desk.edits.make({ kind: "camera", scene: clip.scene, move })}
          />
        </Field>
        {clip.footage && <FootageField desk={desk} clip={clip} footage={clip.footage} />}
      </Part>
    </div>
  );
}

function SceneActions({ desk, clip }: SceneProps) {
  const count = desk.film.tracks.picture.length;
  const { scenesMin, scenesMax } = desk.film.limits;
  const isFixed = desk.locked !== null || isEndCard(desk.film, clip);
  const place = clip.scene - 1;
  return (
    <span className="flex shrink-0">
      <IconButton
        size="sm"
        label="Move one place earlier"
        shortcut="Alt ←"
        icon={<ArrowLeft aria-hidden />}
        disabled={isFixed || place === 0}
        onClick={() => desk.move(place, place - 1)}
      />
      <IconButton
        size="sm"
        label="Move one place later"
        shortcut="Alt →"
        icon={<ArrowRight aria-hidden />}
        disabled={isFixed || clip.scene >= count - 1}
        onClick={() => desk.move(place, place + 1)}
      />
      <IconButton
        size="sm"
        label={count >= scenesMax ? `A film has at most ${scenesMax} scenes` : "Show the scene twice"}
        icon={<Copy aria-hidden />}
        disabled={isFixed || count >= scenesMax}
        onClick={() => desk.duplicate(clip.scene)}
      />
      <IconButton
        size="sm"
        label={count <= scenesMin ? `A film has at least ${scenesMin} scenes` : "Remove the scene"}
        icon={<Trash2 aria-hidden />}
        disabled={isFixed || count <= scenesMin}
        onClick={() => desk.remove(clip.scene)}
      />
    </span>
  );
}

function LengthFields({ desk, clip }: SceneProps) {
  const { fps } = desk.film;
  const { min, max } = framesRange(desk.film, clip.scene - 1, desk.keepTotal);
  const change = (frames: number | null): void => {
    if (frames !== null) desk.retime(clip.scene, frames);
  };
  const isLocked = desk.locked !== null;
  return (
    <>
      <div className="grid grid-cols-2 gap-2">
        <NumberInput
          label="Frames"
          unit="f"
          value={clip.frames}
          min={min}
          max={max}
          disabled={isLocked}
          onValueChange={change}
        />
        <NumberInput
          label="Seconds"
          unit="s"
          value={Number((clip.frames / fps).toFixed(2))}
          min={Math.ceil((min / fps) * 100) / 100}
          max={Math.floor((max / fps) * 100) / 100}
          step={0.1}
          format={{ maximumFractionDigits: 2 }}
          disabled={isLocked}
          onValueChange={(seconds) => change(seconds === null ? null : Math.round(seconds * fps))}
        />
      </div>
      <p className="text-xs text-faint">
        {clip.frames < clip.readableFrames ? "Too short to be read: " : "Its words take "}
        <span className="tabular">{plural(clip.readableFrames, "frame")}</span> to read.
      </p>
    </>
  );
}

function WordsBox({ desk, clip, field }: SceneProps & { readonly field: WordsField }) {
  const [typed, setTyped] = useState<string | null>(null);
  const now = wordsOf(clip, field);
  const keep = (): void => {
    const next = typed?.trim().replaceAll(/\s+/g, " ");
    setTyped(null);
    if (next === undefined || next === now || (field === "callToAction" && next === "")) return;
    desk.edits.make({ kind: "words", scene: clip.scene, [field]: next });
  };
  return (
    <Field label={FIELDS[field].label} aside={typed === null ? undefined : `${typed.length} / ${FIELDS[field].max}`}>
      <TextArea
        minRows={1}
        maxRows={4}
        maxLength={FIELDS[field].max}
        value={typed ?? now}
        disabled={desk.locked !== null}
        onValueChange={setTyped}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === "Escape") setTyped(null);
          if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
          event.preventDefault();
          keep();
        }}
      />
    </Field>
  );
}

function FootageField({ desk, clip, footage }: SceneProps & { readonly footage: NonNullable<Clip["footage"]> }) {
  const latestS = footage.latestStartMs / 1000;
  const paced = footage.pacePercent === 100 ? "" : ` Plays at ${footage.pacePercent} %.`;
  const played = { once: "", loop: " Plays again and again.", hold: " Stops on its last frame." }[footage.play];
  return (
    <Field
      label="Footage from"
      hint={`Of ${(footage.filmMs / 1000).toFixed(1)} s; at the latest ${latestS.toFixed(2)} s.${paced}${played}`}
    >
      <NumberInput
        unit="s"
        value={Number((footage.startMs / 1000).toFixed(2))}
        min={0}
        max={latestS}
        step={0.1}
        format={{ maximumFractionDigits: 2 }}
        disabled={desk.locked !== null || footage.latestStartMs === 0}
        onValueChange={(sourceStartS) => {
          if (sourceStartS === null || Math.round(sourceStartS * 1000) === footage.startMs) return;
          desk.edits.make({ kind: "trim", scene: clip.scene, sourceStartS });
        }}
      />
    </Field>
  );
}

const ROLES: readonly (readonly [Extract<Colour, "primary" | "secondary" | "accent" | "background">, string])[] = [
  ["primary", "Primary"],
  ["secondary", "Secondary"],
  ["accent", "Accent"],
  ["background", "Background"],
];

function FilmInspector({ desk }: { readonly desk: Desk }) {
  const { film } = desk;
  const { tempoBpm } = film.tracks.sound;
  const facts = [
    ["Length", `${formatTimecode(film.totalFrames, film.fps)} · ${plural(film.totalFrames, "frame")}`],
    ["Picture", `${film.width} × ${film.height}, ${film.fps} fps`],
    ["For", PLATFORM_LABELS[film.platform]],
    ...(tempoBpm ? [["Tempo", `${tempoBpm} bpm`] as const] : []),
  ] as const;
  return (
    <div>
      <h2 className="px-4 pt-4 pb-2 text-base">Film</h2>
      <div className="px-4 pb-4">
        <Facts facts={facts} />
      </div>
      <Part title="Colours">
        {ROLES.map(([role, label]) => (
          <Field key={role} label={label}>
            <ColorInput
              pickLabel={`Pick the ${label.toLowerCase()} colour`}
              value={film.palette[role]}
              disabled={desk.locked !== null}
              onValueChange={(value) => desk.edits.make({ kind: "palette", colors: { [role]: value } })}
            />
          </Field>
        ))}
      </Part>
      <div className="border-t border-line px-4 py-4">
        <p className="mb-3 text-sm text-muted">Choose a scene to change its length, words and camera.</p>
        <Button size="sm" onClick={() => desk.select(1)}>
          Choose scene 1
        </Button>
      </div>
    </div>
  );
}
