import { useSortable } from "@dnd-kit/sortable";
import { GripVertical } from "lucide-react";
import type { ComponentProps, KeyboardEvent } from "react";

import type { FrameView } from "@/api/types";
import { FramePicture } from "@/components/frames/frame-picture";
import { type CameraMovement, PURPOSES } from "@/components/frames/labels";
import { useHoverPlay } from "@/components/jobs/use-hover-play";
import { Badge, cx, iconButtonClass, MediaLabel } from "@/components/ui";
import { formatDuration } from "@/lib/units";

export interface FrameCardProps {
  readonly frame: FrameView;
  readonly aspect: number;
  readonly color: string | undefined;
  readonly camera: CameraMovement | undefined;
  readonly filmSrc: string | undefined;
  readonly stopped: boolean;
  readonly selected: boolean;
  /** The one that Tab reaches. */
  readonly reachable: boolean;
  readonly movable: boolean;
  readonly onOpen: () => void;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

function transformOf(at: { x: number; y: number } | null): string | undefined {
  return at === null ? undefined : `translate3d(${at.x}px, ${at.y}px, 0)`;
}

/** Dragging begins anywhere on the card; by keyboard it begins at the handle, since keys mean other things here. */
function pressing(listeners: ReturnType<typeof useSortable>["listeners"]): ComponentProps<"button"> {
  return { onMouseDown: listeners?.onMouseDown, onTouchStart: listeners?.onTouchStart } as ComponentProps<"button">;
}

/** A scene in the grid: picture, number, seconds, purpose, words. */
export function FrameCard(props: FrameCardProps) {
  const { frame, selected, movable } = props;
  const { playing, handlers } = useHoverPlay();
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, transform, transition, isDragging } = useSortable({
    id: frame.scene,
    disabled: !movable,
  });
  const words = frame.overlayText || frame.supportingText;
  return (
    <li
      ref={setNodeRef}
      style={{ transform: transformOf(transform), transition: transition }}
      className={cx("group relative min-w-0", isDragging && "z-10 opacity-80")}
      {...handlers}
    >
      <button
        type="button"
        data-scene={frame.scene}
        tabIndex={props.reachable ? 0 : -1}
        aria-current={selected || undefined}
        aria-label={`Scene ${frame.scene}, ${PURPOSES[frame.purpose]}, ${formatDuration(frame.duration)}. ${words || "No words."}`}
        onClick={props.onOpen}
        onFocus={props.onFocus}
        onKeyDown={props.onKeyDown}
        className="block w-full min-w-0 touch-manipulation rounded-card text-start outline-offset-3"
        {...(movable ? pressing(listeners) : {})}
      >
        <span className={cx("relative block rounded-card", selected && "outline-2 outline-offset-2 outline-accent")}>
          <FramePicture
            src={frame.imageUrl}
            alt=""
            aspect={props.aspect}
            color={props.color}
            camera={props.camera}
            durationS={frame.duration}
            filmSrc={props.filmSrc}
            playing={playing}
            stopped={props.stopped}
            eager
          />
          <span className="absolute bottom-1.5 start-1.5 flex gap-1">
            <MediaLabel>{frame.scene}</MediaLabel>
          </span>
          <span className="absolute end-1.5 bottom-1.5 flex gap-1">
            <MediaLabel>{formatDuration(frame.duration)}</MediaLabel>
          </span>
        </span>
        <PurposeLine frame={frame} stopped={props.stopped} />
        <span
          dir="auto"
          className={cx(
            "mt-0.5 line-clamp-2 block text-left text-sm wrap-anywhere",
            words ? "font-semibold" : "text-faint",
          )}
        >
          {words || "No words"}
        </span>
      </button>
      {movable && (
        <span className="absolute end-1.5 top-1.5 opacity-0 transition-opacity group-hover:opacity-100 focus-within:opacity-100 pointer-coarse:opacity-100">
          <button
            type="button"
            ref={setActivatorNodeRef}
            {...attributes}
            {...listeners}
            aria-label={`Move scene ${frame.scene}`}
            className={iconButtonClass({ size: "sm", className: "cursor-grab touch-none bg-surface/90" })}
          >
            <GripVertical aria-hidden />
          </button>
        </span>
      )}
    </li>
  );
}

function PurposeLine({ frame, stopped }: Pick<FrameCardProps, "frame" | "stopped">) {
  return (
    <span className="mt-2 flex min-w-0 items-center gap-1.5 text-xs text-faint">
      <span className="truncate">{PURPOSES[frame.purpose]}</span>
      {frame.isAwaited && !stopped && <Badge tone="accent">Being made</Badge>}
    </span>
  );
}
