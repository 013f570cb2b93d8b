/** Words that the pages of clients share. */
import { problemOf } from "@/api/problem";
import type { CampaignStatus } from "@/api/clients";
import type { Member } from "@/api/types";
import { toast, type ProblemWords, type Tone } from "@/components/ui";
import { assertNever } from "@/lib/never";

/** A failure to load, as `ErrorState` shows it; what is not there looks as if it never was. */
export function problemWords(error: unknown): ProblemWords {
  const problem = problemOf(error);
  if (problem.status === 404 || problem.status === 422) {
    return {
      title: "There is nothing at this address",
      detail: "It may have been deleted, or belong to a client that you are not a member of.",
    };
  }
  return {
    title: problem.title,
    detail: problem.detail,
    nextStep: problem.nextStep ?? undefined,
    code: problem.code,
  };
}

/** Says what a change failed of, and stays until it was read. */
export function tellFailure(title: string, error: unknown): void {
  const { detail, nextStep } = problemOf(error);
  toast({ tone: "critical", title, description: [detail, nextStep].filter(Boolean).join(" ") });
}

export const ROLES: readonly { readonly value: Member["role"]; readonly label: string; readonly may: string }[] = [
  { value: "owner", label: "Owner", may: "Changes everything, members and keys too." },
  { value: "editor", label: "Editor", may: "Makes ads, changes brand and campaigns." },
  { value: "viewer", label: "Viewer", may: "Sees everything, changes nothing." },
];

/** A campaign's state in a word, and its tone. */
export function campaignWords(status: CampaignStatus): { label: string; tone: Tone } {
  switch (status) {
    case "draft":
      return { label: "Draft", tone: "neutral" };
    case "active":
      return { label: "Active", tone: "positive" };
    case "archived":
      return { label: "Archived", tone: "neutral" };
    default:
      return assertNever(status);
  }
}

export const CAMPAIGN_STATUSES: readonly CampaignStatus[] = ["draft", "active", "archived"];

/** What somebody typed, or null where it is nothing. */
export function orNull(text: string): string | null {
  return text.trim() === "" ? null : text;
}

/** A web address without what everybody knows: "example.com/shop". */
export function shortAddress(url: string): string {
  return url.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "");
}
