/** Levels of a sound for so many bars. Pure. */

export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** The greatest peak under each bar of a part of the sound; null where there is no sound. */
export function levels(peaks: readonly number[], { from, to, count }: Stretch): (number | null)[] {
  const width = (to - from) / Math.max(1, count);
  return Array.from({ length: Math.max(0, count) }, (_, bar) => {
    const first = Math.floor((from + bar * width) * peaks.length);
    const last = Math.max(first + 1, Math.floor((from + (bar + 1) * width) * peaks.length));
    if (last <= 0 || first >= peaks.length) return null;
    return peaks.slice(Math.max(0, first), last).reduce((most, peak) => Math.max(most, peak), 0);
  });
}

/** The greatest level of each of `count` stretches of samples, all channels together. */
export function peaksOf(channels: readonly Float32Array[], count: number): number[] {
  const length = channels[0]?.length ?? 0;
  return Array.from({ length: count }, (_, index) => {
    const [first, last] = [Math.floor((index * length) / count), Math.floor(((index + 1) * length) / count)];
    let most = 0;
    for (const samples of channels) {
      for (let at = first; at < last; at += 1) most = Math.max(most, Math.abs(samples[at] ?? 0));
    }
    return Math.min(1, most);
  });
}
