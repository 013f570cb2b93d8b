import type { Schemas } from "@/api/types";
import { cx } from "@/components/ui";

export interface TypeShapeProps {
  readonly outline: Schemas["TypeOutline"];
  /** Of an em, in pixels: the type's size. */
  readonly sizePx: number;
  readonly className?: string | undefined;
}

/** A line of type in a face that no browser has, drawn from its shapes. Its words stand beside it, or are hidden. */
export function TypeShape({ outline, sizePx, className }: TypeShapeProps) {
  const { width, ascent, descent, pieces } = outline;
  const height = ascent + descent;
  return (
    <svg
      aria-hidden
      viewBox={`0 ${-ascent} ${width} ${height}`}
      width={(width / 1000) * sizePx}
      height={(height / 1000) * sizePx}
      className={cx("max-w-full shrink-0 fill-current", className)}
    >
      {pieces.map((piece, place) => (
        <path key={place} transform={`translate(${piece.x} 0)`} d={piece.d} />
      ))}
    </svg>
  );
}
