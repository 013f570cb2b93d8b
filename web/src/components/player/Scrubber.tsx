import { useRef, useState } from "react";
import type { PointerEvent as ReactPointerEvent } from "react";

import { formatTimecode } from "@/lib/units";

import { useFrame } from "./frame-store";
import type { FrameStore } from "./frame-store";
import { chapterAt, clamp, framesOf } from "./timing";
import type { Chapter, Loop } from "./timing";

interface ScrubberProps {
  readonly frames: FrameStore;
  readonly totalFrames: number;
  readonly fps: number;
  readonly chapters: readonly Chapter[];
  readonly loop: Loop | null;
  readonly onSeek: (frame: number) => void;
}

/** Where in the film one is, its scenes side by side; drags, and moves by the keys of the player. */
export function Scrubber(props: ScrubberProps) {
  const { totalFrames, fps, chapters, loop, onSeek } = props;
  const bar = useRef<HTMLDivElement>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const frameOf = (event: ReactPointerEvent): number => {
    const box = bar.current?.getBoundingClientRect();
    if (!box || box.width === 0) return 0;
    return clamp(Math.floor(((event.clientX - box.left) / box.width) * totalFrames), 0, totalFrames - 1);
  };
  const drag = (event: ReactPointerEvent): void => {
    setHovered(event.pointerType === "mouse" ? frameOf(event) : null);
    if (event.buttons === 1 && event.currentTarget.hasPointerCapture(event.pointerId)) onSeek(frameOf(event));
  };
  return (
    <div
      dir="ltr"
      className="group/scrubber relative cursor-pointer touch-none py-2.5 select-none"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        onSeek(frameOf(event));
      }}
      onPointerMove={drag}
      onPointerLeave={() => setHovered(null)}
    >
      <div ref={bar} className="relative h-1.5">
        <Segments chapters={chapters} fps={fps} totalFrames={totalFrames} />
        {loop && <LoopMark loop={loop} totalFrames={totalFrames} />}
        <Head {...props} />
      </div>
      {hovered !== null && <Hint frame={hovered} {...props} />}
    </div>
  );
}

const part = (frame: number, totalFrames: number): string => `${(frame / totalFrames) * 100}%`;

type SegmentsProps = Pick<ScrubberProps, "chapters" | "fps" | "totalFrames">;

function Segments({ chapters, fps, totalFrames }: SegmentsProps) {
  if (chapters.length === 0) return <div className="absolute inset-0 rounded-full bg-strong" />;
  return chapters.map((chapter, index) => {
    const { startFrame, endFrame } = framesOf(chapter, fps);
    return (
      <div
        key={index}
        className="absolute inset-y-0 pe-0.5 last-of-type:pe-0"
        style={{ left: part(startFrame, totalFrames), width: part(endFrame - startFrame, totalFrames) }}
      >
        <div className="size-full rounded-xs bg-strong" />
      </div>
    );
  });
}

function LoopMark({ loop, totalFrames }: { readonly loop: Loop; readonly totalFrames: number }) {
  return (
    <div
      aria-hidden
      className="absolute -inset-y-1 rounded-xs border-x-2 border-accent bg-accent/20"
      style={{
        left: part(loop.startFrame, totalFrames),
        width: part(Math.min(loop.endFrame, totalFrames) - loop.startFrame, totalFrames),
      }}
    />
  );
}

function Head({ frames, totalFrames, fps, chapters }: ScrubberProps) {
  const frame = useFrame(frames);
  const place = chapterAt(chapters, frame, fps);
  const title = chapters[place]?.title;
  const said = title === undefined ? "" : `, scene ${place + 1} of ${chapters.length}, ${title}`;
  // The last frame stands at the very end.
  const at = totalFrames > 1 ? `${(frame / (totalFrames - 1)) * 100}%` : "0%";
  return (
    <>
      <div className="pointer-events-none absolute inset-y-0 left-0 rounded-xs bg-accent" style={{ width: at }} />
      <div
        role="slider"
        tabIndex={0}
        aria-label="Place in the film"
        aria-valuemin={0}
        aria-valuemax={totalFrames - 1}
        aria-valuenow={frame}
        aria-valuetext={`${formatTimecode(frame, fps)}${said}`}
        className="absolute top-1/2 size-3.5 -translate-x-1/2 -translate-y-1/2 rounded-full border border-edge bg-white shadow-low pointer-coarse:size-5"
        style={{ left: at }}
      />
    </>
  );
}

function Hint({ frame, totalFrames, fps, chapters }: ScrubberProps & { readonly frame: number }) {
  const place = chapterAt(chapters, frame, fps);
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute bottom-full z-10 flex max-w-60 -translate-x-1/2 gap-2 rounded-control bg-ink px-2 py-1 text-xs font-medium whitespace-nowrap text-canvas shadow-low dark:bg-strong dark:text-ink"
      style={{ left: `clamp(4rem, ${part(frame, totalFrames)}, calc(100% - 4rem))` }}
    >
      <span className="tabular">{formatTimecode(frame, fps)}</span>
      {place >= 0 && (
        <span dir="auto" className="truncate">
          {place + 1} {chapters[place]?.title}
        </span>
      )}
    </div>
  );
}
