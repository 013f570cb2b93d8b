/** The library and the viewer of one asset. */
import { picture } from "./pictures.ts";
import { CAUSE, chooseFiles, expectAccessible, expectToast, expectTold, fresh, NEXT_STEP, refuse } from "./steps.ts";
import type { Named } from "./stock.ts";
import { expect, test } from "./stocked.ts";

/** A program, whatever its name says. */
const NOT_A_PICTURE = {
  mimeType: "image/png",
  buffer: Buffer.concat([Buffer.from("\x7fELF\x02\x01\x01"), Buffer.alloc(500)]),
};

test("a file is brought into the library and found by its name", async ({ desk, browser, api }) => {
  const client = await api.post<Named>("/clients", { name: fresh("Uploads") });
  await desk.addInitScript((id) => localStorage.setItem("gauntlet.client", JSON.stringify(id)), client.id);
  await desk.goto("/library");
  await expect(desk.getByRole("heading", { name: "Bring in what your ads are made of" })).toBeVisible();
  await chooseFiles(desk, desk.getByRole("button", { name: "Upload files" }).first(), [
    { name: "meadow.png", mimeType: "image/png", buffer: await picture(browser, "#2f6b3a") },
    { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("Say that it is warm.") },
  ]);
  const grid = desk.getByRole("grid", { name: "Library" });
  await expect(grid.getByRole("gridcell", { name: /^meadow/ })).toBeVisible();
  await expect(grid.getByRole("gridcell", { name: /^notes/ })).toBeVisible();
  await expectAccessible(desk);
  await desk.getByRole("searchbox", { name: "Search the library" }).fill("mead");
  await expect(grid.getByRole("gridcell")).toHaveCount(1);
  await grid.getByRole("gridcell", { name: /^meadow/ }).click();
  await expect(desk.getByRole("link", { name: "Open" })).toBeVisible();
  await expectAccessible(desk);
});

test("a file of another kind than its name says is refused, with what to do, and nothing of it is kept", async ({
  desk,
  api,
}) => {
  const client = await api.post<Named>("/clients", { name: fresh("Strict") });
  await desk.addInitScript((id) => localStorage.setItem("gauntlet.client", JSON.stringify(id)), client.id);
  await desk.goto("/library");
  await chooseFiles(desk, desk.getByRole("button", { name: "Upload files" }).first(), [
    { name: "lamp.png", ...NOT_A_PICTURE },
  ]);
  const uploads = desk.getByRole("region", { name: "Uploads" });
  await expect(uploads.getByRole("heading", { name: "1 file not uploaded" })).toBeVisible();
  await expect(uploads.getByRole("listitem")).toContainText(/lamp\.png.*\..*\./s);
  await expectAccessible(desk);
  expect(await api.get<Named[]>(`/clients/${client.id}/assets`)).toEqual([]);
});

test("a library that cannot be loaded says why, and comes when it is tried again", async ({ desk }) => {
  const { lift } = await refuse(desk, { method: "GET", path: "/assets" });
  await desk.goto("/library");
  await expectTold(desk);
  await lift();
  await desk.getByRole("button", { name: "Try again" }).first().click();
  await expect(desk.getByRole("gridcell", { name: /^lamp 1/ }).first()).toBeVisible();
});

test("an asset is looked at, named and tagged", async ({ desk, browser, stock, api }) => {
  const buffer = await picture(browser, "#1f3a5f");
  const asset = await api.upload(stock.client.id, { name: "night.png", mimeType: "image/png", buffer });
  await desk.goto(`/library/${asset.id}`);
  await expect(desk.getByRole("heading", { name: asset.name, level: 1 })).toBeVisible();
  await expect(desk.getByRole("img", { name: asset.name })).toBeVisible();
  await expectAccessible(desk);
  const name = desk.getByRole("textbox", { name: "Name", exact: true });
  await name.fill("Lamp at night");
  await name.press("Enter");
  await expect(desk.getByRole("heading", { name: "Lamp at night", level: 1 })).toBeVisible();
  const tags = desk.getByRole("combobox", { name: "Tags" });
  await tags.fill("evening");
  await tags.press("Enter");
  await expect(desk.getByRole("button", { name: /evening/ })).toBeVisible();
  await expect(async () => {
    expect(await api.get(`/assets/${asset.id}`)).toMatchObject({ name: "Lamp at night", tags: ["evening"] });
  }).toPass();
});

test("a name that could not be saved stays typed, and is saved by Enter afterwards", async ({ desk, stock, api }) => {
  const [, asset] = stock.assets;
  const { lift } = await refuse(desk, { method: "PATCH", path: "/assets/*", status: 503 });
  await desk.goto(`/library/${asset.id}`);
  const name = desk.getByRole("textbox", { name: "Name", exact: true });
  await name.fill("Lamp by the bed");
  await name.press("Enter");
  await expectToast(desk, `${CAUSE} ${NEXT_STEP}`);
  await expect(desk.getByRole("heading", { name: asset.name, level: 1 })).toBeVisible();
  await expect(name).toHaveValue("Lamp by the bed");
  await lift();
  await name.press("Enter");
  await expect(desk.getByRole("heading", { name: "Lamp by the bed", level: 1 })).toBeVisible();
  await api.patch(`/assets/${asset.id}`, { name: asset.name });
});
