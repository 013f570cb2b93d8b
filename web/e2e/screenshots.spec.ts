/** Every page at three widths and in both themes, kept as pictures in `web/screenshots`. */
import { expect, type Page, test } from "@playwright/test";

import { openDoubles } from "./doubles.ts";
import { look } from "./looking.ts";
import { openStudio, type Studio } from "./server.ts";
import { OWNER, seed } from "./seed.ts";
import { type View, views } from "./views.ts";

// A trace of so many pages would take longer than they do.
test.use({ trace: "off" });

/** Slow enough for what is under way to be seen. */
const SPEED = "4";
/** Only pages whose names this fits, as `^home$`: while somebody works on them. */
const ONLY = new RegExp(process.env.GAUNTLET_VIEWS ?? "");
/** Quick, and yet what plays everywhere. */
const SETTINGS = { GAUNTLET_RENDER__X264_PRESET: "superfast" };

test("no page scrolls sideways, lacks a picture or complains, at any width and in either theme", async ({ page }) => {
  test.setTimeout(1_200_000);
  const doubles = await openDoubles(SPEED);
  const studio = await openStudio({ ...doubles.environment, ...SETTINGS });
  try {
    const seeded = await seed(studio.url, doubles);
    const faults: string[] = [];
    const complaints = listen(page);
    await fresh(page, faults);
    await enter(page, studio);
    // Nobody had signed in until now, as the console told.
    complaints.length = 0;
    for (const view of views(seeded).filter(({ name }) => ONLY.test(name))) {
      await open(page, studio, view);
      faults.push(...(await look(page, view)));
      const told = complaints.splice(0);
      if (!view.isRefused) faults.push(...told.map((words) => `${view.name}: ${words}`));
    }
    expect(faults).toEqual([]);
  } finally {
    await studio.remove();
    await doubles.stop();
  }
});

/** What the console complains about from now on. */
function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  return complaints;
}

/** Looks at a studio that nobody has set up. */
async function fresh(page: Page, faults: string[]): Promise<void> {
  const studio = await openStudio();
  try {
    await page.goto(studio.url);
    await expect(page.getByRole("heading", { name: "Set up your studio" })).toBeVisible();
    faults.push(...(await look(page, { name: "setup", path: "/setup" })));
  } finally {
    await studio.remove();
  }
}

async function enter(page: Page, studio: Studio): Promise<void> {
  const answer = await page.request.post(`${studio.url}/api/v2/sessions`, {
    data: { email: OWNER.email, password: OWNER.password },
  });
  expect(answer.status()).toBe(201);
  await page.goto(studio.url);
}

async function open(page: Page, studio: Studio, view: View): Promise<void> {
  if (view.isOutside) await page.context().clearCookies();
  await page.evaluate((scope) => {
    localStorage.setItem("gauntlet.client", JSON.stringify(scope));
    sessionStorage.clear();
  }, view.scope ?? null);
  await page.unrouteAll();
  if (view.fails) await page.route(view.fails, (route) => route.fulfill({ status: 503, body: "" }));
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(studio.url + view.path);
  await view.then?.(page);
}
