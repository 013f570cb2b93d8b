/** Clients, their campaigns, members and keys of hosted services. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { answer, http, page } from "./client";
import { keys } from "./keys";
import type { Schemas } from "./types";

export type BrandGuidelines = Schemas["BrandGuidelines"];
export type BrandColour = Schemas["BrandColour"];
export type CampaignBrief = Schemas["CampaignBrief"];
export type CampaignStatus = Schemas["Campaign"]["status"];
export type ProviderKey = Schemas["ProviderKey"];
export type StorageUsage = Schemas["StorageUsage"];

export const CLIENTS_PAGE = 100;

const at = (clientId: string) => ({ path: { client_id: clientId } });
const atCampaign = (campaignId: string) => ({ path: { campaign_id: campaignId } });

/** All clients that fit into a switcher; newest first. */
export const clientsQuery = (filter: { limit?: number; offset?: number } = {}) =>
  queryOptions({
    queryKey: keys.clients.list(filter),
    queryFn: ({ signal }) =>
      page(http.GET("/api/v2/clients", { params: { query: { limit: CLIENTS_PAGE, ...filter } }, signal })),
  });

/** The same, page after page, for the list of all. */
export const clientPagesQuery = () =>
  infiniteQueryOptions({
    queryKey: [...keys.clients.list({}), "pages"],
    queryFn: ({ signal, pageParam }) =>
      page(http.GET("/api/v2/clients", { params: { query: { limit: CLIENTS_PAGE, offset: pageParam } }, signal })),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const loaded = pages.reduce((count, each) => count + each.items.length, 0);
      return loaded < last.total && last.items.length > 0 ? loaded : undefined;
    },
  });

export const clientQuery = (clientId: string) =>
  queryOptions({
    queryKey: keys.clients.one(clientId),
    queryFn: ({ signal }) => answer(http.GET("/api/v2/clients/{client_id}", { params: at(clientId), signal })),
  });

export const clientStatsQuery = (clientId: string) =>
  queryOptions({
    queryKey: [...keys.clients.one(clientId), "stats"],
    queryFn: ({ signal }) => answer(http.GET("/api/v2/clients/{client_id}/stats", { params: at(clientId), signal })),
  });

/** Where a client's space goes, and how much it may take. */
export const clientStorageQuery = (clientId: string) =>
  queryOptions({
    queryKey: [...keys.clients.one(clientId), "storage"],
    queryFn: ({ signal }) => answer(http.GET("/api/v2/clients/{client_id}/storage", { params: at(clientId), signal })),
  });

export function createClient(draft: Schemas["ClientDraft"]) {
  return answer(http.POST("/api/v2/clients", { body: draft }));
}

export function updateClient(clientId: string, patch: Schemas["ClientPatch"]) {
  return answer(http.PATCH("/api/v2/clients/{client_id}", { params: at(clientId), body: patch }));
}

/** Removes a client with all that is its own, for good. */
export function deleteClient(clientId: string) {
  return answer(http.DELETE("/api/v2/clients/{client_id}", { params: at(clientId) }));
}

export const membersQuery = (clientId: string) =>
  queryOptions({
    queryKey: [...keys.clients.one(clientId), "members"],
    queryFn: ({ signal }) =>
      page(
        http.GET("/api/v2/clients/{client_id}/members", {
          params: { ...at(clientId), query: { limit: 100 } },
          signal,
        }),
      ),
  });

export function addMember(clientId: string, draft: Schemas["MemberDraft"]) {
  return answer(http.POST("/api/v2/clients/{client_id}/members", { params: at(clientId), body: draft }));
}

export function changeMember(clientId: string, userId: number, role: Schemas["Member"]["role"]) {
  return answer(
    http.PATCH("/api/v2/clients/{client_id}/members/{user_id}", {
      params: { path: { client_id: clientId, user_id: userId } },
      body: { role },
    }),
  );
}

export function removeMember(clientId: string, userId: number) {
  return answer(
    http.DELETE("/api/v2/clients/{client_id}/members/{user_id}", {
      params: { path: { client_id: clientId, user_id: userId } },
    }),
  );
}

