import { expect, test } from "vitest";

import type { Brief, Scene } from "@/api/types";

import { addPending, countPending, lengthOf, patchOf, withPending } from "./pending";

const scene = (number: number, durationFrames: number): Scene =>
  ({
    number,
    durationFrames,
    duration: durationFrames / 30,
    startFrame: 0,
    start: 0,
    overlayText: `Words ${number}`,
  }) as Scene;

// Only what the functions look at.
const brief = { title: "Lamp", audience: "Readers", scenes: [scene(1, 60), scene(2, 90)] } as unknown as Brief;

test("a longer scene moves those after it and lengthens the film", () => {
  const shown = withPending(brief, { scenes: { 1: { duration: 3 } } });
  expect(shown.scenes.map(({ startFrame, durationFrames }) => [startFrame, durationFrames])).toEqual([
    [0, 90],
    [90, 90],
  ]);
  expect(lengthOf(shown)).toBe(6);
});

test("changes to one scene add up and leave the others alone", () => {
  const pending = addPending(addPending({}, { scenes: { 2: { overlayText: "New" } } }), {
    title: "Other",
    scenes: { 2: { subject: "A lamp" } },
  });
  expect(pending).toEqual({ title: "Other", scenes: { 2: { overlayText: "New", subject: "A lamp" } } });
  expect(countPending(pending)).toBe(3);
  expect(withPending(brief, pending).scenes[0]?.overlayText).toBe("Words 1");
});

test("only what changed is sent, with the version that was seen", () => {
  expect(patchOf({ audience: "All", scenes: { 1: { duration: 2 } } }, 4)).toEqual({
    version: 4,
    audience: "All",
    scenes: [{ number: 1, duration: 2 }],
  });
});
