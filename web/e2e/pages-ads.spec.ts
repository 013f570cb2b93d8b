/** Ads: the list, a new one, its brief. */
import { deafen, expectAccessible, expectTold, fresh, refuse } from "./steps.ts";
import { PROMPT } from "./stock.ts";
import { expect, test } from "./stocked.ts";

interface Brief {
  id: string;
  version: number;
  content: { title: string };
}

const HARSH = "A 5 second ad for the Ember table lamp by Northlight.";

test("ads are found by their state and their words", async ({ desk, stock }) => {
  await desk.goto("/ads");
  const film = desk.locator(`a[href='/ads/${stock.film.id}']`);
  await expect(film).toBeVisible();
  await expectAccessible(desk);
  await desk.getByRole("combobox", { name: "State" }).click();
  await desk.getByRole("option", { name: "Finished" }).click();
  await expect(desk.locator(`a[href='/ads/${stock.waiting.id}']`)).toBeHidden();
  await expect(film).toBeVisible();
  await desk.getByTitle("Table", { exact: true }).click();
  await expect(desk.getByRole("table")).toContainText("Ember table lamp");
  await expectAccessible(desk);
  await desk.getByRole("searchbox", { name: "Search ads" }).fill("nothing like it");
  await expect(desk.getByRole("heading", { name: "No ad is like that" })).toBeVisible();
});

test("ads that cannot be loaded say why, and come when they are tried again", async ({ desk, stock }) => {
  const { lift } = await refuse(desk, { method: "GET", path: "/jobs" });
  await desk.goto("/ads");
  await expectTold(desk);
  await lift();
  await desk.getByRole("main").getByRole("button", { name: "Try again" }).click();
  await expect(desk.locator(`a[href='/ads/${stock.film.id}']`)).toBeVisible();
});

test("a prompt and what was chosen beside it become a brief", async ({ desk }) => {
  await desk.goto("/ads/new");
  const prompt = desk.getByLabel("What is the ad for");
  await expect(prompt).toBeFocused();
  await expectAccessible(desk);
  await prompt.fill(HARSH);
  await desk.getByRole("group", { name: "Aspect" }).getByRole("button", { name: "Square" }).click();
  await desk.getByRole("group", { name: "Tone" }).getByRole("button", { name: "Calm" }).click();
  await desk.getByRole("button", { name: "Plan brief" }).click();
  await expect(desk.getByRole("heading", { name: "Brief", level: 1 })).toBeVisible();
  await expect(desk.getByText("Square 1:1")).toBeVisible();
  await expect(desk.getByRole("button", { name: /^assumed: / }).first()).toBeVisible();
});

test("a prompt that could not be planned is kept through a reload, and planned when it is sent again", async ({
  desk,
}) => {
  const { lift } = await refuse(desk, { method: "POST", path: "/briefs", status: 503 });
  await desk.goto("/ads/new");
  const prompt = desk.getByLabel("What is the ad for");
  await prompt.fill(PROMPT);
  await desk.getByRole("button", { name: "Plan brief" }).click();
  await expectTold(desk);
  await expect(prompt).toHaveValue(PROMPT);
  await desk.reload();
  await expect(prompt).toHaveValue(PROMPT);
  await lift();
  await desk.getByRole("button", { name: "Plan brief" }).click();
  await expect(desk.getByRole("heading", { name: "Brief", level: 1 })).toBeVisible();
});

test("a length below five seconds becomes the shortest that there is, and the prompt stays", async ({ desk }) => {
  await desk.goto("/ads/new");
  const prompt = desk.getByLabel("What is the ad for");
  await prompt.fill(PROMPT);
  const seconds = desk.getByLabel("Length in seconds");
  await seconds.fill("2");
  await seconds.press("Tab");
  await expect(seconds).toHaveValue("5");
  await expect(prompt).toHaveValue(PROMPT);
});

test("a brief is edited where it stands, saved as a version, and refined in words", async ({ desk, stock, api }) => {
  const brief = await api.post<Brief>("/briefs", { clientId: stock.client.id, prompt: PROMPT });
  await desk.goto(`/briefs/${brief.id}`);
  await expect(desk.getByText("All changes are saved, in version 1.")).toBeVisible();
  await expectAccessible(desk);
  const title = fresh("An evening lamp");
  await desk.getByLabel("Title", { exact: true }).fill(title);
  await expect(desk.getByText("1 change not saved yet")).toBeVisible();
  await desk.getByRole("button", { name: "Save brief" }).click();
  await expect(desk.getByText("All changes are saved, in version 2.")).toBeVisible();
  await desk.getByRole("combobox", { name: "What is refined" }).click();
  await desk.getByRole("option", { name: "Scene 1" }).click();
  await desk.getByLabel("What to change").fill('change the text to "Good evening"');
  await desk.getByRole("button", { name: "Refine brief" }).click();
  await expect(desk.getByText("All changes are saved, in version 3.")).toBeVisible();
  expect(await api.get(`/briefs/${brief.id}`)).toMatchObject({ content: { title } });
});

test("two who edit a brief at once: the second is told, keeps what was typed, and can put it on top", async ({
  desk,
  stock,
  api,
}) => {
  const brief = await api.post<Brief>("/briefs", { clientId: stock.client.id, prompt: PROMPT });
  await deafen(desk);
  await desk.goto(`/briefs/${brief.id}`);
  const title = desk.getByLabel("Title", { exact: true });
  await title.fill("Mine");
  await api.patch(`/briefs/${brief.id}`, { audience: "Whoever is awake", version: 1 });
  await desk.getByRole("button", { name: "Save brief" }).click();
  await expect(desk.getByText("Somebody changed this brief meanwhile")).toBeVisible();
  await expect(title).toHaveValue("Mine");
  await expect(desk.getByLabel("Audience")).toHaveValue("Whoever is awake");
  await desk.getByRole("button", { name: "Save brief" }).click();
  await expect(desk.getByText("All changes are saved, in version 3.")).toBeVisible();
  expect(await api.get(`/briefs/${brief.id}`)).toMatchObject({
    content: { title: "Mine", audience: "Whoever is awake" },
  });
});
