/** A model's JSON Schema as the fields of a form. Pure; a schema comes from strangers, so nothing in it is believed. */

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Scalar = string | number | boolean;
export type FileMedium = "image" | "video" | "audio" | "any";

interface Common {
  /** The input's name in the schema. */
  readonly name: string;
  readonly label: string;
  readonly hint: string | undefined;
  readonly required: boolean;
  readonly nullable: boolean;
  /** Folded away until somebody asks for it. */
  readonly advanced: boolean;
  /** What the model takes where nothing is given; undefined where it does not say. */
  readonly preset: Json | undefined;
}

interface TextBounds {
  readonly minLength: number | undefined;
  readonly maxLength: number | undefined;
}

interface CountBounds {
  readonly minItems: number | undefined;
  readonly maxItems: number | undefined;
}

export interface NumberBounds {
  readonly min: number | undefined;
  readonly max: number | undefined;
  /** Whether the bound itself is too small (or too large). */
  readonly isMinExcluded: boolean;
  readonly isMaxExcluded: boolean;
  readonly multipleOf: number | undefined;
  readonly isInteger: boolean;
}

export type TextField = Common & TextBounds & { readonly kind: "text"; readonly isLong: boolean };
export type ChoiceField = Common & { readonly kind: "choice"; readonly choices: readonly Scalar[] };
export type NumberField = Common & NumberBounds & { readonly kind: "number"; readonly step: number };
export type SeedField = Common & NumberBounds & { readonly kind: "seed" };
export type ToggleField = Common & { readonly kind: "toggle" };
export type FileField = Common & { readonly kind: "file"; readonly medium: FileMedium };
export type FilesField = Common & CountBounds & { readonly kind: "files"; readonly medium: FileMedium };
export type TextsField = Common & CountBounds & { readonly kind: "texts"; readonly areColours: boolean };
/** What no control fits: written as JSON. */
export type RawField = Common & { readonly kind: "raw" };
/** What may not be given here: keys and passwords, which would be stored with the order. */
export type SecretField = Common & { readonly kind: "secret" };

export type Field =
  | TextField
  | ChoiceField
  | NumberField
  | SeedField
  | ToggleField
  | FileField
  | FilesField
  | TextsField
  | RawField
  | SecretField;

type Schema = Record<string, Json>;

/** One order is one medium: these counts are always 1, and not asked for. */
const COUNTS = new Set(["num_outputs", "num_images", "number_of_images", "num_samples", "max_images", "batch_size"]);
const LONG_TEXT = /prompt|lyrics|caption|script|(^|_)text$/;
const PLAIN =
  /aspect|ratio|duration|seconds|length$|resolution|^size$|^mode$|mood|style|palette|colou?r|camera|shot|tempo|scale|strength|intensity/;
const LONG_FROM_CHARACTERS = 200;
/** What the API takes of a prompt, whatever a model says. */
const PROMPT_MAX_CHARACTERS = 5_000;
const SLIDER_STEPS = 100;
const DEPTH_MAX = 8;

/** The fields of a form for a schema, in the vendor's order; those without one stay as they stand, at the end. */
export function fieldsOf(schema: unknown): Field[] {
  const root = asSchema(schema);
  const properties = asSchema(root?.properties);
  if (!root || !properties) return [];
  const required = new Set(Array.isArray(root.required) ? root.required : []);
  return Object.entries(properties)
    .flatMap(([name, part]) => {
      const known = asSchema(part);
      return known && !COUNTS.has(name) ? [{ name, part: resolved(known, root, 0) }] : [];
    })
    .sort((a, b) => order(a.part) - order(b.part))
    .map(({ name, part }) => fieldOf(name, part, required.has(name)));
}

function order(part: Schema): number {
  return asNumber(part["x-order"]) ?? Number.MAX_SAFE_INTEGER;
}

/** One schema with what it refers to laid under its own words, and a branch for null turned into `nullable`. */
function resolved(part: Schema, root: Schema, depth: number): Schema {
  if (depth > DEPTH_MAX) return {};
  const under: Schema = {};
  const target = typeof part.$ref === "string" ? pointed(part.$ref, root) : undefined;
  if (target) Object.assign(under, resolved(target, root, depth + 1));
  for (const each of schemas(part.allOf)) Object.assign(under, resolved(each, root, depth + 1));
  return unbranched({ ...under, ...without(part, "$ref", "allOf") }, root, depth);
}

function unbranched(part: Schema, root: Schema, depth: number): Schema {
  const branches = [...schemas(part.anyOf), ...schemas(part.oneOf)].map((each) => resolved(each, root, depth + 1));
  if (branches.length === 0) return part;
  const some = branches.filter((each) => each.type !== "null");
  const nullable: Schema = some.length < branches.length ? { nullable: true } : {};
  const only = some.length === 1 ? some[0] : undefined;
  const found = only ?? { format: some.some(isAddress) ? "uri" : "branches" };
  return { ...found, ...without(part, "anyOf", "oneOf"), ...nullable };
}

function without(part: Schema, ...names: string[]): Schema {
  return Object.fromEntries(Object.entries(part).filter(([name]) => !names.includes(name)));
}

function pointed(reference: string, root: Schema): Schema | undefined {
  if (!reference.startsWith("#/")) return undefined;
  let found: Json | undefined = root;
  for (const step of reference.slice(2).split("/")) found = asSchema(found)?.[step];
  return asSchema(found);
}

