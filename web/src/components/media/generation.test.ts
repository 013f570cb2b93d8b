import { describe, expect, it } from "vitest";

import { mediumAspect, mediumTitle, modelHref, stageWords } from "./generation";

describe("generated media", () => {
  it("are called by what was asked for, else by their model", () => {
    const medium = { prompt: "  a red fox\nin snow", model: "acme/draw:1f", id: 7, type: "image" as const };
    expect(mediumTitle(medium)).toBe("a red fox");
    expect(mediumTitle({ ...medium, prompt: " " })).toBe("Image 7 by draw");
  });

  it("keep the shape that they will have while they are made", () => {
    const none = { width: null, height: null, inputs: {}, type: "video" as const };
    expect(mediumAspect({ ...none, width: 1080, height: 1920 })).toBe(0.5625);
    expect(mediumAspect({ ...none, inputs: { aspect_ratio: "4:5" } })).toBe(0.8);
    expect(mediumAspect({ ...none, inputs: { aspect_ratio: "wide" } })).toBeCloseTo(16 / 9);
  });

  it("say whose work they wait for", () => {
    expect(stageWords({ status: "pending", prediction: null })).toBe("Waiting for its turn");
    expect(stageWords({ status: "running", prediction: null })).toBe("Drawing it here");
  });

  it("open a model's page with what is given", () => {
    expect(modelHref("kwaivgi/kling-v2.1", { image: 12 })).toBe("/models/kwaivgi/kling-v2.1?image=12");
    expect(modelHref("a/b")).toBe("/models/a/b");
  });
});
