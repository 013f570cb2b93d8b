/** What a studio in use has: a client with pictures, a storyboard that waits, a film, media of models. Made by the API. */
import type { APIRequestContext, Browser } from "@playwright/test";
import { setTimeout as rest } from "node:timers/promises";

import { picture } from "./pictures.ts";
import type { Studio } from "./server.ts";
import { ask } from "./test.ts";

const LOOK_EVERY_MS = 200;
const DONE_WITHIN_MS = 120_000;

export const PROMPT =
  "A 5 second square ad for the Ember table lamp by Northlight. Warm and calm, for people who read in the evening. Order at northlight.example";

export interface Named {
  id: string;
  name: string;
}

export interface JobSeen {
  id: number;
  status: string;
  storyboardVersion: number | null;
  briefId: string | null;
}

export interface Stock {
  client: Named;
  campaign: Named;
  assets: readonly [Named, Named];
  /** Its storyboard waits for an approval. */
  waiting: JobSeen;
  /** A finished film of five seconds. */
  film: JobSeen;
  imageId: number;
  videoId: number;
}

/** Asks the API of one studio as whoever is signed in. */
export class Desk {
  private readonly request: APIRequestContext;
  private readonly studio: Studio;

  constructor(request: APIRequestContext, studio: Studio) {
    this.request = request;
    this.studio = studio;
  }

  get<T>(path: string): Promise<T> {
    return ask<T>(this.request, this.studio, "GET", `/api/v2${path}`);
  }

  post<T>(path: string, data?: unknown): Promise<T> {
    return ask<T>(this.request, this.studio, "POST", `/api/v2${path}`, data);
  }

  patch<T>(path: string, data: unknown): Promise<T> {
    return ask<T>(this.request, this.studio, "PATCH", `/api/v2${path}`, data);
  }

  remove(path: string): Promise<null> {
    return ask<null>(this.request, this.studio, "DELETE", `/api/v2${path}`);
  }

  async upload(clientId: string, file: { name: string; mimeType: string; buffer: Buffer }): Promise<Named> {
    const answer = await this.request.post(`${this.studio.url}/api/v2/upload-asset`, {
      multipart: { clientId, file },
      headers: { "X-Gauntlet-CSRF": "1" },
    });
    if (!answer.ok()) throw new Error(`uploading ${file.name} answered ${answer.status()}: ${await answer.text()}`);
    return (await answer.json()) as Named;
  }

  /** Orders an ad and waits until its storyboard can be approved. */
  async storyboard(clientId: string, more: object = {}): Promise<JobSeen> {
    const job = await this.post<JobSeen>("/generate", {
      prompt: PROMPT,
      clientId,
      aspectRatio: "1:1",
      duration: 5,
      ...more,
    });
    return this.until<JobSeen>(`/jobs/${job.id}`, "storyboard_ready");
  }

  /** Renders an approved ad to its end. */
  async film(job: JobSeen): Promise<JobSeen> {
    await this.post(`/jobs/${job.id}/approve`, { version: job.storyboardVersion });
    await this.post(`/jobs/${job.id}/render`);
    return this.until<JobSeen>(`/jobs/${job.id}`, "completed");
  }

  async until<T extends { status: string }>(path: string, status: string): Promise<T> {
    const deadline = Date.now() + DONE_WITHIN_MS;
    let last = "";
    while (Date.now() < deadline) {
      const seen = await this.get<T>(path);
      last = seen.status;
      if (last === status) return seen;
      if (last === "failed") throw new Error(`${path} failed: ${JSON.stringify(seen)}`);
      await rest(LOOK_EVERY_MS);
    }
    throw new Error(`${path} is ${last}, not ${status}`);
  }
}

/** A client with two pictures. */
export async function makeClient(desk: Desk, browser: Browser, name: string) {
  const client = await desk.post<Named>("/clients", { name });
  const upload = async (fileName: string, colour: string): Promise<Named> =>
    desk.upload(client.id, { name: fileName, mimeType: "image/png", buffer: await picture(browser, colour) });
  const assets: [Named, Named] = [await upload("lamp 1.png", "#b3541e"), await upload("lamp 2.png", "#7a3b69")];
  return { client, assets };
}

export async function fill(desk: Desk, browser: Browser): Promise<Stock> {
  const { client, assets } = await makeClient(desk, browser, "Northlight");
  const clientId = client.id;
  const campaign = await desk.post<Named>("/campaigns", { clientId, name: "Long evenings" });
  const image = await desk.post<{ id: number }>("/images", {
    clientId,
    model: "black-forest-labs/flux-schnell",
    prompt: "a lamp by a window at dusk",
  });
  const video = await desk.post<{ id: number }>("/videos", {
    clientId,
    model: "minimax/video-01",
    prompt: "a lamp is switched on",
  });
  const pictures = { assetIds: assets.map(({ id }) => id) };
  const film = await desk.film(await desk.storyboard(clientId, { ...pictures, campaignId: campaign.id }));
  const waiting = await desk.storyboard(clientId, pictures);
  await desk.until(`/images/${image.id}`, "succeeded");
  await desk.until(`/videos/${video.id}`, "succeeded");
  return { client, campaign, assets, waiting, film, imageId: image.id, videoId: video.id };
}
