/** A small film for tests: five scenes of 60 frames at 30 fps, the last an end card, over a bed at 120 bpm. */
import type { Clip, Film } from "./film";

const COUNT = 5;
const FRAMES = 60;

function clip(index: number): Clip {
  const isLast = index === COUNT - 1;
  return {
    scene: index + 1,
    purpose: isLast ? "cta" : "benefit",
    startFrame: index * FRAMES,
    frames: FRAMES,
    readableFrames: 40,
    posterFrame: index * FRAMES + 30,
    source: {
      kind: isLast ? "end_card" : "asset",
      assetId: null,
      assetVersion: null,
      generationId: null,
      isAwaited: false,
    },
    camera: "static",
    footage:
      index === 1
        ? {
            filmMs: 8000,
            startMs: 1000,
            latestStartMs: 6000,
            lengthMs: 2000,
            pacePercent: 100,
            play: "once",
            isHeard: true,
          }
        : null,
    transition: { kind: index === 0 ? "cut" : "dissolve", frames: index === 0 ? 0 : 12 },
    motionModel: null,
    isMotionMade: false,
    words: {
      headline: `Headline ${index + 1}`,
      supporting: "",
      callToAction: isLast ? "Order" : null,
      destination: null,
    },
  };
}

export function film(): Film {
  const picture = Array.from({ length: COUNT }, (_, index) => clip(index));
  return {
    jobId: 1,
    version: 3,
    isKept: true,
    fingerprint: "f0",
    fps: 30,
    totalFrames: COUNT * FRAMES,
    width: 1080,
    height: 1920,
    aspectRatio: "9:16",
    platform: "tiktok",
    language: "en",
    posterFrame: 30,
    palette: {
      primary: "#112233",
      secondary: "#223344",
      accent: "#334455",
      background: "#ffffff",
      onPrimary: "#ffffff",
      onAccent: "#ffffff",
      onBackground: "#000000",
      source: "brand",
    },
    tracks: {
      picture,
      type: picture.map(({ scene, startFrame, words }) => ({
        scene,
        role: "headline" as const,
        words: words.headline,
        startFrame: startFrame + 6,
        frames: FRAMES - 6,
        box: { x: 0, y: 0, width: 10, height: 10 },
        fontPx: 80,
        ink: "#ffffff",
        ground: "#000000",
      })),
      captions: picture.map(({ startFrame, words }) => ({ startFrame, frames: 50, text: words.headline })),
      sound: {
        clips: [
          {
            ...{ kind: "bed" as const, startFrame: 0, frames: COUNT * FRAMES, name: "calm" },
            ...{ assetId: null, generationId: null, model: null, scene: null },
          },
          {
            ...{ kind: "footage" as const, startFrame: 60, frames: 60, name: null },
            ...{ assetId: null, generationId: null, model: null, scene: 2 },
          },
        ],
        tempoBpm: 120,
        beats: [0, 15, 30],
        sections: [],
        ducking: [{ startFrame: 60, frames: 60, gainDb: -10, rampFrames: 6 }],
      },
    },
    limits: { scenesMin: 5, scenesMax: 8, sceneFramesMin: 25, totalFramesMin: 150, totalFramesMax: 5400 },
  };
}
