import { expect, test } from "vitest";

import { briefRequest, EMPTY_DRAFT, jobRequest, promptOf } from "./draft";

test("chosen tones stand in the prompt's own words", () => {
  expect(promptOf({ prompt: " An ad for a lamp. ", tones: ["calm", "warm"] })).toBe(
    "An ad for a lamp.\n\nThe tone is calm and warm.",
  );
});

test("tones alone are no prompt", () => {
  expect(promptOf({ prompt: "  ", tones: ["calm"] })).toBe("");
});

test("what nobody decided is left to the planner", () => {
  const request = briefRequest({ ...EMPTY_DRAFT, prompt: "A lamp" }, "client");
  expect(request).toMatchObject({ duration: null, platform: null, aspectRatio: null, clientId: "client" });
});

test("only models that were chosen are asked", () => {
  const request = jobRequest({ ...EMPTY_DRAFT, prompt: "A lamp", imageModel: "owner/name" }, "client");
  expect(request.models).toEqual({
    brief: "hosted",
    image: { model: "owner/name", inputs: {} },
    motion: null,
    music: null,
    scenes: [],
  });
});
