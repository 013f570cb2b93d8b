/** What somebody filled in: as inputs of an order, and what is wrong with it in the server's own words. Pure. */
import type { Field, FileMedium, Json, NumberBounds, Scalar } from "./fields";

/** A file that is kept here, as the API names it. */
export type FileRef =
  | { readonly assetId: string; readonly imageId?: undefined; readonly videoId?: undefined }
  | { readonly imageId: number; readonly assetId?: undefined; readonly videoId?: undefined }
  | { readonly videoId: number; readonly assetId?: undefined; readonly imageId?: undefined };

/** By the input's name. What is not there is the model's own default; raw inputs are the text that was written. */
export type Values = Readonly<Record<string, FieldValue>>;
export type FieldValue = string | number | boolean | null | FileRef | readonly FileRef[] | readonly string[];

export interface Inputs {
  prompt: string;
  inputs: Record<string, Json>;
  files: Record<string, FileRef>;
}

/** By the input's name: what is wrong with it. */
export type Faults = Record<string, string>;

const PROMPT = "prompt";
const NO_KEY_HERE = "is a key of another service, and none may be given: choose a model that needs none";

/** What is sent for the values: nothing that is the model's own default, nothing that was left empty. */
export function inputsOf(fields: readonly Field[], values: Values): Inputs {
  const made: Inputs = { prompt: "", inputs: {}, files: {} };
  for (const field of fields) {
    const value = values[field.name];
    if (value === undefined || value === null || isEmpty(value)) continue;
    if (field.kind === "file") made.files[field.name] = value as FileRef;
    else if (field.kind === "files") {
      (value as readonly FileRef[]).forEach((file, index) => (made.files[`${field.name}.${index}`] = file));
    } else if (field.name === PROMPT && field.kind === "text") made.prompt = value as string;
    else if (!isPreset(field, value)) made.inputs[field.name] = sent(field, value);
  }
  return made;
}

function sent(field: Field, value: FieldValue): Json {
  return field.kind === "raw" ? (JSON.parse(value as string) as Json) : (value as Json);
}

function isPreset(field: Field, value: FieldValue): boolean {
  return field.kind !== "raw" && JSON.stringify(field.preset) === JSON.stringify(value);
}

function isEmpty(value: FieldValue): boolean {
  return value === "" || (Array.isArray(value) && value.length === 0);
}

/** What is shown for a field where nothing was given: the model's default, where a control can show it. */
export function shownValue(field: Field, values: Values): FieldValue | undefined {
  const given = values[field.name];
  if (given !== undefined) return given;
  return field.preset === undefined || field.preset === null ? undefined : readValue(field, field.preset);
}

/** How many of these fields differ from what the model takes by itself. */
export function changedCount(fields: readonly Field[], values: Values): number {
  return fields.filter((field) => {
    const value = values[field.name];
    return value !== undefined && value !== null && !isEmpty(value) && !isPreset(field, value);
  }).length;
}

/** What is wrong with the values; empty where the order can be sent. */
export function faultsOf(fields: readonly Field[], values: Values): Faults {
  const faults: Faults = {};
  for (const field of fields) {
    const words = faultOf(field, shownValue(field, values));
    if (words !== undefined) faults[field.name] = words;
  }
  return faults;
}

function faultOf(field: Field, value: FieldValue | undefined): string | undefined {
  if (field.kind === "secret") return field.required ? `${field.name} ${NO_KEY_HERE}` : undefined;
  if (value === undefined || value === null || isEmpty(value)) {
    return field.required ? `${field.name} is missing` : undefined;
  }
  const limit = limitOf(field, value);
  return limit === undefined ? undefined : `${field.name} is ${short(value)}; it must be ${limit}`;
}

/** What a value of each kind of field must be, in words; undefined where it is that. */
const LIMITS: { [Kind in Field["kind"]]: (value: never, field: FieldOf<Kind>) => string | undefined } = {
  text: (value: string, field) => sizeLimit(value, field.minLength, field.maxLength, "characters long"),
  choice: (value: Scalar, field) =>
    field.choices.includes(value) ? undefined : `one of ${field.choices.map(String).join(", ")}`,
  number: (value: number, field) => numberLimit(field, value),
  seed: (value: number, field) => numberLimit(field, value),
  toggle: () => undefined,
  file: () => undefined,
  files: (value: readonly FileRef[], field) => sizeLimit(value, field.minItems, field.maxItems, "of them"),
  texts: (value: readonly string[], field) =>
    field.areColours && !value.every(isColour)
      ? "colours as #RRGGBB"
      : sizeLimit(value, field.minItems, field.maxItems, "of them"),
  raw: (value: string) => (isJson(value) ? undefined : "JSON"),
  secret: () => undefined,
};

type FieldOf<Kind extends Field["kind"]> = Extract<Field, { kind: Kind }>;

function limitOf(field: Field, value: FieldValue): string | undefined {
  // A field's value was written by the field's own control, or read by `readValue`.
  const limit = LIMITS[field.kind] as (value: FieldValue, field: Field) => string | undefined;
  return limit(value, field);
}

function sizeLimit(
  value: { readonly length: number },
  least: number | undefined,
  most: number | undefined,
  unit: string,
): string | undefined {
  if (least !== undefined && value.length < least) return `at least ${least} ${unit}`;
  if (most !== undefined && value.length > most) return `at most ${most} ${unit}`;
  return undefined;
}

