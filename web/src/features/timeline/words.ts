/** Names for the closed sets of a film, as people say them. */
import type { Schemas } from "@/api/types";
import { assertNever } from "@/lib/never";

import type { WordsField } from "./model/edits";
import type { Clip, Film } from "./model/film";

export const PURPOSES: Record<Schemas["Purpose"], string> = {
  hook: "Hook",
  context: "Context",
  problem: "Problem",
  product_showcase: "Product",
  benefit: "Benefit",
  proof: "Proof",
  offer: "Offer",
  cta: "Call to action",
};

export const CAMERAS: Record<Schemas["CameraMovement"], string> = {
  static: "Still",
  push_in: "Push in",
  pull_out: "Pull out",
  pan_left: "Pan left",
  pan_right: "Pan right",
  tilt_up: "Tilt up",
  tilt_down: "Tilt down",
};

export const FIELDS: Record<WordsField, { readonly label: string; readonly max: number }> = {
  headline: { label: "Headline", max: 120 },
  supporting: { label: "Supporting line", max: 160 },
  callToAction: { label: "Call to action", max: 60 },
  destination: { label: "Where to go", max: 200 },
};

/** What a scene shows, in a word. */
export function sourceWords(kind: Schemas["ClipSource"]["kind"]): string {
  switch (kind) {
    case "asset":
      return "Client's asset";
    case "image":
      return "Generated image";
    case "video":
      return "Generated video";
    case "panel":
      return "Drawn panel";
    case "end_card":
      return "End card";
    default:
      return assertNever(kind);
  }
}

/** What is heard, in a word. */
export function soundWords(clip: Film["tracks"]["sound"]["clips"][number]): string {
  switch (clip.kind) {
    case "bed":
      return clip.name ? `Music: ${clip.name.replaceAll("_", " ")}` : "Music";
    case "asset":
      return clip.name ?? "Client's music";
    case "generated":
      return "Generated music";
    case "footage":
      return `Sound of scene ${clip.scene ?? ""}`.trim();
    default:
      return assertNever(clip.kind);
  }
}

/** The words of a scene under a field; empty where there are none. */
export function wordsOf(clip: Clip, field: WordsField): string {
  return clip.words[field] ?? "";
}

/** Which words a scene has: the last one alone asks for something to be done. */
export function fieldsOf(clip: Clip): WordsField[] {
  const has = clip.words.callToAction !== null;
  return has ? ["headline", "supporting", "callToAction", "destination"] : ["headline", "supporting"];
}
