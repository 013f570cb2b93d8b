/** Finding ads by words of their name or prompt. Pure. */
import type { Job } from "@/api/types";

function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}

/** Those whose name or prompt holds every word that is looked for, accents and case aside. */
export function matching<T extends Pick<Job, "title" | "prompt">>(jobs: readonly T[], query: string): T[] {
  const words = folded(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...jobs];
  return jobs.filter((job) => {
    const text = folded(`${job.title ?? ""} ${job.prompt}`);
    return words.every((word) => text.includes(word));
  });
}
