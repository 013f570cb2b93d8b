/** Looks at a page as a person does: at a desk, on a small laptop and on a phone, by day and by night. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import type { CDPSession, Page } from "@playwright/test";

import type { View } from "./views.ts";

export const WIDTHS_PX = [1440, 1024, 390] as const;
export const THEMES = ["light", "dark"] as const;

const HEIGHTS_PX = { 1440: 900, 1024: 768, 390: 844 } as const;
/** By day and at the outer widths the whole page is kept, or its beginning; else what is seen of it at first. */
const TALLEST_PX = 2400;
const STILL_WITHIN_MS = 30_000;
/** Of what never is: enough for a page to be drawn. */
const MAKING_FOR_MS = 1_000;
/** So often does one thing's fade begin another's at most. */
const FADES_MAX = 12;
const FOLDER = path.resolve(import.meta.dirname, "../screenshots");

/** Leaves a picture for each width and theme in `web/screenshots`; returns what is wrong with the page. */
export async function look(page: Page, view: View): Promise<string[]> {
  const faults: string[] = [];
  await mkdir(FOLDER, { recursive: true });
  const devtools = await page.context().newCDPSession(page);
  for (const width of WIDTHS_PX) {
    for (const theme of THEMES) {
      await page.setViewportSize({ width, height: HEIGHTS_PX[width] });
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await atRest(page, view.isMaking ? MAKING_FOR_MS : STILL_WITHIN_MS);
      const { broken, excess, height } = await measured(page);
      if (excess > 0) faults.push(`${view.name} scrolls ${excess} px sideways at ${width} px`);
      for (const source of broken) faults.push(`${view.name} shows no picture for ${source} at ${width} px`);
      const isWhole = theme === "light" && width !== 1024 && height > HEIGHTS_PX[width];
      if (isWhole) {
        await page.setViewportSize({ width, height: Math.min(height, TALLEST_PX) });
        await atRest(page, view.isMaking ? MAKING_FOR_MS : STILL_WITHIN_MS);
      }
      const picture = await captured(devtools);
      await writeFile(path.join(FOLDER, `${view.name}-${width}-${theme}.png`), picture);
    }
  }
  await devtools.detach();
  return [...new Set(faults)];
}

/** A PNG that is packed quickly: with hundreds of them, packing them tightly takes longer than all else. */
async function captured(devtools: CDPSession): Promise<Buffer> {
  const { data } = await devtools.send("Page.captureScreenshot", {
    format: "png",
    optimizeForSpeed: true,
  });
  return Buffer.from(data, "base64");
}

/** Waits until fonts, pictures and lists are there; what is still being made by the studio is not waited for. */
async function atRest(page: Page, withinMs: number): Promise<void> {
  await page
    .waitForFunction(
      () => {
        const isNear = (element: Element): boolean => {
          const { top, bottom, width } = element.getBoundingClientRect();
          return width > 0 && bottom > 0 && top < innerHeight;
        };
        const isThere = document.querySelector("main, h1, form") !== null;
        // Those further down, too: the picture that is kept is of the whole page.
        for (const image of document.images) image.loading = "eager";
        const isLoaded = [...document.images].every((image) => image.complete);
        const isWaiting = [...document.querySelectorAll("[aria-busy=true], .animate-breathe")].some(isNear);
        return isThere && isLoaded && !isWaiting && document.fonts.status === "loaded";
      },
      undefined,
      { timeout: withinMs, polling: 50 },
    )
    .catch(() => undefined);
  // What fades from one theme's colours into the other's is to have arrived, and what inherits them after it; what turns
  // for ever is not waited for.
  await page.evaluate(async (rounds) => {
    for (let round = 0; round < rounds; round += 1) {
      const ending = document.getAnimations().filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime));
      if (ending.length === 0) break;
      await Promise.allSettled(ending.map((one) => one.finished));
    }
    await new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));
  }, FADES_MAX);
}

interface Measured {
  /** Addresses of pictures that came to nothing. */
  broken: string[];
  /** How far the page can be scrolled to the side, in pixels. */
  excess: number;
  height: number;
}

function measured(page: Page): Promise<Measured> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
    const broken = [...document.images]
      .filter((image) => image.complete && image.naturalWidth === 0 && image.getAttribute("src"))
      .map((image) => image.src.replace(/.*\/api/, "/api"));
    return { broken, excess: scrollWidth - clientWidth, height: Math.max(scrollHeight, clientHeight) };
  });
}
