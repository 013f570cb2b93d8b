import { describe, expect, it } from "vitest";

import { choiceLabel } from "./choices";
import { type Field, fieldsOf } from "./fields";
import schemas from "./schemas.fixture.json";
import { changedCount, faultsOf, inputsOf, refusedField, shownValue, startField, valuesOf, withStart } from "./values";

const models = schemas as Record<string, unknown>;
const form = (model: string): Field[] => fieldsOf(models[model]);
const named = (fields: Field[], name: string): Field => {
  const found = fields.find((field) => field.name === name);
  if (!found) throw new Error(`no field ${name}`);
  return found;
};

describe("fields of a schema", () => {
  it("gives every input of every double and built-in model a control of its kind", () => {
    const kinds = Object.fromEntries(
      Object.keys(models).map((model) => [model, form(model).map((field) => `${field.name}:${field.kind}`)]),
    );
    expect(kinds).toMatchInlineSnapshot(`
      {
        "black-forest-labs/flux-1.1-pro": [
          "prompt:text",
          "image_prompt:file",
          "aspect_ratio:choice",
          "width:number",
          "height:number",
          "safety_tolerance:number",
          "seed:seed",
          "prompt_upsampling:toggle",
          "output_format:choice",
          "output_quality:number",
        ],
        "black-forest-labs/flux-schnell": [
          "prompt:text",
          "aspect_ratio:choice",
          "num_inference_steps:number",
          "seed:seed",
          "output_format:choice",
          "output_quality:number",
          "disable_safety_checker:toggle",
          "go_fast:toggle",
          "megapixels:choice",
        ],
        "gauntlet/bed": [
          "prompt:text",
          "mood:choice",
          "tempo_bpm:number",
          "duration:number",
          "intensity:number",
          "seed:seed",
        ],
        "gauntlet/motion": [
          "image:file",
          "camera_movement:choice",
          "prompt:text",
          "duration:number",
          "aspect_ratio:choice",
          "strength:number",
        ],
        "gauntlet/panel": [
          "prompt:text",
          "aspect_ratio:choice",
          "shot_type:choice",
          "palette:texts",
          "mood:choice",
          "seed:seed",
          "output_format:choice",
        ],
        "kwaivgi/kling-v2.1": [
          "prompt:text",
          "negative_prompt:text",
          "start_image:file",
          "end_image:file",
          "mode:choice",
          "duration:choice",
        ],
        "meta/musicgen": [
          "model_version:choice",
          "prompt:text",
          "input_audio:file",
          "duration:number",
          "continuation:toggle",
          "continuation_start:number",
          "continuation_end:number",
          "multi_band_diffusion:toggle",
          "normalization_strategy:choice",
          "top_k:number",
          "top_p:number",
          "temperature:number",
          "classifier_free_guidance:number",
          "output_format:choice",
          "seed:seed",
        ],
        "minimax/video-01": [
          "prompt:text",
          "prompt_optimizer:toggle",
          "first_frame_image:file",
          "subject_reference:file",
        ],
        "nightmareai/real-esrgan": [
          "image:file",
          "scale:number",
          "face_enhance:toggle",
        ],
      }
    `);
  });

  it("keeps the vendor's order and folds what few people set", () => {
    const kling = form("kwaivgi/kling-v2.1");
    expect(kling.filter((field) => !field.advanced).map((field) => field.name)).toEqual([
      "prompt",
      "start_image",
      "end_image",
      "mode",
      "duration",
    ]);
    expect(named(kling, "negative_prompt").advanced).toBe(true);
  });

  it("does not ask how many, because an order is one medium", () => {
    expect(form("black-forest-labs/flux-schnell").some((field) => field.name === "num_outputs")).toBe(false);
  });

  it("follows references, merged parts and a branch for null in a vendor's own document", () => {
    const fields = fieldsOf({
      properties: {
        size: { allOf: [{ $ref: "#/$defs/Size" }], default: "L", "x-order": 1 },
        seed: { anyOf: [{ type: "integer" }, { type: "null" }], "x-order": 0 },
        refs: { type: "array", items: { type: "string", format: "uri" }, maxItems: 3 },
        loop: { $ref: "#/properties/loop" },
      },
      $defs: { Size: { enum: ["S", "L"], type: "string", title: "size" } },
    });
    expect(fields.map((field) => [field.name, field.kind])).toEqual([
      ["seed", "seed"],
      ["size", "choice"],
      ["refs", "files"],
      ["loop", "raw"],
    ]);
    expect(named(fields, "seed").nullable).toBe(true);
  });

  it("names choices as people do and leaves numbers, ratios and names of versions alone", () => {
    const choices = ["push_in", "pro", "webp", "16:9", 5, "stereo-melody-large", "v2"];
    expect(choices.map(choiceLabel)).toEqual(["Push in", "Pro", "WEBP", "16:9", "5", "Stereo-melody-large", "v2"]);
  });

  it("makes no form of what is no schema", () => {
    expect([null, "x", {}, { properties: [] }].map(fieldsOf)).toEqual([[], [], [], []]);
  });

  it("writes labels in sentence case and leaves acronyms alone", () => {
    const fields = fieldsOf({ properties: { num_inference_steps: {}, cfg: { title: "CFG Scale" } } });
    expect(fields.map((field) => field.label)).toEqual(["Num inference steps", "CFG scale"]);
  });
});

