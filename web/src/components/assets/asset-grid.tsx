/** Assets by the ten thousand: only what is in view is drawn, only what is looked at is fetched. */
import { useVirtualizer, useWindowVirtualizer, type VirtualItem } from "@tanstack/react-virtual";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { KeyboardEvent, MouseEvent, RefObject } from "react";

import type { AssetFilter } from "@/api/assets";
import type { Asset } from "@/api/types";
import { cx } from "@/components/ui";

import { AssetCell } from "./asset-cell";
import { cellAfter, type Density, type GridLayout, layoutFor } from "./grid-layout";
import { type AssetPages, useAssetPages } from "./use-asset-pages";

const OVERSCAN_ROWS = 3;
/** The bars that stay on top while the page scrolls: what is moved to must not lie below them. */
const STICKY_PX = 120;
const EDGE_PX = 8;

export interface GridEvents {
  /** A plain click, or Enter. */
  readonly onOpen: (asset: Asset, index: number) => void;
  /** The box of a cell, a click with ⌘ or Ctrl, or Space. */
  readonly onToggle?: ((asset: Asset, index: number) => void) | undefined;
  /** A click or an arrow with Shift: everything from the anchor to here. */
  readonly onReach?: ((index: number) => void) | undefined;
}

export interface AssetGridProps extends GridEvents {
  readonly filter: AssetFilter;
  readonly density: Density;
  readonly label: string;
  readonly chosen: ReadonlyMap<string, Asset>;
  readonly openId?: string | undefined;
  /** What stands above the cells and knows of them: a head with a count, a toolbar. */
  readonly above?: ((pages: AssetPages) => React.ReactNode) | undefined;
  /** Places the cells, or what is shown instead of them: nothing there, nothing found, failed. */
  readonly children: (pages: AssetPages, grid: React.ReactNode) => React.ReactNode;
}

interface Virtual {
  readonly rows: readonly VirtualItem[];
  readonly heightPx: number;
  readonly startPx: number;
  readonly scrollToRow: (row: number) => void;
  readonly pageRows: number;
}

const WAITING_CELLS = 24;

function useWidth(ref: RefObject<HTMLElement | null>): { widthPx: number; topPx: number } {
  const [box, setBox] = useState({ widthPx: 0, topPx: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = (): void => {
      const { width, top } = element.getBoundingClientRect();
      const next = { widthPx: Math.floor(width), topPx: Math.round(top + window.scrollY) };
      setBox((was) => (was.widthPx === next.widthPx && was.topPx === next.topPx ? was : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    // What stands above may grow: the body tells of it.
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [ref]);
  return box;
}

/** What a grid needs of the rows in view, whoever scrolls them. */
function useGrid(props: AssetGridProps, widthPx: number) {
  const layout = layoutFor(props.density, widthPx);
  const [range, setRange] = useState({ first: 0, last: WAITING_CELLS - 1 });
  const pages = useAssetPages(props.filter, range);
  const count = pages.total ?? WAITING_CELLS;
  const see = useCallback((first: number, last: number) => {
    setRange((was) => (was.first === first && was.last === last ? was : { first, last }));
  }, []);
  return { layout, pages, count, see, rowCount: Math.ceil(count / layout.columns) };
}

type Grid = ReturnType<typeof useGrid>;

/** A grid that scrolls with the page. */
export function AssetGrid(props: AssetGridProps) {
  const place = useRef<HTMLDivElement>(null);
  const { widthPx, topPx } = useWidth(place);
  const grid = useGrid(props, widthPx);
  const virtualizer = useWindowVirtualizer({
    count: grid.rowCount,
    estimateSize: () => grid.layout.rowPx,
    gap: grid.layout.gapPx,
    overscan: OVERSCAN_ROWS,
    scrollMargin: topPx,
    scrollPaddingStart: STICKY_PX,
    scrollPaddingEnd: EDGE_PX + 64,
    enabled: widthPx > 0,
  });
  const { rowPx, gapPx } = grid.layout;
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowPx, gapPx]);
  return (
    <Body
      {...props}
      place={place}
      grid={grid}
      virtual={{
        rows: virtualizer.getVirtualItems(),
        heightPx: virtualizer.getTotalSize(),
        startPx: topPx,
        scrollToRow: (row) => virtualizer.scrollToIndex(row),
        pageRows: Math.max(1, Math.floor((window.innerHeight - STICKY_PX) / (rowPx + gapPx))),
      }}
    />
  );
}

/** The same within a box that scrolls, as in a dialog. */
export function BoxedAssetGrid(props: AssetGridProps & { readonly box: RefObject<HTMLElement | null> }) {
  const place = useRef<HTMLDivElement>(null);
  const { widthPx } = useWidth(place);
  const grid = useGrid(props, widthPx);
  // eslint-disable-next-line react-hooks/incompatible-library -- Nothing is memoized here: rows are read at each render.
  const virtualizer = useVirtualizer({
    count: grid.rowCount,
    getScrollElement: () => props.box.current,
    estimateSize: () => grid.layout.rowPx,
    gap: grid.layout.gapPx,
    overscan: OVERSCAN_ROWS,
    scrollPaddingStart: EDGE_PX,
    scrollPaddingEnd: EDGE_PX,
    enabled: widthPx > 0,
  });
  const { rowPx, gapPx } = grid.layout;
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowPx, gapPx]);
  return (
    <Body
      {...props}
      place={place}
      grid={grid}
      virtual={{
        rows: virtualizer.getVirtualItems(),
        heightPx: virtualizer.getTotalSize(),
        startPx: 0,
        scrollToRow: (row) => virtualizer.scrollToIndex(row),
        pageRows: Math.max(1, Math.floor((virtualizer.scrollRect?.height ?? 0) / (rowPx + gapPx))),
      }}
    />
  );
}

