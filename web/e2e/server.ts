/** A real studio for browser tests: `gauntlet serve` on a free port and a data directory of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as rest } from "node:timers/promises";

const ROOT = path.resolve(import.meta.dirname, "../..");
export const PROGRAM = path.join(ROOT, ".venv/bin/gauntlet");
const READY_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 100;
const END_WITHIN_MS = 20_000;

export interface Studio {
  url: string;
  dataDir: string;
  /** Ends the server as Ctrl-C does; the data stays. */
  stop: () => Promise<void>;
  /** Starts it again on the same data and the same port. */
  start: () => Promise<void>;
  /** Ends it and removes its data. */
  remove: () => Promise<void>;
}

/** Starts a studio that nobody has set up. */
export async function openStudio(settings: Record<string, string> = {}): Promise<Studio> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "gauntlet-e2e-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let server: ChildProcess | null = null;
  const studio: Studio = {
    url,
    dataDir,
    async start() {
      server = serve(port, dataDir, settings);
      await ready(url, server, dataDir);
    },
    async stop() {
      const ending = server;
      server = null;
      if (ending) await end(ending);
    },
    async remove() {
      await studio.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  await studio.start();
  return studio;
}

function serve(port: number, dataDir: string, settings: Record<string, string>): ChildProcess {
  return spawn(PROGRAM, ["serve", "--port", String(port), "--data-dir", dataDir], {
    // Small and quick films: what is tested is the way to them.
    env: { ...process.env, GAUNTLET_RENDER__X264_PRESET: "ultrafast", ...settings },
    stdio: "ignore",
  });
}

async function ready(url: string, server: ChildProcess, dataDir: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`gauntlet serve ended with ${server.exitCode} (data in ${dataDir})`);
    const answer = await fetch(`${url}/api/v2/health`).catch(() => null);
    if (answer?.ok) return;
    await rest(LOOK_EVERY_MS);
  }
  server.kill("SIGKILL");
  throw new Error(`gauntlet serve did not answer within ${READY_WITHIN_MS / 1000} s`);
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = once(server, "exit");
  server.kill("SIGINT");
  const killer = setTimeout(() => server.kill("SIGKILL"), END_WITHIN_MS);
  await ended;
  clearTimeout(killer);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  if (address === null || typeof address === "string") throw new Error("no port could be found");
  probe.close();
  await once(probe, "close");
  return address.port;
}

/** A picture of the demo brand, as a person would have it on disk. */
export function demoPicture(name: string): string {
  return path.join(ROOT, "tools/demo_brand", name);
}

/** What a file on disk holds, for comparing it with what was downloaded. */
export function bytesOf(file: string): Promise<Buffer> {
  return readFile(file);
}
