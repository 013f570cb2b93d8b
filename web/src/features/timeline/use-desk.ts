/** What the parts of the timeline page share: the film, what is chosen, what may be done. */
import { useState } from "react";

import type { JobDetail } from "@/api/types";
import { createFrameStore } from "@/components/player/frame-store";
import type { FrameStore } from "@/components/player/frame-store";
import { useStored } from "@/lib/store";

import type { Edit, WordsField } from "./model/edits";
import { applyEdits, framesRange, isEndCard, orderMoved } from "./model/film";
import type { Clip, Film } from "./model/film";
import { keepsLength, snaps } from "./preferences";
import { useEdits } from "./use-edits";
import type { Edits } from "./use-edits";

/** Words that are typed over in place. */
export interface Typing {
  readonly scene: number;
  readonly field: WordsField;
}

export interface Desk {
  readonly job: JobDetail;
  readonly base: Film;
  /** The film as it is shown: with edits, and with what a hand drags just now. */
  readonly film: Film;
  readonly edits: Edits;
  readonly frames: FrameStore;
  /** Why nothing can be changed, or null. */
  readonly locked: string | null;
  readonly keepTotal: boolean;
  readonly setKeepTotal: (keepTotal: boolean) => void;
  readonly isSnapping: boolean;
  readonly setSnapping: (isSnapping: boolean) => void;
  readonly selected: Clip | undefined;
  readonly select: (scene: number | null) => void;
  readonly typing: Typing | null;
  readonly setTyping: (typing: Typing | null) => void;
  readonly dragged: readonly Edit[] | null;
  readonly setDragged: (edits: readonly Edit[] | null) => void;
  readonly retime: (scene: number, frames: number) => void;
  readonly remove: (scene: number) => void;
  readonly duplicate: (scene: number) => void;
  /** The move that waits for a word because edits must be kept first. */
  readonly asksToMove: readonly number[] | null;
  readonly setAsksToMove: (order: readonly number[] | null) => void;
  readonly move: (from: number, to: number) => void;
}

export interface DeskOptions {
  readonly job: JobDetail;
  readonly base: Film;
  readonly locked: string | null;
}

export function useDesk({ job, base, locked }: DeskOptions): Desk {
  const edits = useEdits(base);
  const [frames] = useState(() => createFrameStore());
  const [keepTotal, setKeepTotal] = useStored(keepsLength);
  const [isSnapping, setSnapping] = useStored(snaps);
  const [scene, select] = useState<number | null>(null);
  const [typing, setTyping] = useState<Typing | null>(null);
  const [dragged, setDragged] = useState<readonly Edit[] | null>(null);
  const [asksToMove, setAsksToMove] = useState<readonly number[] | null>(null);
  const film = dragged ? applyEdits(edits.film, dragged) : edits.film;
  const isLocked = locked !== null || edits.isStale;
  const clipOf = (number: number): Clip | undefined => edits.film.tracks.picture[number - 1];
  return {
    ...{ job, base, film, edits, frames, locked, keepTotal, setKeepTotal, isSnapping, setSnapping },
    ...{ select, typing, dragged, setDragged, asksToMove, setAsksToMove },
    selected: scene === null ? undefined : film.tracks.picture[scene - 1],
    setTyping: (next) => {
      if (next === null || !isLocked) setTyping(next);
    },
    retime: (number, wanted) => {
      const { min, max } = framesRange(edits.film, number - 1, keepTotal);
      const length = Math.round(Math.min(Math.max(wanted, min), max));
      if (isLocked || length === clipOf(number)?.frames) return;
      edits.make({ kind: "retime", scene: number, frames: length, keepTotal });
    },
    remove: (number) => {
      const clip = clipOf(number);
      if (isLocked || !clip || isEndCard(edits.film, clip)) return;
      edits.make({ kind: "remove", scene: number, keepTotal });
    },
    duplicate: (number) => {
      const clip = clipOf(number);
      if (isLocked || !clip || isEndCard(edits.film, clip)) return;
      edits.make({ kind: "duplicate", scene: number, keepTotal });
      select(number + 1);
    },
    move: (from, to) => {
      const count = edits.film.tracks.picture.length;
      const target = Math.min(Math.max(0, to), count - 2);
      if (isLocked || from === target || from >= count - 1) return;
      const order = orderMoved(count, from, target);
      if (edits.isDirty) setAsksToMove(order);
      else {
        edits.reorder(order);
        select(target + 1);
      }
    },
  };
}

/** Where the drawn frame of a kept scene is; undefined while it is still being drawn. */
export function frameUrl({ job, base }: Desk, scene: number): string | undefined {
  if (job.storyboardVersion !== base.version) return undefined;
  return job.storyboard.find((frame) => frame.scene === scene)?.imageUrl ?? undefined;
}
