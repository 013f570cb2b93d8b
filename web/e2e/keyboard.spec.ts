/** The main job by keyboard alone: no pointer is used, and the focus is seen at each stop. */
import type { Locator, Page } from "@playwright/test";

import type { JobSeen } from "./stock.ts";
import { expect, test } from "./stocked.ts";

const PROMPT = "A 5 second square ad for the Ember table lamp by Northlight. Calm. Order at northlight.example";
const STOPS_MAX = 150;

/** Where the focus is, or why nobody could see it there. */
function unseenFocus(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (focused === null || focused === document.body) return null;
    // Its controls are the browser's own, which rings them.
    if (focused instanceof HTMLVideoElement && focused.controls) return null;
    const says = `${focused.tagName} ${focused.getAttribute("aria-label") ?? focused.textContent.slice(0, 40)}`;
    // A field may be ringed by its frame, and a radio that only screen readers see by its label.
    const near = [focused, focused.parentElement, focused.parentElement?.parentElement, focused.closest("label")];
    const isRinged = near.some((element) => {
      if (!element) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle !== "none" && parseFloat(outlineWidth) > 0;
    });
    if (!isRinged) return `${says}: no ring`;
    const { top, bottom, left, right } = focused.getBoundingClientRect();
    const isInView = bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
    return isInView ? null : `${says}: out of view`;
  });
}

async function expectSeen(page: Page): Promise<void> {
  expect(await unseenFocus(page)).toBeNull();
}

/** Presses Tab until something has the focus; every stop on the way must be seen. */
async function tabTo(page: Page, goal: Locator): Promise<void> {
  await expect(goal).toBeVisible();
  for (let stops = 0; stops < STOPS_MAX; stops += 1) {
    await page.keyboard.press("Tab");
    await expectSeen(page);
    if (await goal.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`no Tab led to ${goal.toString()}`);
}

/** Leaves the frame of the studio behind, as the first stop of every page offers. */
async function skipToContent(page: Page): Promise<void> {
  await tabTo(page, page.getByRole("link", { name: "Skip to content" }));
  await page.keyboard.press("Enter");
}

test("an ad is prompted, planned, drawn, changed, approved and set rendering without a pointer", async ({
  desk,
  api,
}) => {
  test.setTimeout(240_000);

  await test.step("N opens a new ad with the prompt in focus, and Ctrl+Enter plans it", async () => {
    await desk.goto("/");
    await expect(desk.getByRole("heading", { level: 1 })).toBeVisible();
    await desk.keyboard.press("n");
    await expect(desk.getByLabel("What is the ad for")).toBeFocused();
    await expectSeen(desk);
    await desk.keyboard.type(PROMPT);
    await tabTo(desk, desk.getByRole("group", { name: "Tone" }).getByRole("button", { name: "Calm" }));
    await desk.keyboard.press("Space");
    await tabTo(desk, desk.getByRole("button", { name: "Plan brief" }));
    await desk.keyboard.press("Enter");
    await expect(desk.getByRole("heading", { name: "Brief", level: 1 })).toBeVisible();
  });

  await test.step("the brief is edited where it stands, and made into a storyboard", async () => {
    await skipToContent(desk);
    await tabTo(desk, desk.getByLabel("Title", { exact: true }));
    await desk.keyboard.press("End");
    await desk.keyboard.type(", by keyboard");
    await tabTo(desk, desk.getByRole("button", { name: /^Make storyboard/ }));
    await desk.keyboard.press("Enter");
    await expect(desk).toHaveURL(/\/ads\/\d+\?step=storyboard/);
    await expect(desk.getByRole("heading", { name: /, by keyboard/, level: 1 })).toBeVisible();
  });

  await test.step("arrows go through the scenes, Enter opens one, and its words are changed", async () => {
    const scenes = desk.getByRole("list", { name: "Scenes" });
    await expect(desk.getByRole("link", { name: "Review and approve" })).toBeVisible({ timeout: 60_000 });
    await tabTo(desk, scenes.getByRole("button", { name: /^Scene 1,/ }));
    await desk.keyboard.press("ArrowRight");
    await expect(scenes.getByRole("button", { name: /^Scene 2,/ })).toBeFocused();
    await expectSeen(desk);
    await desk.keyboard.press("Enter");
    const words = desk.getByLabel("Words on screen");
    await tabTo(desk, words);
    await desk.keyboard.press("ControlOrMeta+A");
    await desk.keyboard.type("Here.");
    await tabTo(desk, desk.getByRole("button", { name: "Save words" }));
    await desk.keyboard.press("Enter");
    await expect(scenes.getByRole("button", { name: /^Scene 2,.*Here\.$/ })).toBeVisible();
    await expect(desk.getByText("Version 2", { exact: true })).toBeVisible();
  });

  await test.step("exactly that storyboard is approved, and its film is started", async () => {
    await expect(desk.getByRole("link", { name: "Review and approve" })).toBeVisible({ timeout: 60_000 });
    await tabTo(desk, desk.getByRole("link", { name: "Review and approve" }));
    await desk.keyboard.press("Enter");
    const approve = desk.getByRole("button", { name: "Approve storyboard" });
    await expect(approve).toBeEnabled({ timeout: 60_000 });
    await tabTo(desk, approve);
    await desk.keyboard.press("Enter");
    await expect(desk.getByText(/Approved by you/)).toBeVisible();
    await tabTo(desk, desk.getByRole("main").getByRole("link", { name: "Go to film" }));
    await desk.keyboard.press("Enter");
    await tabTo(desk, desk.getByRole("button", { name: /^Render film/ }));
    await desk.keyboard.press("Enter");
    await expect(desk.getByText("Rendering").first()).toBeVisible();
  });

  const id = Number(/\/ads\/(\d+)/.exec(desk.url())?.[1]);
  const job = await api.get<JobSeen>(`/jobs/${id}`);
  expect(job).toMatchObject({ storyboardVersion: 2, approval: { version: 2 } });
  if (job.status === "rendering") await api.remove(`/jobs/${id}`);
});
