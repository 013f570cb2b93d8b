/** What differs between two looks at a storyboard, scene by scene. Pure. */
import type { FrameView } from "@/api/types";

export type FrameChange = "picture" | "words" | "length" | "added";

export interface ChangedFrame {
  scene: number;
  changes: FrameChange[];
}

type Seen = Pick<FrameView, "scene" | "imageUrl" | "overlayText" | "supportingText" | "duration">;

// A frame's address ends with the digest of its bytes: "?v=704b7f019b65".
function pictureOf(frame: Seen): string | null {
  return frame.imageUrl === null ? null : (frame.imageUrl.split("v=")[1] ?? frame.imageUrl);
}

function changesOf(frame: Seen, before: Seen | undefined): FrameChange[] {
  if (before === undefined) return ["added"];
  const changes: FrameChange[] = [];
  if (frame.overlayText !== before.overlayText || frame.supportingText !== before.supportingText) changes.push("words");
  if (Math.abs(frame.duration - before.duration) > 1e-6) changes.push("length");
  // New words are drawn into the picture: that it changed then says nothing new.
  if (changes[0] !== "words" && pictureOf(frame) !== pictureOf(before)) changes.push("picture");
  return changes;
}

/** The scenes of `after` that are not as they were before, in order. */
export function changedFrames(before: readonly Seen[], after: readonly Seen[]): ChangedFrame[] {
  return after
    .map((frame) => ({
      scene: frame.scene,
      changes: changesOf(
        frame,
        before.find((was) => was.scene === frame.scene),
      ),
    }))
    .filter(({ changes }) => changes.length > 0);
}

const WORDS: Record<FrameChange, string> = {
  picture: "another picture",
  words: "other words",
  length: "another length",
  added: "new",
};

/** "Scene 2: other words, another length. Scene 5: new. 1 scene fewer." */
export function tellChanges(before: readonly Seen[], after: readonly Seen[]): string {
  const told = changedFrames(before, after).map(
    ({ scene, changes }) => `Scene ${scene}: ${changes.map((change) => WORDS[change]).join(", ")}.`,
  );
  const fewer = before.length - after.length;
  if (fewer > 0) told.push(`${fewer} ${fewer === 1 ? "scene" : "scenes"} fewer.`);
  return told.join(" ");
}
