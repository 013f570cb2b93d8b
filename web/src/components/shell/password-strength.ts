/** How hard a password is to guess, in words. Pure; a hint, not a rule: the server has the rule. */

export const PASSWORD_LEAST = 10;

export type Strength = "short" | "weak" | "fair" | "strong";

export interface StrengthWords {
  readonly strength: Strength;
  /** 0 to 1. */
  readonly share: number;
  readonly words: string;
}

const BITS_FAIR = 45;
const BITS_STRONG = 65;

/** How many different things stand in it: repeats and runs ("aaaa", "1234") add next to nothing. */
function surprises(password: string): number {
  const characters = Array.from(password.toLowerCase());
  return characters.filter((character, place) => {
    const before = characters[place - 1];
    if (before === undefined) return true;
    const step = (character.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0);
    return Math.abs(step) > 1;
  }).length;
}

function kinds(password: string): number {
  return [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) => kind.test(password)).length;
}

export function passwordStrength(password: string, least = PASSWORD_LEAST): StrengthWords {
  const missing = least - Array.from(password).length;
  if (password === "") return { strength: "short", share: 0, words: `At least ${least} characters` };
  if (missing > 0) {
    const words = `${missing} more ${missing === 1 ? "character" : "characters"} needed`;
    return { strength: "short", share: 0.3 * (1 - missing / least), words };
  }
  const bits = surprises(password) * (2.5 + 0.6 * kinds(password)) * Math.min(1, new Set(password).size / 8);
  if (bits < BITS_FAIR) return { strength: "weak", share: 0.4, words: "Easy to guess: use a few words" };
  if (bits < BITS_STRONG) return { strength: "fair", share: 0.7, words: "Good" };
  return { strength: "strong", share: 1, words: "Strong" };
}
