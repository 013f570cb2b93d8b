import type { ReactNode } from "react";

import type { GeneratedMedium, ModelKind } from "@/api/types";
import { MediumFrame } from "@/components/media/medium-frame";
import { MediaFrame } from "@/components/ui/media-frame";
import { assertNever } from "@/lib/never";

export const COVER_ASPECT = 16 / 10;

/** A number from 0 to 1 that a name always gives again: placeholders differ, and stay what they are. */
function shareOf(name: string): number {
  let sum = 7;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return sum / 9973;
}

function Landscape({ share }: { readonly share: number }) {
  const sunX = 40 + share * 80;
  return (
    <>
      <circle cx={sunX} cy={34} r={10} fill="currentColor" opacity={0.28} />
      <path d={`M0 100V78l${34 + share * 20}-26 30 24 26-20 70 34v10z`} fill="currentColor" opacity={0.16} />
      <path d="M0 100V90l52-18 40 14 34-10 34 12v12z" fill="currentColor" opacity={0.2} />
    </>
  );
}

function Strip({ share, still }: { readonly share: number; readonly still: boolean }) {
  const frames = [0, 1, 2, 3];
  return frames.map((frame) => (
    <g key={frame} transform={`translate(${14 + frame * 35} 32)`} opacity={still && frame === 0 ? 0.42 : 0.2}>
      <rect width={29} height={36} rx={3} fill="currentColor" />
      <circle cx={7 + ((share * 12 + frame * 5) % 16)} cy={14} r={4} className="fill-media" />
      <path d="M2 34l8-10 6 6 5-4 6 8z" className="fill-media" />
    </g>
  ));
}

function Wave({ share }: { readonly share: number }) {
  const bars = Array.from(
    { length: 25 },
    (_, bar) => 8 + 52 * Math.abs(Math.sin(bar * (0.35 + share * 0.3) + share * 6)),
  );
  return bars.map((height, bar) => (
    <rect
      key={bar}
      x={18 + bar * 5}
      y={50 - height / 2}
      width={2.4}
      height={height}
      rx={1.2}
      fill="currentColor"
      opacity={0.26}
    />
  ));
}

function Growing() {
  return [18, 32, 48].map((side, ring) => (
    <rect
      key={side}
      x={80 - side}
      y={50 - side * 0.72}
      width={side * 2}
      height={side * 1.44}
      rx={3}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeDasharray={ring === 0 ? undefined : "4 4"}
      opacity={0.5 - ring * 0.12}
    />
  ));
}

function drawing(kind: ModelKind, share: number): ReactNode {
  switch (kind) {
    case "text-to-image":
      return <Landscape share={share} />;
    case "image-to-video":
      return <Strip share={share} still />;
    case "text-to-video":
      return <Strip share={share} still={false} />;
    case "text-to-music":
      return <Wave share={share} />;
    case "upscale":
      return <Growing />;
    default:
      return assertNever(kind);
  }
}

export interface ModelCoverProps {
  readonly model: string;
  readonly kind: ModelKind;
  /** What it made here last; without one, a drawing of what it does. Vendors' own covers would be fetched from elsewhere. */
  readonly made: GeneratedMedium | undefined;
  readonly playing?: boolean | undefined;
}

/** What stands for a model: its newest work here, or a drawing. */
export function ModelCover({ model, kind, made, playing }: ModelCoverProps) {
  if (made) return <MediumFrame medium={made} aspect={COVER_ASPECT} playing={playing} bare />;
  return (
    <MediaFrame aspect={COVER_ASPECT} alt="">
      <svg
        aria-hidden
        viewBox="0 0 160 100"
        preserveAspectRatio="xMidYMid slice"
        className="absolute inset-0 size-full text-muted"
      >
        {drawing(kind, shareOf(model))}
      </svg>
    </MediaFrame>
  );
}
