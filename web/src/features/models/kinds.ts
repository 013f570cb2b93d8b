/** Kinds of models in words. */
import type { MediumType } from "@/api/models";
import type { ModelKind, Schemas } from "@/api/types";
import { assertNever } from "@/lib/never";
import { formatMoney } from "@/lib/units";

export type Rate = Schemas["Rate"];
type ModelPrice = Schemas["ModelPrice"];

/** What a kind does, as a tab or a badge says it. */
export function kindWords(kind: ModelKind): string {
  switch (kind) {
    case "text-to-image":
      return "Images";
    case "image-to-video":
      return "Image to video";
    case "text-to-video":
      return "Text to video";
    case "text-to-music":
      return "Music";
    case "upscale":
      return "Upscaling";
    default:
      return assertNever(kind);
  }
}

/** What the button of a kind does: "Make image". */
export function makeWords(kind: ModelKind): string {
  switch (kind) {
    case "text-to-image":
      return "Make image";
    case "image-to-video":
    case "text-to-video":
      return "Make video";
    case "text-to-music":
      return "Make music";
    case "upscale":
      return "Enlarge image";
    default:
      return assertNever(kind);
  }
}

export const TYPE_PLURALS: Record<MediumType, string> = { image: "images", video: "videos" };

/** "$0.05 a second that comes out". */
export function rateWords({ unit, amountMicrousd }: Pick<Rate, "unit" | "amountMicrousd">): string {
  return `${formatMoney(amountMicrousd)} ${unitWords(unit)}`;
}

function unitWords(unit: Rate["unit"]): string {
  switch (unit) {
    case "image":
      return "an image";
    case "output_second":
      return "a second that comes out";
    case "run":
      return "a run";
    case "predict_second":
      return "a second of running";
    default:
      return assertNever(unit);
  }
}

/** What a model costs, in short: "Free", "$0.04 an image", "$0.05 to $0.09 a second that comes out". */
export function priceWords(price: ModelPrice | null): string {
  if (price === null) return "Price not known";
  const [first, ...others] = price.rates;
  // The server's summary spans several rates; one alone is told in the same digits as everywhere here.
  const words = first && others.length === 0 ? rateWords(first) : price.summary;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** When a rate holds: "mode is pro". Empty where it always does. */
export function whenWords({ when }: Pick<Rate, "when">): string {
  return Object.entries(when)
    .map(([name, values]) => `${name.replaceAll("_", " ")} is ${values.map(String).join(" or ")}`)
    .join(", ");
}
