/** Parts that bars are made of. Pure. */

/** `solid` is what is certain, `soft` what may still change, `caution` what waits for a person. */
export type PartLook = "solid" | "soft" | "caution";

export interface Part {
  readonly id: string;
  readonly label: string;
  readonly look: PartLook;
  readonly value: number;
}

/** Fills of HTML bars. What is not certain is striped, so that colour never says it alone. */
export const partClass: Record<PartLook, string> = {
  solid: "bg-accent",
  soft: "bg-[repeating-linear-gradient(135deg,var(--accent)_0_2px,transparent_2px_5px)]",
  caution: "bg-[repeating-linear-gradient(45deg,var(--caution)_0_2px,transparent_2px_5px)]",
};

export function sumOf(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + part.value, 0);
}

/** A share of a scale in percent, between 0 and 100; what is there at all stays visible. */
export function percentOf(value: number, scale: number): number {
  if (value <= 0 || scale <= 0) return 0;
  return Math.min(100, Math.max(0.5, (value / scale) * 100));
}

const STEPS = [1, 2, 2.5, 5, 10] as const;

/** Round values from zero to at least `most`, for the lines behind bars. */
export function ticksTo(most: number, count = 3): number[] {
  if (most <= 0) return [0];
  const rough = most / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (STEPS.find((each) => each * power >= rough * (1 - 1e-9)) ?? 10);
  const lines = Math.ceil(most / step - 1e-9);
  return Array.from({ length: lines + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

/** Which places along the axis are named: the last one always, the others evenly before it. */
export function namedPlaces(length: number, most: number): number[] {
  if (length <= 0) return [];
  const gap = Math.max(1, Math.ceil(length / most));
  const places: number[] = [];
  for (let place = length - 1; place >= 0; place -= gap) places.unshift(place);
  return places;
}
