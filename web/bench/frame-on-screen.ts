/** How long after it is stored a storyboard's frame is on screen: prints one JSON document with median and p95.
 *
 * `node web/bench/frame-on-screen.ts` starts a studio of its own, has some ads drawn, and watches one page per ad.
 */
import { setTimeout as rest } from "node:timers/promises";

import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";

import { browserPath, sandboxArgs } from "../e2e/browser.ts";
import { picture } from "../e2e/pictures.ts";
import { openStudio, type Studio } from "../e2e/server.ts";

const ADS = 8;
const DRAWN_WITHIN_MS = 120_000;
const LIMIT_MS = 500;
const ADMIN = { email: "bench@example.org", name: "Bench", password: "correct horse battery" };
const PROMPT = "A 5 second square ad for the Ember table lamp by Northlight. Calm.";

interface Shown {
  readonly jobId: number;
  readonly version: number;
  readonly scene: number;
  readonly shownAtMs: number;
}

async function ask<T>(context: BrowserContext, address: string, options: object): Promise<T> {
  const answer = await context.request.post(address, { ...options, headers: { "X-Gauntlet-CSRF": "1" } });
  if (!answer.ok()) throw new Error(`${address} answered ${answer.status()}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** Notes when each frame's picture is decoded and painted, by the clock that the server has too. */
function watchFrames(): void {
  const shown: Shown[] = [];
  Object.assign(window, { shown });
  document.addEventListener(
    "load",
    ({ target }) => {
      if (!(target instanceof HTMLImageElement)) return;
      const found = /\/jobs\/(\d+)\/storyboard\/(\d+)\/frames\/(\d+)/.exec(target.src);
      if (found === null) return;
      const [jobId, version, scene] = found.slice(1).map(Number);
      void target.decode().then(() =>
        requestAnimationFrame(() => {
          const shownAtMs = performance.timeOrigin + performance.now();
          shown.push({ jobId: jobId ?? 0, version: version ?? 0, scene: scene ?? 0, shownAtMs });
        }),
      );
    },
    true,
  );
}

function seenOn(page: Page): Promise<Shown[]> {
  return page.evaluate(() => (window as unknown as { shown: Shown[] }).shown);
}

/** Has one ad drawn while its page is open; returns how long each frame took from the store to the screen. */
async function drawn(context: BrowserContext, clientId: string, assetIds: string[]): Promise<number[]> {
  const page = await context.newPage();
  await page.addInitScript(watchFrames);
  await page.goto("/ads");
  await page.getByRole("heading", { name: "Ads", level: 1 }).waitFor();
  const order = { prompt: PROMPT, clientId, assetIds, aspectRatio: "1:1", duration: 5 };
  const { id } = await ask<{ id: number }>(context, "/api/v2/generate", { data: order });
  await page.goto(`/ads/${id}?step=storyboard`);
  const review = page.getByRole("link", { name: "Review and approve" });
  await review.waitFor({ timeout: DRAWN_WITHIN_MS });
  const scenes = await page.locator("[data-scene]").count();
  const deadline = Date.now() + DRAWN_WITHIN_MS;
  while (Date.now() < deadline) {
    const seen = (await seenOn(page)).filter(({ jobId }) => jobId === id);
    if (new Set(seen.map(({ scene }) => scene)).size >= scenes) break;
    await rest(50);
  }
  const shown = firstOf((await seenOn(page)).filter(({ jobId }) => jobId === id));
  const stored = await storedOf(page, id, scenes);
  await page.close();
  return shown.map(({ scene, shownAtMs }) => shownAtMs - (stored[scene] ?? Number.NaN));
}

/** The same picture may be on a page twice: what counts is the first. */
function firstOf(seen: readonly Shown[]): Shown[] {
  const first = new Map<number, Shown>();
  for (const each of seen) if (!first.has(each.scene)) first.set(each.scene, each);
  return [...first.values()];
}

/** When each scene's frame was stored, as the ad's own events tell it. */
function storedOf(page: Page, jobId: number, scenes: number): Promise<Record<number, number>> {
  return page.evaluate(
    ({ address, count }) =>
      new Promise<Record<number, number>>((resolve) => {
        const stored: Record<number, number> = {};
        const events = new EventSource(address);
        events.addEventListener("frame.ready", ({ data }: MessageEvent<string>) => {
          const told = JSON.parse(data) as { data: { scene: number }; createdAt: string };
          stored[told.data.scene] ??= Date.parse(told.createdAt);
          if (Object.keys(stored).length < count) return;
          events.close();
          resolve(stored);
        });
      }),
    { address: `/api/v2/jobs/${jobId}/events`, count: scenes },
  );
}

function share(sorted: readonly number[], part: number): number {
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN);
}

async function measure(browser: Browser, studio: Studio): Promise<number[]> {
  const context = await browser.newContext({ baseURL: studio.url, viewport: { width: 1440, height: 900 } });
  await ask(context, "/api/v2/setup", { data: ADMIN });
  const client = await ask<{ id: string }>(context, "/api/v2/clients", { data: { name: "Northlight" } });
  const assetIds: string[] = [];
  for (const colour of ["#b3541e", "#7a3b69"]) {
    const file = { name: `${colour}.png`, mimeType: "image/png", buffer: await picture(browser, colour) };
    const multipart = { clientId: client.id, file };
    assetIds.push((await ask<{ id: string }>(context, "/api/v2/upload-asset", { multipart })).id);
  }
  const tookMs: number[] = [];
  for (let ad = 0; ad < ADS; ad += 1) tookMs.push(...(await drawn(context, client.id, assetIds)));
  return tookMs;
}

const studio = await openStudio();
const browser = await chromium.launch({ executablePath: browserPath(), args: sandboxArgs() });
try {
  const sorted = (await measure(browser, studio)).sort((one, other) => one - other);
  const figures = {
    frames: sorted.length,
    medianMs: share(sorted, 0.5),
    p95Ms: share(sorted, 0.95),
    worstMs: share(sorted, 1),
    withinLimit: sorted.filter((each) => each <= LIMIT_MS).length,
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
} finally {
  await browser.close();
  await studio.remove();
}
