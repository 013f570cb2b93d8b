/** Fills a studio that nobody has set up, so that every page has something to show. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import type { Doubles } from "./doubles.ts";
import { Caller, type Thing } from "./seed-caller.ts";
import { seedAds, type SeededAds } from "./seed-ads.ts";
import { seedMedia, type SeededMedia } from "./seed-media.ts";
import { BINNED, CAMPAIGNS, CLIENTS, DEMO_FILES, FILES, PEOPLE } from "./seed-words.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const DEMO_BRAND = path.join(ROOT, "src/gauntlet/cli/demo_brand");
const PASSWORD = "correct horse battery";

export const OWNER = { email: "ann@example.org", name: "Ann Admin", password: PASSWORD };

export type ClientKey = keyof typeof CLIENTS;

export interface Seeded {
  clients: Record<ClientKey, string> & { empty: string };
  campaigns: Record<string, string>;
  /** Files by their names. */
  assets: Record<string, string>;
  ads: SeededAds;
  media: SeededMedia;
}

/** Takes about a minute on two quiet cores; the doubles' rules of what goes wrong are changed on the way. */
export async function seed(url: string, doubles: Doubles): Promise<Seeded> {
  const caller = await firstUser(url);
  const folder = await mkdtemp(path.join(tmpdir(), "gauntlet-seed-"));
  try {
    await promisify(execFile)(path.join(ROOT, ".venv/bin/python"), ["-m", "tools.studio_media", folder], { cwd: ROOT });
    const clients = await seedClients(caller);
    const campaigns = await seedCampaigns(caller, clients);
    await seedPeople(caller, clients);
    const assets = await seedAssets(caller, { folder, clients, campaigns });
    await seedBudgets(caller, { clients, campaigns });
    const media = await seedMedia(caller, doubles, { client: clients.kvelda, campaign: campaigns.evenings });
    const ads = await seedAds(caller, doubles, { clients, campaigns, assets });
    await caller.until(`/videos/${media.video}`, "succeeded");
    return { clients, campaigns, assets, media, ads };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function firstUser(url: string): Promise<Caller> {
  const answer = await fetch(`${url}/api/v2/setup`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(OWNER),
  });
  if (!answer.ok) throw new Error(`setting up answered ${answer.status}: ${await answer.text()}`);
  const { token } = (await answer.json()) as { token: string };
  return new Caller(url, token);
}

async function seedClients(caller: Caller): Promise<Seeded["clients"]> {
  const made: Record<string, string> = {};
  for (const [key, draft] of Object.entries(CLIENTS)) made[key] = (await caller.post("/clients", draft)).id;
  made.empty = (await caller.post("/clients", { name: "Fresh Start" })).id;
  return made as Seeded["clients"];
}

async function seedCampaigns(caller: Caller, clients: Seeded["clients"]): Promise<Record<string, string>> {
  const made: Record<string, string> = {};
  for (const { of, key, ...draft } of CAMPAIGNS)
    made[key] = (await caller.post("/campaigns", { ...draft, clientId: clients[of] })).id;
  return made;
}

async function seedPeople(caller: Caller, clients: Seeded["clients"]): Promise<void> {
  for (const { name, email, role, of } of PEOPLE) {
    await caller.post("/users", { name, email, password: PASSWORD });
    await caller.post(`/clients/${clients[of]}/members`, { email, role });
  }
  const gone = await caller.post<Thing<number>>("/users", {
    name: "Dora Gone",
    email: "dora@example.org",
    password: PASSWORD,
  });
  await caller.ask("PATCH", `/users/${gone.id}`, { disabled: true });
  for (const name of ["Nightly export", "Shop's feed"]) await caller.post("/api-keys", { name });
  await caller.ask("PUT", `/clients/${clients.palm}/provider-keys/replicate`, { key: "r8_palm_0123456789abcdef" });
}

interface Shelf {
  folder: string;
  clients: Seeded["clients"];
  campaigns: Record<string, string>;
}

async function seedAssets(caller: Caller, { folder, clients, campaigns }: Shelf): Promise<Record<string, string>> {
  const made: Record<string, string> = {};
  for (const [file, { name, tags }] of Object.entries(DEMO_FILES)) {
    const bytes = Uint8Array.from(await readFile(path.join(DEMO_BRAND, file)));
    made[name] = (
      await caller.upload("/upload-asset", { bytes, name: file }, { clientId: clients.kvelda, name, tags })
    ).id;
  }
  for (const { file, of, name = file, tags, campaign } of FILES) {
    const bytes = Uint8Array.from(await readFile(path.join(folder, file)));
    const fields = { clientId: clients[of], campaignId: campaign && campaigns[campaign], name, tags };
    made[name] = (await caller.upload("/upload-asset", { bytes, name: file }, fields)).id;
  }
  for (const newer of ["lamp-old-shelf.jpg", "lamp-terracotta-square.jpg"]) {
    const bytes = Uint8Array.from(await readFile(path.join(folder, newer)));
    await caller.upload(`/assets/${made["Terracotta, square"]}/versions`, { bytes, name: newer });
  }
  for (const name of BINNED) await caller.ask("DELETE", `/assets/${made[name]}`);
  await caller.ask("PATCH", `/clients/${clients.kvelda}`, {
    brandGuidelines: { ...CLIENTS.kvelda.brandGuidelines, logoAssetId: made["Kvelda logo"] },
  });
  await caller.ask("PATCH", `/clients/${clients.palm}`, {
    brandGuidelines: { ...CLIENTS.palm.brandGuidelines, logoAssetId: made["شعار النخيل"] },
  });
  await caller.ask("PUT", `/admin/clients/${clients.palm}/quota`, { quotaBytes: 2_000_000 });
  return made;
}

async function seedBudgets(caller: Caller, { clients, campaigns }: Omit<Shelf, "folder">): Promise<void> {
  const budgets = [
    { scope: "workspace", period: "month", hardMicrousd: 50_000_000, softMicrousd: 40_000_000 },
    { scope: "client", clientId: clients.kvelda, period: "month", hardMicrousd: 5_000_000, softMicrousd: 250_000 },
    { scope: "campaign", campaignId: campaigns.autumn, period: "total", hardMicrousd: 4_000 },
    { scope: "client", clientId: clients.pottery, period: "day", softMicrousd: 1_000_000 },
  ];
  for (const budget of budgets) await caller.post("/budgets", budget);
}
