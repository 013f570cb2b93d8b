/** The library. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { answer, http, type Page, page } from "./client";
import { keys } from "./keys";
import type { paths } from "./schema";
import type { Asset, AssetType, Schemas } from "./types";

/** What a list of assets can be narrowed and sorted by, as the API names it. */
export type AssetFilter = NonNullable<paths["/api/v2/assets"]["get"]["parameters"]["query"]>;

export type AssetSort = NonNullable<AssetFilter["sort"]>;
export type AssetFormat = NonNullable<AssetFilter["format"]>;
export type AssetVersion = Schemas["AssetVersion"];

export const ASSET_PAGE = 100;

/** At most so many assets are changed by one request. */
export const BULK_MAX = 500;

/** The formats of each type, as the API names them. */
export const ASSET_FORMATS: Record<AssetType, readonly AssetFormat[]> = {
  image: ["jpg", "jpeg", "png", "webp", "gif", "svg"],
  video: ["mp4", "webm", "mov", "avi", "mkv"],
  audio: ["mp3", "wav", "ogg", "aac", "m4a"],
  document: ["pdf", "doc", "docx", "txt"],
};

/** What an asset may have as tags: at most so many, of at most so many characters. */
export const TAGS_MAX = 30;
export const TAG_MAX_CHARACTERS = 50;
export const NAME_MAX_CHARACTERS = 200;

/** The tags that planner and compositor understand, and what each of them means. */
export const WELL_KNOWN_TAGS = {
  brand_logo: "The client's logo.",
  product_shot: "Shows the product.",
  first_frame: "Where the film begins.",
  closing_frame: "Where the film ends.",
  background: "To be shown behind others.",
  subject: "To be shown before a background.",
  transition: "For the bridge between two scenes.",
  use_full_audio: "A sound that is played as it is, or a film that keeps its own sound.",
  voice_sample: "A voice; never used as music.",
} as const;

export const assetsQuery = (filter: AssetFilter) =>
  queryOptions({
    queryKey: keys.assets.list(filter),
    queryFn: ({ signal }) => page(http.GET("/api/v2/assets", { params: { query: filter }, signal })),
  });

/** The same, page after page, for grids that load as they are scrolled. */
export const assetPagesQuery = (filter: AssetFilter) =>
  infiniteQueryOptions({
    queryKey: [...keys.assets.list(filter), "pages"],
    queryFn: ({ signal, pageParam }) =>
      page(
        http.GET("/api/v2/assets", { params: { query: { ...filter, limit: ASSET_PAGE, offset: pageParam } }, signal }),
      ),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const loaded = pages.reduce((count, each) => count + each.items.length, 0);
      return loaded < last.total && last.items.length > 0 ? loaded : undefined;
    },
  });

export const assetQuery = (assetId: string) =>
  queryOptions({
    queryKey: keys.assets.one(assetId),
    queryFn: ({ signal }) =>
      answer(http.GET("/api/v2/assets/{asset_id}", { params: { path: { asset_id: assetId } }, signal })),
  });

/** One page of a list by its number, for grids that are entered anywhere. */
export const assetPageQuery = (filter: AssetFilter, number: number) =>
  queryOptions({
    queryKey: [...keys.assets.list(filter), "page", number],
    queryFn: ({ signal }): Promise<Page<Asset>> =>
      page(
        http.GET("/api/v2/assets", {
          params: { query: { ...filter, limit: ASSET_PAGE, offset: number * ASSET_PAGE } },
          signal,
        }),
      ),
  });

export const assetVersionsQuery = (assetId: string) =>
  queryOptions({
    queryKey: [...keys.assets.one(assetId), "versions"],
    queryFn: ({ signal }) =>
      page(
        http.GET("/api/v2/assets/{asset_id}/versions", {
          params: { path: { asset_id: assetId }, query: { limit: 100 } },
          signal,
        }),
      ),
  });

/** How loud a sound is over its time: its peaks, 0 to 1. */
export const waveformQuery = (assetId: string, version: number) =>
  queryOptions({
    queryKey: [...keys.assets.one(assetId), "waveform", version],
    queryFn: async ({ signal }): Promise<Schemas["Waveform"]> => {
      const given = await answer(
        http.GET("/api/v2/assets/{asset_id}/versions/{number}/waveform", {
          params: { path: { asset_id: assetId, number: version }, query: { format: "json" } },
          signal,
        }),
      );
      // The description allows a drawing, too; `format` asks for numbers.
      return given as Schemas["Waveform"];
    },
    staleTime: Infinity,
  });

/** Where an asset's picture is; it changes with the version, so that no browser shows the one before. */
export function thumbnailOf(asset: Asset): string | undefined {
  const url = asset.type === "audio" ? asset.waveformUrl : asset.thumbnailUrl;
  return url ? `${url}?v=${asset.version}` : undefined;
}

/** Where an asset's bytes are: as they are shown, or to be saved. */
export function bytesOf(asset: Asset, as: "shown" | "download" = "shown"): string {
  return `${asset.url}?v=${asset.version}${as === "download" ? "&download=true" : ""}`;
}

export function updateAsset(assetId: string, patch: Schemas["AssetPatch"]) {
  return answer(http.PATCH("/api/v2/assets/{asset_id}", { params: { path: { asset_id: assetId } }, body: patch }));
}

export function editAssets(edit: Schemas["BulkEdit"]) {
  return answer(http.POST("/api/v2/assets/bulk", { body: edit }));
}

/** Puts an asset into the bin. */
export function binAsset(assetId: string) {
  return answer(http.DELETE("/api/v2/assets/{asset_id}", { params: { path: { asset_id: assetId } } }));
}

/** Removes an asset for good, with all its versions. */
export function purgeAsset(assetId: string) {
  return answer(
    http.DELETE("/api/v2/assets/{asset_id}", {
      params: { path: { asset_id: assetId }, query: { permanently: true } },
    }),
  );
}

export function restoreAsset(assetId: string) {
  return answer(http.POST("/api/v2/assets/{asset_id}/restore", { params: { path: { asset_id: assetId } } }));
}

export function signAsset(assetId: string, request: Schemas["SigningRequest"]) {
  return answer(
    http.POST("/api/v2/assets/{asset_id}/signed-url", { params: { path: { asset_id: assetId } }, body: request }),
  );
}

/** Gives an asset new bytes; id, name, tags and place stay. */
export function replaceAsset(assetId: string, file: File) {
  const form = new FormData();
  form.append("file", file);
  return answer(
    http.POST("/api/v2/assets/{asset_id}/versions", {
      params: { path: { asset_id: assetId } },
      // The description spells a file as a string of bytes.
      body: { file: file.name },
      bodySerializer: () => form,
    }),
  );
}

/** Makes a new version that repeats an earlier one. */
export function restoreAssetVersion(assetId: string, number: number) {
  return answer(
    http.POST("/api/v2/assets/{asset_id}/versions/{number}/restore", {
      params: { path: { asset_id: assetId, number } },
    }),
  );
}

/** Has the server fetch a file from a public address. */
export function fetchAsset(request: Schemas["RemoteAssetRequest"]) {
  return answer(http.POST("/api/v2/assets/from-url", { body: request }));
}
