import { expect, test } from "vitest";

import { moveOf } from "./camera";
import { CAMERAS, type CameraMovement } from "./labels";
import { waitingColor } from "./palette";

const cameras = Object.keys(CAMERAS) as CameraMovement[];

test("every camera move but stillness goes somewhere", () => {
  const moving = cameras.filter((camera) => moveOf(camera).from !== moveOf(camera).to);
  expect(moving).toEqual(cameras.filter((camera) => camera !== "static"));
});

test("opposite moves are each other backwards", () => {
  for (const [there, back] of [
    ["push_in", "pull_out"],
    ["pan_left", "pan_right"],
    ["tilt_up", "tilt_down"],
  ] as const) {
    expect(moveOf(there)).toEqual({ from: moveOf(back).to, to: moveOf(back).from });
  }
});

test("a frame waits in a colour of the ad, and the next in another", () => {
  const palette = {
    primary: "#111111",
    secondary: "#222222",
    accent: "#333333",
    background: "#444444",
    onBackground: "#000000",
    onPrimary: "#ffffff",
    onAccent: "#ffffff",
    source: "brand" as const,
  };
  expect([1, 2, 3, 4, 5].map((scene) => waitingColor(palette, scene))).toEqual([
    "#444444",
    "#111111",
    "#222222",
    "#333333",
    "#444444",
  ]);
  expect(waitingColor(undefined, 1)).toBeUndefined();
});
