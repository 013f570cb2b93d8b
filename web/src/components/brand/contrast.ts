/** How well colours stand on one another, as WCAG 2.2 measures it. Pure. */
import type { BrandColour } from "@/api/clients";

/** The role of a colour, with null for one that has none. */
export type ColourRole = NonNullable<BrandColour["role"]>;

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

/** Relative luminance of "#rrggbb", 0 (black) to 1 (white). */
export function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => linear(parseInt(hex.slice(from, from + 2), 16) / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast of two colours, 1 (none) to 21; which of them is the ground does not matter. */
export function contrastRatio(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** What type may be set at a contrast: WCAG 2.2, criteria 1.4.3 and 1.4.6. */
export type ContrastLevel = "AAA" | "AA" | "large" | "none";

export function contrastLevel(ratio: number): ContrastLevel {
  if (ratio >= 7) return "AAA";
  if (ratio >= 4.5) return "AA";
  return ratio >= 3 ? "large" : "none";
}

/** "4.49:1", never rounded up to a level that is not reached. */
export function shownRatio(ratio: number): string {
  return `${(Math.floor(ratio * 100) / 100).toFixed(2)}:1`;
}

export interface ColourPair {
  readonly ink: BrandColour;
  readonly ground: BrandColour;
  readonly ratio: number;
}

const PAPER: BrandColour = { hex: "#ffffff", name: "White" };

/** The pairs that an ad sets type in: everything on the background, the text colour on the strong colours. */
export function contrastPairs(colours: readonly BrandColour[]): ColourPair[] {
  const background = colours.find((colour) => colour.role === "background") ?? PAPER;
  const text = colours.find((colour) => colour.role === "text");
  const strong = colours.filter((colour) => colour.role === "primary" || colour.role === "accent");
  const onBackground = colours
    .filter((colour) => colour !== background)
    .map((colour) => ({ ink: colour, ground: background }));
  const onStrong = text ? strong.map((ground) => ({ ink: text, ground })) : [];
  const reversed = strong.map((ground) => ({ ink: background, ground }));
  // The same colour in two roles is the same to the eye.
  const seen = new Set<string>();
  return [...onBackground, ...onStrong, ...reversed].flatMap((pair) => {
    const sight = `${pair.ink.hex} ${pair.ground.hex}`.toUpperCase();
    if (seen.has(sight)) return [];
    seen.add(sight);
    return [{ ...pair, ratio: contrastRatio(pair.ink.hex, pair.ground.hex) }];
  });
}

const ROLE_WORDS: Record<ColourRole, string> = {
  primary: "Primary",
  secondary: "Secondary",
  accent: "Accent",
  background: "Background",
  text: "Text",
};

export const COLOUR_ROLES: readonly ColourRole[] = ["primary", "secondary", "accent", "background", "text"];

export function roleWord(role: ColourRole): string {
  return ROLE_WORDS[role];
}

/** What a colour is called: its name, its role, or its hex. */
export function colourName(colour: BrandColour): string {
  const name = colour.name?.trim();
  if (name) return name;
  return colour.role ? ROLE_WORDS[colour.role] : colour.hex.toUpperCase();
}
