/** Which entries of the palette fit to what was typed, best first. Pure. */

export interface Entry {
  /** Stable, so that it can be remembered as used. */
  readonly id: string;
  readonly group: string;
  readonly label: string;
  /** A second, quiet word: whose it is, what kind. */
  readonly hint?: string | undefined;
  /** Other words that find it. */
  readonly words?: string | undefined;
}

function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}

/** How well one typed word fits: 0 not at all, 3 the label begins with it, 2 a word of it does, 1 it is somewhere. */
function fit(word: string, entry: Entry): number {
  const label = plain(entry.label);
  if (label.startsWith(word)) return 3;
  if (label.split(/[\s\-_/.·]+/).some((part) => part.startsWith(word))) return 2;
  return label.includes(word) || plain(`${entry.hint ?? ""} ${entry.words ?? ""}`).includes(word) ? 1 : 0;
}

/** The entries in which every typed word is found; entries that were used lately come before equals. */
export function rank<E extends Entry>(entries: readonly E[], typed: string, recent: readonly string[]): E[] {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  const scored = entries.map((entry, order) => {
    const fits = words.map((word) => fit(word, entry));
    const used = recent.indexOf(entry.id);
    const score = fits.includes(0) ? -1 : fits.reduce((sum, each) => sum + each, 0);
    return { entry, order, score, used: used < 0 ? recent.length : used };
  });
  return scored
    .filter(({ score }) => score >= 0)
    .sort((one, other) => other.score - one.score || one.used - other.used || one.order - other.order)
    .map(({ entry }) => entry);
}

/** The same in groups; groups stand in the order of their best entry. */
export function inGroups<E extends Entry>(entries: readonly E[]): [string, E[]][] {
  const groups = new Map<string, E[]>();
  for (const entry of entries) groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry]);
  return [...groups];
}

const RECENT_MOST = 6;

/** What was used lately, with the newest first. */
export function withUsed(recent: readonly string[], id: string): string[] {
  return [id, ...recent.filter((each) => each !== id)].slice(0, RECENT_MOST);
}
