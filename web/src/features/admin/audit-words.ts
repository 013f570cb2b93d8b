/** The audit log in words: what was done, and where it leads. Pure. */
import type { AuditEntry, AuditFilter } from "@/api/admin";

const VERBS: Readonly<Record<string, string>> = {
  "session.begin": "Signed in",
  "session.end": "Signed out",
  "job.submit": "Ordered an ad",
  "job.approve": "Approved a storyboard",
  "job.render": "Ordered a render",
};

/** "job.cancel" is "Job: cancel"; some have words of their own. */
export function actionWords(action: string): string {
  const known = VERBS[action];
  if (known !== undefined) return known;
  const [noun = "", ...verbs] = action.split(".");
  const words = (text: string): string => text.replaceAll(/[_-]/g, " ");
  const head = words(noun).replace(/^api\b/, "API");
  const name = head.charAt(0).toUpperCase() + head.slice(1);
  return verbs.length === 0 ? name : `${name}: ${words(verbs.join(" "))}`;
}

/** What can be filtered by: all that happens to one kind of thing. */
export const KINDS = [
  { value: "session", label: "Signing in" },
  { value: "user", label: "Users" },
  { value: "api_key", label: "API keys" },
  { value: "client", label: "Clients" },
  { value: "campaign", label: "Campaigns" },
  { value: "member", label: "Members" },
  { value: "provider_key", label: "Service keys" },
  { value: "job", label: "Ads" },
  { value: "asset", label: "Assets" },
  { value: "budget", label: "Budgets" },
  { value: "cost", label: "Decided spendings" },
  { value: "quota", label: "Quotas" },
  { value: "storage", label: "Storage checks" },
] as const;

const PAGES: Readonly<Record<string, (subject: string) => string>> = {
  job: (id) => `/ads/${id}`,
  client: (id) => `/clients/${id}`,
  campaign: (id) => `/campaigns/${id}`,
  asset: (id) => `/library/${id}`,
  brief: (id) => `/briefs/${id}`,
  image: (id) => `/images/${id}`,
  video: (id) => `/videos/${id}`,
};

/** The page of what it was done to, or null where there is none (any more). */
export function subjectHref({ action, subject }: Pick<AuditEntry, "action" | "subject">): string | null {
  const [noun = "", verb] = action.split(".");
  if (subject === null || verb === "delete" || verb === "remove" || verb === "purge") return null;
  return PAGES[noun]?.(encodeURIComponent(subject)) ?? null;
}

const DAY_MS = 86_400_000;

/** The moments between which whole days of the reader's own zone lie; both days count. */
export function momentsOf(from: string | undefined, until: string | undefined): Pick<AuditFilter, "from" | "to"> {
  const at = (day: string | undefined): number | undefined => {
    const moment = day === undefined ? Number.NaN : new Date(`${day}T00:00:00`).getTime();
    return Number.isNaN(moment) ? undefined : moment;
  };
  const [first, last] = [at(from), at(until)];
  return {
    ...(first !== undefined && { from: new Date(first).toISOString() }),
    ...(last !== undefined && { to: new Date(last + DAY_MS).toISOString() }),
  };
}
