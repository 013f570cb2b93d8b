import { useEffect, useRef, useState } from "react";
import type { FocusEvent, PointerEvent } from "react";

import { useMedia } from "@/lib/hooks";

const INTENT_MS = 160;

export interface HoverPlay {
  readonly playing: boolean;
  /** For the element whose hover and focus play. */
  readonly handlers: {
    readonly onPointerEnter: (event: PointerEvent) => void;
    readonly onPointerLeave: () => void;
    readonly onFocus: (event: FocusEvent) => void;
    readonly onBlur: () => void;
  };
}

/** Whether somebody rests on an element with a pointer or the keyboard; never for those who want no motion. */
export function useHoverPlay(): HoverPlay {
  const [playing, setPlaying] = useState(false);
  const isStill = useMedia("(prefers-reduced-motion: reduce)");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const begin = (): void => {
    clearTimeout(timer.current);
    // Who only passes over a grid loads nothing.
    timer.current = setTimeout(() => setPlaying(true), INTENT_MS);
  };
  const end = (): void => {
    clearTimeout(timer.current);
    setPlaying(false);
  };
  return {
    playing: playing && !isStill,
    handlers: {
      onPointerEnter: (event) => {
        if (event.pointerType === "mouse") begin();
      },
      onPointerLeave: end,
      onFocus: (event) => {
        if (event.target.matches(":focus-visible")) begin();
      },
      onBlur: end,
    },
  };
}