interface BodyProps extends AssetGridProps {
  readonly place: RefObject<HTMLDivElement | null>;
  readonly grid: Grid;
  readonly virtual: Virtual;
}

/** The place that Tab reaches, and the focus that follows the arrows even to rows that are not drawn yet. */
function useCursor(place: RefObject<HTMLDivElement | null>, count: number) {
  const [cursor, setCursor] = useState(0);
  const wanted = useRef<number | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    const cell = place.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"]`);
    if (!cell) return;
    wanted.current = null;
    cell.focus({ preventScroll: true });
  });
  const move = useCallback((index: number) => {
    wanted.current = index;
    setCursor(index);
  }, []);
  return { cursor: Math.min(cursor, Math.max(0, count - 1)), setCursor, move };
}

function indexOf(event: { target: EventTarget }): number | null {
  const cell = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-index]") : null;
  return cell ? Number(cell.dataset.index) : null;
}

function Body(props: BodyProps) {
  const { place, grid, virtual, density, chosen, openId, onToggle, children } = props;
  const { layout, pages, count, see } = grid;
  const { cursor, setCursor, move } = useCursor(place, count);
  const first = (virtual.rows[0]?.index ?? 0) * layout.columns;
  const last = Math.min(count, ((virtual.rows.at(-1)?.index ?? 0) + 1) * layout.columns) - 1;
  useEffect(() => see(first, Math.max(first, last)), [see, first, last]);

  const click = (event: MouseEvent): void => {
    const index = indexOf(event);
    const asset = index === null ? undefined : pages.at(index);
    if (index === null || !asset) return;
    setCursor(index);
    const isBox = event.target instanceof Element && event.target.closest("[data-choose]") !== null;
    if (event.shiftKey && props.onReach) props.onReach(index);
    else if (onToggle && (isBox || event.metaKey || event.ctrlKey)) onToggle(asset, index);
    else props.onOpen(asset, index);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const asset = pages.at(cursor);
    const next = cellAfter(event.key, cursor, { columns: layout.columns, count, pageRows: virtual.pageRows });
    if (next !== null) {
      event.preventDefault();
      if (event.shiftKey) props.onReach?.(next);
      virtual.scrollToRow(Math.floor(next / layout.columns));
      move(next);
    } else if (asset && event.key === " ") {
      event.preventDefault();
      if (onToggle) onToggle(asset, cursor);
      else props.onOpen(asset, cursor);
    } else if (asset && event.key === "Enter") {
      event.preventDefault();
      props.onOpen(asset, cursor);
    }
  };
  const cells = (
    <div
      role="grid"
      aria-label={props.label}
      aria-rowcount={grid.rowCount}
      aria-colcount={layout.columns}
      aria-multiselectable={onToggle ? true : undefined}
      aria-busy={pages.total === null || pages.isChanging || undefined}
      onClick={click}
      onKeyDown={press}
      onFocus={(event) => setCursor(indexOf(event) ?? cursor)}
      className={cx("relative transition-opacity select-none", pages.isChanging && "opacity-60")}
      style={{ height: virtual.heightPx }}
    >
      {virtual.rows.map((row) => (
        <Row key={row.key} row={row} startPx={virtual.startPx} layout={layout}>
          {Array.from({ length: Math.min(layout.columns, count - row.index * layout.columns) }, (_, column) => {
            const index = row.index * layout.columns + column;
            const asset = pages.at(index);
            return (
              <AssetCell
                key={index}
                asset={asset}
                index={index}
                density={density}
                aspect={layout.aspect}
                isChosen={asset !== undefined && chosen.has(asset.id)}
                isOpen={asset !== undefined && asset.id === openId}
                isTabStop={index === cursor}
                isChoosing={chosen.size > 0}
                canChoose={onToggle !== undefined}
              />
            );
          })}
        </Row>
      ))}
    </div>
  );
  return (
    <>
      {props.above?.(pages)}
      <div ref={place}>{children(pages, cells)}</div>
    </>
  );
}

interface RowProps {
  readonly row: VirtualItem;
  readonly startPx: number;
  readonly layout: GridLayout;
  readonly children: React.ReactNode;
}

function Row({ row, startPx, layout, children }: RowProps) {
  return (
    <div
      role="row"
      aria-rowindex={row.index + 1}
      className="absolute inset-x-0 top-0 grid [contain:layout_style]"
      style={{
        height: layout.rowPx,
        transform: `translateY(${row.start - startPx}px)`,
        gridTemplateColumns: `repeat(${layout.columns}, minmax(0, 1fr))`,
        columnGap: layout.gapPx,
      }}
    >
      {children}
    </div>
  );
}
