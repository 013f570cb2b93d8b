/** A sound as its wave: press anywhere in it to hear it from there. */
import { useQuery } from "@tanstack/react-query";
import { Pause, Play } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type WaveSurfer from "wavesurfer.js";

import { bytesOf, waveformQuery } from "@/api/assets";
import { problemOf } from "@/api/problem";
import type { AudioAsset, Schemas } from "@/api/types";
import { wordsOf } from "@/components/assets/facts";
import { Button, ErrorState, Skeleton } from "@/components/ui";
import { useShortcuts } from "@/lib/shortcuts";
import { formatTimecode } from "@/lib/units";

const HEIGHT_PX = 200;
/** Times of sounds are told in hundredths. */
const TICKS = 100;
const STEP_S = 5;

/** A colour of the theme as it is now: the wave is painted, so that it cannot read variables by itself. */
function themed(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** The styles that the library writes into its shadow, as a sheet: a strict page policy forbids the element. */
function adoptStyles(wave: WaveSurfer): void {
  const root = wave.getWrapper().getRootNode();
  if (!(root instanceof ShadowRoot)) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(root.querySelector("style")?.textContent ?? "");
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}

interface Sound {
  readonly wave: WaveSurfer | null;
  readonly isPlaying: boolean;
  readonly atS: number;
}

function useWave(
  place: React.RefObject<HTMLDivElement | null>,
  asset: AudioAsset,
  peaks: Schemas["Waveform"] | undefined,
) {
  const [sound, setSound] = useState<Sound>({ wave: null, isPlaying: false, atS: 0 });
  const url = bytesOf(asset);
  useEffect(() => {
    if (!peaks) return;
    let wave: WaveSurfer | null = null;
    let isGone = false;
    void import("wavesurfer.js").then(({ default: Wave }) => {
      if (isGone || !place.current) return;
      wave = Wave.create({
        container: place.current,
        url,
        peaks: [[...peaks.peaks]],
        duration: peaks.durationS,
        height: HEIGHT_PX,
        normalize: true,
        barWidth: 3,
        barGap: 2,
        barRadius: 3,
        cursorWidth: 2,
        waveColor: themed("--edge"),
        progressColor: themed("--accent"),
        cursorColor: themed("--accent"),
      });
      adoptStyles(wave);
      const made = wave;
      made.on("play", () => setSound((was) => ({ ...was, isPlaying: true })));
      made.on("pause", () => setSound((was) => ({ ...was, isPlaying: false })));
      made.on("finish", () => setSound((was) => ({ ...was, isPlaying: false })));
      made.on("timeupdate", (atS) => setSound((was) => ({ ...was, atS })));
      setSound({ wave: made, isPlaying: false, atS: 0 });
    });
    return () => {
      isGone = true;
      wave?.destroy();
    };
  }, [place, url, peaks]);
  return sound;
}

export function AudioStage({ asset }: { readonly asset: AudioAsset }) {
  const { data: peaks, error, refetch } = useQuery(waveformQuery(asset.id, asset.version));
  const place = useRef<HTMLDivElement>(null);
  const { wave, isPlaying, atS } = useWave(place, asset, peaks);
  const toggle = (): void => void wave?.playPause();
  const skip = (byS: number): void => wave?.skip(byS);
  useShortcuts([
    { keys: "space", label: "Play or pause", group: "Sound", run: toggle },
    { keys: "k", label: "Play or pause", group: "Sound", run: toggle },
    { keys: "j", label: "5 seconds back", group: "Sound", run: () => skip(-STEP_S) },
    { keys: "l", label: "5 seconds on", group: "Sound", run: () => skip(STEP_S) },
  ]);
  if (error) return <ErrorState problem={wordsOf(problemOf(error))} onRetry={() => void refetch()} />;
  return (
    <div className="flex h-full flex-col justify-center gap-6 px-6">
      <div ref={place} className="w-full" style={{ height: HEIGHT_PX }} aria-hidden>
        {!wave && <Skeleton shape="block" className="h-full" />}
      </div>
      <div className="flex items-center justify-center gap-4">
        <Button
          size="lg"
          variant="primary"
          disabled={!wave}
          icon={isPlaying ? <Pause aria-hidden /> : <Play aria-hidden />}
          onClick={toggle}
        >
          {isPlaying ? "Pause" : "Play"}
        </Button>
        <span className="text-base text-muted tabular">
          {formatTimecode(Math.floor(atS * TICKS), TICKS)} / {formatTimecode(Math.floor(asset.duration * TICKS), TICKS)}
        </span>
      </div>
    </div>
  );
}
