import { describe, expect, it } from "vitest";

import { actionWords, momentsOf, subjectHref } from "./audit-words";

describe("the audit log", () => {
  it("says actions in words, also those that it has never heard of", () => {
    expect(actionWords("session.begin")).toBe("Signed in");
    expect(actionWords("provider_key.set")).toBe("Provider key: set");
    expect(actionWords("api_key.create")).toBe("API key: create");
    expect(actionWords("something")).toBe("Something");
  });

  it("leads to what was changed, but never to what was deleted", () => {
    expect(subjectHref({ action: "job.approve", subject: "7" })).toBe("/ads/7");
    expect(subjectHref({ action: "job.delete", subject: "7" })).toBeNull();
    expect(subjectHref({ action: "budget.create", subject: "7" })).toBeNull();
  });

  it("covers whole days, the last one as well", () => {
    const { from, to } = momentsOf("2026-03-01", "2026-03-01");
    expect(Date.parse(to ?? "") - Date.parse(from ?? "")).toBe(86_400_000);
    expect(momentsOf("soon", undefined)).toEqual({});
  });
});
