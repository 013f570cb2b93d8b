/** The closed sets of briefs and storyboards in the words that people read. */
import type { AspectRatio, Platform, Schemas } from "@/api/types";

export type Purpose = Schemas["Purpose"];
export type ShotType = Schemas["ShotType"];
export type CameraMovement = Schemas["CameraMovement"];
export type Transition = Schemas["Transition"];
export type Mood = Schemas["Mood"];

export const PURPOSES: Record<Purpose, string> = {
  hook: "Hook",
  context: "Context",
  problem: "Problem",
  product_showcase: "Product",
  benefit: "Benefit",
  proof: "Proof",
  offer: "Offer",
  cta: "Call to action",
};

export const SHOTS: Record<ShotType, string> = {
  extreme_close_up: "Extreme close-up",
  close_up: "Close-up",
  medium: "Medium",
  wide: "Wide",
  overhead: "Overhead",
  detail: "Detail",
  end_card: "End card",
};

export const CAMERAS: Record<CameraMovement, string> = {
  static: "Still",
  push_in: "Push in",
  pull_out: "Pull out",
  pan_left: "Pan left",
  pan_right: "Pan right",
  tilt_up: "Tilt up",
  tilt_down: "Tilt down",
};

export const TRANSITIONS: Record<Transition, string> = { cut: "Cut", dissolve: "Dissolve", push: "Push" };

export const MOODS: Record<Mood, string> = {
  energetic: "Energetic",
  uplifting: "Uplifting",
  calm: "Calm",
  elegant: "Elegant",
  playful: "Playful",
  dramatic: "Dramatic",
  warm: "Warm",
  tech: "Tech",
};

export const PLATFORM_LABELS: Record<Platform, string> = {
  tiktok: "TikTok",
  instagram: "Instagram",
  youtube: "YouTube",
  facebook: "Facebook",
};

const ASPECTS: Record<AspectRatio, { number: number; label: string }> = {
  "9:16": { number: 9 / 16, label: "Vertical" },
  "4:5": { number: 4 / 5, label: "Portrait" },
  "1:1": { number: 1, label: "Square" },
  "16:9": { number: 16 / 9, label: "Landscape" },
};

export const ASPECT_RATIOS = ["9:16", "4:5", "1:1", "16:9"] as const satisfies readonly AspectRatio[];

/** Width by height. */
export function aspectNumber(aspect: AspectRatio): number {
  return ASPECTS[aspect].number;
}

/** "Vertical 9:16". */
export function aspectLabel(aspect: AspectRatio): string {
  return `${ASPECTS[aspect].label} ${aspect}`;
}

/** The entries of such a set as options of a `Select`. */
export function options<Value extends string>(labels: Record<Value, string>): { value: Value; label: string }[] {
  return (Object.keys(labels) as Value[]).map((value) => ({ value, label: labels[value] }));
}
