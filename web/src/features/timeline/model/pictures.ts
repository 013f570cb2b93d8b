/** Pictures of frames while somebody scrubs: only the newest wish is asked for, neighbours when there is time. */

export interface Wish<T> {
  /** Names the picture among all films and sizes. */
  readonly key: string;
  readonly load: () => Promise<T>;
}

export interface PictureDesk<T> {
  /** Asks for a picture; those that were asked for before and are not under way are forgotten. */
  want: (wish: Wish<T>, neighbours?: readonly Wish<T>[]) => void;
  /** What is here already. */
  peek: (key: string) => T | undefined;
  close: () => void;
}

interface DeskOptions<T> {
  readonly onPicture: (picture: T, key: string) => void;
  readonly onFailure: (error: unknown, key: string) => void;
  readonly keep?: number;
}

/** One request at a time: a server that draws slower than a hand moves is never more than one picture behind. */
export function createPictureDesk<T>({ onPicture, onFailure, keep = 400 }: DeskOptions<T>): PictureDesk<T> {
  const known = new Map<string, T>();
  let wanted: Wish<T> | null = null;
  let later: readonly Wish<T>[] = [];
  let isBusy = false;
  const closing = new AbortController();
  const isOpen = (): boolean => !closing.signal.aborted;

  const remember = (key: string, picture: T): void => {
    known.delete(key);
    known.set(key, picture);
    const oldest = known.keys().next();
    if (known.size > keep && !oldest.done) known.delete(oldest.value);
  };
  const next = (): { wish: Wish<T>; isWanted: boolean } | null => {
    if (wanted) {
      const wish = wanted;
      wanted = null;
      return { wish, isWanted: true };
    }
    const wish = later.find(({ key }) => !known.has(key));
    later = wish ? later.slice(later.indexOf(wish) + 1) : [];
    return wish ? { wish, isWanted: false } : null;
  };
  const work = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    for (let one = next(); one && isOpen(); one = next()) {
      const { wish, isWanted } = one;
      try {
        const picture = await wish.load();
        remember(wish.key, picture);
        if (isWanted && isOpen()) onPicture(picture, wish.key);
      } catch (error) {
        if (isWanted && isOpen()) onFailure(error, wish.key);
      }
    }
    isBusy = false;
  };
  return {
    want: (wish, neighbours = []) => {
      const picture = known.get(wish.key);
      wanted = picture === undefined ? wish : null;
      later = neighbours;
      if (picture !== undefined) {
        remember(wish.key, picture);
        onPicture(picture, wish.key);
      }
      void work();
    },
    peek: (key) => known.get(key),
    close: () => closing.abort(),
  };
}
