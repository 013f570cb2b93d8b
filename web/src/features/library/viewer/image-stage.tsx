/** A picture to be looked at closely: wheel, pinch and keys zoom, dragging moves. */
import { Maximize, Minus, Plus } from "lucide-react";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { RefObject } from "react";

import { bytesOf } from "@/api/assets";
import type { ImageAsset } from "@/api/types";
import { Button, cx, IconButton } from "@/components/ui";
import { useShortcuts } from "@/lib/shortcuts";

import { fitScale, fitted, moved, type Size, STEP, type View, zoomed } from "./zoom";

const WHEEL_SPEED = 0.0022;
const STEP_PX = 64;

function useStage(): [RefObject<HTMLDivElement | null>, Size] {
  const stage = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = stage.current;
    if (!element) return;
    const measure = (): void => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [stage, size];
}

/** Where a pointer is, from the middle of the stage. */
function fromMiddle(event: { clientX: number; clientY: number }, element: Element): { x: number; y: number } {
  const box = element.getBoundingClientRect();
  return { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
}

type Change = (change: (view: View) => View) => void;

/** Wheel and trackpad. Not by React: the page must be kept from scrolling, which its passive listeners cannot. */
function useWheel(stage: RefObject<HTMLDivElement | null>, picture: Size, size: Size, change: Change): void {
  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    const turn = (event: WheelEvent): void => {
      event.preventDefault();
      const at = fromMiddle(event, element);
      // A pinch on a trackpad comes as a wheel with Ctrl held, in smaller steps.
      const factor = Math.exp(-event.deltaY * WHEEL_SPEED * (event.ctrlKey ? 5 : 1));
      change((view) => zoomed(view, factor, at, picture, size));
    };
    element.addEventListener("wheel", turn, { passive: false });
    return () => element.removeEventListener("wheel", turn);
  }, [stage, picture, size, change]);
}

/** One pointer moves, two zoom. */
function usePointers(picture: Size, size: Size, change: Change) {
  const held = useRef(new Map<number, { x: number; y: number }>());
  const spread = (): number => {
    const [one, other] = [...held.current.values()];
    return one && other ? Math.hypot(one.x - other.x, one.y - other.y) : 0;
  };
  return {
    onPointerDown: (event: React.PointerEvent) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      held.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
    },
    onPointerMove: (event: React.PointerEvent) => {
      const was = held.current.get(event.pointerId);
      if (!was) return;
      const before = spread();
      held.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
      const at = fromMiddle(event, event.currentTarget);
      const by = { x: event.clientX - was.x, y: event.clientY - was.y };
      const factor = before > 0 ? spread() / before : 1;
      const isPinch = held.current.size > 1;
      change((view) => (isPinch ? zoomed(view, factor, at, picture, size) : moved(view, by, picture, size)));
    },
    onPointerUp: (event: React.PointerEvent) => held.current.delete(event.pointerId),
    onPointerCancel: (event: React.PointerEvent) => held.current.delete(event.pointerId),
  };
}

export function ImageStage({ asset }: { readonly asset: ImageAsset }) {
  const [stage, size] = useStage();
  const { width, height } = asset;
  const [picture] = useState<Size>({ width, height });
  const [set, setView] = useState<View | null>(null);
  // Until somebody zooms, it fits whatever room there is.
  const view = set ?? fitted(picture, size);
  const change: Change = useCallback((next) => setView((was) => next(was ?? fitted(picture, size))), [picture, size]);
  useWheel(stage, picture, size, change);
  const pointers = usePointers(picture, size, change);
  const zoom = (factor: number) => change((was) => zoomed(was, factor, { x: 0, y: 0 }, picture, size));
  const whole = (): void => change((was) => zoomed(was, 1 / was.scale, { x: 0, y: 0 }, picture, size));
  const pan = (x: number, y: number) => change((was) => moved(was, { x: x * STEP_PX, y: y * STEP_PX }, picture, size));
  useShortcuts([
    { keys: "+", label: "Zoom in", group: "Picture", run: () => zoom(STEP) },
    { keys: "-", label: "Zoom out", group: "Picture", run: () => zoom(1 / STEP) },
    { keys: "0", label: "Fit", group: "Picture", run: () => setView(null) },
    { keys: "1", label: "Full size", group: "Picture", run: whole },
    { keys: "shift+arrowleft", label: "Look left", group: "Picture", run: () => pan(1, 0) },
    { keys: "shift+arrowright", label: "Look right", group: "Picture", run: () => pan(-1, 0) },
    { keys: "shift+arrowup", label: "Look up", group: "Picture", run: () => pan(0, 1) },
    { keys: "shift+arrowdown", label: "Look down", group: "Picture", run: () => pan(0, -1) },
  ]);
  const isMovable = view.scale > fitScale(picture, size) + 1e-6;
  return (
    <div className="relative h-full">
      <div
        ref={stage}
        {...pointers}
        onDoubleClick={() => (set === null ? whole() : setView(null))}
        className={cx(
          "absolute inset-0 touch-none overflow-hidden",
          isMovable ? "cursor-grab active:cursor-grabbing" : "cursor-zoom-in",
        )}
      >
        {size.width > 0 && (
          <img
            src={bytesOf(asset)}
            alt={asset.name}
            draggable={false}
            className={cx(
              "absolute start-1/2 top-1/2 max-w-none bg-center",
              asset.hasAlpha && "checkered",
              view.scale >= 3 && "[image-rendering:pixelated]",
            )}
            style={{
              width,
              height,
              backgroundColor: asset.hasAlpha ? undefined : asset.dominantColours[0],
              transform: `translate(-50%, -50%) translate(${view.x}px, ${view.y}px) scale(${view.scale})`,
            }}
          />
        )}
      </div>
      <div className="absolute inset-x-0 bottom-3 mx-auto flex w-fit items-center gap-0.5 rounded-card border border-line bg-raised p-1 shadow-low">
        <IconButton
          size="sm"
          label="Zoom out"
          shortcut="−"
          icon={<Minus aria-hidden />}
          onClick={() => zoom(1 / STEP)}
        />
        <Button size="sm" variant="ghost" className="min-w-14 tabular" onClick={whole} aria-label="Show at full size">
          {Math.round(view.scale * 100)} %
        </Button>
        <IconButton size="sm" label="Zoom in" shortcut="+" icon={<Plus aria-hidden />} onClick={() => zoom(STEP)} />
        <IconButton size="sm" label="Fit" shortcut="0" icon={<Maximize aria-hidden />} onClick={() => setView(null)} />
      </div>
    </div>
  );
}
