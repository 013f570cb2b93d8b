import { useEffect, useRef } from "react";

import { cx } from "@/components/ui/cx";

import { levels } from "./levels";

export interface WaveformProps {
  /** The greatest level of equal stretches, 0 to 1. */
  readonly peaks: readonly number[];
  /** Which part of the whole is drawn: 0 is its beginning, 1 its end. It may reach beyond both. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly className?: string | undefined;
}

const BAR_PX = 2;
const PITCH_PX = 3;

/** Levels of a sound as bars in the colour of the text around it. Draws only what is seen, however long the sound. */
export function Waveform({ peaks, from = 0, to = 1, className }: WaveformProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const draw = (): void => paint(element, { peaks, from, to });
    draw();
    const observer = new ResizeObserver(draw);
    observer.observe(element);
    return () => observer.disconnect();
  }, [peaks, from, to]);
  return <canvas ref={canvas} aria-hidden className={cx("block size-full", className)} />;
}

function paint(element: HTMLCanvasElement, given: { peaks: readonly number[]; from: number; to: number }): void {
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [element.clientWidth, element.clientHeight];
  const pen = element.getContext("2d");
  if (!pen || width === 0) return;
  element.width = Math.round(width * ratio);
  element.height = Math.round(height * ratio);
  pen.scale(ratio, ratio);
  pen.fillStyle = getComputedStyle(element).color;
  const bars = levels(given.peaks, { from: given.from, to: given.to, count: Math.floor(width / PITCH_PX) });
  bars.forEach((level, index) => {
    if (level === null) return;
    const tall = Math.max(1, level * height);
    pen.fillRect(index * PITCH_PX, (height - tall) / 2, BAR_PX, tall);
  });
}
