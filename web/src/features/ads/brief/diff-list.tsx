import type { Schemas } from "@/api/types";

/** What differs between two versions, in words. */
export function DiffList({ diff }: { readonly diff: Schemas["BriefDiff"] }) {
  return (
    <div className="text-sm">
      <p className="font-semibold wrap-anywhere">{diff.summary}</p>
      <ul className="mt-1 flex flex-col gap-2">
        {diff.changes.map((change, index) => (
          <li key={index} className="wrap-anywhere">
            {change.before !== null && change.after !== null ? (
              <>
                <span className="text-xs text-faint">{change.text}</span>
                <del dir="auto" className="block text-faint decoration-critical/60">
                  {change.before}
                </del>
                <ins dir="auto" className="block text-ink no-underline">
                  {change.after}
                </ins>
              </>
            ) : (
              <span dir="auto">{change.text}</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
