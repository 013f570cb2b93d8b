import { describe, expect, it } from "vitest";

import { colourName, contrastLevel, contrastPairs, contrastRatio, shownRatio } from "./contrast";

describe("contrast", () => {
  it("is 21 between black and white, whichever is the ground, and 1 with itself", () => {
    expect(contrastRatio("#000000", "#ffffff")).toBeCloseTo(21);
    expect(contrastRatio("#ffffff", "#000000")).toBeCloseTo(21);
    expect(contrastRatio("#4a6bf0", "#4A6BF0")).toBe(1);
  });

  it("is what WCAG gives for grey on white", () => {
    expect(contrastRatio("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
  });

  it("reaches a level at its bound and not before", () => {
    expect([7, 6.99, 4.5, 4.49, 3, 2.99].map(contrastLevel)).toEqual(["AAA", "AA", "AA", "large", "large", "none"]);
  });

  it("is not written as more than it is", () => {
    expect(shownRatio(4.499)).toBe("4.49:1");
  });
});

describe("pairs of a palette", () => {
  const primary = { hex: "#102030", role: "primary" } as const;
  const background = { hex: "#fafafa", role: "background" } as const;
  const text = { hex: "#111111", role: "text" } as const;

  it("set everything on the background, and type on strong colours", () => {
    const pairs = contrastPairs([primary, background, text]);
    expect(pairs.map(({ ink, ground }) => [ink.hex, ground.hex])).toEqual([
      ["#102030", "#fafafa"],
      ["#111111", "#fafafa"],
      ["#111111", "#102030"],
      ["#fafafa", "#102030"],
    ]);
  });

  it("are told once where two roles have the same colour", () => {
    const twice = [background, { hex: "#102030", role: "secondary" }, { hex: "#102030", role: "text" }] as const;
    expect(contrastPairs(twice)).toHaveLength(1);
  });

  it("stand on white where the brand names no background", () => {
    expect(contrastPairs([{ hex: "#102030" }]).map((pair) => pair.ground.hex)).toEqual(["#ffffff"]);
    expect(contrastPairs([])).toEqual([]);
  });
});

describe("a colour's name", () => {
  it("is its own, its role's, or its hex", () => {
    expect(colourName({ hex: "#aabbcc", role: "accent", name: "Sky" })).toBe("Sky");
    expect(colourName({ hex: "#aabbcc", role: "accent", name: " " })).toBe("Accent");
    expect(colourName({ hex: "#aabbcc" })).toBe("#AABBCC");
  });
});
