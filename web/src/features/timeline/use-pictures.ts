/** The picture of the frame that is looked at, drawn by the compositor: of the kept version, or of edits that are tried. */
import { useEffect, useRef, useState } from "react";
import type { RefObject } from "react";

import { problemOf } from "@/api/problem";
import { previewFrame, triedFrame } from "@/api/timeline";
import type { Problem } from "@/api/types";

import { createPictureDesk } from "./model/pictures";
import type { PictureDesk, Wish } from "./model/pictures";
import type { Desk } from "./use-desk";

export interface Pictures {
  /** Nothing was shown yet. */
  readonly isEmpty: boolean;
  readonly problem: Problem | null;
  readonly retry: () => void;
}

/** Wide enough for the stage, small enough to be drawn at once. */
export function previewWidth(ratio: number): number {
  return ratio < 1 ? 360 : 640;
}

/** Draws into the canvas whatever frame is looked at; the last picture stays until the next one is there. */
export function usePictures(canvas: RefObject<HTMLCanvasElement | null>, desk: Desk): Pictures {
  const pictures = useRef<PictureDesk<Blob> | null>(null);
  const [state, setState] = useState<{ isEmpty: boolean; problem: Problem | null }>({ isEmpty: true, problem: null });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let newest = "";
    const made = createPictureDesk<Blob>({
      onPicture: (picture, key) => {
        newest = key;
        void draw(canvas.current, picture, () => newest === key).then(() =>
          setState({ isEmpty: false, problem: null }),
        );
      },
      onFailure: (error) => setState((was) => ({ ...was, problem: problemOf(error) })),
    });
    pictures.current = made;
    return () => made.close();
  }, [canvas]);
  useWishes(pictures, desk, tries);
  return { ...state, retry: () => setTries((was) => was + 1) };
}

function useWishes(pictures: RefObject<PictureDesk<Blob> | null>, desk: Desk, tries: number): void {
  const { frames, base, edits } = desk;
  const { list, isDirty, isTried, isStale, problem } = edits;
  // Of edits that cannot be made there is nothing to see: the film as it is stays in sight.
  const isBase = !isDirty || isStale || problem !== null;
  const film = isBase ? base : edits.film;
  // While edits are on their way to the server, the picture before them stays.
  const isKnown = desk.dragged === null && (isBase || isTried);
  useEffect(() => {
    if (!isKnown) return undefined;
    const { jobId, version } = base;
    const widthPx = previewWidth(film.width / film.height);
    const wishOf = (frame: number): Wish<Blob> => ({
      key: `${film.fingerprint} ${frame}`,
      load: () => {
        const asked = { frame, widthPx };
        if (isBase) return previewFrame(jobId, version, asked);
        return triedFrame(jobId, { version, edits: [...list] }, asked);
      },
    });
    const ask = (): void => {
      const frame = Math.min(frames.get(), film.totalFrames - 1);
      const near = [frame + 1, frame - 1].filter((other) => other >= 0 && other < film.totalFrames);
      pictures.current?.want(wishOf(frame), near.map(wishOf));
    };
    ask();
    return frames.subscribe(ask);
    // A retry asks again for the same.
  }, [pictures, frames, base, film, list, isBase, isKnown, tries]);
}

async function draw(canvas: HTMLCanvasElement | null, picture: Blob, isNewest: () => boolean): Promise<void> {
  const bitmap = await createImageBitmap(picture);
  if (canvas && isNewest()) {
    if (canvas.width !== bitmap.width || canvas.height !== bitmap.height) {
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
    }
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
  }
  bitmap.close();
}
