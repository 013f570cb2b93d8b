/** The line breaks, the server goes away, and both come back: nothing typed is lost, and the truth is shown again. */
import type { Page } from "@playwright/test";

import { chooseFiles, fresh } from "./steps.ts";
import { type Named, PROMPT } from "./stock.ts";
import { expect, test } from "./stocked.ts";

const OFFLINE = "You are offline. What you type is kept here; send it when the connection is back.";
const AWAY = "The server does not answer. Trying again; what you see may be a little old.";
/** After a server that was away for some time, the next try may be as far off. */
const BACK_WITHIN_MS = 60_000;

/** A sound of silence that weighs so many bytes. */
function sound(sizeBytes: number): Buffer {
  const rate = 48_000;
  const file = Buffer.alloc(sizeBytes);
  file.write("RIFF", 0);
  file.writeUInt32LE(sizeBytes - 8, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(2, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate * 4, 28);
  file.writeUInt16LE(4, 32);
  file.writeUInt16LE(16, 34);
  file.write("data", 36);
  file.writeUInt32LE(sizeBytes - 44, 40);
  return file;
}

/** Lets bytes leave this page no faster than that. */
async function slowUploads(page: Page, bytesPerS: number): Promise<() => Promise<void>> {
  const devtools = await page.context().newCDPSession(page);
  const within = (uploadThroughput: number) =>
    devtools.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput,
    });
  await devtools.send("Network.enable");
  await within(bytesPerS);
  return async () => {
    await within(-1);
  };
}

test("what is typed offline is kept and saved when the line is back, and what others did meanwhile is shown", async ({
  desk,
  api,
  stock,
}) => {
  const campaign = await api.post<Named>("/campaigns", { clientId: stock.client.id, name: fresh("Offline") });
  await desk.goto(`/campaigns/${campaign.id}`);
  await expect(desk.getByText("All changes saved")).toBeVisible();
  await desk.context().setOffline(true);
  await expect(desk.getByText(OFFLINE)).toBeVisible();
  await desk.getByLabel("Goal").fill("Written on a train");
  await expect(desk.getByText("Not saved yet. You are offline;")).toBeVisible();
  await api.post("/generate", { clientId: stock.client.id, campaignId: campaign.id, prompt: PROMPT });
  await desk.context().setOffline(false);
  await expect(desk.getByText(OFFLINE)).toBeHidden();
  await expect(desk.getByText("All changes saved")).toBeVisible();
  await expect(desk.getByRole("region", { name: "Ads" }).getByRole("article")).toHaveCount(1);
  expect(await api.get(`/campaigns/${campaign.id}`)).toMatchObject({ goal: "Written on a train" });
});

test("a prompt outlives a server that stops, and is planned once it is back, without a reload", async ({
  desk,
  studio,
  api,
  stock,
}) => {
  test.setTimeout(180_000);
  await desk.goto("/ads/new");
  const prompt = desk.getByLabel("What is the ad for");
  await prompt.fill(PROMPT);
  await studio.stop();
  await expect(desk.getByText(AWAY)).toBeVisible();
  await desk.getByRole("button", { name: "Plan brief" }).click();
  await expect(desk.getByText("The server did not answer.")).toBeVisible();
  await expect(desk.getByText("What you typed is kept. Try again when the connection is back.")).toBeVisible();
  await expect(prompt).toHaveValue(PROMPT);
  await studio.start();
  await api.patch(`/campaigns/${stock.campaign.id}`, { name: "Longer evenings" });
  await expect(desk.getByText(AWAY)).toBeHidden({ timeout: BACK_WITHIN_MS });
  await expect(prompt).toHaveValue(PROMPT);
  await desk.getByRole("combobox", { name: "Campaign" }).click();
  await expect(desk.getByRole("option", { name: "Longer evenings" })).toBeVisible();
  await desk.keyboard.press("Escape");
  await desk.getByRole("button", { name: "Plan brief" }).click();
  await expect(desk.getByRole("heading", { name: "Brief", level: 1 })).toBeVisible();
  await api.patch(`/campaigns/${stock.campaign.id}`, { name: stock.campaign.name });
});

test("an upload that is under way when the server stops goes on where it was, and arrives once and whole", async ({
  desk,
  studio,
  api,
}) => {
  test.setTimeout(180_000);
  const client = await api.post<Named>("/clients", { name: fresh("Upload") });
  const file = { name: "hours of silence.wav", mimeType: "audio/wav", buffer: sound(24_000_000) };
  await desk.addInitScript((id) => localStorage.setItem("gauntlet.client", JSON.stringify(id)), client.id);
  await desk.goto("/library");
  const upload = desk.getByRole("button", { name: "Upload files" }).first();
  await expect(upload).toBeVisible();
  const free = await slowUploads(desk, 3_000_000);
  await chooseFiles(desk, upload, [file]);
  const uploads = desk.getByRole("region", { name: "Uploads" });
  await expect(uploads.getByText(/^(?:1[6-9]|2\d) MB of 24 MB$/)).toBeVisible({ timeout: 40_000 });
  await studio.stop();
  await expect(desk.getByText(AWAY)).toBeVisible();
  await studio.start();
  await free();
  await expect(uploads.getByRole("heading", { name: "1 file uploaded" })).toBeVisible({ timeout: BACK_WITHIN_MS });
  await expect(desk.getByRole("gridcell", { name: /^hours of silence/ })).toBeVisible();
  await expect(desk.getByText(AWAY)).toBeHidden({ timeout: BACK_WITHIN_MS });
  expect(await api.get(`/clients/${client.id}/assets`)).toMatchObject([{ size: file.buffer.length }]);
});
