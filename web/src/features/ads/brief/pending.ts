/** Changes to a brief that are typed and not saved: how the page shows them, and what is sent. Pure. */
import type { Brief, Scene, Schemas } from "@/api/types";

export type ScenePatch = Schemas["ScenePatch"];
export type BriefPatch = Schemas["BriefPatch"];

/** Sections are replaced as a whole, scenes field by field. */
export interface Pending {
  title?: string;
  audience?: string;
  product?: Brief["product"];
  visualDirection?: Brief["visualDirection"];
  audioDirection?: Brief["audioDirection"];
  textStrategy?: Brief["textStrategy"];
  callToAction?: Brief["callToAction"];
  scenes?: Record<number, Partial<Omit<ScenePatch, "number">>>;
}

const FPS = 30;

function changedScene(scene: Scene, patch: Partial<ScenePatch> | undefined): Scene {
  if (patch === undefined) return scene;
  const { duration, ...rest } = patch;
  const length = duration == null ? scene.duration : Math.max(1, Math.round(duration * FPS)) / FPS;
  // No part of a scene but its asset may be null, and none is made so here.
  return { ...scene, ...rest, duration: length, durationFrames: Math.round(length * FPS) } as Scene;
}

/** The brief as it will be once the changes are saved. */
export function withPending(brief: Brief, pending: Pending): Brief {
  const { scenes, ...sections } = pending;
  let startFrame = 0;
  const changed = brief.scenes.map((scene) => {
    const placed = { ...changedScene(scene, scenes?.[scene.number]), startFrame, start: startFrame / FPS };
    startFrame += placed.durationFrames;
    return placed;
  });
  return { ...brief, ...sections, scenes: changed };
}

/** Takes one more change in; a scene's fields add up. */
export function addPending(before: Pending, next: Pending): Pending {
  const scenes = { ...before.scenes };
  for (const [number, patch] of Object.entries(next.scenes ?? {})) {
    scenes[Number(number)] = { ...scenes[Number(number)], ...patch };
  }
  return { ...before, ...next, ...(Object.keys(scenes).length > 0 && { scenes }) };
}

/** How many things wait to be saved. */
export function countPending(pending: Pending): number {
  const { scenes = {}, ...sections } = pending;
  const inScenes = Object.values(scenes).reduce((sum, patch) => sum + Object.keys(patch).length, 0);
  return Object.keys(sections).length + inScenes;
}

/** What is sent: the changes, and the version that they were made to. */
export function patchOf(pending: Pending, version: number): BriefPatch {
  const { scenes = {}, ...sections } = pending;
  return {
    version,
    ...sections,
    scenes: Object.entries(scenes).map(([number, patch]) => ({ number: Number(number), ...patch })),
  };
}

/** The film's length as the scenes have it now. */
export function lengthOf(brief: Pick<Brief, "scenes">): number {
  return brief.scenes.reduce((sum, scene) => sum + scene.durationFrames, 0) / FPS;
}
