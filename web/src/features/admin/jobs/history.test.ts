import { describe, expect, it } from "vitest";

import { secondsBetween, startsWords, stepName } from "./history";

describe("a job's steps", () => {
  it("have names that can be read", () => {
    expect(stepName("gauntlet.workflows.ads.draw_frames")).toBe("Draw frames");
    expect(stepName("lay-out")).toBe("Lay out");
    expect(stepName("_")).toBe("_");
  });

  it("took as long as lies between two moments that are known", () => {
    expect(secondsBetween("2026-03-01T00:00:00Z", "2026-03-01T00:00:01.5Z")).toBe(1.5);
    expect(secondsBetween(null, "2026-03-01T00:00:00Z")).toBeNull();
  });

  it("tell of a server that stopped under them", () => {
    expect(startsWords(1)).toBeNull();
    expect(startsWords(3)).toContain("3 times");
  });
});