function fieldOf(name: string, part: Schema, required: boolean): Field {
  const types = typesOf(part);
  const common: Common = {
    name,
    label: labelOf(name, part),
    hint: typeof part.description === "string" && part.description !== "" ? part.description : undefined,
    required,
    nullable: part.nullable === true || types.includes("null"),
    advanced: isAdvanced(name, part, required),
    preset: part.default,
  };
  if (part["x-cog-secret"] === true) return { ...common, kind: "secret" };
  const choices = choicesOf(part);
  if (choices.length > 0) return { ...common, kind: "choice", choices };
  if (isAddress(part) && !types.includes("array")) return { ...common, kind: "file", medium: mediumOf(name, part) };
  return typedField(
    common,
    part,
    types.find((type) => type !== "null"),
  );
}

function typedField(common: Common, part: Schema, type: string | undefined): Field {
  switch (type) {
    case "boolean":
      return { ...common, kind: "toggle" };
    case "integer":
    case "number":
      return numberField(common, part, type === "integer");
    case "array":
      return listField(common, part);
    case "string":
      return { ...common, ...textBounds(common.name, part), kind: "text", isLong: isLong(common.name, part) };
    case undefined:
    default:
      // Objects, several types at once, and words that no schema has.
      return { ...common, kind: "raw" };
  }
}

function numberField(common: Common, part: Schema, isInteger: boolean): Field {
  const bounds: NumberBounds = {
    min: asNumber(part.minimum) ?? asNumber(part.exclusiveMinimum),
    max: asNumber(part.maximum) ?? asNumber(part.exclusiveMaximum),
    isMinExcluded: asNumber(part.minimum) === undefined && asNumber(part.exclusiveMinimum) !== undefined,
    isMaxExcluded: asNumber(part.maximum) === undefined && asNumber(part.exclusiveMaximum) !== undefined,
    multipleOf: asNumber(part.multipleOf),
    isInteger,
  };
  if (isInteger && /(^|_)seed$/.test(common.name)) return { ...common, ...bounds, kind: "seed" };
  return { ...common, ...bounds, kind: "number", step: stepOf(bounds) };
}

function stepOf({ min, max, multipleOf, isInteger }: NumberBounds): number {
  if (multipleOf !== undefined && multipleOf > 0) return multipleOf;
  if (isInteger) return 1;
  if (min === undefined || max === undefined) return 0.1;
  // The power of ten that cuts the range into about a hundred steps.
  return 10 ** Math.floor(Math.log10(Math.max((max - min) / SLIDER_STEPS, 1e-6)) + 0.5);
}

function listField(common: Common, part: Schema): Field {
  const items = asSchema(part.items) ?? {};
  const bounds: CountBounds = { minItems: asNumber(part.minItems), maxItems: asNumber(part.maxItems) };
  if (isAddress(items)) return { ...common, ...bounds, kind: "files", medium: mediumOf(common.name, part) };
  if (typesOf(items).includes("string") && choicesOf(items).length === 0) {
    const areColours = /palette|colou?rs?$/.test(common.name);
    return { ...common, ...bounds, kind: "texts", areColours };
  }
  return { ...common, kind: "raw" };
}

function textBounds(name: string, part: Schema): TextBounds {
  const most = asNumber(part.maxLength);
  const maxLength = name === "prompt" ? Math.min(most ?? PROMPT_MAX_CHARACTERS, PROMPT_MAX_CHARACTERS) : most;
  return { minLength: asNumber(part.minLength), maxLength };
}

function isLong(name: string, part: Schema): boolean {
  return LONG_TEXT.test(name) || (asNumber(part.maxLength) ?? 0) >= LONG_FROM_CHARACTERS;
}

function isAdvanced(name: string, part: Schema, required: boolean): boolean {
  if (required || isAddress(part) || isAddress(asSchema(part.items) ?? {})) return false;
  if (name === "prompt" || name === "lyrics" || name === "text") return false;
  return /negative|version|normali[sz]ation/.test(name) || !PLAIN.test(name);
}

function isAddress(part: Schema): boolean {
  return part.format === "uri";
}

function mediumOf(name: string, part: Schema): FileMedium {
  const words = `${name} ${typeof part.title === "string" ? part.title : ""}`.toLowerCase();
  if (/audio|song|music|voice|melody|sound/.test(words)) return "audio";
  if (/video|film|clip/.test(words)) return "video";
  if (/image|frame|picture|photo|mask|reference/.test(words)) return "image";
  return "any";
}

/** "num_inference_steps" → "Num inference steps": the vendor's title, in our case. */
function labelOf(name: string, part: Schema): string {
  const given = typeof part.title === "string" && part.title.trim() !== "" ? part.title : name;
  const words = given.replaceAll(/[_\s]+/g, " ").trim();
  const lowered = words.replaceAll(/\b([A-Z])([a-z]+)/g, (word) => word.toLowerCase());
  return lowered.charAt(0).toUpperCase() + lowered.slice(1);
}

function choicesOf(part: Schema): Scalar[] {
  const listed = Array.isArray(part.enum) ? part.enum : "const" in part ? [part.const ?? null] : [];
  return listed.filter((one): one is Scalar => ["string", "number", "boolean"].includes(typeof one));
}

function typesOf(part: Schema): string[] {
  const given = Array.isArray(part.type) ? part.type : [part.type];
  return given.filter((type): type is string => typeof type === "string");
}

function schemas(value: Json | undefined): Schema[] {
  return Array.isArray(value) ? value.map(asSchema).filter((each) => each !== undefined) : [];
}

function asSchema(value: unknown): Schema | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Schema) : undefined;
}

function asNumber(value: Json | undefined): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
