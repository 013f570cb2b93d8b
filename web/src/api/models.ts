/** Models and what they made by hand. */
import { queryOptions } from "@tanstack/react-query";

import { answer, http, page, type Page } from "./client";
import { keys } from "./keys";
import type { paths } from "./schema";
import type { GeneratedMedium, Model, ModelKind, Schemas } from "./types";

export type ModelFilter = NonNullable<paths["/api/v2/models"]["get"]["parameters"]["query"]>;
export type MediaFilter = NonNullable<paths["/api/v2/images"]["get"]["parameters"]["query"]>;
export type GenerationRequest = Schemas["GenerationRequest"];

/** What has addresses of its own; sound is made for an ad alone. */
export type MediumType = "image" | "video";

export const MODEL_KINDS = [
  "text-to-image",
  "image-to-video",
  "text-to-video",
  "text-to-music",
  "upscale",
] as const satisfies readonly ModelKind[];

/** Models, and why some are missing, if any are. */
export interface ModelPage extends Page<Model> {
  note: string | null;
}

const NOTE_HEADER = "X-Gauntlet-Note";

export const modelsQuery = (filter: ModelFilter = {}) =>
  queryOptions({
    queryKey: keys.models.list(filter),
    queryFn: async ({ signal }): Promise<ModelPage> => {
      const call = http.GET("/api/v2/models", { params: { query: { limit: 100, ...filter } }, signal });
      const found = await page(call);
      return { ...found, note: (await call).response.headers.get(NOTE_HEADER) };
    },
    staleTime: 5 * 60_000,
  });

export const modelQuery = (owner: string, name: string, clientId?: string) =>
  queryOptions({
    queryKey: keys.models.one(`${owner}/${name}`, { clientId }),
    queryFn: ({ signal }) =>
      answer(
        http.GET("/api/v2/models/{owner}/{name}", { params: { path: { owner, name }, query: { clientId } }, signal }),
      ),
    staleTime: 5 * 60_000,
  });

export const imagesQuery = (filter: MediaFilter = {}) =>
  queryOptions({
    queryKey: keys.images.list(filter),
    queryFn: ({ signal }) => page(http.GET("/api/v2/images", { params: { query: filter }, signal })),
  });

export const videosQuery = (filter: MediaFilter = {}) =>
  queryOptions({
    queryKey: keys.videos.list(filter),
    queryFn: ({ signal }) => page(http.GET("/api/v2/videos", { params: { query: filter }, signal })),
  });

export const imageQuery = (imageId: number) =>
  queryOptions({
    queryKey: keys.images.one(imageId),
    queryFn: ({ signal }) =>
      answer(http.GET("/api/v2/images/{image_id}", { params: { path: { image_id: imageId } }, signal })),
  });

export const videoQuery = (videoId: number) =>
  queryOptions({
    queryKey: keys.videos.one(videoId),
    queryFn: ({ signal }) =>
      answer(http.GET("/api/v2/videos/{video_id}", { params: { path: { video_id: videoId } }, signal })),
  });

/** The keys of a type's queries. */
export const mediaKeys = (type: MediumType) => (type === "image" ? keys.images : keys.videos);

/** A list of one type or the other. */
export const mediaQuery = (type: MediumType, filter: MediaFilter) =>
  queryOptions({
    queryKey: mediaKeys(type).list(filter),
    queryFn: ({ signal }): Promise<Page<GeneratedMedium>> =>
      type === "image"
        ? page(http.GET("/api/v2/images", { params: { query: filter }, signal }))
        : page(http.GET("/api/v2/videos", { params: { query: filter }, signal })),
  });

/** One medium of one type or the other. */
export const mediumQuery = (type: MediumType, id: number) =>
  queryOptions({
    queryKey: mediaKeys(type).one(id),
    queryFn: ({ signal }): Promise<GeneratedMedium> =>
      type === "image"
        ? answer(http.GET("/api/v2/images/{image_id}", { params: { path: { image_id: id } }, signal }))
        : answer(http.GET("/api/v2/videos/{video_id}", { params: { path: { video_id: id } }, signal })),
  });

/** What the same order would cost; refuses what ordering it would refuse. */
export const mediumEstimateQuery = (type: MediumType, request: GenerationRequest) =>
  queryOptions({
    queryKey: [...keys.models.all, "estimate", type, request],
    queryFn: ({ signal }) =>
      type === "image"
        ? answer(http.POST("/api/v2/images/estimate", { body: request, signal }))
        : answer(http.POST("/api/v2/videos/estimate", { body: request, signal })),
    staleTime: 5 * 60_000,
    // A refusal is an answer: the same order is refused again.
    retry: false,
  });

/** Orders a medium. There is no key against doing it twice: call it once for each press. */
export function orderMedium(type: MediumType, request: GenerationRequest): Promise<GeneratedMedium> {
  return type === "image"
    ? answer(http.POST("/api/v2/images", { body: request }))
    : answer(http.POST("/api/v2/videos", { body: request }));
}

/** Tries again what failed or is paused. */
export function retryMedium({ type, id }: MediumRef): Promise<GeneratedMedium> {
  return type === "image"
    ? answer(http.POST("/api/v2/images/{image_id}/retry", { params: { path: { image_id: id } } }))
    : answer(http.POST("/api/v2/videos/{video_id}/retry", { params: { path: { video_id: id } } }));
}

export function cancelMedium({ type, id }: MediumRef): Promise<GeneratedMedium> {
  return type === "image"
    ? answer(http.POST("/api/v2/images/{image_id}/cancel", { params: { path: { image_id: id } } }))
    : answer(http.POST("/api/v2/videos/{video_id}/cancel", { params: { path: { video_id: id } } }));
}

export function deleteMedium({ type, id }: MediumRef): Promise<unknown> {
  return type === "image"
    ? answer(http.DELETE("/api/v2/images/{image_id}", { params: { path: { image_id: id } } }))
    : answer(http.DELETE("/api/v2/videos/{video_id}", { params: { path: { video_id: id } } }));
}

/** Keeps a medium in its client's library. */
export function keepMedium(
  { type, id }: MediumRef,
  wish: Schemas["AssetWish"] = { tags: [] },
): Promise<Schemas["Asset"]> {
  return type === "image"
    ? answer(http.POST("/api/v2/images/{image_id}/asset", { params: { path: { image_id: id } }, body: wish }))
    : answer(http.POST("/api/v2/videos/{video_id}/asset", { params: { path: { video_id: id } }, body: wish }));
}

export interface MediumRef {
  readonly type: MediumType;
  readonly id: number;
}

/** What a kind of model makes; null for sound. */
export function mediumTypeOf(kind: ModelKind): MediumType | null {
  switch (kind) {
    case "text-to-image":
    case "upscale":
      return "image";
    case "image-to-video":
    case "text-to-video":
      return "video";
    case "text-to-music":
      return null;
  }
}
