/** Tests in a studio in use: one for each worker with the models' doubles beside it, filled once. */
import type { APIRequestContext, Page } from "@playwright/test";

import { type Doubles, openDoubles } from "./doubles.ts";
import { openStudio, type Studio } from "./server.ts";
import { Desk, fill, type Stock } from "./stock.ts";
import { ADMIN, expect, test as plain } from "./test.ts";

type Cookies = Awaited<ReturnType<APIRequestContext["storageState"]>>["cookies"];

interface Filled {
  stock: Stock;
  api: Desk;
  cookies: Cookies;
}

interface Fixtures {
  /** A page of somebody who has signed in as the admin; addresses are the studio's. It must raise no error. */
  desk: Page;
}

interface WorkerFixtures {
  doubles: Doubles;
  filled: Filled;
  stock: Stock;
  /** The API as the admin, for what a test needs before its first step. */
  api: Desk;
}

export const test = plain.extend<Fixtures, WorkerFixtures>({
  doubles: [
    // Playwright reads the names of fixtures from this pattern, which may therefore be empty.
    async ({}, give) => {
      const doubles = await openDoubles();
      await give(doubles);
      await doubles.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  studio: [
    async ({ doubles }, give) => {
      const studio = await openStudio(doubles.settings);
      await give(studio);
      await studio.remove();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  filled: [
    async ({ studio, browser, playwright }, give) => {
      const request = await playwright.request.newContext();
      await setUp(request, studio);
      const api = new Desk(request, studio);
      const stock = await fill(api, browser);
      const { cookies } = await request.storageState();
      await give({ stock, api, cookies });
      await request.dispose();
    },
    { scope: "worker", timeout: 300_000 },
  ],
  stock: [({ filled }, give) => give(filled.stock), { scope: "worker" }],
  api: [({ filled }, give) => give(filled.api), { scope: "worker" }],
  baseURL: ({ studio }, give) => give(studio.url),
  desk: async ({ page, filled }, give) => {
    await page.context().addCookies(filled.cookies);
    await page.emulateMedia({ reducedMotion: "reduce" });
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await give(page);
    expect(errors).toEqual([]);
  },
});

export { expect };

async function setUp(request: APIRequestContext, studio: Studio): Promise<void> {
  const answer = await request.post(`${studio.url}/api/v2/setup`, { data: ADMIN });
  if (!answer.ok()) throw new Error(`setting up answered ${answer.status()}: ${await answer.text()}`);
}
