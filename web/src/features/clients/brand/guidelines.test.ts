import { describe, expect, it } from "vitest";

import type { BrandColour, BrandGuidelines } from "@/api/clients";

import { cleaned, coloursOf, COLOURS_MAX, seen, withColour, withMoved, withNewColour } from "./guidelines";

const red: BrandColour = { hex: "#B3122B", role: "primary", name: "Red" };
const sand: BrandColour = { hex: "#F4EBDD", role: "background", name: null };
const ink: BrandColour = { hex: "#111111", role: null, name: null };

const typed: BrandGuidelines = {
  colours: [{ hex: "#B3122B", name: "  " }],
  headingFont: " Manrope ",
  bodyFont: "",
  forbiddenElements: [" rain ", ""],
};

describe("guidelines", () => {
  it("are sent without what says nothing", () => {
    expect(cleaned(typed)).toEqual({
      colours: [{ hex: "#B3122B", role: null, name: null }],
      headingFont: "Manrope",
      bodyFont: null,
      voice: null,
      visualStyle: null,
      forbiddenElements: ["rain"],
      logoAssetId: null,
    });
  });

  it("look the same whatever is forbidden", () => {
    expect(seen(typed)).toEqual(seen({ ...typed, forbiddenElements: ["snow"] }));
  });
});

describe("colours", () => {
  it("begin with the role that is missing", () => {
    expect(withNewColour([])[0]?.role).toBe("primary");
    expect(withNewColour([red, sand])[2]?.role).toBe("secondary");
  });

  it("are no more than the server keeps", () => {
    const full = Array.from({ length: COLOURS_MAX }, () => ink);
    expect(withNewColour(full)).toHaveLength(COLOURS_MAX);
  });

  it("have each role once", () => {
    expect(withColour([red, ink], 1, { role: "primary" }).map((colour) => colour.role)).toEqual([null, "primary"]);
    expect(withColour([red, ink], 1, { role: null }).map((colour) => colour.role)).toEqual(["primary", null]);
  });

  it("move, and stay where there is no place", () => {
    expect(withMoved([red, sand, ink], 2, 0)).toEqual([ink, red, sand]);
    expect(withMoved([red, sand, ink], 0, 1)).toEqual([sand, red, ink]);
    expect(withMoved([red, sand], 0, 2)).toEqual([red, sand]);
  });

  it("of a picture are distinct, and the first leads", () => {
    expect(coloursOf(["#aa0000", "#AA0000", "#00bb00"])).toEqual([
      { hex: "#AA0000", role: "primary", name: null },
      { hex: "#00BB00", role: null, name: null },
    ]);
  });
});
