/** What is under way or waits for somebody, over all clients: what the shell and the home page show. */
import { queryOptions } from "@tanstack/react-query";

import { answer, http, page, type Page } from "./client";
import { keys } from "./keys";
import type { Client, Job, JobStatus } from "./types";

const PER_STATE = 50;

/** Jobs in several states, newest first; the API lists one state at a time. */
export const jobsInQuery = (states: readonly JobStatus[], clientId: string | null = null) =>
  queryOptions({
    queryKey: keys.jobs.list({ states, clientId }),
    queryFn: async ({ signal }): Promise<Page<Job>> => {
      const pages = await Promise.all(
        states.map((status) =>
          page(
            http.GET("/api/v2/jobs", {
              params: { query: { status, clientId: clientId ?? undefined, limit: PER_STATE } },
              signal,
            }),
          ),
        ),
      );
      return {
        items: pages.flatMap(({ items }) => items).sort((one, other) => other.id - one.id),
        total: pages.reduce((sum, { total }) => sum + total, 0),
      };
    },
  });

/** At work now, or stopped until somebody does something about it. */
export const UNDER_WAY: readonly JobStatus[] = ["pending", "parsing", "generating_storyboard", "rendering", "paused"];

const CLIENT_PAGE = 100;
const CLIENTS_MOST = 2_000;

/** All clients that somebody reaches, by name: for switchers and for names beside things. */
export const everyClientQuery = queryOptions({
  queryKey: keys.clients.list({ every: true }),
  queryFn: async ({ signal }): Promise<Client[]> => {
    const all: Client[] = [];
    for (let offset = 0; offset < CLIENTS_MOST; offset += CLIENT_PAGE) {
      const found = await page(
        http.GET("/api/v2/clients", { params: { query: { limit: CLIENT_PAGE, offset } }, signal }),
      );
      all.push(...found.items);
      if (all.length >= found.total || found.items.length === 0) break;
    }
    return all.sort((one, other) => one.name.localeCompare(other.name));
  },
  staleTime: 60_000,
});

/** Finds assets by their name, for the palette. */
export const assetSearchQuery = (words: string, clientId: string | null) =>
  queryOptions({
    queryKey: keys.assets.list({ palette: words, clientId }),
    queryFn: ({ signal }) =>
      answer(
        http.GET("/api/v2/assets", {
          params: { query: { q: words, clientId: clientId ?? undefined, limit: 6 } },
          signal,
        }),
      ),
    staleTime: 60_000,
  });
