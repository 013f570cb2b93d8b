import { describe, expect, it } from "vitest";

import type { Budget } from "@/api/types";

import { draftOf, readLimits, scaleOf, stateOf } from "./budget-words";

const NO_AMOUNT = "Give dollars, as in 50 or 12.50.";
const DOLLAR = 1_000_000;

const budget = (given: Partial<Budget>): Budget => ({
  id: 1,
  scope: "client",
  clientId: "north",
  campaignId: null,
  jobId: null,
  name: "North",
  period: "month",
  hardMicrousd: 10 * DOLLAR,
  softMicrousd: 8 * DOLLAR,
  spentMicrousd: 2 * DOLLAR,
  reservedMicrousd: DOLLAR,
  leftMicrousd: 7 * DOLLAR,
  percentage: 30,
  startsOn: "2026-03-01",
  endsOn: "2026-03-31",
  warnedAt: null,
  createdAt: "2026-03-01T00:00:00Z",
  updatedAt: "2026-03-01T00:00:00Z",
  ...given,
});

describe("a budget", () => {
  it("says what is left after what is spent and held back", () => {
    expect(stateOf(budget({}))).toEqual({ tone: "neutral", words: "$7.00 left." });
  });

  it("warns past its mark, counting what is held back", () => {
    expect(stateOf(budget({ spentMicrousd: 7 * DOLLAR })).tone).toBe("caution");
  });

  it("refuses at its limit and says until when", () => {
    expect(stateOf(budget({ spentMicrousd: 9 * DOLLAR })).words).toBe(
      "Used up: paid work is refused until next month (UTC).",
    );
  });

  it("has a bar that reaches to whatever is greatest", () => {
    expect(scaleOf(budget({ spentMicrousd: 20 * DOLLAR }))).toBe(21 * DOLLAR);
    expect(scaleOf(budget({ hardMicrousd: null }))).toBe(8 * DOLLAR);
  });

  it("can be made again from itself, with the one id that its scope needs", () => {
    expect(draftOf(budget({ scope: "campaign", campaignId: "spring" }))).toEqual({
      scope: "campaign",
      campaignId: "spring",
      period: "month",
      hardMicrousd: 10 * DOLLAR,
      softMicrousd: 8 * DOLLAR,
    });
  });
});

describe("limits as they are typed", () => {
  it("may be one of the two", () => {
    expect(readLimits({ hard: "50", soft: "" }).limits).toEqual({ hardMicrousd: 50 * DOLLAR, softMicrousd: null });
  });

  it("are refused without any, with no amount, or with a warning behind the limit", () => {
    expect(readLimits({ hard: "", soft: "" }).errors).toHaveProperty("hard");
    expect(readLimits({ hard: "ten", soft: "x" }).errors).toEqual({
      hard: NO_AMOUNT,
      soft: NO_AMOUNT,
    });
    expect(readLimits({ hard: "5", soft: "8" }).errors).toHaveProperty("soft");
  });
});
