import { describe, expect, it } from "vitest";

import { isAt, PLACES, placesFor } from "./navigation";

const at = (pathname: string) => PLACES.filter((place) => isAt(place, pathname)).map((place) => place.label);

describe("places", () => {
  it("belong to one address each", () => {
    expect(at("/")).toEqual(["Home"]);
    expect(at("/ads/12/timeline")).toEqual(["Ads"]);
    expect(at("/briefs/abc")).toEqual(["Ads"]);
    expect(at("/campaigns/abc")).toEqual(["Clients"]);
    expect(at("/account")).toEqual([]);
  });

  it("are not found by the beginning of a word", () => {
    expect(at("/adsense")).toEqual([]);
  });

  it("show the administration to administrators alone", () => {
    const labels = (role: "admin" | "member") => placesFor(role).map((place) => place.label);
    expect(labels("admin")).toContain("Admin");
    expect(labels("member")).not.toContain("Admin");
  });

  it("have keys of their own each", () => {
    const keys = PLACES.map((place) => place.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
