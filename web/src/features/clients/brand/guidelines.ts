/** What happens to guidelines while somebody writes them. Pure. */
import type { BrandColour, BrandGuidelines } from "@/api/clients";
import { COLOUR_ROLES, type ColourRole } from "@/components/brand/contrast";

export const COLOURS_MAX = 12;
export const FORBIDDEN_MAX = 50;

const BEGINNINGS: Record<ColourRole, string> = {
  primary: "#2F50D6",
  secondary: "#7A8699",
  accent: "#F2994A",
  background: "#FFFFFF",
  text: "#151A22",
};

function orNull(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? "";
  return trimmed === "" ? null : trimmed;
}

/** What is sent: nothing but what says something. */
export function cleaned(guidelines: BrandGuidelines): BrandGuidelines {
  return {
    colours: guidelines.colours.map((colour) => ({
      hex: colour.hex,
      role: colour.role ?? null,
      name: orNull(colour.name),
    })),
    headingFont: orNull(guidelines.headingFont),
    bodyFont: orNull(guidelines.bodyFont),
    voice: orNull(guidelines.voice),
    visualStyle: orNull(guidelines.visualStyle),
    forbiddenElements: guidelines.forbiddenElements.map((text) => text.trim()).filter(Boolean),
    logoAssetId: guidelines.logoAssetId ?? null,
  };
}

/** What can be seen of guidelines: words that are forbidden change no picture of the preview. */
export function seen(guidelines: BrandGuidelines): BrandGuidelines {
  return { ...cleaned(guidelines), forbiddenElements: [] };
}

/** The colours with one more, for the first role that nothing has yet. */
export function withNewColour(colours: readonly BrandColour[]): BrandColour[] {
  if (colours.length >= COLOURS_MAX) return [...colours];
  const role = COLOUR_ROLES.find((each) => !colours.some((colour) => colour.role === each)) ?? null;
  return [...colours, { hex: role ? BEGINNINGS[role] : "#9AA3AF", role, name: null }];
}

/** The colours with one changed. A role is one colour's: whoever had it before has none. */
export function withColour(colours: readonly BrandColour[], place: number, part: Partial<BrandColour>): BrandColour[] {
  return colours.map((colour, at) => {
    if (at === place) return { ...colour, ...part };
    return part.role && colour.role === part.role ? { ...colour, role: null } : colour;
  });
}

/** The colours in another order. */
export function withMoved(colours: readonly BrandColour[], from: number, to: number): BrandColour[] {
  const moved = colours[from];
  if (moved === undefined || to < 0 || to >= colours.length) return [...colours];
  const others = colours.filter((_, at) => at !== from);
  return [...others.slice(0, to), moved, ...others.slice(to)];
}

/** Colours of a picture as a palette: the first leads, the rest have no role until they are given one. */
export function coloursOf(dominant: readonly string[]): BrandColour[] {
  const distinct = [...new Set(dominant.map((hex) => hex.toUpperCase()))].slice(0, 5);
  return distinct.map((hex, place) => ({ hex, role: place === 0 ? "primary" : null, name: null }));
}
