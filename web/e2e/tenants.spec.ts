/** Members of two clients at once: each sees what is theirs, and nothing tells that there is more. */
import type { Browser, BrowserContext, Page } from "@playwright/test";

import type { Studio } from "./server.ts";
import { fresh } from "./steps.ts";
import { Desk, type JobSeen, makeClient, type Named } from "./stock.ts";
import { expect, test } from "./stocked.ts";
import { signIn } from "./test.ts";

const PASSWORD = "a long enough password";
const HEARD = ["job.changed", "frame.ready", "brief.changed", "assets.changed", "campaigns.changed", "clients.changed"];

interface Tenant {
  client: Named;
  assets: readonly [Named, Named];
  campaign: Named;
  job: JobSeen;
  context: BrowserContext;
  page: Page;
  api: Desk;
}

/** A client with an ad, and a browser of the editor who works for it alone. */
async function moveIn(name: string, given: { api: Desk; browser: Browser; studio: Studio }): Promise<Tenant> {
  const { api, browser, studio } = given;
  const email = `${name.toLowerCase().replaceAll(" ", ".")}@example.org`;
  const { client, assets } = await makeClient(api, browser, name);
  await api.post("/users", { email, name: `Editor of ${name}`, password: PASSWORD, role: "member" });
  await api.post(`/clients/${client.id}/members`, { email, role: "editor" });
  const context = await browser.newContext({ baseURL: studio.url });
  await signIn(context.request, studio, { email, password: PASSWORD });
  const own = new Desk(context.request, studio);
  const campaign = await own.post<Named>("/campaigns", { clientId: client.id, name: `Plans of ${name}` });
  const job = await own.storyboard(client.id, { assetIds: assets.map(({ id }) => id), campaignId: campaign.id });
  return { client, assets, campaign, job, context, page: await context.newPage(), api: own };
}

/** Writes down whatever the live stream tells this browser from now on. */
async function listen(page: Page): Promise<void> {
  await page.evaluate(async (types) => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    const news = new EventSource("/api/v2/events");
    for (const type of types) news.addEventListener(type, ({ data }: MessageEvent<string>) => heard.push(data));
    await new Promise((resolve) => news.addEventListener("ready", resolve, { once: true }));
  }, HEARD);
}

function heardBy(page: Page): Promise<string> {
  return page.evaluate(() => (window as unknown as { heard: string[] }).heard.join("\n"));
}

/** What the API says of an address, without what differs from one question to the next. */
async function saidOf({ context }: Tenant, address: string, id: string): Promise<string> {
  const answer = await context.request.get(`/api/v2${address}`);
  // A job's number may be a digit of the status.
  const whole = new RegExp(`(?<!\\w)${id}(?!\\w)`, "g");
  const said = (await answer.text()).replaceAll(whole, "ID").replace(/urn:gauntlet:request:\w+/, "");
  return `${answer.status()} ${said}`;
}

test("members of two clients see only their own, hear only of their own, and find nothing at the other's addresses", async ({
  api,
  browser,
  studio,
}) => {
  test.setTimeout(180_000);
  const mine = await moveIn(fresh("Kvelda"), { api, browser, studio });
  const theirs = await moveIn(fresh("Rivalis"), { api, browser, studio });

  await test.step("each list holds one's own and nothing else", async () => {
    for (const [tenant, other] of [
      [mine, theirs],
      [theirs, mine],
    ] as const) {
      const { page, client, job } = tenant;
      await page.goto("/clients");
      await expect(page.getByRole("link", { name: client.name, exact: true })).toBeVisible();
      await expect(page.getByText("1 client", { exact: true })).toBeVisible();
      await page.goto("/ads");
      await expect(page.locator(`a[href='/ads/${job.id}']`)).toBeVisible();
      await expect(page.getByText("1 ad", { exact: true })).toBeVisible();
      await page.goto("/library");
      await expect(page.getByRole("gridcell")).toHaveCount(2);
      await expect(page.getByText(other.client.name)).toHaveCount(0);
    }
  });

  await test.step("the other's addresses are as those of nothing", async () => {
    const { page } = mine;
    for (const address of [
      `/clients/${theirs.client.id}`,
      `/campaigns/${theirs.campaign.id}`,
      `/library/${theirs.assets[0].id}`,
      `/briefs/${theirs.job.briefId}`,
      `/ads/${theirs.job.id}`,
      `/ads/${theirs.job.id}/timeline`,
      "/admin",
    ]) {
      await page.goto(address);
      await expect(page.getByRole("heading", { name: "There is nothing at this address" })).toBeVisible();
      await expect(page.getByText(/Rivalis/)).toHaveCount(0);
    }
  });

  await test.step("the API does not tell the other's from what never was", async () => {
    const nobody = "00000000-0000-4000-8000-000000000000";
    const nothing = "987654321";
    for (const [address, id, never] of [
      ["/clients/*", theirs.client.id, nobody],
      ["/clients/*/assets", theirs.client.id, nobody],
      ["/clients/*/members", theirs.client.id, nobody],
      ["/campaigns/*", theirs.campaign.id, nobody],
      ["/assets/*/data", theirs.assets[0].id, nobody],
      ["/assets/*/thumbnail", theirs.assets[0].id, nobody],
      ["/briefs/*", theirs.job.briefId ?? "", nobody],
      ["/jobs/*", String(theirs.job.id), nothing],
      ["/jobs/*/timeline", String(theirs.job.id), nothing],
      ["/jobs/*/storyboard/1/frames/1", String(theirs.job.id), nothing],
      ["/jobs/*/contact-sheet", String(theirs.job.id), nothing],
      ["/jobs/*/events", String(theirs.job.id), nothing],
    ] as const) {
      const said = await saidOf(mine, address.replace("*", id), id);
      expect(said, address).toMatch(/^404 /);
      expect(said, address).toBe(await saidOf(mine, address.replace("*", never), never));
    }
  });

  await test.step("what happens to one is told to one, and shown without a reload", async () => {
    await mine.page.goto(`/clients/${mine.client.id}?tab=campaigns`);
    await expect(mine.page.getByRole("link", { name: mine.campaign.name })).toBeVisible();
    await theirs.page.goto("/");
    for (const { page } of [mine, theirs]) await listen(page);
    const mineIsNew = await mine.api.post<Named>("/campaigns", { clientId: mine.client.id, name: "Only here" });
    await mine.api.post(`/jobs/${mine.job.id}/approve`, { version: mine.job.storyboardVersion });
    await mine.api.post("/briefs", { clientId: mine.client.id, prompt: "A 5 second ad for a lamp." });
    await theirs.api.post("/campaigns", { clientId: theirs.client.id, name: "Only there" });
    await expect(mine.page.getByRole("link", { name: mineIsNew.name })).toBeVisible();
    await expect.poll(() => heardBy(mine.page)).toContain('"brief.changed"');
    await expect.poll(() => heardBy(theirs.page)).toContain('"campaigns.changed"');
    expect(await heardBy(theirs.page)).not.toContain(mine.client.id);
    expect(await heardBy(mine.page)).not.toContain(theirs.client.id);
  });

  for (const { context } of [mine, theirs]) await context.close();
});
