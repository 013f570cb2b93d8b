/** The colour in which a frame waits: the ad's own, turn and turn about, so that a storyboard on its way looks like it. */
import type { Schemas } from "@/api/types";

export type Palette = Schemas["Palette"];

const ROLES = ["background", "primary", "secondary", "accent"] as const;

export function waitingColor(palette: Palette | undefined, scene: number): string | undefined {
  const role = ROLES[(scene - 1) % ROLES.length];
  return palette && role ? palette[role] : undefined;
}
