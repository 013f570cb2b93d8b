/** Ads in each of their states. */
import type { Doubles } from "./doubles.ts";
import type { Caller, Stateful, Thing } from "./seed-caller.ts";
import type { Seeded } from "./seed.ts";
import { PROMPTS } from "./seed-words.ts";

export interface SeededAds {
  brief: string;
  waiting: number;
  approved: number;
  film: number;
  arabic: number;
  changed: number;
  paused: number;
  failed: number;
  rendering: number;
}

const FINE = "black-forest-labs/flux-1.1-pro";
const QUICK = "black-forest-labs/flux-schnell";
const LONG = "minimax/video-01";
const BUILT_IN = { brief: "built_in" };

export async function seedAds(
  caller: Caller,
  doubles: Doubles,
  { clients, campaigns, assets }: Pick<Seeded, "clients" | "campaigns" | "assets">,
): Promise<SeededAds> {
  const named = (...names: string[]) => names.map((name) => assets[name]);
  const lamp = { clientId: clients.kvelda, campaignId: campaigns.evenings, models: BUILT_IN };
  const pictures = named("Kvelda One, evening", "Kvelda One, cut out", "Brass ring, close", "Three finishes");
  const order = (draft: object) => caller.post<Stateful>("/generate", draft);

  // What a service of language models took and never answered: only a person can tell what it cost.
  await doubles.setFaults([{ fault: "server_error_after", service: "openrouter", times: 1 }]);
  const brief = await caller.post("/briefs", {
    ...lamp,
    models: {},
    prompt: PROMPTS.brief,
    platform: "instagram",
    assetIds: pictures,
  });
  await caller.post("/briefs", { clientId: clients.palm, prompt: PROMPTS.arabic, models: BUILT_IN });

  const film = await order({ ...lamp, prompt: PROMPTS.film, platform: "tiktok", duration: 15, assetIds: pictures });
  const arabic = await order({
    clientId: clients.palm,
    campaignId: campaigns.ramadan,
    models: BUILT_IN,
    prompt: PROMPTS.arabic,
    aspectRatio: "4:5",
    duration: 5,
    assetIds: named("فنجان الصباح", "قهوة بالهيل", "تمر المدينة"),
  });
  const waiting = await order({
    ...lamp,
    prompt: PROMPTS.waiting,
    platform: "tiktok",
    duration: 15,
    assetIds: pictures,
  });
  const square = { ...lamp, aspectRatio: "1:1", duration: 5 };
  const approved = await order({
    ...square,
    prompt: PROMPTS.approved,
    assetIds: named("Oat, morning", "Reading corner"),
  });
  const changed = await order({
    ...square,
    aspectRatio: "16:9",
    prompt: PROMPTS.changed,
    assetIds: named("Pine on the shelf"),
  });
  const rendering = await order({
    ...square,
    prompt: PROMPTS.rendering,
    assetIds: named("Pine on the shelf"),
    models: { ...BUILT_IN, scenes: [{ scene: 1, motion: { model: LONG } }] },
  });
  const canceled = await order({ ...square, prompt: PROMPTS.canceled });
  await order({
    clientId: clients.pottery,
    campaignId: campaigns.fair,
    models: BUILT_IN,
    prompt: PROMPTS.pottery,
    aspectRatio: "1:1",
    duration: 5,
    assetIds: named("Blue vase", "Stoneware bowl"),
  });

  const frames = async (job: Thing<number>) => caller.until(`/jobs/${job.id}`, "storyboard_ready");
  const approve = async (job: Thing<number>) => {
    const { storyboardVersion } = await frames(job);
    await caller.post(`/jobs/${job.id}/approve`, { version: storyboardVersion });
  };
  const render = async (job: Thing<number>) => {
    await approve(job);
    await caller.post(`/jobs/${job.id}/render`);
  };
  await render(film);
  await render(arabic);
  await frames(waiting);
  await caller.post(`/jobs/${waiting.id}/refine`, { scene: 2, instruction: "Say: An evening has its own pace." });
  await approve(approved);
  await approve(changed);
  await caller.post(`/jobs/${changed.id}/refine`, { scene: 1, instruction: "Say: No cable." });
  await caller.ask("DELETE", `/jobs/${canceled.id}`);

  await doubles.setFaults([
    { fault: "failed", service: "replicate", model: FINE },
    { fault: "stuck", service: "replicate", model: LONG },
  ]);
  const failed = await order({ ...square, prompt: PROMPTS.failed, models: { ...BUILT_IN, image: { model: FINE } } });
  const paused = await order({
    ...square,
    campaignId: campaigns.autumn,
    prompt: PROMPTS.paused,
    models: { ...BUILT_IN, image: { model: QUICK } },
  });
  await caller.until(`/jobs/${paused.id}`, "paused");
  for (const job of [film, arabic]) await caller.until(`/jobs/${job.id}`, "completed");
  await frames(waiting);
  await frames(changed);
  await render(rendering);
  return {
    brief: brief.id,
    waiting: waiting.id,
    approved: approved.id,
    film: film.id,
    arabic: arabic.id,
    changed: changed.id,
    paused: paused.id,
    failed: failed.id,
    rendering: rendering.id,
  };
}