/** Whose key each hosted service is used with; never a key itself. */
export const providerKeysQuery = (clientId: string) =>
  queryOptions({
    queryKey: [...keys.clients.one(clientId), "keys"],
    queryFn: ({ signal }) =>
      answer(http.GET("/api/v2/clients/{client_id}/provider-keys", { params: at(clientId), signal })),
  });

export function setProviderKey(clientId: string, provider: ProviderKey["provider"], key: string) {
  return answer(
    http.PUT("/api/v2/clients/{client_id}/provider-keys/{provider}", {
      params: { path: { client_id: clientId, provider } },
      body: { key },
    }),
  );
}

export function removeProviderKey(clientId: string, provider: ProviderKey["provider"]) {
  return answer(
    http.DELETE("/api/v2/clients/{client_id}/provider-keys/{provider}", {
      params: { path: { client_id: clientId, provider } },
    }),
  );
}

export interface CampaignFilter {
  clientId?: string;
  status?: CampaignStatus;
  limit?: number;
  offset?: number;
}

export const campaignsQuery = (filter: CampaignFilter = {}) =>
  queryOptions({
    queryKey: keys.campaigns.list(filter),
    queryFn: ({ signal }) =>
      page(http.GET("/api/v2/campaigns", { params: { query: { limit: 100, ...filter } }, signal })),
  });

export const campaignQuery = (campaignId: string) =>
  queryOptions({
    queryKey: keys.campaigns.one(campaignId),
    queryFn: ({ signal }) =>
      answer(http.GET("/api/v2/campaigns/{campaign_id}", { params: atCampaign(campaignId), signal })),
  });

export const campaignStatsQuery = (campaignId: string) =>
  queryOptions({
    queryKey: [...keys.campaigns.one(campaignId), "stats"],
    queryFn: ({ signal }) =>
      answer(http.GET("/api/v2/campaigns/{campaign_id}/stats", { params: atCampaign(campaignId), signal })),
  });

export function createCampaign(draft: Schemas["CampaignDraft"]) {
  return answer(http.POST("/api/v2/campaigns", { body: draft }));
}

export function updateCampaign(campaignId: string, patch: Schemas["CampaignPatch"]) {
  return answer(http.PATCH("/api/v2/campaigns/{campaign_id}", { params: atCampaign(campaignId), body: patch }));
}

/** Removes a campaign; its assets, briefs and ads stay with the client. */
export function deleteCampaign(campaignId: string) {
  return answer(http.DELETE("/api/v2/campaigns/{campaign_id}", { params: atCampaign(campaignId) }));
}

/** The families that a brand can name, with their shapes; they change with the program alone. */
export const fontsQuery = () =>
  queryOptions({
    queryKey: ["fonts"],
    queryFn: ({ signal }) => answer(http.GET("/api/v2/fonts", { signal })),
    staleTime: Infinity,
  });

/** The colours and families that an ad of these guidelines would have; they need not be kept. */
export const brandLookQuery = (clientId: string, guidelines: BrandGuidelines) =>
  queryOptions({
    queryKey: ["brand-look", clientId, guidelines],
    queryFn: ({ signal }) =>
      answer(http.POST("/api/v2/clients/{client_id}/brand-look", { params: at(clientId), body: guidelines, signal })),
    staleTime: Infinity,
    gcTime: 60_000,
  });

/** A scene of an ad in guidelines that need not be kept, drawn by the server: as an address that holds the picture. */
export const brandPreviewQuery = (clientId: string, trial: Schemas["BrandTrial"]) =>
  queryOptions({
    queryKey: ["brand-preview", clientId, trial],
    queryFn: async ({ signal }): Promise<string> => {
      const drawn = await answer(
        http.POST("/api/v2/clients/{client_id}/brand-preview", {
          params: at(clientId),
          body: trial,
          parseAs: "blob",
          signal,
        }),
      );
      return asDataUrl(drawn);
    },
    staleTime: Infinity,
    gcTime: 60_000,
  });

function asDataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === "string" ? reader.result : "");
    reader.onerror = () => reject(reader.error ?? new Error("The picture could not be read."));
    reader.readAsDataURL(blob);
  });
}
