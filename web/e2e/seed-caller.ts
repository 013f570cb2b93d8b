/** Asks one studio's API with a bearer token, from any process. */
import { setTimeout as rest } from "node:timers/promises";

const LOOK_EVERY_MS = 250;
const DONE_WITHIN_MS = 300_000;

export interface Thing<Id = string> {
  id: Id;
}

export interface Stateful extends Thing<number> {
  status: string;
  storyboardVersion: number | null;
}

export class Caller {
  private readonly url: string;
  private readonly token: string;

  constructor(url: string, token: string) {
    this.url = url;
    this.token = token;
  }

  /** Throws for anything but success. */
  async ask<T>(method: string, path: string, data?: unknown): Promise<T> {
    const isForm = data instanceof FormData;
    const body = isForm ? data : data === undefined ? undefined : JSON.stringify(data);
    const type: Record<string, string> = isForm || data === undefined ? {} : { "content-type": "application/json" };
    const answer = await fetch(`${this.url}/api/v2${path}`, {
      method,
      body,
      headers: { authorization: `Bearer ${this.token}`, ...type },
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return (text === "" ? null : JSON.parse(text)) as T;
  }

  post<T = Thing>(path: string, data?: unknown): Promise<T> {
    return this.ask<T>("POST", path, data);
  }

  async upload(
    path: string,
    file: { bytes: Uint8Array<ArrayBuffer>; name: string },
    fields: object = {},
  ): Promise<Thing> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields) as [string, string | readonly string[] | undefined][])
      for (const one of value === undefined ? [] : [value].flat()) form.append(name, one);
    form.append("file", new File([file.bytes], file.name));
    return this.post(path, form);
  }

  /** Waits until it is in one of the states; throws where it failed instead. */
  async until(path: string, ...states: string[]): Promise<Stateful> {
    const deadline = Date.now() + DONE_WITHIN_MS;
    let seen = await this.ask<Stateful>("GET", path);
    while (!states.includes(seen.status)) {
      if (seen.status === "failed" || Date.now() > deadline)
        throw new Error(
          `${path} is ${seen.status}, not ${states.join(" or ")}: ${JSON.stringify(seen).slice(0, 2000)}`,
        );
      await rest(LOOK_EVERY_MS);
      seen = await this.ask<Stateful>("GET", path);
    }
    return seen;
  }
}
