/** Keys of the timeline: everything that a pointer can do. */
import { useShortcuts } from "@/lib/shortcuts";
import type { Shortcut } from "@/lib/shortcuts";
import type { Transporting } from "@/components/player/use-playback";

import { edgeEdits } from "./tracks/use-edge-drag";
import type { TracksView } from "./tracks/use-view";
import type { Desk } from "./use-desk";

const FAST = 10;
/** How much closer one step looks. */
export const ZOOM = 1.4;

interface KeysOptions {
  readonly desk: Desk;
  readonly view: TracksView;
  readonly transport: Transporting;
  readonly canKeep: boolean;
}

export function useDeskKeys({ desk, view, transport, canKeep }: KeysOptions): void {
  const group = "Timeline";
  const key = (keys: string, label: string, run: Shortcut["run"]): Shortcut => ({ keys, label, group, run });
  const { edits, selected } = desk;
  const scene = (run: (number: number) => void) => () => selected && run(selected.scene);
  const nudge = (edge: "in" | "out", delta: number) => () => {
    if (selected && desk.locked === null) nudged(desk, edge, delta);
  };
  useShortcuts([
    key("[", "End the scene one frame earlier", nudge("out", -1)),
    key("]", "End the scene one frame later", nudge("out", 1)),
    key("{", "End the scene ten frames earlier", nudge("out", -FAST)),
    key("}", "End the scene ten frames later", nudge("out", FAST)),
    key("alt+[", "Begin the scene one frame earlier", nudge("in", -1)),
    key("alt+]", "Begin the scene one frame later", nudge("in", 1)),
    key(
      "alt+arrowleft",
      "Move the scene one place earlier",
      scene((number) => desk.move(number - 1, number - 2)),
    ),
    key(
      "alt+arrowright",
      "Move the scene one place later",
      scene((number) => desk.move(number - 1, number)),
    ),
    key("delete", "Remove the scene", scene(desk.remove)),
    key("backspace", "Remove the scene", scene(desk.remove)),
    key("mod+d", "Show the scene twice", scene(desk.duplicate)),
    key("mod+z", "Undo; with shift, redo", (event) => (event.shiftKey ? edits.redo() : edits.undo())),
    key("mod+y", "Redo", edits.redo),
    key("mod+s", "Keep the edits as a version", () => {
      if (canKeep) edits.keep();
    }),
    key(",", "One frame back", () => transport.step(-1)),
    key(".", "One frame forward", () => transport.step(1)),
    key("<", "Ten frames back", () => transport.step(-FAST)),
    key(">", "Ten frames forward", () => transport.step(FAST)),
    key("j", "Play backwards", () => transport.shuttle(-1)),
    key("k", "Stop", transport.pause),
    key("l", "Play; again for faster", () => transport.shuttle(1)),
    key("s", "Loop the scene, or stop looping", () => toggleLoop(desk, transport)),
    key("=", "Zoom in", () => view.zoom(ZOOM, desk.frames.get())),
    key("+", "Zoom in", () => view.zoom(ZOOM, desk.frames.get())),
    key("-", "Zoom out", () => view.zoom(1 / ZOOM, desk.frames.get())),
    key("0", "Show the whole film", view.fit),
    key("escape", "Choose no scene", () => desk.select(null)),
  ]);
}

/** Loops the chosen scene, or ends the loop. */
export function toggleLoop({ selected }: Desk, transport: Transporting): void {
  if (transport.loop || !selected) transport.setLoop(null);
  else transport.setLoop({ startFrame: selected.startFrame, endFrame: selected.startFrame + selected.frames });
}

function nudged(desk: Desk, edge: "in" | "out", delta: number): void {
  const { selected, edits, keepTotal } = desk;
  if (!selected) return;
  const made = edgeEdits(edits.film, { clip: selected, edge, delta, keepTotal });
  if (made.length > 0) edits.make(...made);
}
