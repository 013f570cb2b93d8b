/** One asset in a grid or list: drawn once, and again only when something about it changes. */
import { Check } from "lucide-react";
import { memo, useDeferredValue } from "react";

import type { Asset } from "@/api/types";
import { cx, RelativeTime } from "@/components/ui";
import { formatSize } from "@/lib/units";

import { AssetThumb } from "./asset-thumb";
import { measureOf, metaOf } from "./facts";
import type { Density } from "./grid-layout";

export interface AssetCellProps {
  /** Undefined while its page is on its way. */
  readonly asset: Asset | undefined;
  readonly index: number;
  readonly density: Density;
  readonly aspect: number;
  readonly isChosen: boolean;
  /** Its detail is open. */
  readonly isOpen: boolean;
  /** The one that Tab reaches. */
  readonly isTabStop: boolean;
  /** Something is chosen: boxes stay visible. */
  readonly isChoosing: boolean;
  readonly canChoose: boolean;
}

const cellClass =
  "group relative min-w-0 cursor-default outline-none focus-visible:outline-2 focus-visible:outline-offset-3 focus-visible:outline-ring";

function Box(props: {
  readonly name: string;
  readonly isChosen: boolean;
  readonly isShown: boolean;
  className: string;
}) {
  const { name, isChosen, isShown, className } = props;
  return (
    <button
      type="button"
      data-choose
      role="checkbox"
      tabIndex={-1}
      aria-checked={isChosen}
      aria-label={`Choose ${name}`}
      className={cx(
        "grid size-7 place-items-center rounded-control pointer-coarse:size-10",
        !isShown &&
          "pointer-fine:opacity-0 pointer-fine:group-hover:opacity-100 pointer-fine:group-focus-visible:opacity-100",
        className,
      )}
    >
      <span
        className={cx(
          "grid size-4.5 place-items-center rounded-sm border shadow-[0_0_0_1.5px_rgb(255_255_255/0.5)] dark:shadow-none",
          isChosen ? "border-accent bg-accent text-accent-ink" : "border-edge bg-surface",
        )}
      >
        {isChosen && <Check aria-hidden className="size-3.5 stroke-3" />}
      </span>
    </button>
  );
}

function Waiting({ density, aspect }: Pick<AssetCellProps, "density" | "aspect">) {
  const look = "bg-line dark:bg-strong/50";
  if (density === "list") {
    return (
      <div aria-hidden className="flex h-full items-center gap-3 px-2">
        <div className={cx("h-9 w-12 rounded-sm", look)} />
        <div className={cx("h-3 w-48 rounded-sm", look)} />
      </div>
    );
  }
  return (
    <div aria-hidden>
      <div className={cx("w-full rounded-card", look)} style={{ aspectRatio: aspect }} />
      <div className={cx("mt-2.5 h-3 w-3/5 rounded-sm", look)} />
    </div>
  );
}

type Shown = AssetCellProps & { readonly asset: Asset };

function Card({ asset, density, aspect, isChosen, isOpen, isChoosing, canChoose }: Shown) {
  return (
    <>
      <AssetThumb
        asset={asset}
        aspect={aspect}
        scrubs
        className={cx(
          "rounded-card outline-offset-2 outline-accent",
          isChosen ? "outline-2" : isOpen && "outline-2 outline-edge",
        )}
      />
      <div dir="auto" className={cx("truncate text-left text-sm font-semibold", density === "small" ? "mt-1" : "mt-2")}>
        {asset.name}
      </div>
      {density === "large" && <div className="truncate text-xs text-faint tabular">{metaOf(asset)}</div>}
      {canChoose && (
        <Box
          name={asset.name}
          isChosen={isChosen}
          isShown={isChosen || isChoosing}
          className="absolute start-1 top-1 pointer-coarse:start-0 pointer-coarse:top-0"
        />
      )}
    </>
  );
}

function Line({ asset, isChosen, isOpen, isChoosing, canChoose }: Shown) {
  return (
    <div
      className={cx(
        "@container flex h-full items-center gap-3 rounded-control px-2",
        isChosen ? "bg-selected" : isOpen ? "bg-hover" : "group-hover:bg-hover",
      )}
    >
      {canChoose && (
        <Box name={asset.name} isChosen={isChosen} isShown={isChosen || isChoosing} className="-mx-1 shrink-0" />
      )}
      <AssetThumb asset={asset} aspect={4 / 3} bare className="w-12 shrink-0 [&>div]:rounded-sm" />
      <div className="min-w-0 flex-1">
        <div dir="auto" className="truncate text-left text-sm font-semibold rtl:text-right">
          {asset.name}
        </div>
        <div className="truncate text-xs text-faint tabular @xl:hidden">{metaOf(asset)}</div>
      </div>
      <div className="hidden w-44 shrink-0 truncate text-xs text-faint @4xl:block">{asset.tags.join(", ")}</div>
      <div className="hidden w-14 shrink-0 text-sm text-muted uppercase @xl:block">{asset.format}</div>
      <div className="hidden w-28 shrink-0 truncate text-sm text-muted tabular @xl:block">{measureOf(asset)}</div>
      <div className="hidden w-20 shrink-0 text-end text-sm text-muted tabular @xl:block">{formatSize(asset.size)}</div>
      <div className="hidden w-32 shrink-0 text-end text-sm text-muted @3xl:block">
        <RelativeTime at={asset.uploadedAt} />
      </div>
    </div>
  );
}

export const AssetCell = memo(function AssetCell(props: AssetCellProps) {
  const { index, density, aspect, isChosen, isTabStop } = props;
  // A row that comes into view is there at once; its pictures are filled in between frames, so that scrolling never waits.
  const asset = useDeferredValue(props.asset, undefined);
  return (
    <div
      role="gridcell"
      data-index={index}
      tabIndex={isTabStop ? 0 : -1}
      aria-selected={props.canChoose ? isChosen : undefined}
      aria-colindex={1}
      aria-label={asset ? `${asset.name}, ${metaOf(asset)}` : "On its way"}
      aria-busy={asset === undefined || undefined}
      className={cx(
        cellClass,
        density === "list" ? "h-full rounded-control focus-visible:-outline-offset-2" : "rounded-card",
      )}
    >
      {asset === undefined ? (
        <Waiting density={density} aspect={aspect} />
      ) : density === "list" ? (
        <Line {...props} asset={asset} />
      ) : (
        <Card {...props} asset={asset} />
      )}
    </div>
  );
});
