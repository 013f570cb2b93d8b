/** Refetching what live events make stale: at once, one at a time for each key, and not more often than it can be read. */

interface Pending {
  isAsked: boolean;
}

/**
 * Runs work for a key: immediately when nothing runs for it; once more after the present run when it was asked for
 * meanwhile, however often.
 */
export class Coalescer<Key> {
  private readonly pending = new Map<string, Pending>();

  constructor(private readonly run: (key: Key) => Promise<unknown>) {}

  /** Asks for a run; `gapMs` is the least time between the end of a run and the next one. */
  touch(key: Key, gapMs: number): void {
    const name = JSON.stringify(key);
    const known = this.pending.get(name);
    if (known) {
      known.isAsked = true;
      return;
    }
    const entry = { isAsked: false };
    this.pending.set(name, entry);
    void this.cycle(key, name, entry, gapMs);
  }

  private async cycle(key: Key, name: string, entry: Pending, gapMs: number): Promise<void> {
    do {
      entry.isAsked = false;
      // A refetch that fails is the query's to tell; the next event asks again.
      await this.run(key).catch(() => undefined);
      if (gapMs > 0) await new Promise((resolve) => setTimeout(resolve, gapMs));
    } while (wasAsked(entry));
    this.pending.delete(name);
  }
}

// Behind a call, because the compiler believes that nothing changed while the work was awaited.
function wasAsked(entry: Pending): boolean {
  return entry.isAsked;
}
