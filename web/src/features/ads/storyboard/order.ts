/** Moving frames: in what order the API wants them, and the storyboard as it will be. Pure. */
import type { FrameView } from "@/api/types";

/** The scenes' present numbers in their new order, one moved from a place to another; places count from 0. */
export function movedOrder(count: number, from: number, to: number): number[] {
  const order = Array.from({ length: count }, (_, index) => index + 1);
  const [moved] = order.splice(from, 1);
  if (moved !== undefined) order.splice(Math.min(Math.max(to, 0), count - 1), 0, moved);
  return order;
}

/** The frames in that order, numbered and timed anew, as the server will answer. */
export function reordered(frames: readonly FrameView[], order: readonly number[]): FrameView[] {
  let start = 0;
  return order.flatMap((number, index) => {
    const frame = frames.find((each) => each.scene === number);
    if (frame === undefined) return [];
    const placed = { ...frame, scene: index + 1, start };
    start += frame.duration;
    return [placed];
  });
}

/** Which frame an arrow key leads to in a grid; null where the key is none, or there is nothing there. */
export function neighbour(key: string, at: number, grid: { count: number; columns: number }): number | null {
  const steps: Record<string, number> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: grid.columns,
    ArrowUp: -grid.columns,
  };
  if (key === "Home") return 0;
  if (key === "End") return grid.count - 1;
  const step = steps[key];
  if (step === undefined) return null;
  const next = at + step;
  return next >= 0 && next < grid.count ? next : null;
}
