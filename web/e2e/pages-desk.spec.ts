/** The ad's desk: storyboard, approval, film, timeline. */
import { CAUSE, deafen, expectAccessible, expectToast, expectTold, NEXT_STEP, refuse } from "./steps.ts";
import type { JobSeen } from "./stock.ts";
import { expect, test } from "./stocked.ts";

const TOO_LONG =
  "Words that nobody could read in the time that this scene lasts, however quickly their eyes may move over them";

test("a scene's words are changed on the storyboard, and a version comes of it", async ({ desk, stock, api }) => {
  const { storyboardVersion } = await api.get<JobSeen>(`/jobs/${stock.waiting.id}`);
  await desk.goto(`/ads/${stock.waiting.id}?step=storyboard`);
  const scenes = desk.getByRole("list", { name: "Scenes" });
  await expect(scenes.locator("img").nth(4)).toBeVisible();
  await expectAccessible(desk);
  await scenes.getByRole("button", { name: /^Scene 3,/ }).click();
  await expectAccessible(desk);
  await desk.getByLabel("Words on screen").fill("Ember.");
  await desk.getByRole("button", { name: "Save words" }).click();
  await expect(desk.getByText(`Version ${(storyboardVersion ?? 0) + 1}`, { exact: true })).toBeVisible();
  await expect(scenes.getByRole("button", { name: /^Scene 3,.*Ember\.$/ })).toBeVisible();
});

test("words that nobody could read in time are refused with the reason, and kept through a reload", async ({
  desk,
  stock,
}) => {
  await desk.goto(`/ads/${stock.waiting.id}?step=storyboard&scene=2`);
  const words = desk.getByLabel("Words on screen");
  await words.fill(TOO_LONG);
  await desk.getByRole("button", { name: "Save words" }).click();
  await expectToast(desk, "The words are not saved");
  await expectToast(desk, "Shorten the words, or give the scene");
  await expect(words).toHaveValue(TOO_LONG);
  await desk.reload();
  await expect(words).toHaveValue(TOO_LONG);
  await desk.getByRole("button", { name: "Discard" }).click();
  await expect(words).not.toHaveValue(TOO_LONG);
});

test("an approval of what has changed meanwhile is refused, shows the change, and then approves what is seen", async ({
  desk,
  stock,
  api,
}) => {
  const job = await api.storyboard(stock.client.id);
  await deafen(desk);
  await desk.goto(`/ads/${job.id}?step=approval`);
  const approve = desk.getByRole("button", { name: "Approve storyboard" });
  await expect(approve).toBeEnabled();
  await expectAccessible(desk);
  await api.post(`/jobs/${job.id}/edit`, {
    version: job.storyboardVersion,
    edits: [{ kind: "words", scene: 2, headline: "Here it is." }],
  });
  await api.until(`/jobs/${job.id}`, "storyboard_ready");
  await approve.click();
  await expect(desk.getByText("The storyboard changed while you looked: it is at version 2 now")).toBeVisible();
  expect(await api.get(`/jobs/${job.id}`)).toMatchObject({ approval: null });
  await desk.getByRole("button", { name: "Show version 2" }).click();
  await approve.click();
  await expect(desk.getByText(/Approved by you/)).toBeVisible();
  await expectAccessible(desk);
  await desk.getByRole("link", { name: "Go to film" }).first().click();
  const { lift } = await refuse(desk, { method: "POST", path: "/jobs/*/render", status: 503 });
  await desk.getByRole("button", { name: /^Render film/ }).click();
  await expectToast(desk, "Rendering did not start");
  await expectToast(desk, `${CAUSE} ${NEXT_STEP}`);
  await lift();
  await expect(desk.getByRole("button", { name: /^Render film/ })).toBeEnabled();
  await expectAccessible(desk);
});

