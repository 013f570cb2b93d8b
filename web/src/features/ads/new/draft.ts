/** What somebody has said of a new ad so far, and the requests that follow from it. Pure. */
import type { AspectRatio, JobDetail, Platform, Schemas } from "@/api/types";
import type { Mood } from "@/components/frames/labels";

export interface AdDraft {
  prompt: string;
  campaignId: string | null;
  platform: Platform | null;
  durationS: number | null;
  aspect: AspectRatio | null;
  tones: Mood[];
  assetIds: string[];
  logoAssetId: string | null;
  referenceAssetId: string | null;
  briefBy: "hosted" | "built_in";
  imageModel: string | null;
  motionModel: string | null;
  musicModel: string | null;
}

export const EMPTY_DRAFT: AdDraft = {
  prompt: "",
  campaignId: null,
  platform: null,
  durationS: null,
  aspect: null,
  tones: [],
  assetIds: [],
  logoAssetId: null,
  referenceAssetId: null,
  briefBy: "hosted",
  imageModel: null,
  motionModel: null,
  musicModel: null,
};

export const PROMPT_MAX = 5_000;
export const ASSETS_MAX = 50;

type JobRequest = Schemas["JobRequest"];
type BriefRequest = Schemas["BriefRequest"];

/** The prompt as it is sent: tone has no field of its own, planners read it from the words. */
export function promptOf(draft: Pick<AdDraft, "prompt" | "tones">): string {
  const prompt = draft.prompt.trim();
  if (draft.tones.length === 0 || prompt === "") return prompt;
  // As a sentence: the built-in planner takes words after a colon for what the product is praised for.
  const tones = new Intl.ListFormat("en", { type: "conjunction" }).format(draft.tones);
  return `${prompt}\n\nThe tone is ${tones}.`;
}

export function briefRequest(draft: AdDraft, clientId: string): BriefRequest {
  return {
    prompt: promptOf(draft),
    clientId,
    campaignId: draft.campaignId,
    duration: draft.durationS,
    platform: draft.platform,
    aspectRatio: draft.aspect,
    assetIds: draft.assetIds,
    logoAssetId: draft.logoAssetId,
    referenceAssetId: draft.referenceAssetId,
    models: { brief: draft.briefBy },
  };
}

export type MediaModels = Pick<AdDraft, "briefBy" | "imageModel" | "motionModel" | "musicModel">;

/** Under which name the models for a brief's storyboard are kept. */
export function briefModelsDraft(briefId: string): string {
  return `brief-models.${briefId}`;
}

export function mediaModelsOf({ briefBy, imageModel, motionModel, musicModel }: MediaModels): MediaModels {
  return { briefBy, imageModel, motionModel, musicModel };
}

const choice = (model: string | null) => (model === null ? null : { model, inputs: {} });

/** The models of a draft, as jobs want them. */
export function modelsOf(draft: MediaModels) {
  return {
    brief: draft.briefBy,
    image: choice(draft.imageModel),
    motion: choice(draft.motionModel),
    music: choice(draft.musicModel),
    scenes: [],
  };
}

export function jobRequest(draft: AdDraft, clientId: string): JobRequest {
  return { ...briefRequest(draft, clientId), models: modelsOf(draft) };
}

/** A draft that begins where another ad began: its prompt and pictures, in another shape where one is given. */
export function draftFrom(job: JobDetail, aspect: AspectRatio | undefined): AdDraft {
  const pictures = job.storyboard.flatMap((frame) => (frame.assetId === null ? [] : [frame.assetId]));
  const assetIds = [...new Set(job.bed === null ? pictures : [...pictures, job.bed.assetId])];
  return {
    ...EMPTY_DRAFT,
    prompt: job.prompt,
    campaignId: job.campaignId,
    platform: job.brief?.technicalSpecs.platform ?? null,
    durationS: job.brief === null ? null : Math.round(job.brief.technicalSpecs.duration),
    aspect: aspect ?? null,
    assetIds,
    musicModel: job.musicModel,
  };
}
