/** Reading search parameters: what is not what a page expects is left out, so that no address breaks a page. */

type Given = Record<string, unknown>;

/** Reads what a page may be told in its address; a link names only what it wants to say. */
export function search<T extends object>(read: (given: Given) => T): (given: Given) => Partial<T> {
  return read;
}

export function text(given: Given, name: string): string | undefined {
  const value = given[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function oneOf<T extends string>(given: Given, name: string, values: readonly T[]): T | undefined {
  return values.find((value) => value === given[name]);
}

export function count(given: Given, name: string): number | undefined {
  const value = Number(given[name]);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}

export function texts(given: Given, name: string): string[] | undefined {
  const value = given[name];
  const list = (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === "string");
  return list.length > 0 ? list : undefined;
}
