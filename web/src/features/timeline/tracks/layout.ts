/** Where blocks of a track lie so that none covers another. Pure. */

interface Timed {
  readonly startFrame: number;
  readonly frames: number;
}

/** The row of each block: the first one that is free. */
export function rowsOf(blocks: readonly Timed[]): number[] {
  const ends: number[] = [];
  return blocks.map((block) => {
    const free = ends.findIndex((end) => end <= block.startFrame);
    const row = free < 0 ? ends.length : free;
    ends[row] = block.startFrame + block.frames;
    return row;
  });
}
