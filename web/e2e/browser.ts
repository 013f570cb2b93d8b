/** Which Chromium drives the studio: the one that is named, else the first of the usual places. */
import { existsSync } from "node:fs";

const USUAL = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export function browserPath(): string | undefined {
  return process.env.GAUNTLET_CHROMIUM ?? USUAL.find((path) => existsSync(path));
}

/** Chromium refuses its sandbox to root, as which containers run. */
export function sandboxArgs(): string[] {
  return process.getuid?.() === 0 ? ["--no-sandbox"] : [];
}
