/** The hosted services' doubles beside a studio: models to choose from, without a key, a network or a cent. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

import { PROGRAM } from "./server.ts";

/** Queues and runs pass so many times as quickly as at the services. */
const SPEED = "100";

export interface Doubles {
  /** What leads a studio to their Replicate. Briefs are planned by the studio itself. */
  settings: Record<string, string>;
  /** What leads a studio to all of the services, those that plan briefs too. */
  environment: Record<string, string>;
  /** Replaces the rules of what goes wrong. */
  setFaults: (rules: readonly object[]) => Promise<void>;
  stop: () => Promise<void>;
}

interface Announced {
  origin: string;
  environment: Record<string, string>;
}

export async function openDoubles(speed = SPEED): Promise<Doubles> {
  const child = spawn(PROGRAM, ["fakes", "serve", "--speed", speed, "--json"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const { origin, environment } = await announced(createInterface(child.stdout));
  const settings = Object.fromEntries(Object.entries(environment).filter(([name]) => name.includes("REPLICATE")));
  return {
    settings,
    environment,
    async setFaults(rules) {
      const answer = await fetch(`${origin}/_fakes/faults`, {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(rules),
      });
      if (!answer.ok) throw new Error(`setting faults answered ${answer.status}: ${await answer.text()}`);
    },
    async stop() {
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGINT");
      await ended;
    },
  };
}

async function announced(lines: AsyncIterable<string>): Promise<Announced> {
  let document = "";
  for await (const line of lines) {
    document += line;
    if (line === "}") return JSON.parse(document) as Announced;
  }
  throw new Error("the doubles ended before they said where they are");
}
