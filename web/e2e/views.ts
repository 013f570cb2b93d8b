/** Every page of the studio as somebody comes to it, in the seeded studio. */
import type { Page } from "@playwright/test";

import type { Seeded } from "./seed.ts";

export interface View {
  name: string;
  path: string;
  /** What is done on the page before it is looked at. */
  then?: (page: Page) => Promise<void>;
  /** Seen by somebody who has not signed in. */
  isOutside?: boolean;
  /** The page is refused something, which the console tells of. */
  isRefused?: boolean;
  /** Something on it is being made for as long as it is looked at, and never comes to rest. */
  isMaking?: boolean;
  /** Requests that the server answers with a failure. */
  fails?: string;
  /** Which client the rail's switcher stands on; all of them without. */
  scope?: string;
}

const inside = (path: string, more: Partial<View> = {}) => ({ path, ...more });

/** Those that change by themselves come first, before what they show has ended. */
export function views({ ads, assets, campaigns, clients, media }: Seeded): View[] {
  const ad = (id: number, step: string) => `/ads/${id}?step=${step}`;
  const asset = (name: string) => `/library/${assets[name]}`;
  const pages: Record<string, Omit<View, "name">> = {
    "ad-film-rendering": inside(ad(ads.rendering, "film"), { isMaking: true }),
    "video-running": inside(`/videos/${media.runningVideo}`, { isMaking: true }),
    "work-tray": inside("/", { then: openWork }),
    "ad-new": inside("/ads/new"),
    "ad-new-filled": inside(`/ads/new?from=${ads.waiting}&assets=${JSON.stringify(Object.values(assets).slice(0, 3))}`),
    brief: inside(`/briefs/${ads.brief}`),
    "ad-brief": inside(ad(ads.waiting, "brief")),
    "ad-storyboard": inside(ad(ads.waiting, "storyboard")),
    "ad-storyboard-scene": inside(`/ads/${ads.waiting}?step=storyboard&scene=2`),
    "ad-approval": inside(ad(ads.waiting, "approval")),
    "ad-approval-given": inside(ad(ads.approved, "approval")),
    "ad-approval-void": inside(ad(ads.changed, "approval")),
    "ad-film-before": inside(ad(ads.approved, "film")),
    "ad-film": inside(ad(ads.film, "film")),
    "ad-film-arabic": inside(ad(ads.arabic, "film")),
    "ad-storyboard-arabic": inside(ad(ads.arabic, "storyboard")),
    "ad-paused": inside(`/ads/${ads.paused}`),
    "ad-failed": inside(`/ads/${ads.failed}`),
    timeline: inside(`/ads/${ads.waiting}/timeline`, { then: heard }),
    "timeline-film": inside(`/ads/${ads.film}/timeline`, { then: heard }),
    home: inside("/"),
    ads: inside("/ads"),
    library: inside("/library"),
    "library-detail": inside(`/library?asset=${assets["Terracotta, square"]}`),
    "library-bin": inside("/library?bin=true"),
    "library-none": inside("/library?q=nothing+is+called+this"),
    "asset-image": inside(asset("Terracotta, square")),
    "asset-video": inside(asset("Evening walk")),
    "asset-audio": inside(asset("Evening bed")),
    "asset-document": inside(asset("Brand guidelines")),
    "asset-text": inside(asset("Shooting notes")),
    clients: inside("/clients"),
    ...Object.fromEntries(
      ["overview", "brand", "campaigns", "members", "keys"].map((tab) => [
        `client-${tab}`,
        inside(`/clients/${clients.kvelda}?tab=${tab}`),
      ]),
    ),
    "client-arabic": inside(`/clients/${clients.palm}`),
    "client-arabic-brand": inside(`/clients/${clients.palm}?tab=brand`),
    "client-long": inside(`/clients/${clients.pottery}`),
    campaign: inside(`/campaigns/${campaigns.evenings}`),
    "campaign-arabic": inside(`/campaigns/${campaigns.ramadan}`),
    "campaign-long": inside(`/campaigns/${campaigns.fair}`),
    models: inside("/models"),
    model: inside("/models/black-forest-labs/flux-schnell"),
    "model-motion": inside(`/models/gauntlet/motion?image=${media.image}`),
    images: inside("/images"),
    image: inside(`/images/${media.image}`),
    "image-failed": inside(`/images/${media.failedImage}`),
    videos: inside("/videos"),
    video: inside(`/videos/${media.video}`),
    ...Object.fromEntries(
      ["overview", "budgets", "ledger", "undecided"].map((tab) => [`costs-${tab}`, inside(`/costs?tab=${tab}`)]),
    ),
    ...Object.fromEntries(
      ["users", "keys", "storage", "jobs", "doctor", "audit"].map((tab) => [
        `admin-${tab}`,
        inside(`/admin?tab=${tab}`),
      ]),
    ),
    "admin-job": inside(`/admin?tab=jobs&job=${ads.film}`),
    account: inside("/account"),
    palette: inside("/ads", { then: (page) => opened(page, "Control+k", "kvelda") }),
    shortcuts: inside("/ads", { then: (page) => opened(page, "?") }),
    "not-found": inside("/nowhere"),
    "ad-missing": inside("/ads/99999", { isRefused: true }),
    "page-failed": inside("/costs?tab=ledger", { isRefused: true, fails: "**/api/v2/costs/entries*" }),
    "empty-home": inside("/", { scope: clients.empty }),
    "empty-ads": inside("/ads", { scope: clients.empty }),
    "empty-library": inside("/library", { scope: clients.empty }),
    "empty-images": inside("/images", { scope: clients.empty }),
    "empty-videos": inside("/videos", { scope: clients.empty }),
    "empty-costs": inside("/costs", { scope: clients.empty }),
    "empty-client": inside(`/clients/${clients.empty}`),
    "empty-campaigns": inside(`/clients/${clients.empty}?tab=campaigns`),
    "scoped-home": inside("/", { scope: clients.palm }),
    "scoped-library": inside("/library", { scope: clients.pottery }),
    "sign-in": inside("/sign-in", { isOutside: true, isRefused: true }),
  };
  return Object.entries(pages).map(([name, view]) => ({ name, ...view }));
}

async function opened(page: Page, keys: string, words = ""): Promise<void> {
  await page.getByRole("main").waitFor();
  await page.keyboard.press(keys);
  await page.getByRole("dialog").waitFor();
  if (words) await page.keyboard.type(words);
}

async function openWork(page: Page): Promise<void> {
  await page.getByRole("button", { name: /in work|under way/ }).click();
}

/** The music is drawn once the small preview film was made. */
async function heard(page: Page): Promise<void> {
  await page.locator("main canvas[aria-hidden=true]").first().waitFor({ timeout: 90_000 });
}
