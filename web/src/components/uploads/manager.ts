/** Files on their way to the server: a queue that outlives pages. How bytes travel is the transport's matter. */
import { problemOf } from "@/api/problem";
import type { Problem } from "@/api/types";

/** Where a file is to live. */
export interface UploadTarget {
  readonly clientId: string;
  readonly campaignId?: string | null | undefined;
  readonly tags?: readonly string[] | undefined;
}

export type UploadState = "waiting" | "sending" | "checking" | "paused" | "done" | "refused" | "failed";

export interface UploadItem {
  readonly id: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly sentBytes: number;
  readonly state: UploadState;
  readonly target: UploadTarget;
  /** What it became. */
  readonly assetId: string | null;
  /** Why it was refused or failed. */
  readonly problem: Problem | null;
}

/** What the transport says while it sends. */
export interface Listener {
  onProgress: (sentBytes: number) => void;
  onDone: (assetId: string | null) => void;
  onProblem: (problem: Problem) => void;
}

export interface Sending {
  /** Stops; what has come stays on the server, unless it is to be forgotten. */
  stop: (how: "keep" | "forget") => Promise<void>;
}

/** Begins to send a file, or goes on where an earlier try ended. `address` is that of an upload begun elsewhere. */
export type Transport = (
  file: File,
  target: UploadTarget,
  listener: Listener,
  address: string | null,
) => Promise<Sending>;

export interface AddOptions {
  readonly onDone?: ((assetId: string) => void) | undefined;
  /** The address of an unfinished upload that this file belongs to. */
  readonly address?: string | undefined;
}

interface Entry {
  item: UploadItem;
  file: File;
  options: AddOptions;
  sending: Promise<Sending> | null;
  /** Counts the tries: what an ended one still says is not heard. */
  attempt: number;
}

export const PARALLEL = 3;

const ENDED: ReadonlySet<UploadState> = new Set(["done", "refused"]);

/** A queue of uploads: `PARALLEL` at once, the rest in the order in which they came. */
export class UploadManager {
  private readonly entries = new Map<string, Entry>();
  private readonly listeners = new Set<() => void>();
  private readonly doneListeners = new Set<(item: UploadItem) => void>();
  private snapshot: readonly UploadItem[] = [];
  private isTold = false;

  constructor(
    private readonly transport: Transport,
    private readonly tellLater: (tell: () => void) => void = (tell) => setTimeout(tell, 80),
  ) {}

  /** All of them, oldest first; the same array until something changes. */
  items = (): readonly UploadItem[] => this.snapshot;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Hears of every file that became an asset. */
  onUploaded(listener: (item: UploadItem) => void): () => void {
    this.doneListeners.add(listener);
    return () => this.doneListeners.delete(listener);
  }

  /** Puts files into the queue; one that is on its way to the same place already is not sent twice. */
  add(files: readonly File[], target: UploadTarget, options: AddOptions = {}): string[] {
    const ids = files.filter((file) => !this.isUnderWay(file, target)).map((file) => this.enter(file, target, options));
    this.tell();
    this.startWaiting();
    return ids;
  }

  pause(id: string): void {
    const entry = this.entries.get(id);
    if (!entry || !["waiting", "sending"].includes(entry.item.state)) return;
    this.halt(entry, "keep");
    this.change(entry, { state: "paused" });
    this.startWaiting();
  }

  /** Goes on with what is paused, or tries again what failed. */
  resume(id: string): void {
    const entry = this.entries.get(id);
    if (!entry || !["paused", "failed"].includes(entry.item.state)) return;
    this.change(entry, { state: "waiting", problem: null });
    this.startWaiting();
  }

  /** Ends an upload and forgets what has come of it. */
  cancel(id: string): void {
    const entry = this.entries.get(id);
    if (!entry) return;
    if (!ENDED.has(entry.item.state)) this.halt(entry, "forget");
    this.entries.delete(id);
    this.tell();
    this.startWaiting();
  }

  pauseAll(): void {
    for (const id of [...this.entries.keys()]) this.pause(id);
  }

  resumeAll(): void {
    for (const id of [...this.entries.keys()]) this.resume(id);
  }

  /** Takes what has ended, well or not, off the list. */
  clearEnded(): void {
    for (const [id, entry] of this.entries) if (ENDED.has(entry.item.state)) this.entries.delete(id);
    this.tell();
  }

  private enter(file: File, target: UploadTarget, options: AddOptions): string {
    const id = crypto.randomUUID();
    const item: UploadItem = {
      id,
      fileName: file.name,
      sizeBytes: file.size,
      sentBytes: 0,
      state: "waiting",
      target,
      assetId: null,
      problem: null,
    };
    this.entries.set(id, { item, file, options, sending: null, attempt: 0 });
    return id;
  }

