import { Dices } from "lucide-react";
import type { ComponentType } from "react";

import { Button, IconButton } from "@/components/ui/button";
import { Switch } from "@/components/ui/checkbox";
import { Field as UiField } from "@/components/ui/field";
import { NumberInput } from "@/components/ui/number-input";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { Slider } from "@/components/ui/slider";
import { TagInput } from "@/components/ui/tag-input";
import { TextArea, TextInput } from "@/components/ui/text-input";
import { formatCount } from "@/lib/units";

import { canBeUnset, choiceKey, choiceLabel, isShort, UNSET } from "./choices";
import type {
  ChoiceField,
  Field,
  FileField,
  FilesField,
  NumberField,
  RawField,
  SeedField,
  TextField,
  TextsField,
} from "./fields";
import { FileControl } from "./file-control";
import type { FieldValue, FileRef } from "./values";

const SLIDER_STEPS_MAX = 1_000;
const SEED_MAX = 2 ** 31 - 1;
const COUNTED_FROM = 0.8;
const FILES_MAX = 20;

export interface ControlProps<Kind extends Field = Field> {
  readonly field: Kind;
  readonly value: FieldValue | undefined;
  /** `null` takes back what was given: the model's own default holds. */
  readonly onValueChange: (value: FieldValue | null) => void;
  readonly error: string | undefined;
  readonly clientId: string | undefined;
  readonly disabled: boolean;
}

function TextControl({ field, value, onValueChange }: ControlProps<TextField>) {
  const text = typeof value === "string" ? value : "";
  if (!field.isLong) return <TextInput value={text} onValueChange={onValueChange} />;
  return <TextArea value={text} onValueChange={onValueChange} minRows={field.name === "prompt" ? 5 : 2} />;
}

function ChoiceControl({ field, value, onValueChange }: ControlProps<ChoiceField>) {
  const chosen = field.choices.find((choice) => choice === value);
  const key = chosen === undefined ? UNSET : choiceKey(chosen);
  const pick = (next: string): void => {
    onValueChange(field.choices.find((choice) => choiceKey(choice) === next) ?? null);
  };
  const options = field.choices.map((choice) => ({ value: choiceKey(choice), label: choiceLabel(choice) }));
  if (isShort(field)) {
    return <Segmented label={field.label} value={key} onValueChange={pick} options={options} className="w-full" />;
  }
  const unset = canBeUnset(field) ? [{ value: UNSET, label: "As the model chooses" }] : [];
  return <Select value={key} onValueChange={pick} options={[...unset, ...options]} />;
}

function NumberControl({ field, value, onValueChange }: ControlProps<NumberField>) {
  const { min, max, step } = field;
  const current = typeof value === "number" ? value : null;
  const input = (
    <NumberInput
      value={current}
      onValueChange={onValueChange}
      min={min}
      max={max}
      step={step}
      placeholder="As the model chooses"
      className="flex-1"
    />
  );
  const canSlide = min !== undefined && max !== undefined && (max - min) / step <= SLIDER_STEPS_MAX;
  if (!canSlide || current === null) return input;
  return (
    <div className="flex items-center gap-3">
      <Slider
        label={`${field.label}, as a slider`}
        value={Math.min(max, Math.max(min, current))}
        onValueChange={(next) => onValueChange(Number(next.toFixed(6)))}
        min={min}
        max={max}
        step={step}
        className="min-w-0 flex-1 [&>output]:hidden"
      />
      <div className="w-32 shrink-0">{input}</div>
    </div>
  );
}

function SeedControl({ field, value, onValueChange }: ControlProps<SeedField>) {
  const [least, most] = [field.min ?? 0, Math.min(field.max ?? SEED_MAX, SEED_MAX)];
  const current = typeof value === "number" ? value : null;
  const draw = (): void => onValueChange(least + Math.floor(Math.random() * (most - least + 1)));
  return (
    <div className="flex items-center gap-2">
      <NumberInput
        value={current}
        onValueChange={onValueChange}
        min={least}
        max={field.max}
        step={1}
        format={{ useGrouping: false }}
        placeholder="Another each time"
        className="flex-1"
      />
      <IconButton label="Draw a number" icon={<Dices aria-hidden />} variant="secondary" onClick={draw} />
      {current !== null && field.preset !== current && (
        <Button variant="ghost" size="sm" onClick={() => onValueChange(null)}>
          Clear
        </Button>
      )}
    </div>
  );
}

function TextsControl({ field, value, onValueChange }: ControlProps<TextsField>) {
  return (
    <TagInput
      value={(value ?? []) as readonly string[]}
      onValueChange={onValueChange}
      maxTags={field.maxItems}
      placeholder={field.areColours ? "#RRGGBB" : undefined}
    />
  );
}

function RawControl({ value, onValueChange }: ControlProps<RawField>) {
  const text = typeof value === "string" ? value : "";
  return <TextArea value={text} onValueChange={onValueChange} minRows={2} spellCheck={false} className="font-mono" />;
}

function OneFileControl({ field, value, onValueChange, clientId, disabled }: ControlProps<FileField>) {
  const files = value === undefined || value === null ? [] : [value as FileRef];
  const change = (next: readonly FileRef[]): void => onValueChange(next[0] ?? null);
  const { label, medium } = field;
  return <FileControl {...{ label, medium, files, clientId, disabled }} onFilesChange={change} max={1} />;
}

function FilesControl({ field, value, onValueChange, clientId, disabled }: ControlProps<FilesField>) {
  const { label, medium } = field;
  return (
    <FileControl
      {...{ label, medium, clientId, disabled }}
      files={(value ?? []) as readonly FileRef[]}
      onFilesChange={onValueChange}
      max={Math.min(field.maxItems ?? FILES_MAX, FILES_MAX)}
    />
  );
}

function SecretControl() {
  return <p className="text-sm text-muted">No key can be given here: what is sent to a model is kept.</p>;
}

function NoControl() {
  return null;
}

type FieldOf<Kind extends Field["kind"]> = Extract<Field, { kind: Kind }>;

const CONTROLS: { [Kind in Field["kind"]]: ComponentType<ControlProps<FieldOf<Kind>>> } = {
  text: TextControl,
  choice: ChoiceControl,
  number: NumberControl,
  seed: SeedControl,
  texts: TextsControl,
  raw: RawControl,
  file: OneFileControl,
  files: FilesControl,
  secret: SecretControl,
  // Stands in a row of its own, with its label.
  toggle: NoControl,
};

function Control(props: ControlProps) {
  const Kind = CONTROLS[props.field.kind] as ComponentType<ControlProps>;
  return <Kind {...props} />;
}

function asideOf(field: Field, value: FieldValue | undefined): string | undefined {
  if (field.kind !== "text" || typeof value !== "string" || field.maxLength === undefined) return undefined;
  if (value.length < field.maxLength * COUNTED_FROM) return undefined;
  return `${formatCount(value.length)} of ${formatCount(field.maxLength)}`;
}

/** A field of a model's form: label, control, hint, and what is wrong with it. */
export function ControlledField(props: ControlProps) {
  const { field, value, onValueChange, error, disabled } = props;
  if (field.kind === "toggle") {
    return (
      <Switch
        label={field.label}
        hint={error ?? field.hint}
        checked={value === true}
        onCheckedChange={onValueChange}
        disabled={disabled}
      />
    );
  }
  return (
    <UiField
      label={field.label}
      hint={field.hint}
      error={error}
      required={field.required}
      disabled={disabled}
      aside={asideOf(field, value)}
    >
      <Control {...props} />
    </UiField>
  );
}