test("a film is watched frame by frame, with its files and its checks beside it", async ({ desk, stock }) => {
  await desk.goto(`/ads/${stock.film.id}?step=film`);
  await expect(desk.getByRole("link", { name: "Download Film, MP4" })).toBeVisible();
  await expect(desk.getByText(/checks? passed/)).toBeVisible();
  await expectAccessible(desk);
  await desk.getByRole("button", { name: "One frame forward" }).click();
  await expect(desk.getByText("0:00.01")).toBeVisible();
  await desk.getByRole("button", { name: "Play", exact: true }).click();
  await expect(desk.getByRole("button", { name: "Pause" })).toBeVisible();
  await expect(desk.getByText("0:01.")).toBeVisible();
});

test("checks that could not be made say why, and are made when they are tried again", async ({ desk, stock }) => {
  const { lift } = await refuse(desk, { method: "GET", path: "/jobs/*/preflight" });
  await desk.goto(`/ads/${stock.film.id}?step=film`);
  await expectTold(desk);
  await expect(desk.getByRole("link", { name: "Download Film, MP4" })).toBeVisible();
  await lift();
  await desk.getByRole("button", { name: "Try again" }).click();
  await expect(desk.getByText(/checks? passed/)).toBeVisible();
});

test("an ad that cannot be loaded says why, and comes when it is tried again", async ({ desk, stock }) => {
  const { lift } = await refuse(desk, { method: "GET", path: `/jobs/${stock.film.id}` });
  await desk.goto(`/ads/${stock.film.id}`);
  await expectTold(desk);
  await lift();
  await desk.getByRole("button", { name: "Try again" }).click();
  await expect(desk.getByRole("link", { name: "Download Film, MP4" })).toBeVisible();
});

test("a camera is changed on the timeline, undone, made again and kept as a version", async ({ desk, stock, api }) => {
  const { storyboardVersion } = await api.get<JobSeen>(`/jobs/${stock.waiting.id}`);
  const next = (storyboardVersion ?? 0) + 1;
  await desk.goto(`/ads/${stock.waiting.id}/timeline`);
  const scene = desk.getByRole("group", { name: "Scenes" }).getByRole("button", { name: /^Scene 4,/ });
  await scene.click();
  await expectAccessible(desk);
  const camera = desk.getByRole("combobox", { name: "Camera" });
  await camera.click();
  await desk
    .getByRole("option")
    .filter({ hasNotText: await camera.innerText() })
    .first()
    .click();
  await expect(desk.getByText("1 edit not kept yet")).toBeVisible();
  await desk.getByRole("button", { name: "Undo" }).click();
  await expect(desk.getByText("1 edit not kept yet")).toBeHidden();
  await desk.getByRole("button", { name: "Redo" }).click();
  await desk.getByRole("button", { name: `Keep as version ${next}` }).click();
  await expectToast(desk, `Kept as version ${next}`);
});

test("edits made to a version that is no longer the present one are kept through a reload and can be made to the new one", async ({
  desk,
  stock,
  api,
}) => {
  const { id, storyboardVersion: version } = await api.get<JobSeen>(`/jobs/${stock.waiting.id}`);
  const next = (version ?? 0) + 1;
  await desk.goto(`/ads/${id}/timeline`);
  await desk
    .getByRole("group", { name: "Scenes" })
    .getByRole("button", { name: /^Scene 1,/ })
    .click();
  const words = desk
    .getByRole("complementary", { name: "Inspector" })
    .getByRole("textbox", { name: /headline|words/i });
  await words.first().fill("Home.");
  await words.first().press("Tab");
  await expect(desk.getByText("1 edit not kept yet")).toBeVisible();
  await api.post(`/jobs/${id}/edit`, { version, edits: [{ kind: "words", scene: 4, headline: `Look ${next}.` }] });
  await expect(desk.getByText(`The storyboard is at version ${next} now`)).toBeVisible();
  await desk.reload();
  await expect(desk.getByText(`Your edits were made to version ${version}.`)).toBeVisible();
  await desk.getByRole("button", { name: `Make them to version ${next}` }).click();
  await desk.getByRole("button", { name: `Keep as version ${next + 1}` }).click();
  await expectToast(desk, `Kept as version ${next + 1}`);
});
