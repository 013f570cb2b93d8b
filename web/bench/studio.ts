/** The studio measured in headless Chromium, against a server that is given: prints one JSON document.
 *
 * `node web/bench/studio.ts URL EMAIL PASSWORD`; `python -m bench.studio` starts a server with a full library for it.
 */
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";

import { browserPath, sandboxArgs } from "../e2e/browser.ts";

const LOADS = 10;
const ROUNDS = 12;
const PAGES = ["Home", "Ads", "Library", "Models", "Clients", "Costs"] as const;
/** Until what a click began has been painted and told of. */
const SETTLED_MS = 250;
const WHEEL_TURNS = 300;
/** A brisk turn of the wheel, in every frame. */
const WHEEL_PX = 150;

interface Click {
  readonly page: string;
  readonly isFirst: boolean;
  /** From the click to the first frame with the page's own heading on it. */
  readonly shownMs: number;
}

async function signedIn(browser: Browser, url: string, email: string, password: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-US" });
  const answer = await context.request.post(`${url}/api/v2/sessions`, { data: { email, password } });
  if (!answer.ok()) throw new Error(`signing in answered ${answer.status()}`);
  return context;
}

/** First contentful paint of each load: the first with an empty cache, the others with a filled one. */
async function firstPaints(context: BrowserContext, url: string): Promise<number[]> {
  const paints: number[] = [];
  for (let load = 0; load < LOADS; load += 1) {
    const page = await context.newPage();
    await page.goto(`${url}/library`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    const paint = await page.waitForFunction(
      () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null,
    );
    paints.push((await paint.jsonValue()) ?? Number.NaN);
    // The next load is not to wait for this one's pictures.
    await page.waitForLoadState("networkidle");
    await page.close();
  }
  return paints;
}

/** Clicks one of the rail's links inside the page and waits for the frame that shows the page it leads to. */
function clickThrough(page: Page, name: string): Promise<number> {
  return page.evaluate(async (wanted) => {
    const links = [...document.querySelectorAll<HTMLAnchorElement>("nav a")];
    const link = links.find((one) => one.textContent.trim() === wanted);
    if (!link) throw new Error(`the rail has no ${wanted}`);
    const path = new URL(link.href).pathname;
    const before = document.querySelector("main h1");
    const began = performance.now();
    link.click();
    await new Promise<void>((resolve) => {
      const look = (): void => {
        const heading = document.querySelector("main h1");
        if (location.pathname === path && heading !== null && heading !== before) resolve();
        else requestAnimationFrame(look);
      };
      look();
    });
    // What a frame's callbacks change is painted at its end: the next one begins after that.
    await new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));
    return performance.now() - began;
  }, name);
}

async function clicks(context: BrowserContext, url: string): Promise<Click[]> {
  const page = await context.newPage();
  await page.goto(`${url}/account`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  const found: Click[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    for (const name of PAGES) {
      await page.getByRole("navigation").getByRole("link", { name, exact: true }).first().hover();
      const shownMs = await clickThrough(page, name);
      found.push({ page: name, isFirst: round === 0, shownMs });
      await page.waitForLoadState("networkidle");
    }
  await page.close();
  return found;
}

/** TypeScript's own description does not know yet which events belong to one interaction. */
type Timed = PerformanceEventTiming & { readonly interactionId: number };

/** From each click inside the library to the next paint after it, as the browser itself measures it (Event Timing). */
async function interactions(context: BrowserContext, url: string): Promise<number[]> {
  const page = await context.newPage();
  await page.goto(`${url}/library`);
  await page.locator("main img").first().waitFor();
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => {
    const slowest = new Map<number, number>();
    Object.assign(window, { slowest });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as Timed[])
        if (entry.interactionId > 0)
          slowest.set(entry.interactionId, Math.max(slowest.get(entry.interactionId) ?? 0, entry.duration));
    }).observe({ type: "event", durationThreshold: 16, buffered: true } as PerformanceObserverInit);
  });
  let clicked = 0;
  const click = async (target: ReturnType<Page["locator"]>): Promise<void> => {
    await target.click();
    clicked += 1;
    await page.waitForTimeout(SETTLED_MS);
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    const cell = page.getByRole("gridcell").nth(round);
    await cell.hover();
    await click(cell.getByRole("checkbox"));
    await click(cell.getByRole("checkbox"));
    await click(cell);
    await page.keyboard.press("Escape");
    for (const view of ["List", "Small", "Large"]) await click(page.locator(`label[title="${view}"]`));
    for (const type of ["Videos", "All"]) await click(page.locator("label", { hasText: new RegExp(`^${type}$`) }));
    for (const name of ["Clients", "Library"])
      await click(page.getByRole("navigation").getByRole("link", { name, exact: true }).first());
    await page.locator("main img").first().waitFor();
  }
  const slow = await page.evaluate(() => [...(window as unknown as { slowest: Map<number, number> }).slowest.values()]);
  await page.close();
  // What is not told of took less than the least that is.
  return [...slow, ...Array.from({ length: Math.max(0, clicked - slow.length) }, () => 16)];
}

interface Scroll {
  /** Tasks of more than 50 ms while the library was scrolled, each as long as it took. */
  readonly longTasksMs: readonly number[];
  readonly frames: number;
  readonly worstFrameMs: number;
  readonly scrolledPx: number;
}

async function scroll(context: BrowserContext, url: string): Promise<Scroll> {
  const page = await context.newPage();
  await page.goto(`${url}/library`);
  await page.locator("main img").first().waitFor();
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => {
    const seen = { tasks: [] as number[], frames: [] as number[] };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map((task) => task.duration))).observe({
      type: "longtask",
    });
    const tick = (at: number): void => {
      seen.frames.push(at);
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await page.mouse.move(800, 600);
  for (let turn = 0; turn < WHEEL_TURNS; turn += 1) {
    await page.mouse.wheel(0, WHEEL_PX);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
  await page.waitForLoadState("networkidle");
  const found = await page.evaluate(() => {
    const { seen } = window as unknown as { seen: { tasks: number[]; frames: number[] } };
    const gaps = seen.frames.slice(1).map((at, index) => at - (seen.frames[index] ?? at));
    const tops = [...document.querySelectorAll("*")].map((element) => element.scrollTop);
    return {
      longTasksMs: seen.tasks,
      frames: seen.frames.length,
      worstFrameMs: Math.max(...gaps),
      scrolledPx: Math.max(...tops),
    };
  });
  await page.close();
  return found;
}

const [url, email, password] = process.argv.slice(2);
if (url === undefined || email === undefined || password === undefined)
  throw new Error("node web/bench/studio.ts URL EMAIL PASSWORD");
const browser = await chromium.launch({ executablePath: browserPath(), args: sandboxArgs() });
try {
  const context = await signedIn(browser, url, email, password);
  const figures = {
    firstPaintsMs: await firstPaints(context, url),
    clicks: await clicks(context, url),
    interactionsMs: await interactions(context, url),
    scroll: await scroll(context, url),
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
} finally {
  await browser.close();
}
