/** Generated media by the ten thousand: pages have their place from the start, and are fetched and drawn near the view. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { RefObject } from "react";

import { type MediaFilter, mediaQuery, type MediumType } from "@/api/models";
import { problemOf } from "@/api/problem";
import type { GeneratedMedium } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";

import { type GridShape, PAGE_ITEMS, pageHeightPx, shapeOf, TILE_ASPECT } from "./grid-shape";
import { MediumTile } from "./medium-tile";

export interface MediaGridProps {
  readonly type: MediumType;
  readonly filter: MediaFilter;
  /** How many there are in all, as the first page says. */
  readonly total: number;
  readonly label: string;
  readonly onOpen?: ((medium: GeneratedMedium) => void) | undefined;
}

function useWidth(ref: RefObject<HTMLElement | null>): number {
  const [widthPx, setWidthPx] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = (): void => setWidthPx(Math.floor(element.getBoundingClientRect().width));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return widthPx;
}

/** Whether an element is within a screen of what is seen, whatever it is that scrolls. */
function useIsNear(ref: RefObject<HTMLElement | null>, initially: boolean): boolean {
  const [isNear, setIsNear] = useState(initially);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new IntersectionObserver((entries) => setIsNear(entries.some((entry) => entry.isIntersecting)), {
      rootMargin: "100% 0px",
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return isNear;
}

function WaitingTile() {
  return (
    <li aria-hidden className="flex flex-col gap-2">
      <Skeleton shape="media" aspect={TILE_ASPECT} />
      <Skeleton className="mt-1 w-4/5" />
      <Skeleton className="h-3 w-2/5" />
    </li>
  );
}

interface PageProps extends Omit<MediaGridProps, "total" | "label"> {
  readonly number: number;
  readonly count: number;
  readonly shape: GridShape;
}

function Tiles({ type, filter, number, count, onOpen }: PageProps) {
  const { data, error, refetch, isFetching } = useQuery(
    mediaQuery(type, { ...filter, limit: PAGE_ITEMS, offset: number * PAGE_ITEMS }),
  );
  if (error && !data) {
    return (
      <li className="col-span-full flex flex-wrap items-center gap-3 text-sm text-muted">
        <span role="alert">{problemOf(error).detail}</span>
        <Button size="sm" busy={isFetching} onClick={() => void refetch()}>
          Try again
        </Button>
      </li>
    );
  }
  if (!data) return Array.from({ length: count }, (_, place) => <WaitingTile key={place} />);
  return data.items.map((medium) => (
    <li key={medium.id} className="min-w-0">
      <MediumTile medium={medium} {...(onOpen && { onOpen })} />
    </li>
  ));
}

function Page(props: PageProps) {
  const place = useRef<HTMLUListElement>(null);
  const isNear = useIsNear(place, props.number === 0);
  const { shape, count } = props;
  return (
    <ul
      ref={place}
      // Screen readers hear one list, cut where the pages are.
      aria-busy={!isNear || undefined}
      className="grid"
      style={{
        height: pageHeightPx(shape, count),
        gridTemplateColumns: `repeat(${shape.columns}, minmax(0, 1fr))`,
        gridAutoRows: `${shape.rowPx}px`,
        columnGap: shape.gapPx,
        rowGap: shape.gapPx,
      }}
    >
      {isNear && shape.columns > 0 && <Tiles {...props} />}
    </ul>
  );
}

/** A grid of media, newest first; without `onOpen` each leads to its page. */
export function MediaGrid({ total, label, ...props }: MediaGridProps) {
  const place = useRef<HTMLDivElement>(null);
  const shape = shapeOf(useWidth(place));
  const pages = Math.max(1, Math.ceil(total / PAGE_ITEMS));
  return (
    <div ref={place} role="group" aria-label={label} className="flex flex-col" style={{ gap: shape.gapPx }}>
      {shape.columns > 0 &&
        Array.from({ length: pages }, (_, number) => (
          <Page
            key={number}
            {...props}
            number={number}
            count={Math.min(PAGE_ITEMS, Math.max(0, total - number * PAGE_ITEMS))}
            shape={shape}
          />
        ))}
    </div>
  );
}