function numberLimit(bounds: NumberBounds, value: number): string | undefined {
  if (bounds.isInteger && !Number.isInteger(value)) return "a whole number";
  const { multipleOf } = bounds;
  const isBetween = multipleOf !== undefined && value % multipleOf !== 0;
  return (
    leastLimit(bounds, value) ?? mostLimit(bounds, value) ?? (isBetween ? `a multiple of ${multipleOf}` : undefined)
  );
}

function leastLimit({ min, isMinExcluded }: NumberBounds, value: number): string | undefined {
  if (min === undefined || (isMinExcluded ? value > min : value >= min)) return undefined;
  return `${isMinExcluded ? "more than" : "at least"} ${min}`;
}

function mostLimit({ max, isMaxExcluded }: NumberBounds, value: number): string | undefined {
  if (max === undefined || (isMaxExcluded ? value < max : value <= max)) return undefined;
  return `${isMaxExcluded ? "less than" : "at most"} ${max}`;
}

const SHOWN_CHARACTERS = 60;

function short(value: FieldValue): string {
  const text = JSON.stringify(value);
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS - 1)}…`;
}

function isColour(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The values of an order that was made before; what the form has no field for, or shows otherwise, is left out. */
export function valuesOf(fields: readonly Field[], inputs: Readonly<Record<string, unknown>>, prompt: string): Values {
  const values: Record<string, FieldValue> = {};
  for (const field of fields) {
    const given: unknown = inputs[field.name] ?? (field.name === PROMPT && prompt !== "" ? prompt : null);
    const value = given === null ? undefined : readValue(field, given);
    if (value !== undefined) values[field.name] = value;
  }
  return values;
}

/** Reads what an order or a schema says as the value of each kind of field; undefined where it is none. */
const READERS: { [Kind in Field["kind"]]: (given: unknown, field: FieldOf<Kind>) => FieldValue | undefined } = {
  text: (given) => (typeof given === "string" ? given : undefined),
  choice: (given, field) => field.choices.find((choice) => choice === given),
  number: (given) => (typeof given === "number" ? given : undefined),
  seed: (given) => (typeof given === "number" ? given : undefined),
  toggle: (given) => (typeof given === "boolean" ? given : undefined),
  file: (given) => fileRef(given),
  files: (given) => (Array.isArray(given) ? given.flatMap((one) => fileRef(one) ?? []) : undefined),
  texts: (given) => (Array.isArray(given) ? given.filter((one) => typeof one === "string") : undefined),
  raw: (given) => JSON.stringify(given, null, 2),
  secret: () => undefined,
};

function readValue(field: Field, given: unknown): FieldValue | undefined {
  const read = READERS[field.kind] as (given: unknown, field: Field) => FieldValue | undefined;
  return read(given, field);
}

/** Those of values kept by whatever version that the fields can show. */
export function usableValues(fields: readonly Field[], kept: Readonly<Record<string, unknown>>): Values {
  const values: Record<string, FieldValue> = {};
  for (const field of fields) {
    const given = kept[field.name];
    const value = field.kind === "raw" ? (typeof given === "string" ? given : undefined) : readValue(field, given);
    if (value !== undefined) values[field.name] = value;
  }
  return values;
}

/** A reference among an order's inputs, or undefined for anything else (an address on the web, say). */
export function fileRef(given: unknown): FileRef | undefined {
  if (typeof given !== "object" || given === null) return undefined;
  if ("assetId" in given && typeof given.assetId === "string") return { assetId: given.assetId };
  if ("imageId" in given && typeof given.imageId === "number") return { imageId: given.imageId };
  if ("videoId" in given && typeof given.videoId === "number") return { videoId: given.videoId };
  return undefined;
}

/** Vendors' usual names for the picture that a film starts from, in the order in which the server prefers them. */
const PICTURES = ["start_image", "first_frame_image", "first_frame", "image", "input_image", "image_url", "init_image"];

/** The field that takes the picture (or film, or sound) to start from: by its usual names, else the first that fits. */
export function startField(fields: readonly Field[], medium: FileMedium = "image"): Field | undefined {
  const files = fields.filter((field) => field.kind === "file" || field.kind === "files");
  const usual = PICTURES.map((name) => files.find((field) => field.name === name)).find((field) => field !== undefined);
  return (medium === "image" ? usual : undefined) ?? files.find((field) => field.medium === medium) ?? files[0];
}

/** The values with a file in the field where the work starts; unchanged where the model takes none. */
export function withStart(fields: readonly Field[], values: Values, file: FileRef, medium: FileMedium): Values {
  const field = startField(fields, medium);
  if (!field) return values;
  return { ...values, [field.name]: field.kind === "files" ? [file] : file };
}

/** The input that a refusal of the server's speaks of, if it is one of these fields. */
export function refusedField(fields: readonly Field[], details: Readonly<Record<string, unknown>>): string | undefined {
  const named = typeof details.field === "string" ? details.field : "";
  const [scope, name] = named.split(".");
  if (named === PROMPT) return PROMPT;
  return scope === "inputs" || scope === "files" ? fields.find((field) => field.name === name)?.name : undefined;
}
