/** Names for the shapes of the API, as `schema.d.ts` has them. */
import type { components } from "./schema";

export type Schemas = components["schemas"];

/** As the typed client answers it: pairs are lists there. */
type Answered<T> = T extends (infer Item)[]
  ? Answered<Item>[]
  : T extends object
    ? { [K in keyof T]: Answered<T[K]> }
    : T;

export type Asset = Schemas["Asset"];
export type AssetType = Asset["type"];
export type ImageAsset = Schemas["ImageAsset"];
export type VideoAsset = Schemas["VideoAsset"];
export type AudioAsset = Schemas["AudioAsset"];
export type DocumentAsset = Schemas["DocumentAsset"];
export type AspectRatio = Schemas["AspectRatio"];
export type Brief = Answered<Schemas["Brief"]>;
export type BriefDetail = Answered<Schemas["BriefDetail"]>;
export type BriefSummary = Schemas["BriefSummary"];
export type Budget = Schemas["Budget"];
export type Campaign = Schemas["Campaign"];
export type Client = Schemas["Client"];
export type Estimate = Schemas["Estimate"];
export type FrameView = Schemas["FrameView"];
export type GeneratedMedium = Schemas["GeneratedMedium"];
export type GenerationStatus = Schemas["GenerationStatus"];
export type Job = Schemas["Job"];
export type JobDetail = Answered<Schemas["JobDetail"]>;
export type JobStatus = Schemas["JobStatus"];
export type Member = Schemas["Member"];
export type Model = Schemas["Model"];
export type ModelKind = Schemas["ModelKind"];
export type Platform = Schemas["Platform"];
export type Problem = Schemas["Problem"];
export type Scene = Answered<Schemas["Scene"]>;
export type User = Schemas["User"];
