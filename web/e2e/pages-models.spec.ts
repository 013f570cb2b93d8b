/** Models, and the pictures and films that they made. */
import { CAUSE, expectAccessible, expectToast, expectTold, fresh, NEXT_STEP, refuse } from "./steps.ts";
import { expect, test } from "./stocked.ts";

const MODEL = "/models/black-forest-labs/flux-schnell";

test("models are found by their words", async ({ desk }) => {
  await desk.goto("/models");
  await expect(desk.getByRole("link", { name: "musicgen" })).toBeVisible();
  await expectAccessible(desk);
  await desk.getByRole("searchbox", { name: "Search models" }).fill("flux");
  await expect(desk.getByRole("link", { name: "musicgen" })).toBeHidden();
  await desk.getByRole("link", { name: "flux-schnell" }).click();
  await expect(desk.getByRole("heading", { name: "flux-schnell", level: 1 })).toBeVisible();
});

test("models that cannot be loaded say why, and come when they are tried again", async ({ desk }) => {
  const { lift } = await refuse(desk, { method: "GET", path: "/models" });
  await desk.goto("/models");
  await expectTold(desk);
  await lift();
  await desk.getByRole("button", { name: "Try again" }).first().click();
  await expect(desk.getByRole("link", { name: "flux-schnell" })).toBeVisible();
});

test("a picture is ordered with its price beside the button, and appears beside the form", async ({ desk, stock }) => {
  const prompt = fresh("a lamp under a fig tree");
  await desk.addInitScript((id) => localStorage.setItem("gauntlet.client", JSON.stringify(id)), stock.client.id);
  await desk.goto(MODEL);
  const form = desk.getByRole("form", { name: "Make image" });
  await form.getByLabel("Prompt").fill(prompt);
  await expect(form.getByRole("button", { name: "Make image · $0.003" })).toBeVisible();
  await form.getByRole("button", { name: /^Make image/ }).click();
  const result = desk.getByRole("region", { name: "Result" });
  await expect(result.getByRole("img", { name: prompt })).toBeVisible();
  await expect(result.getByText("Done")).toBeVisible();
  await expectAccessible(desk);
});

test("an order without a prompt is not sent, and one that the studio refuses keeps what was filled in", async ({
  desk,
  stock,
}) => {
  await desk.addInitScript((id) => localStorage.setItem("gauntlet.client", JSON.stringify(id)), stock.client.id);
  await desk.goto(MODEL);
  const { lift } = await refuse(desk, { method: "POST", path: "/images", status: 503 });
  const form = desk.getByRole("form", { name: "Make image" });
  const prompt = form.getByLabel("Prompt");
  await form.getByRole("button", { name: /^Make image/ }).click();
  await expect(form.getByRole("alert")).toBeVisible();
  await expect(prompt).toBeFocused();
  await prompt.fill("a lamp on a ship");
  await form.getByRole("button", { name: /^Make image/ }).click();
  await expectTold(desk);
  await expect(form.getByText("What you filled in is kept; nothing was ordered.")).toBeVisible();
  await expect(prompt).toHaveValue("a lamp on a ship");
  await lift();
});

test("a picture that its model fails to make says why and what it cost, and is made when it is tried again", async ({
  desk,
  stock,
  api,
  doubles,
}) => {
  await doubles.setFaults([{ fault: "failed", model: "black-forest-labs/*", endpoint: "predictions.create" }]);
  const order = { clientId: stock.client.id, model: "black-forest-labs/flux-schnell", prompt: fresh("a broken lamp") };
  const image = await api.post<{ id: number }>("/images", order);
  await desk.goto(`/images/${image.id}`);
  await expect(desk.getByText("Prompt and settings are kept. Nothing was charged.")).toBeVisible();
  await expectAccessible(desk);
  await doubles.setFaults([]);
  await desk.getByRole("button", { name: "Try again" }).click();
  await expect(desk.getByRole("img", { name: order.prompt })).toBeVisible();
  await expect(desk.getByText("Done", { exact: true })).toBeVisible();
});

test("a picture is kept in the library, and one that could not be kept says why", async ({ desk, stock }) => {
  await desk.goto("/images");
  const picture = desk.locator(`a[href='/images/${stock.imageId}']`);
  await expect(picture).toBeVisible();
  await expectAccessible(desk);
  await picture.click();
  await expect(desk.getByRole("heading", { name: "a lamp by a window at dusk", level: 1 })).toBeVisible();
  await expectAccessible(desk);
  const { lift } = await refuse(desk, { method: "POST", path: "/images/*/asset", status: 503 });
  await desk.getByRole("button", { name: "Keep in library" }).click();
  await expectToast(desk, `${CAUSE} ${NEXT_STEP}`);
  await lift();
  await desk.getByRole("button", { name: "Keep in library" }).click();
  await expectToast(desk, "Kept in the library");
});

test("a film of a model is watched, and leads to an ad with it", async ({ desk, stock }) => {
  await desk.goto("/videos");
  const film = desk.locator(`a[href='/videos/${stock.videoId}']`);
  await expect(film).toBeVisible();
  await expectAccessible(desk);
  await film.click();
  await expect(desk.getByRole("heading", { name: "a lamp is switched on", level: 1 })).toBeVisible();
  const video = desk.locator("video").first();
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.readyState)).toBeGreaterThan(0);
  await expectAccessible(desk);
  await desk.getByRole("button", { name: "Use in an ad" }).click();
  await expect(desk.getByLabel("What is the ad for")).toBeVisible();
  await expect(desk).toHaveURL(/\/ads\/new\?assets=/);
});

for (const [type, plural] of [
  ["image", "images"],
  ["video", "videos"],
] as const) {
  test(`an address of no ${type} looks as if nothing had ever been there`, async ({ desk }) => {
    await desk.goto(`/${plural}/999999`);
    await expect(desk.getByRole("heading", { name: "There is nothing at this address" })).toBeVisible();
    await desk.getByRole("link", { name: `Show all ${plural}` }).click();
    await expect(desk).toHaveURL(new RegExp(`/${plural}$`));
  });
}
