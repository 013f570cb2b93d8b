/** Where the cells of a grid of assets are, and which one a key leads to. Pure. */

export const DENSITIES = ["large", "small", "list"] as const;
export type Density = (typeof DENSITIES)[number];

export interface GridLayout {
  readonly density: Density;
  readonly columns: number;
  readonly gapPx: number;
  readonly rowPx: number;
  /** Width by height of a cell's picture. */
  readonly aspect: number;
}

interface Measures {
  readonly cellPx: number;
  readonly gapPx: number;
  readonly aspect: number;
  /** What stands below a picture: name and, in large cells, a line about it. */
  readonly wordsPx: number;
}

const MEASURES: Record<Exclude<Density, "list">, Measures> = {
  large: { cellPx: 208, gapPx: 20, aspect: 4 / 3, wordsPx: 46 },
  small: { cellPx: 124, gapPx: 12, aspect: 1, wordsPx: 26 },
};

const LIST_ROW_PX = 52;
/** On a phone two columns are better than one, though they are narrower than wished for. */
const COLUMNS_MIN = 2;

/** How a grid fills a width. */
export function layoutFor(density: Density, widthPx: number): GridLayout {
  if (density === "list") return { density, columns: 1, gapPx: 0, rowPx: LIST_ROW_PX, aspect: 4 / 3 };
  const { cellPx, aspect, wordsPx, ...rest } = MEASURES[density];
  const gapPx = widthPx < 480 ? 12 : rest.gapPx;
  const wished = Math.floor((widthPx + gapPx) / (cellPx + gapPx));
  const columns = Math.max(density === "small" ? COLUMNS_MIN + 1 : COLUMNS_MIN, wished);
  const pictureWidthPx = Math.max(0, (widthPx - (columns - 1) * gapPx) / columns);
  return { density, columns, gapPx, rowPx: Math.round(pictureWidthPx / aspect) + wordsPx, aspect };
}

/** The cell that a key leads to from another, or null for keys that do not move. */
export function cellAfter(key: string, from: number, grid: { columns: number; count: number; pageRows: number }) {
  const { columns, count, pageRows } = grid;
  const steps: Record<string, number> = {
    ArrowRight: from + 1,
    ArrowLeft: from - 1,
    ArrowDown: from + columns,
    ArrowUp: from - columns,
    PageDown: from + pageRows * columns,
    PageUp: from - pageRows * columns,
    Home: 0,
    End: count - 1,
  };
  const wanted = steps[key];
  if (wanted === undefined || count === 0) return null;
  // A step that leaves the grid upwards or sideways goes nowhere; a jump goes as far as there is something.
  if (key.startsWith("Arrow") && wanted < 0) return from;
  if (key === "ArrowDown" && wanted >= count) return sameRow(from, count - 1, columns) ? from : count - 1;
  return Math.min(count - 1, Math.max(0, wanted));
}

function sameRow(one: number, other: number, columns: number): boolean {
  return Math.floor(one / columns) === Math.floor(other / columns);
}
