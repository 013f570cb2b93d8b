/** What a generated medium is called, how it stands, and what may be done with it. Pure. */
import type { GeneratedMedium, GenerationStatus, Schemas } from "@/api/types";
import type { Tone } from "@/components/ui/badge";
import { assertNever } from "@/lib/never";

type PredictionStatus = Schemas["PredictionStatus"];

export interface StatusWords {
  readonly label: string;
  readonly tone: Tone;
}

/** A state in a word. */
export function generationWords(status: GenerationStatus): StatusWords {
  switch (status) {
    case "pending":
      return { label: "Waiting", tone: "neutral" };
    case "running":
      return { label: "Making", tone: "accent" };
    case "succeeded":
      return { label: "Done", tone: "positive" };
    case "failed":
      return { label: "Failed", tone: "critical" };
    case "canceled":
      return { label: "Canceled", tone: "neutral" };
    case "paused":
      return { label: "Paused", tone: "caution" };
    case "ambiguous":
      return { label: "Charge unclear", tone: "caution" };
    default:
      return assertNever(status);
  }
}

/** What the service said last, as a person would say it. */
export function predictionWords(status: PredictionStatus): string {
  switch (status) {
    case "starting":
      return "The model is starting";
    case "processing":
      return "The model is working";
    case "succeeded":
      return "The model is done";
    case "failed":
      return "The model failed";
    case "canceled":
      return "The service ended it";
    case "aborted":
      return "The service gave up before it started";
    default:
      return assertNever(status);
  }
}

/** Where a medium is right now, in a sentence. */
export function stageWords(medium: Pick<GeneratedMedium, "status" | "prediction">): string {
  const { status, prediction } = medium;
  switch (status) {
    case "pending":
      return "Waiting for its turn";
    case "running":
      if (prediction === null) return "Drawing it here";
      return prediction.status === "succeeded" ? "Fetching what the model made" : predictionWords(prediction.status);
    case "succeeded":
    case "failed":
    case "canceled":
    case "paused":
    case "ambiguous":
      return generationWords(status).label;
    default:
      return assertNever(status);
  }
}

/** Why there is no medium, as a heading. */
export function failureTitle(status: GenerationStatus, type: GeneratedMedium["type"]): string {
  switch (status) {
    case "paused":
      return `This ${type} is paused`;
    case "ambiguous":
      return "It is not known whether this was charged";
    case "canceled":
      return `This ${type} was canceled`;
    case "failed":
    case "pending":
    case "running":
    case "succeeded":
      return `This ${type} could not be made`;
    default:
      return assertNever(status);
  }
}

export function isMaking(status: GenerationStatus): boolean {
  return status === "pending" || status === "running";
}

export function mayCancel(status: GenerationStatus): boolean {
  return isMaking(status) || status === "paused" || status === "ambiguous";
}

export function mayRetry(status: GenerationStatus): boolean {
  return status === "failed" || status === "paused" || status === "ambiguous";
}

/** The first line of what was asked for, else the model's name. */
export function mediumTitle(medium: Pick<GeneratedMedium, "prompt" | "model" | "id" | "type">): string {
  const line = medium.prompt.trim().split("\n")[0] ?? "";
  return line !== ""
    ? line
    : `${medium.type === "image" ? "Image" : "Video"} ${medium.id} by ${modelName(medium.model)}`;
}

/** "owner/name:version" → "name". */
export function modelName(model: string): string {
  return (model.split("/")[1] ?? model).split(":")[0] ?? model;
}

const RATIO = /^(\d{1,4}):(\d{1,4})$/;

/** Width by height: of the medium, else as was asked for, else square for images and wide for films. */
export function mediumAspect(medium: Pick<GeneratedMedium, "width" | "height" | "inputs" | "type">): number {
  if (medium.width !== null && medium.height !== null && medium.height > 0) return medium.width / medium.height;
  const given = medium.inputs.aspect_ratio;
  const asked = typeof given === "string" ? RATIO.exec(given) : null;
  if (asked && Number(asked[2]) > 0) return Number(asked[1]) / Number(asked[2]);
  return medium.type === "image" ? 1 : 16 / 9;
}

/** Where a medium's page is. */
export function mediumHref(medium: Pick<GeneratedMedium, "type" | "id">): string {
  return medium.type === "image" ? `/images/${medium.id}` : `/videos/${medium.id}`;
}

/** Where a model's page is; `search` opens it with something filled in. */
export function modelHref(model: string, search: Readonly<Record<string, string | number | undefined>> = {}): string {
  const given = Object.entries(search).filter((entry): entry is [string, string | number] => entry[1] !== undefined);
  // The router reads a search value as JSON: a text that looks like a number is quoted, so that it stays one.
  const query = new URLSearchParams(
    given.map(([name, value]) => [
      name,
      typeof value === "string" && !Number.isNaN(Number(value)) ? `"${value}"` : String(value),
    ]),
  ).toString();
  const [owner = "", ...rest] = model.split("/");
  const path = `/models/${encodeURIComponent(owner)}/${encodeURIComponent(rest.join("/"))}`;
  return query === "" ? path : `${path}?${query}`;
}
