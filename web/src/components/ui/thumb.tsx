import type { ReactNode } from "react";
import { Checkbox } from "./checkbox";
import { cx } from "./cx";
import { Link } from "./link";
import { MediaFrame } from "./media-frame";
import type { MediaFrameProps } from "./media-frame";

interface ThumbBase {
  readonly media: Omit<MediaFrameProps, "alt" | "className">;
  readonly title: string;
  /** One quiet line: size, length, when. */
  readonly meta?: ReactNode;
  readonly selected?: boolean | undefined;
  /** Given, a box to choose it appears on hover, and stays while anything is chosen. */
  readonly onSelectedChange?: ((selected: boolean) => void) | undefined;
  readonly selectLabel?: string | undefined;
  /** Something is chosen already: boxes stay visible. */
  readonly selecting?: boolean | undefined;
  /** Icon buttons, shown on hover and focus. */
  readonly actions?: ReactNode;
  readonly className?: string | undefined;
}

export type ThumbProps = ThumbBase &
  ({ readonly href: string; readonly onOpen?: undefined } | { readonly onOpen: () => void; readonly href?: undefined });

const coverClass =
  "outline-none after:absolute after:inset-0 after:rounded-card focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-ring";
const revealClass = "transition-opacity pointer-fine:opacity-0 group-hover:opacity-100 group-focus-within:opacity-100";

function Name(props: Pick<ThumbProps, "title" | "href" | "onOpen">) {
  const name = (
    <span dir="auto" className="block truncate text-left text-sm font-semibold" title={props.title}>
      {props.title}
    </span>
  );
  if (props.href !== undefined) {
    return (
      <Link href={props.href} className={cx(coverClass, "block min-w-0")}>
        {name}
      </Link>
    );
  }
  return (
    <button type="button" onClick={props.onOpen} className={cx(coverClass, "block w-full min-w-0 text-start")}>
      {name}
    </button>
  );
}

/** A medium in a grid: picture, name, a line about it. The whole of it opens. */
export function Thumb(props: ThumbProps) {
  const { media, title, meta, selected = false, onSelectedChange, selecting = false, actions, className } = props;
  return (
    <div className={cx("group relative flex min-w-0 flex-col gap-2", className)}>
      <MediaFrame
        {...media}
        alt=""
        className={cx("transition-[outline-color]", selected && "outline-2 outline-offset-2 outline-accent")}
      />
      <div className="min-w-0">
        <Name {...props} />
        {meta !== undefined && <div className="mt-0.5 truncate text-xs text-faint tabular">{meta}</div>}
      </div>
      {onSelectedChange && (
        <div
          className={cx(
            "absolute start-2 top-2 z-2 grid size-6 place-items-center rounded-control bg-surface/90 pointer-coarse:size-10",
            !selected && !selecting && revealClass,
          )}
        >
          <Checkbox
            checked={selected}
            onCheckedChange={onSelectedChange}
            label={props.selectLabel ?? title}
            labelHidden
            className="-mt-0.5 gap-0"
          />
        </div>
      )}
      {actions !== undefined && (
        <div className={cx("absolute end-2 top-2 z-2 flex rounded-control bg-surface/90", revealClass)}>{actions}</div>
      )}
    </div>
  );
}
