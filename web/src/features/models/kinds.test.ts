import { describe, expect, it } from "vitest";

import { priceWords, rateWords, whenWords } from "./kinds";

describe("prices", () => {
  it("say what is counted and when they hold", () => {
    expect(rateWords({ unit: "predict_second", amountMicrousd: 225 })).toBe("$0.0002 a second of running");
    expect(whenWords({ when: { mode: ["pro"], duration: [5, 10] } })).toBe("mode is pro, duration is 5 or 10");
    expect(whenWords({ when: {} })).toBe("");
    expect(priceWords(null)).toBe("Price not known");
    const rates = [{ unit: "image" as const, amountMicrousd: 3_000, when: {} }];
    expect(priceWords({ summary: "$0.0030 an image", rates, source: null, asOf: null })).toBe("$0.003 an image");
    expect(priceWords({ summary: "free", rates: [], source: null, asOf: null })).toBe("Free");
  });
});