  private isUnderWay(file: File, target: UploadTarget): boolean {
    return [...this.entries.values()].some(
      (entry) =>
        !ENDED.has(entry.item.state) &&
        entry.file.name === file.name &&
        entry.file.size === file.size &&
        entry.file.lastModified === file.lastModified &&
        entry.item.target.clientId === target.clientId,
    );
  }

  private startWaiting(): void {
    const all = [...this.entries.values()];
    const room = PARALLEL - all.filter(({ item }) => item.state === "sending" || item.state === "checking").length;
    for (const entry of all.filter(({ item }) => item.state === "waiting").slice(0, Math.max(0, room))) {
      this.start(entry);
    }
  }

  private start(entry: Entry): void {
    entry.attempt += 1;
    const attempt = entry.attempt;
    const heard =
      <A extends unknown[]>(hear: (...said: A) => void) =>
      (...said: A): void => {
        if (entry.attempt === attempt && this.entries.has(entry.item.id)) hear(...said);
      };
    this.change(entry, { state: "sending" });
    const listener: Listener = {
      onProgress: heard((sentBytes) => this.progress(entry, sentBytes)),
      onDone: heard((assetId) => this.done(entry, assetId)),
      onProblem: heard((problem) => this.failed(entry, problem)),
    };
    entry.sending = this.transport(entry.file, entry.item.target, listener, entry.options.address ?? null);
    // It could not even begin: its code did not load, or the browser keeps no notes.
    entry.sending.catch((error: unknown) => listener.onProblem(problemOf(error)));
  }

  private halt(entry: Entry, how: "keep" | "forget"): void {
    entry.attempt += 1;
    // A try that never began has nothing to be stopped.
    void entry.sending?.then((sending) => sending.stop(how)).catch(() => undefined);
    entry.sending = null;
  }

  private progress(entry: Entry, sentBytes: number): void {
    const isWhole = sentBytes >= entry.item.sizeBytes;
    entry.item = { ...entry.item, sentBytes, state: isWhole ? "checking" : "sending" };
    this.tellSoon();
  }

  private done(entry: Entry, assetId: string | null): void {
    this.change(entry, { state: "done", sentBytes: entry.item.sizeBytes, assetId });
    if (assetId !== null) entry.options.onDone?.(assetId);
    for (const listener of this.doneListeners) listener(entry.item);
    this.startWaiting();
  }

  private failed(entry: Entry, problem: Problem): void {
    this.change(entry, { state: isWorthAnotherTry(problem) ? "failed" : "refused", problem });
    this.startWaiting();
  }

  private change(entry: Entry, changes: Partial<UploadItem>): void {
    entry.item = { ...entry.item, ...changes };
    this.tell();
  }

  private tellSoon(): void {
    if (this.isTold) return;
    this.isTold = true;
    this.tellLater(() => this.tell());
  }

  private tell(): void {
    this.isTold = false;
    this.snapshot = [...this.entries.values()].map((entry) => entry.item);
    for (const listener of this.listeners) listener();
  }
}

const FINAL_CODES: ReadonlySet<string> = new Set(["unsupported_media", "too_large", "invalid_input", "bad_request"]);

/** Whether the same bytes may be taken another time: a line that broke, a full quota, a session that ended. */
export function isWorthAnotherTry(problem: Pick<Problem, "code">): boolean {
  return !FINAL_CODES.has(problem.code);
}

export interface UploadSums {
  readonly active: number;
  readonly paused: number;
  readonly troubled: number;
  readonly done: number;
  /** 0 to 1 over all that is not refused; null where there is nothing to send. */
  readonly share: number | null;
}

/** What a collapsed tray says of all of them. */
export function sumUp(items: readonly UploadItem[]): UploadSums {
  const of = (...states: UploadState[]): number => items.filter((item) => states.includes(item.state)).length;
  const counted = items.filter((item) => item.state !== "refused");
  const sizeBytes = counted.reduce((sum, item) => sum + item.sizeBytes, 0);
  const sentBytes = counted.reduce((sum, item) => sum + item.sentBytes, 0);
  return {
    active: of("waiting", "sending", "checking"),
    paused: of("paused"),
    troubled: of("refused", "failed"),
    done: of("done"),
    share: sizeBytes === 0 ? null : sentBytes / sizeBytes,
  };
}

/** Whether everything that was sent has arrived, and nothing is left to be said of any of it. */
export function isSettled(sums: UploadSums): boolean {
  return sums.done > 0 && sums.active + sums.paused + sums.troubled === 0;
}
