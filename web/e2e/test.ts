/** Tests with a studio beside them: one for each worker, set up once; `fresh` gives one that nobody has set up. */
import { test as base, type APIRequestContext, type Page } from "@playwright/test";

import { openStudio, type Studio } from "./server.ts";

export const ADMIN = { email: "ann@example.org", name: "Ann Admin", password: "correct horse battery" };

interface Fixtures {
  /** A page of somebody who has signed in as the admin. */
  desk: Page;
  fresh: Studio;
}

interface WorkerFixtures {
  studio: Studio;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  studio: [
    // Playwright reads the names of fixtures from this pattern, which may therefore be empty.
    async ({}, give) => {
      const studio = await openStudio();
      const answer = await fetch(`${studio.url}/api/v2/setup`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(ADMIN),
      });
      if (!answer.ok) throw new Error(`setting up answered ${answer.status}: ${await answer.text()}`);
      await give(studio);
      await studio.remove();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  desk: async ({ page, studio }, give) => {
    await signIn(page.request, studio);
    await page.goto(studio.url);
    await give(page);
  },
  fresh: async ({}, give) => {
    const studio = await openStudio();
    await give(studio);
    await studio.remove();
  },
});

export { expect } from "@playwright/test";

/** Signs a browser in without its pages: the cookie is the browser's from then on. */
export async function signIn(
  request: APIRequestContext,
  studio: Studio,
  who: { email: string; password: string } = ADMIN,
) {
  const answer = await request.post(`${studio.url}/api/v2/sessions`, {
    data: { email: who.email, password: who.password },
  });
  if (!answer.ok()) throw new Error(`signing in answered ${answer.status()}: ${await answer.text()}`);
}

/** Asks the API as the signed-in browser does; throws for anything but success. */
export async function ask<T>(
  request: APIRequestContext,
  studio: Studio,
  method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE",
  path: string,
  data?: unknown,
): Promise<T> {
  const answer = await request.fetch(`${studio.url}${path}`, {
    method,
    data,
    headers: { "X-Gauntlet-CSRF": "1" },
  });
  if (!answer.ok()) throw new Error(`${method} ${path} answered ${answer.status()}: ${await answer.text()}`);
  const body = await answer.text();
  return (body === "" ? null : JSON.parse(body)) as T;
}
