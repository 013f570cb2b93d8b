export type ClassValue = string | false | null | undefined;

/** Joins class names in the order given; what is not a name is left out. */
export function cx(...names: readonly ClassValue[]): string {
  return names.filter(Boolean).join(" ");
}
