/** How the tracks are zoomed and scrolled. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

import { fitted, scrolledTo, xOf, zoomed } from "../model/axis";
import type { View } from "../model/axis";

/** Room after the last frame, so that its edge can be taken hold of. */
export const TAIL_PX = 56;

export interface TracksView extends View {
  readonly widthPx: number;
  readonly isFitted: boolean;
  /** Looks closer, or from further away, at a frame. */
  readonly zoom: (factor: number, frame: number) => void;
  readonly fit: () => void;
  /** Scrolls so that a frame is seen. */
  readonly reveal: (frame: number) => void;
}

/** `element` is what scrolls the tracks, once it is there. */
export function useView(totalFrames: number, element: HTMLElement | null): TracksView {
  const [widthPx, setWidthPx] = useState(0);
  const [chosen, setChosen] = useState<number | null>(null);
  const [scrollPx, setScrollPx] = useState(0);
  const wanted = useRef<number | null>(null);
  const least = fitted(totalFrames, widthPx - TAIL_PX);
  const scale = Math.max(chosen ?? least, least);

  useEffect(() => {
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setWidthPx(element.clientWidth));
    observer.observe(element);
    const scrolled = (): void => setScrollPx(element.scrollLeft);
    element.addEventListener("scroll", scrolled, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", scrolled);
    };
  }, [element]);

  // The place is set once the tracks have the width that it belongs to.
  useLayoutEffect(() => {
    if (wanted.current !== null) element?.scrollTo({ left: wanted.current });
    wanted.current = null;
  }, [scale, element]);

  const zoomAround = useCallback(
    (factor: number, anchorPx: number) => {
      const next = zoomed({ scale, scrollPx: element?.scrollLeft ?? 0 }, factor, { anchorPx, least });
      wanted.current = next.scrollPx;
      setChosen(next.scale <= least ? null : next.scale);
    },
    [least, scale, element],
  );
  useWheelZoom(element, zoomAround);
  const zoom = (factor: number, frame: number): void => {
    const x = xOf(frame, scale) - scrollPx;
    const isSeen = x >= 0 && x <= widthPx;
    // What is out of sight comes into the middle.
    if (!isSeen) element?.scrollTo({ left: xOf(frame, scale) - widthPx / 2 });
    zoomAround(factor, isSeen ? x : widthPx / 2);
  };
  const reveal = useCallback(
    (frame: number) => {
      if (!element) return;
      const left = scrolledTo(frame, { scale, scrollPx: element.scrollLeft }, element.clientWidth);
      if (left !== element.scrollLeft) element.scrollTo({ left });
    },
    [scale, element],
  );
  return { scale, scrollPx, widthPx, isFitted: chosen === null, zoom, fit: () => setChosen(null), reveal };
}

function useWheelZoom(element: HTMLElement | null, zoom: (factor: number, anchorPx: number) => void): void {
  useEffect(() => {
    if (!element) return undefined;
    const turn = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      // Otherwise the browser zooms its page; a listener of React's could not prevent that.
      event.preventDefault();
      zoom(Math.exp(-event.deltaY / 300), event.clientX - element.getBoundingClientRect().left);
    };
    element.addEventListener("wheel", turn, { passive: false });
    return () => element.removeEventListener("wheel", turn);
  }, [element, zoom]);
}
