import { expect, test } from "vitest";

import { changedFrames, tellChanges } from "./changes";

const frame = (scene: number, given: object = {}) => ({
  scene,
  imageUrl: `/frames/${scene}?v=a${scene}`,
  overlayText: `Words ${scene}`,
  supportingText: "",
  duration: 2,
  ...given,
});

test("the same pictures under another version's address are no change", () => {
  const before = [frame(1), frame(2)];
  const after = before.map((was) => ({ ...was, imageUrl: was.imageUrl.replace("/frames", "/2/frames") }));
  expect(changedFrames(before, after)).toEqual([]);
});

test("new words are told once, not as a new picture too", () => {
  const after = [frame(1, { overlayText: "Other", imageUrl: "/frames/1?v=b" })];
  expect(changedFrames([frame(1)], after)).toEqual([{ scene: 1, changes: ["words"] }]);
});

test("what changed is told scene by scene", () => {
  const before = [frame(1), frame(2), frame(3)];
  const after = [frame(1), frame(2, { duration: 3, imageUrl: "/frames/2?v=b" })];
  expect(tellChanges(before, after)).toBe("Scene 2: another length, another picture. 1 scene fewer.");
});

test("a scene that was not there is new", () => {
  expect(tellChanges([frame(1)], [frame(1), frame(2)])).toBe("Scene 2: new.");
});
