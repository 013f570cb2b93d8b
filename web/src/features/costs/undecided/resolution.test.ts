import { describe, expect, it } from "vitest";

import { readResolution } from "./resolution";

describe("what is said of a spending", () => {
  it("is an amount in micro-dollars with the service's number where they are given", () => {
    expect(readResolution({ outcome: "charged", amount: "$0.04", providerRef: " r8 " })).toEqual({
      resolution: { outcome: "charged", amountMicrousd: 40_000, providerRef: "r8" },
      amountError: null,
    });
  });

  it("leaves the amount to the server where none is given", () => {
    expect(readResolution({ outcome: "charged", amount: " ", providerRef: "" }).resolution).toEqual({
      outcome: "charged",
    });
  });

  it("says what is wrong with an amount that is none", () => {
    expect(readResolution({ outcome: "charged", amount: "four", providerRef: "" }).amountError).not.toBeNull();
  });

  it("has no amount where nothing was charged, whatever was typed before", () => {
    expect(readResolution({ outcome: "not_charged", amount: "four", providerRef: "r8" }).resolution).toEqual({
      outcome: "not_charged",
    });
  });
});
