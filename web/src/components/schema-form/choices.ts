/** Choices of a model as people read them. Pure. */
import type { ChoiceField, Scalar } from "./fields";

/** Stands for "nothing given" in a list of choices, whose values are texts. */
export const UNSET = "";

const SIDE_BY_SIDE_MAX = 5;
const SIDE_BY_SIDE_CHARACTERS = 26;

export function choiceKey(choice: Scalar): string {
  return JSON.stringify(choice);
}

const FORMATS = new Set(["webp", "png", "jpg", "jpeg", "gif", "mp3", "wav", "mp4", "webm"]);

/** "push_in" → "Push in", "webp" → "WEBP"; what is no word stays as it is. */
export function choiceLabel(choice: Scalar): string {
  if (typeof choice !== "string") return String(choice);
  if (FORMATS.has(choice)) return choice.toUpperCase();
  const isWord = /^[a-z]{2,}([_-][a-z]+)*$/.test(choice);
  const words = choice.replaceAll("_", " ");
  return isWord ? words.charAt(0).toUpperCase() + words.slice(1) : words;
}

/** Whether nothing need be chosen, so that a way back to that is offered. */
export function canBeUnset(field: ChoiceField): boolean {
  return !field.required && (field.preset === undefined || field.preset === null);
}

/** Whether the choices fit side by side instead of into a list. */
export function isShort(field: ChoiceField): boolean {
  const labels = field.choices.map(choiceLabel);
  return !canBeUnset(field) && labels.length <= SIDE_BY_SIDE_MAX && labels.join("").length <= SIDE_BY_SIDE_CHARACTERS;
}
