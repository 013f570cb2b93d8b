import { memo } from "react";

import type { GeneratedMedium } from "@/api/types";
import { useHoverPlay } from "@/components/jobs/use-hover-play";
import { cx } from "@/components/ui/cx";
import { Link } from "@/components/ui/link";
import { Money, RelativeTime } from "@/components/ui/numerals";

import { generationWords, mediumHref, mediumTitle, modelName } from "./generation";
import { TILE_ASPECT } from "./grid-shape";
import { MediumFrame } from "./medium-frame";

type Opening =
  | { readonly onOpen?: undefined; readonly pressed?: undefined }
  /** Chosen here instead of opened: in dialogs, and beside a form. */
  | { readonly onOpen: (medium: GeneratedMedium) => void; readonly pressed?: boolean | undefined };

export type MediumTileProps = { readonly medium: GeneratedMedium; readonly bare?: boolean | undefined } & Opening;

const coverClass =
  "block w-full min-w-0 text-start outline-none after:absolute after:inset-0 after:rounded-card " +
  "focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-ring";

function Words({ medium }: { readonly medium: GeneratedMedium }) {
  const costMicrousd = medium.actualCostMicrousd + medium.reservedCostMicrousd;
  return (
    <div className="mt-0.5 flex min-w-0 gap-1 text-xs text-faint tabular">
      <span className="truncate">{modelName(medium.model)}</span>
      {costMicrousd > 0 && (
        <>
          <span aria-hidden>·</span>
          <Money amountMicrousd={costMicrousd} />
        </>
      )}
      <span aria-hidden className="max-sm:hidden">
        ·
      </span>
      <RelativeTime at={medium.createdAt} className="max-sm:hidden" />
    </div>
  );
}

/** An image or a video in a grid. Videos play while somebody rests on them. */
export const MediumTile = memo(function MediumTile({ medium, onOpen, pressed, bare = false }: MediumTileProps) {
  const { playing, handlers } = useHoverPlay();
  const title = mediumTitle(medium);
  const state = medium.status === "succeeded" ? "" : `, ${generationWords(medium.status).label.toLowerCase()}`;
  const name = (
    <>
      <span dir="auto" title={title} className={bare ? "sr-only" : "block truncate text-left text-sm font-semibold"}>
        {title}
      </span>
      <span className="sr-only">{state}</span>
    </>
  );
  return (
    <div {...handlers} className="relative flex min-w-0 flex-col gap-2">
      <MediumFrame
        medium={medium}
        aspect={bare ? 1 : TILE_ASPECT}
        playing={playing}
        bare={bare && medium.status === "succeeded"}
        className={cx(pressed && "rounded-card outline-2 outline-offset-2 outline-accent")}
      />
      <div className={cx("min-w-0", bare && "contents")}>
        {onOpen ? (
          <button type="button" aria-pressed={pressed} onClick={() => onOpen(medium)} className={coverClass}>
            {name}
          </button>
        ) : (
          <Link href={mediumHref(medium)} className={coverClass}>
            {name}
          </Link>
        )}
        {!bare && <Words medium={medium} />}
      </div>
    </div>
  );
});
