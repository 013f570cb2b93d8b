import type { BrandColour } from "@/api/clients";
import { colourName, contrastLevel, type ContrastLevel, contrastPairs, shownRatio } from "@/components/brand/contrast";
import { Badge, type Tone } from "@/components/ui";

const LEVELS: Record<ContrastLevel, { readonly label: string; readonly tone: Tone }> = {
  AAA: { label: "AAA", tone: "positive" },
  AA: { label: "AA", tone: "positive" },
  large: { label: "Large type only", tone: "caution" },
  none: { label: "Not for type", tone: "critical" },
};

/** Which of a brand's colours can be read on which, with the ratio that says so. */
export function ContrastList({ colours }: { readonly colours: readonly BrandColour[] }) {
  const pairs = contrastPairs(colours);
  if (pairs.length === 0) return null;
  return (
    <div className="flex flex-col gap-2">
      <h3 className="text-sm font-semibold">Contrast of type</h3>
      <ul className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
        {pairs.map(({ ink, ground, ratio }, place) => {
          const level = LEVELS[contrastLevel(ratio)];
          return (
            <li key={place} className="flex min-w-0 items-center gap-3">
              {/* A sample of what cannot be read is no text that has to be: its letters stand in the style. */}
              <span
                aria-hidden
                style={{ backgroundColor: ground.hex, color: ink.hex }}
                className="grid h-10 w-14 shrink-0 place-items-center rounded-control text-lg font-semibold ring-1 ring-line before:content-['Aa']"
              />
              <span className="min-w-0 flex-1 text-sm">
                <span className="block truncate text-muted">
                  <bdi>{colourName(ink)}</bdi> on <bdi>{colourName(ground)}</bdi>
                </span>
                <span className="flex items-center gap-2 tabular">
                  {shownRatio(ratio)} <Badge tone={level.tone}>{level.label}</Badge>
                </span>
              </span>
            </li>
          );
        })}
      </ul>
      <p className="text-xs text-faint">
        Ratios as in WCAG 2.2. Films set their words in a colour that can be read, whatever the pair.
      </p>
    </div>
  );
}
