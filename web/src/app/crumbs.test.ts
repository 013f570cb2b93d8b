import { describe, expect, it } from "vitest";

import { crumbsAt, namedAt } from "./crumbs";

const labels = (pathname: string, name?: string) => crumbsAt(pathname, name).map((crumb) => crumb.label);

describe("the way to a page", () => {
  it("names what the address is about", () => {
    expect(labels("/ads/12/timeline", "Citrus")).toEqual(["Ads", "Citrus", "Timeline"]);
    expect(labels("/clients/abc", "Aurora")).toEqual(["Clients", "Aurora"]);
    expect(labels("/models/owner/name")).toEqual(["Models", "owner/name"]);
    expect(labels("/images/3")).toEqual(["Images", "Image 3"]);
  });

  it("keeps a place for a name that is not known yet", () => {
    expect(labels("/briefs/abc")).toEqual(["Ads", "…"]);
    expect(namedAt("/briefs/abc")).toEqual({ kind: "brief", id: "abc" });
  });

  it("asks for no name where there is none", () => {
    expect(namedAt("/ads/new")).toBeNull();
    expect(namedAt("/costs")).toBeNull();
    expect(labels("/")).toEqual(["Home"]);
  });

  it("leads back from an address that does not exist", () => {
    expect(crumbsAt("/nowhere/at/all", undefined)).toEqual([{ label: "Home", href: "/" }]);
  });

  it("leads from the timeline to its ad", () => {
    expect(crumbsAt("/ads/12/timeline", "Citrus")[1]).toEqual({ label: "Citrus", href: "/ads/12" });
  });
});