describe("inputs of an order", () => {
  const motion = form("gauntlet/motion");

  it("sends what was set, files apart, and nothing that the model takes by itself", () => {
    const values = { prompt: "pan left", duration: 4, strength: 1.5, aspect_ratio: "9:16", image: { imageId: 12 } };
    expect(inputsOf(motion, values)).toEqual({
      prompt: "pan left",
      inputs: { strength: 1.5 },
      files: { image: { imageId: 12 } },
    });
    expect(changedCount(motion, values)).toBe(3);
  });

  it("numbers the files of a list", () => {
    const fields = fieldsOf({ properties: { refs: { type: "array", items: { type: "string", format: "uri" } } } });
    expect(inputsOf(fields, { refs: [{ assetId: "a" }, { videoId: 2 }] }).files).toEqual({
      "refs.0": { assetId: "a" },
      "refs.1": { videoId: 2 },
    });
  });

  it("shows the model's defaults and reads an earlier order back", () => {
    expect(shownValue(named(motion, "duration"), {})).toBe(4);
    const inputs = { image: { assetId: "a" }, duration: 6, strength: "much", gone: 1 };
    expect(valuesOf(motion, inputs, "tilt up")).toEqual({ image: { assetId: "a" }, duration: 6, prompt: "tilt up" });
  });

  it("puts a picture where the model starts from, whatever that is called", () => {
    const starts = ["gauntlet/motion", "kwaivgi/kling-v2.1", "minimax/video-01", "nightmareai/real-esrgan"];
    expect(starts.map((model) => startField(form(model))?.name)).toEqual([
      "image",
      "start_image",
      "first_frame_image",
      "image",
    ]);
    expect(withStart(form("gauntlet/panel"), { prompt: "a" }, { imageId: 1 }, "image")).toEqual({ prompt: "a" });
  });
});

describe("faults", () => {
  it("speaks the server's words", () => {
    const panel = form("gauntlet/panel");
    expect(faultsOf(panel, {})).toEqual({ prompt: "prompt is missing" });
    expect(faultsOf(panel, { prompt: "a", seed: 2 ** 31, palette: ["#12345"] })).toEqual({
      seed: "seed is 2147483648; it must be at most 2147483647",
      palette: 'palette is ["#12345"]; it must be colours as #RRGGBB',
    });
    expect(faultsOf(form("gauntlet/motion"), { image: { imageId: 1 }, duration: 11 })).toEqual({
      duration: "duration is 11; it must be at most 10",
    });
  });

  it("refuses halves of whole numbers, words outside of a choice and broken JSON", () => {
    const fields = fieldsOf({
      properties: {
        steps: { type: "integer", exclusiveMinimum: 0 },
        mode: { enum: ["a", "b"] },
        extra: { type: "object" },
        key: { type: "string", "x-cog-secret": true },
      },
      required: ["key"],
    });
    expect(faultsOf(fields, { steps: 1.5, mode: "c", extra: "{" })).toEqual({
      steps: "steps is 1.5; it must be a whole number",
      mode: 'mode is "c"; it must be one of a, b',
      extra: 'extra is "{"; it must be JSON',
      key: "key is a key of another service, and none may be given: choose a model that needs none",
    });
    expect(faultsOf(fields, { steps: 0 }).steps).toBe("steps is 0; it must be more than 0");
  });

  it("finds the field that the server refused", () => {
    const fields = form("kwaivgi/kling-v2.1");
    expect(refusedField(fields, { field: "inputs.start_image" })).toBe("start_image");
    expect(refusedField(fields, { field: "inputs.nobody" })).toBeUndefined();
    expect(refusedField(fields, { field: "prompt" })).toBe("prompt");
  });
});
