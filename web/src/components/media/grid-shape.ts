/** How a grid of media fills a width. Pure. */
export const TILE_ASPECT = 4 / 3;
/** What stands below a tile's picture. */
const TILE_WORDS_PX = 48;

/** Divides by every number of columns, so that only the last page ends within a row. */
export const PAGE_ITEMS = 60;

export interface GridShape {
  /** 0 until the width is known. */
  readonly columns: number;
  readonly gapPx: number;
  readonly rowPx: number;
}

const COLUMNS = [6, 5, 4, 3, 2] as const;
const TILE_MIN_PX = 200;
const NARROW_PX = 480;

export function shapeOf(widthPx: number): GridShape {
  const gapPx = widthPx < NARROW_PX ? 12 : 20;
  if (widthPx <= 0) return { columns: 0, gapPx, rowPx: 0 };
  const columns = COLUMNS.find((count) => tilePx(widthPx, count, gapPx) >= TILE_MIN_PX) ?? 2;
  return { columns, gapPx, rowPx: Math.ceil(tilePx(widthPx, columns, gapPx) / TILE_ASPECT) + TILE_WORDS_PX };
}

export function pageHeightPx({ columns, gapPx, rowPx }: GridShape, count: number): number {
  const rows = Math.ceil(count / Math.max(1, columns));
  return Math.max(0, rows * (rowPx + gapPx) - gapPx);
}

function tilePx(widthPx: number, columns: number, gapPx: number): number {
  return (widthPx - (columns - 1) * gapPx) / columns;
}
