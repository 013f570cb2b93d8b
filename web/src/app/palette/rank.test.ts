import { describe, expect, it } from "vitest";

import { type Entry, inGroups, rank, withUsed } from "./rank";

const entry = (label: string, over: Partial<Entry> = {}): Entry => ({ id: label, group: "Pages", label, ...over });
const labels = (entries: readonly Entry[]) => entries.map(({ label }) => label);

describe("the palette", () => {
  it("puts beginnings before words inside before letters inside", () => {
    const entries = [entry("Global ads"), entry("Salads"), entry("Ads of today")];
    expect(labels(rank(entries, "ads", []))).toEqual(["Ads of today", "Global ads", "Salads"]);
  });

  it("finds every word, in any order, without accents", () => {
    const entries = [entry("Café Lumière"), entry("Café Noir")];
    expect(labels(rank(entries, "lumiere cafe", []))).toEqual(["Café Lumière"]);
  });

  it("finds by words that are not shown", () => {
    expect(labels(rank([entry("Dark theme", { words: "night mode" })], "night", []))).toEqual(["Dark theme"]);
  });

  it("puts what was used lately first among equals", () => {
    const entries = [entry("Ads"), entry("Admin"), entry("Account")];
    expect(labels(rank(entries, "a", ["Account", "Admin"]))).toEqual(["Account", "Admin", "Ads"]);
  });

  it("keeps all in their order while nothing is typed", () => {
    expect(labels(rank([entry("B"), entry("A")], "  ", []))).toEqual(["B", "A"]);
  });

  it("groups in the order of the best", () => {
    const groups = inGroups([entry("A", { group: "Ads" }), entry("P"), entry("B", { group: "Ads" })]);
    expect(groups.map(([name, entries]) => [name, labels(entries)])).toEqual([
      ["Ads", ["A", "B"]],
      ["Pages", ["P"]],
    ]);
  });

  it("remembers a few that were used, each once", () => {
    expect(withUsed(["a", "b"], "b")).toEqual(["b", "a"]);
    expect(withUsed(["1", "2", "3", "4", "5", "6"], "7")).toHaveLength(6);
  });
});
