/** The levels of what is heard, read from the preview film's own sound: no drawing of what might be. */
import { queryOptions } from "@tanstack/react-query";

import { keys } from "@/api/keys";
import { previewFilm } from "@/api/timeline";
import { peaksOf } from "@/components/waveform/levels";

const PEAKS_PER_S = 50;
const RATE_HZ = 22_050;

export const peaksQuery = (jobId: number, version: number, widthPx: number) =>
  queryOptions({
    queryKey: keys.previews.peaks(jobId, version),
    queryFn: async (): Promise<number[]> => {
      const bytes = await previewFilm(jobId, version, widthPx);
      const sound = await new OfflineAudioContext(1, 1, RATE_HZ).decodeAudioData(bytes);
      const channels = Array.from({ length: sound.numberOfChannels }, (_, index) => sound.getChannelData(index));
      return peaksOf(channels, Math.max(1, Math.round(sound.duration * PEAKS_PER_S)));
    },
    // A version never sounds different.
    staleTime: Infinity,
    retry: false,
  });
