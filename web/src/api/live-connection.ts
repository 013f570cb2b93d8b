/** One event stream that is kept open: waits longer after each failure, and starts again when there is hope. */
import { LIVE_EVENT_TYPES, type LiveEvent, readLiveEvent } from "./live-events";

export const LIVE_URL = "/api/v2/events";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** A stream that was not looked at for so long may be dead without anybody having said so: machines sleep. */
const DOUBTFUL_AFTER_MS = 45_000;

/** `connecting`: for the first time; `broken`: it was open, or should be, and is tried again. */
export type LiveState = "off" | "connecting" | "open" | "broken";

/** What is used of the browser's `EventSource`. */
export interface Source {
  onopen: ((event: Event) => void) | null;
  onerror: ((event: Event) => void) | null;
  addEventListener: (type: string, listener: (event: MessageEvent<string>) => void) => void;
  close: () => void;
}

export interface LiveHooks {
  open: (url: string) => Source;
  onEvent: (event: LiveEvent) => void;
  onState: (state: LiveState) => void;
  /** It is open again after a while in which things may have happened that the server cannot know of. */
  onMissed: () => void;
  /** It cannot be opened, and nobody says why: whoever is signed in may not be any more. */
  onDoubt: () => void;
  random?: () => number;
}

/** How long to wait before the nth try after a failure: twice as long each time, spread so that not all come at once. */
export function waitMs(failures: number, random: () => number): number {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1));
  return longest * (0.5 + random() / 2);
}

export class LiveConnection {
  private source: Source | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private hasBeenOpen = false;
  /** The last event that was heard: the server tells what came after it, or that it cannot. */
  private lastId = "";
  private hiddenAt: number | null = null;
  private state: LiveState = "off";

  constructor(private readonly hooks: LiveHooks) {}

  start(): void {
    if (this.state !== "off") return;
    window.addEventListener("online", this.retryNow);
    document.addEventListener("visibilitychange", this.visibilityChanged);
    this.tell("connecting");
    this.connect();
  }

  stop(): void {
    window.removeEventListener("online", this.retryNow);
    document.removeEventListener("visibilitychange", this.visibilityChanged);
    this.drop();
    this.failures = 0;
    this.hasBeenOpen = false;
    this.lastId = "";
    this.tell("off");
  }

  /** Tries at once instead of waiting longer; does nothing while it is open. */
  readonly retryNow = (): void => {
    if (this.state === "off" || this.state === "open") return;
    this.connect();
  };

  private connect(): void {
    this.drop();
    const after = this.lastId === "" ? "" : `?lastEventId=${encodeURIComponent(this.lastId)}`;
    const source = this.hooks.open(LIVE_URL + after);
    this.source = source;
    source.onopen = () => this.opened();
    // The browser would try again by itself, every second and all tabs together: done here, more patiently.
    source.onerror = () => this.failed();
    const hear = (event: MessageEvent<string>): void => {
      if (event.lastEventId !== "") this.lastId = event.lastEventId;
      const told = readLiveEvent(event.data);
      if (told) this.hooks.onEvent(told);
    };
    for (const type of ["message", ...LIVE_EVENT_TYPES]) source.addEventListener(type, hear);
  }

  private opened(): void {
    this.failures = 0;
    const isAgain = this.hasBeenOpen;
    this.hasBeenOpen = true;
    this.tell("open");
    if (isAgain && this.lastId === "") this.hooks.onMissed();
  }

  private failed(): void {
    this.drop();
    this.failures += 1;
    // What is shown is from before: whenever it opens now, something may have been missed.
    this.hasBeenOpen = true;
    this.tell("broken");
    if (this.failures > 1) this.hooks.onDoubt();
    this.timer = setTimeout(() => this.connect(), waitMs(this.failures, this.hooks.random ?? Math.random));
  }

  private drop(): void {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
  }

  private readonly visibilityChanged = (): void => {
    if (document.visibilityState === "hidden") {
      this.hiddenAt = Date.now();
      return;
    }
    const isDoubtful = this.hiddenAt !== null && Date.now() - this.hiddenAt > DOUBTFUL_AFTER_MS;
    this.hiddenAt = null;
    if (isDoubtful && this.state === "open") this.connect();
    else this.retryNow();
  };

  private tell(state: LiveState): void {
    if (state === this.state) return;
    this.state = state;
    this.hooks.onState(state);
  }
}
