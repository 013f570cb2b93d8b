import { expect, test } from "vitest";

import type { Job } from "@/api/types";

import { adSteps, isApproved, whereIs } from "./steps";

type Facts = Parameters<typeof whereIs>[0];

const approval: Job["approval"] = { version: 2, fingerprint: "f", userId: 1, approvedAt: "2026-01-01T00:00:00Z" };

function facts(given: Partial<Facts>): Facts {
  return {
    id: 7,
    status: "storyboard_ready",
    phase: "storyboard",
    storyboardVersion: 2,
    approval: null,
    briefId: "b",
    ...given,
  };
}

test("a storyboard that waits opens at the storyboard, and an approved one at the film", () => {
  expect(whereIs(facts({}))).toBe("storyboard");
  expect(whereIs(facts({ approval }))).toBe("film");
});

test("an approval of an older version is none", () => {
  expect(isApproved(facts({ approval, storyboardVersion: 3 }))).toBe(false);
  expect(whereIs(facts({ approval, storyboardVersion: 3 }))).toBe("storyboard");
});

test("what stopped opens where it stopped", () => {
  expect(whereIs(facts({ status: "failed", phase: "storyboard" }))).toBe("storyboard");
  expect(whereIs(facts({ status: "paused", phase: "render" }))).toBe("film");
});

test("the film waits until the storyboard is approved, and says so", () => {
  const film = adSteps(facts({})).find((step) => step.id === "film");
  expect(film).toMatchObject({ state: "blocked", hint: "waits for the approval" });
});

test("every step of a finished ad is done and can be opened", () => {
  const steps = adSteps(facts({ status: "completed", phase: "render", approval }));
  expect(steps.map((step) => step.state)).toEqual(["done", "done", "done", "done", "done"]);
  expect(steps.map((step) => step.href)).toEqual([
    "/ads/new?from=7",
    "/briefs/b?ad=7",
    "/ads/7?step=storyboard",
    "/ads/7?step=approval",
    "/ads/7?step=film",
  ]);
});
