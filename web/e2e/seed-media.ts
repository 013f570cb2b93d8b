/** Pictures and films of models, in each of their states. */
import type { Doubles } from "./doubles.ts";
import type { Caller, Thing } from "./seed-caller.ts";

export interface SeededMedia {
  image: number;
  failedImage: number;
  video: number;
  /** A film that never ends. */
  runningVideo: number;
}

const QUICK = "black-forest-labs/flux-schnell";
const FINE = "black-forest-labs/flux-1.1-pro";
const MOTION = "kwaivgi/kling-v2.1";
const LONG = "minimax/video-01";

const SCENES = [
  "A terracotta lamp on an oak table by a window at dusk, two books beside it",
  "A hand turns the brass ring of a small lamp, close up, warm light",
  "An armchair under a reading lamp, evening, rain on the window",
];
const DRAWN = ["A table lamp on a shelf among books, evening", "A balcony at dusk with a small lamp and a cup of tea"];

export async function seedMedia(
  caller: Caller,
  doubles: Doubles,
  whose: { client: string; campaign: string | undefined },
): Promise<SeededMedia> {
  const common = { clientId: whose.client, campaignId: whose.campaign };
  const order = (kind: "images" | "videos", draft: object) =>
    caller.post<Thing<number>>(`/${kind}`, { ...common, ...draft });
  await doubles.setFaults([
    { fault: "failed", service: "replicate", model: FINE },
    { fault: "stuck", service: "replicate", model: LONG },
  ]);
  const images: Thing<number>[] = [];
  for (const prompt of DRAWN)
    images.push(await order("images", { model: "gauntlet/panel", prompt, inputs: { aspect_ratio: "4:5" } }));
  for (const [index, prompt] of SCENES.entries())
    images.push(
      await order("images", { model: QUICK, prompt, inputs: { aspect_ratio: ["9:16", "1:1", "16:9"][index] } }),
    );
  const failed = await order("images", { model: FINE, prompt: "A lamp that lights a whole valley" });
  for (const { id } of images) await caller.until(`/images/${id}`, "succeeded");
  const [drawn, , photograph] = images as [Thing<number>, Thing<number>, Thing<number>];
  await caller.post(`/images/${photograph.id}/asset`, { name: "Dusk by the window" });
  const moved = await order("videos", {
    model: "gauntlet/motion",
    files: { image: { imageId: drawn.id } },
    inputs: { duration: 3 },
  });
  const video = await order("videos", {
    model: MOTION,
    prompt: "The camera moves slowly towards the lamp",
    files: { start_image: { imageId: photograph.id } },
  });
  const running = await order("videos", { model: LONG, prompt: "A lamp is switched on in a dark room" });
  await caller.until(`/videos/${moved.id}`, "succeeded");
  return { image: photograph.id, failedImage: failed.id, video: video.id, runningVideo: running.id };
}
