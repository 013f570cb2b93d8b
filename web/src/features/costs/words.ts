/** What the parts of the money's books are called. Pure. */
import type { GroupBy, Intent, LedgerAccount, LedgerEntry } from "@/api/costs";
import { assertNever } from "@/lib/never";

export type Breakdown = Exclude<GroupBy, "day">;

export const BREAKDOWNS: readonly { readonly value: Breakdown; readonly label: string; readonly plural: string }[] = [
  { value: "client", label: "Client", plural: "clients" },
  { value: "campaign", label: "Campaign", plural: "campaigns" },
  { value: "job", label: "Ad", plural: "ads" },
  { value: "model", label: "Model", plural: "models" },
  { value: "purpose", label: "Purpose", plural: "purposes" },
];

export function purposeWords(purpose: Intent["purpose"]): string {
  switch (purpose) {
    case "image":
      return "Pictures";
    case "motion":
      return "Moving scenes";
    case "music":
      return "Music";
    case "video":
      return "Videos";
    case "brief":
      return "Briefs";
    case "refine":
      return "Refinements";
    case "upscale":
      return "Enlargements";
    default:
      return assertNever(purpose);
  }
}

const PURPOSES: readonly Intent["purpose"][] = ["image", "motion", "music", "video", "brief", "refine", "upscale"];

export function accountWords(account: LedgerAccount): string {
  switch (account) {
    case "estimate":
      return "Estimated";
    case "plan":
      return "Planned";
    case "available":
      return "Available";
    case "reserved":
      return "Held back";
    case "spent":
      return "Spent";
    default:
      return assertNever(account);
  }
}

export function kindWords(kind: LedgerEntry["kind"]): string {
  switch (kind) {
    case "estimate":
      return "Estimate noted";
    case "reserve":
      return "Held back";
    case "settle":
      return "Settled";
    case "release":
      return "Given back";
    default:
      return assertNever(kind);
  }
}

/** The model of "provider:owner/name", with its provider; a name may itself have colons. */
export function modelParts(key: string): { provider: string; model: string } {
  const end = key.indexOf(":");
  return end < 0 ? { provider: "", model: key } : { provider: key.slice(0, end), model: key.slice(end + 1) };
}

interface Named {
  readonly key: string | null;
  readonly name: string | null;
}

function purposeName(key: string | null): string {
  const purpose = PURPOSES.find((each) => each === key);
  return purpose === undefined ? (key ?? "Unknown purpose") : purposeWords(purpose);
}

/** What a group of a report is called. */
export function groupName(by: Breakdown, { key, name }: Named): string {
  switch (by) {
    case "client":
      return name ?? "A client that is gone";
    case "campaign":
      return key === null ? "Without a campaign" : (name ?? "A campaign that is gone");
    case "job":
      return key === null ? "Outside of ads" : `Ad ${key}`;
    case "model":
      return key === null ? "Unknown model" : modelParts(key).model;
    case "purpose":
      return purposeName(key);
    default:
      return assertNever(by);
  }
}

/** Where a group of a report leads, or null where there is no page of it. */
export function groupHref(by: Breakdown, key: string | null): string | null {
  if (key === null) return null;
  switch (by) {
    case "client":
      return `/clients/${key}`;
    case "campaign":
      return `/campaigns/${key}`;
    case "job":
      return `/ads/${key}`;
    case "model":
      return modelHref(key);
    case "purpose":
      return null;
    default:
      return assertNever(by);
  }
}

/** The page of a model; only the catalogue's models have one, and these are called owner/name. */
function modelHref(key: string): string | null {
  const { provider, model } = modelParts(key);
  const parts = model.split(":", 1)[0]?.split("/") ?? [];
  return provider === "replicate" && parts.length === 2 ? `/models/${parts.map(encodeURIComponent).join("/")}` : null;
}
