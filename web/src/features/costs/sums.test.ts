import { describe, expect, it } from "vitest";

import type { CostGroup, Intent } from "@/api/costs";

import { breakdown, byDay, change, within } from "./sums";
import { groupHref, groupName } from "./words";

const RANGE = { from: "2026-03-01", to: "2026-03-03" };

const group = (given: Partial<CostGroup>): CostGroup => ({
  key: null,
  name: null,
  estimateMicrousd: 0,
  reservedMicrousd: 0,
  spentMicrousd: 0,
  count: 1,
  unknownPriceCount: 0,
  estimatedCount: 0,
  ambiguousCount: 0,
  ...given,
});

const intent = (given: Partial<Intent>): Intent => ({
  id: "4d2c",
  key: "job:1:frame:1",
  status: "ambiguous",
  clientId: "north",
  campaignId: null,
  jobId: 1,
  userId: 1,
  provider: "replicate",
  model: "owner/name",
  purpose: "image",
  providerRef: null,
  estimateMicrousd: 40_000,
  reservedMicrousd: 40_000,
  actualMicrousd: null,
  isActualEstimated: false,
  reason: null,
  createdAt: "2026-03-02T23:59:00Z",
  sentAt: null,
  endedAt: null,
  ...given,
});

describe("money that is held back", () => {
  it("is told apart by whether it is under way or waits for a person", () => {
    const [sums] = breakdown([group({ key: "north", reservedMicrousd: 100_000 })], [intent({})], "client");
    expect(sums).toMatchObject({ heldMicrousd: 60_000, undecidedMicrousd: 40_000 });
  });

  it("is never below zero where something was decided between two answers", () => {
    const [sums] = breakdown([group({ key: "north", reservedMicrousd: 10_000 })], [intent({})], "client");
    expect(sums).toMatchObject({ heldMicrousd: 0, undecidedMicrousd: 10_000 });
  });

  it("counts in the days and the client that are looked at", () => {
    const old = intent({ createdAt: "2026-02-28T23:59:59Z" });
    const other = intent({ clientId: "south" });
    expect(within([intent({}), old, other], { range: RANGE, clientId: "north" })).toHaveLength(1);
  });
});

describe("days", () => {
  it("are all there, oldest first, also those without spending", () => {
    const days = byDay([group({ key: "2026-03-03", spentMicrousd: 5 })], [], RANGE);
    expect(days.map((day) => [day.key, day.spentMicrousd])).toEqual([
      ["2026-03-01", 0],
      ["2026-03-02", 0],
      ["2026-03-03", 5],
    ]);
  });
});

describe("a change", () => {
  it("is not told of where there was nothing before", () => {
    expect(change(5, 0)).toBeNull();
    expect(change(15, 10)).toBe(0.5);
  });
});

describe("groups", () => {
  it("have names also where they belong to nothing", () => {
    expect(groupName("campaign", { key: null, name: null })).toBe("Without a campaign");
    expect(groupName("purpose", { key: "motion", name: null })).toBe("Moving scenes");
    expect(groupName("model", { key: "openrouter:meta/llama:free", name: null })).toBe("meta/llama:free");
  });

  it("lead to a model's page only where the catalogue has it", () => {
    expect(groupHref("model", "replicate:black-forest-labs/flux-schnell")).toBe(
      "/models/black-forest-labs/flux-schnell",
    );
    expect(groupHref("model", "openrouter:meta/llama")).toBeNull();
  });
});
