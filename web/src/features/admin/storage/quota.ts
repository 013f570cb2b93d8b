/** Quotas as they are typed. Pure. */

const UNITS: Readonly<Record<string, number>> = { b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 };

/** Bytes of "20 GB" or "1.5tb"; a bare number is gigabytes, nothing at all the server's setting (null). */
export function readQuota(text: string): number | null | undefined {
  const plain = text.trim().toLowerCase().replace(",", ".");
  if (plain === "") return null;
  const [, amount, unit = ""] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/.exec(plain) ?? [];
  const factor = UNITS[unit === "" ? "gb" : unit];
  if (amount === undefined || factor === undefined) return undefined;
  const bytes = Math.round(Number(amount) * factor);
  return bytes <= Number.MAX_SAFE_INTEGER ? bytes : undefined;
}

/** A quota as it can be typed again without changing it: "20 GB". */
export function typedQuota(quotaBytes: number | null): string {
  if (quotaBytes === null) return "";
  const unit = (["tb", "gb", "mb", "kb"] as const).find((each) => quotaBytes >= (UNITS[each] ?? 1)) ?? "b";
  return `${quotaBytes / (UNITS[unit] ?? 1)} ${unit === "kb" ? "kB" : unit.toUpperCase()}`;
}
