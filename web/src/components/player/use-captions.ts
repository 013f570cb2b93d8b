/** The lines that a video's caption track says now; drawn by the page, so that they are styled and stay in place. */
import { useEffect, useState } from "react";
import type { RefObject } from "react";

export function useCaptions(ref: RefObject<HTMLVideoElement | null>, src: string | undefined): string[] {
  const [lines, setLines] = useState<string[]>([]);
  useEffect(() => {
    const track = ref.current?.textTracks[0];
    if (!track || src === undefined) return undefined;
    // Hidden tracks are read, and only not drawn by the browser.
    Object.assign(track, { mode: "hidden" });
    const read = (): void => {
      const cues = Array.from(track.activeCues ?? []);
      setLines(cues.flatMap((cue) => ("text" in cue && typeof cue.text === "string" ? cue.text.split("\n") : [])));
    };
    track.addEventListener("cuechange", read);
    return () => {
      track.removeEventListener("cuechange", read);
      setLines([]);
    };
  }, [ref, src]);
  return lines;
}
