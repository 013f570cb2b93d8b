/** The one way to the server: typed by its own description, cookies for sign-in, problems as errors. */
import createClient, { type Middleware } from "openapi-fetch";

import { noAnswer, readProblem } from "./problem";
import type { paths } from "./schema";

/** A page of a list and how many there are in all. */
export interface Page<T> {
  items: T[];
  total: number;
}

// Tells the server that a page of the studio asks, and no form of another site.
const csrf: Middleware = {
  onRequest({ request }) {
    if (!["GET", "HEAD"].includes(request.method)) request.headers.set("X-Gauntlet-CSRF", "1");
    return request;
  },
};

/** Typed `GET`, `POST` and so on; wrap calls into `answer` or `page`. */
export const http = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: "same-origin",
  // Looked up at each call, so that tests can stand in for the wire.
  fetch: (request) => globalThis.fetch(request),
});
http.use(csrf);

interface Answered<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

const signedOutListeners = new Set<() => void>();

/** Called when the server no longer knows the session. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

/** Returns what a call answered; throws a `ProblemError` for anything but success. */
export async function answer<T>(call: Promise<Answered<T>>): Promise<T> {
  const { data } = await settled(call);
  return data as T;
}

/** Returns a list's page with its total. */
export async function page<T>(call: Promise<Answered<T[]>>): Promise<Page<T>> {
  const { data, response } = await settled(call);
  const items = data ?? [];
  return { items, total: Number(response.headers.get("X-Total-Count") ?? items.length) };
}

async function settled<T>(call: Promise<Answered<T>>): Promise<Answered<T>> {
  let answered: Answered<T>;
  try {
    answered = await call;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw noAnswer();
  }
  if (answered.response.ok) return answered;
  const problem = readProblem(answered.response.status, answered.error);
  if (problem.status === 401) for (const listener of signedOutListeners) listener();
  throw problem;
}

/** A key that makes a repeated request the same request: made once for what a person did, sent with each try. */
export function idempotencyKey(): string {
  return crypto.randomUUID();
}
