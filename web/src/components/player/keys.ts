/** Keys of players: letters work anywhere on the page, space and arrows where no control wants them for itself. */
import { useEffect, useRef } from "react";
import type { RefObject } from "react";

import { useShortcuts } from "@/lib/shortcuts";

import type { Playback, Transporting } from "./use-playback";

export interface PlayerKey {
  readonly keys: string;
  readonly shown: string;
  readonly label: string;
}

/** What the help of the player lists. */
export const PLAYER_KEYS: readonly PlayerKey[] = [
  { keys: "space", shown: "Space", label: "Play or pause" },
  { keys: "arrows", shown: "← →", label: "Back or forward 1 s" },
  { keys: "frames", shown: ", .", label: "One frame back or forward" },
  { keys: "ends", shown: "Home End", label: "First or last frame" },
  { keys: "shuttle", shown: "J K L", label: "Play backwards, stop, play; again for faster" },
  { keys: "marks", shown: "I O", label: "Loop from here, loop until here" },
  { keys: "scene", shown: "S", label: "Loop this scene" },
  { keys: "x", shown: "X", label: "No loop" },
  { keys: "c", shown: "C", label: "Captions" },
  { keys: "m", shown: "M", label: "Sound on or off" },
  { keys: "f", shown: "F", label: "Full screen" },
];

export interface PlayerActions {
  readonly markIn: () => void;
  readonly markOut: () => void;
  readonly loopScene: () => void;
  readonly toggleCaptions: (() => void) | null;
  readonly toggleFullscreen: () => void;
}

const GROUP = "Player";

/** Has the letters work, and lists them under `?`. */
export function usePlayerShortcuts(playback: Playback, actions: PlayerActions): void {
  const key = (keys: string, label: string, run: () => void) => ({ keys, label, group: GROUP, run });
  useShortcuts([
    key(",", "One frame back", () => playback.step(-1)),
    key(".", "One frame forward", () => playback.step(1)),
    key("j", "Play backwards", () => playback.shuttle(-1)),
    key("k", "Stop", playback.pause),
    key("l", "Play; again for faster", () => playback.shuttle(1)),
    key("i", "Loop from here", actions.markIn),
    key("o", "Loop until here", actions.markOut),
    key("s", "Loop this scene", actions.loopScene),
    key("x", "No loop", () => playback.setLoop(null)),
    key("m", "Sound on or off", playback.toggleMuted),
    key("f", "Full screen", actions.toggleFullscreen),
    ...(actions.toggleCaptions ? [key("c", "Captions on or off", actions.toggleCaptions)] : []),
  ]);
}

/** What a press of space, an arrow, Home or End does to a player; null for all other keys. */
function transport(playback: Transporting, { key, fps }: { key: string; fps: number }): (() => void) | null {
  switch (key) {
    case " ":
      return playback.toggle;
    case "ArrowLeft":
      return () => playback.seek(playback.frames.get() - fps);
    case "ArrowRight":
      return () => playback.seek(playback.frames.get() + fps);
    case "Home":
      return () => playback.seek(0);
    case "End":
      return () => playback.seek(playback.totalFrames - 1);
    default:
      return null;
  }
}

/** Has space, arrows, Home and End work in the player, and on the page while nothing that has keys is in focus. */
export function useTransportKeys(root: RefObject<HTMLElement | null>, playback: Transporting, fps: number): void {
  const latest = useRef(playback);
  useEffect(() => {
    latest.current = playback;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || event.shiftKey) return;
      if (!(event.target instanceof HTMLElement) || !isOurs(root.current, event.target, event.key)) return;
      const run = transport(latest.current, { key: event.key, fps });
      if (!run) return;
      event.preventDefault();
      run();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [root, fps]);
}

const OWN_KEYS =
  "input, textarea, select, [contenteditable], [role=menu], [role=listbox], [role=dialog], [role=radiogroup], [data-own-keys]";

function isOurs(root: HTMLElement | null, target: HTMLElement, key: string): boolean {
  if (target.closest(OWN_KEYS)) return false;
  const isPressed = key === " " && target.closest("button, a, summary, [role=button]") !== null;
  if (root?.contains(target)) return !isPressed;
  return target === document.body || target.matches("main, h1, h2");
}
