/** The main job in a browser: from a studio that nobody has set up to a downloaded film. */
import { type Page } from "@playwright/test";

import { picture } from "./pictures.ts";
import { ADMIN, expect, test } from "./test.ts";

const PROMPT =
  "A 6 second TikTok ad for the Ember table lamp by Northlight. Warm and calm, for people who read in the evening. Order at northlight.example";

/** What a page did that nobody should see: errors in the console, requests to other places, answers of 5xx. */
function watch(page: Page, origin: string): string[] {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(`page error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("401")) faults.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(?:data|blob):/.test(url)) faults.push(`request to ${url}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} of ${response.url()}`);
  });
  return faults;
}

test("a new studio leads from its first user to a downloaded film", async ({ browser, page, fresh }) => {
  test.setTimeout(300_000);
  const faults = watch(page, fresh.url);

  await test.step("the first visitor becomes the administrator", async () => {
    await page.goto(fresh.url);
    await expect(page.getByRole("heading", { name: "Set up your studio" })).toBeVisible();
    await page.getByLabel("Name").fill(ADMIN.name);
    await page.getByLabel("Email").fill(ADMIN.email);
    await page.getByRole("textbox", { name: "Password" }).fill(ADMIN.password);
    await page.getByRole("button", { name: "Set up the studio" }).click();
    await expect(page).toHaveURL(`${fresh.url}/`);
  });

  await test.step("a client is created", async () => {
    await page.goto(`${fresh.url}/clients`);
    await page.getByRole("button", { name: "Create client" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Northlight");
    await dialog.getByRole("button", { name: "Create client" }).click();
    await expect(page.getByRole("heading", { name: "Northlight", level: 1 })).toBeVisible();
  });

  await test.step("pictures are dropped into the library", async () => {
    await page.goto(`${fresh.url}/library`);
    const files = await Promise.all(["#b3541e", "#7a3b69"].map((colour) => picture(browser, colour)));
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Upload" }).first().click();
    await (
      await chooser
    ).setFiles(files.map((buffer, index) => ({ name: `lamp ${index + 1}.png`, mimeType: "image/png", buffer })));
    for (const name of ["lamp 1", "lamp 2"]) await expect(page.getByText(name).first()).toBeVisible();
    await expect(page.getByText("2 files uploaded").first()).toBeVisible();
  });

  await test.step("a prompt becomes a brief", async () => {
    await page.goto(`${fresh.url}/ads/new`);
    await page.getByLabel("What is the ad for").fill(PROMPT);
    await page.getByRole("button", { name: "Add from library" }).click();
    const picker = page.getByRole("dialog");
    await picker.getByText("lamp 1").click();
    await picker.getByText("lamp 2").click();
    await picker.getByRole("button", { name: "Add 2 files" }).click();
    await page.getByRole("button", { name: "Plan brief" }).click();
    await expect(page).toHaveURL(/\/briefs\//);
    await expect(page.getByRole("button", { name: /^Make storyboard/ })).toBeEnabled();
  });

  await test.step("the brief becomes a storyboard, frame by frame", async () => {
    await page.getByRole("button", { name: /^Make storyboard/ }).click();
    await expect(page).toHaveURL(/\/ads\/\d+\?step=storyboard/);
    await expect(page.locator("img[src*='/frames/']").first()).toBeVisible({ timeout: 60_000 });
  });

  await test.step("exactly that storyboard is approved", async () => {
    await page.goto(page.url().replace("step=storyboard", "step=approval"));
    await page.getByRole("button", { name: "Approve storyboard" }).click({ timeout: 60_000 });
    await expect(page.getByText(/Approved/).first()).toBeVisible();
  });

  await test.step("the film is rendered, watched and taken away", async () => {
    await page.goto(page.url().replace("step=approval", "step=film"));
    await page.getByRole("button", { name: /^Render film/ }).click();
    const link = page.getByRole("link", { name: "Download Film, MP4" });
    await expect(link).toBeVisible({ timeout: 180_000 });
    const download = page.waitForEvent("download");
    await link.click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/\.mp4$/);
    const stream = await file.createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const film = Buffer.concat(chunks);
    expect(film.length).toBeGreaterThan(50_000);
    expect(film.subarray(4, 8).toString()).toBe("ftyp");
  });

  expect(faults).toEqual([]);
});
