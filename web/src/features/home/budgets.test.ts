import { describe, expect, it } from "vitest";

import { budgetWords } from "./budgets";

const budget = { hardMicrousd: 50_000_000, softMicrousd: 40_000_000, spentMicrousd: 0, reservedMicrousd: 0 };

describe("a budget in words", () => {
  it("says what is spent of what may be", () => {
    expect(budgetWords({ ...budget, spentMicrousd: 4_200_000 })).toEqual({
      share: 0.084,
      tone: "accent",
      words: "$4.20 of $50.00",
      warning: null,
    });
  });

  it("counts what is held back, and says so", () => {
    const words = budgetWords({ ...budget, spentMicrousd: 30_000_000, reservedMicrousd: 10_000_000 });
    expect(words.words).toBe("$30.00, $10.00 held back of $50.00");
    expect(words.tone).toBe("caution");
    expect(words.share).toBe(0.8);
  });

  it("says that work pauses once it is used up", () => {
    expect(budgetWords({ ...budget, spentMicrousd: 50_000_000 }).warning).toBe("Used up: paid work pauses.");
  });

  it("is used up from the beginning where nothing may be spent", () => {
    expect(budgetWords({ ...budget, hardMicrousd: 0, softMicrousd: null }).share).toBe(1);
  });

  it("has no share where there is no limit", () => {
    expect(budgetWords({ ...budget, hardMicrousd: null, softMicrousd: null, spentMicrousd: 1_000_000 })).toMatchObject({
      share: 0,
      words: "$1.00",
    });
  });
});
