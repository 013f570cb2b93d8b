/** Steps that several tests share: refusing a request, looking for what hinders people. */
import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";

import { expect } from "./test.ts";

export interface Refusal {
  method: string;
  /** The end of the address without its query, as in "/clients"; `*` stands for one part of it. */
  path: string;
  status?: number;
}

/** What a refused request is answered with: a cause, and a next step. */
export const CAUSE = "The database did not answer in time.";
export const NEXT_STEP = "Nothing was changed. Try again in a minute.";

/** Has requests refused until `lift` is called. */
export async function refuse(
  page: Page,
  { method, path, status = 500 }: Refusal,
): Promise<{ lift: () => Promise<void> }> {
  const pattern = new RegExp(`/api/v2${path.replaceAll("*", "[^/]+")}$`);
  const matches = (url: URL): boolean => pattern.test(url.pathname);
  await page.route(matches, (route) => {
    if (route.request().method() !== method) return route.fallback();
    return route.fulfill({
      status,
      contentType: "application/problem+json",
      body: JSON.stringify({
        type: "about:blank",
        title: "The studio is busy",
        status,
        detail: CAUSE,
        code: "unavailable",
        nextStep: NEXT_STEP,
        instance: path,
        details: {},
        errors: [],
      }),
    });
  });
  return { lift: () => page.unroute(matches) };
}

/** Keeps live events away, so that the page does not know what others do. */
export async function deafen(page: Page): Promise<void> {
  await page.route("**/api/v2/events*", (route) => route.abort());
}

/** Cause and next step are told, wherever the page tells them. */
export async function expectTold(page: Page): Promise<void> {
  await expect(page.getByText(CAUSE).first()).toBeVisible();
  await expect(page.getByText(NEXT_STEP).first()).toBeVisible();
}

/** What was done or not done is told in the corner of the page. */
export async function expectToast(page: Page, words: string): Promise<void> {
  await expect(page.getByRole("region", { name: "Notifications" }).getByText(words)).toBeVisible();
}

/** Nothing of the settled page hinders people who use it in other ways than by eye and mouse. */
export async function expectAccessible(page: Page): Promise<void> {
  await expect(page.locator("main [aria-busy=true]")).toHaveCount(0);
  // What still fades in has a contrast of its own.
  await page.evaluate(async () => {
    const finite = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(finite.map(({ finished }) => finished));
  });
  const { violations } = await new AxeBuilder({ page }).analyze();
  // Base UI keeps the guards of a popup's focus beside it, outside of all landmarks; they are never read aloud.
  const own = violations.filter(
    ({ id, nodes }) => id !== "region" || nodes.some(({ html }) => !html.includes("data-base-ui-portal")),
  );
  const told = own.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html).join(" | ")})`);
  expect(told).toEqual([]);
}

/** Gives files to whatever a button asks for with the browser's chooser. */
export async function chooseFiles(
  page: Page,
  button: Locator,
  files: { name: string; mimeType: string; buffer: Buffer }[],
): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await button.click();
  await (await chooser).setFiles(files);
}

let made = 0;

/** A name that no other test of this run has used. */
export function fresh(name: string): string {
  made += 1;
  return `${name} ${made}`;
}
