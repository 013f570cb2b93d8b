/** A film with its frames: the browser's own controls, and keys that step. */
import { Download, StepBack, StepForward } from "lucide-react";
import { useRef, useState } from "react";

import { bytesOf } from "@/api/assets";
import type { VideoAsset } from "@/api/types";
import { buttonClass, EmptyState, IconButton } from "@/components/ui";
import { useShortcuts } from "@/lib/shortcuts";
import { formatTimecode } from "@/lib/units";

const USUAL_FPS = 30;

export function VideoStage({ asset }: { readonly asset: VideoAsset }) {
  const film = useRef<HTMLVideoElement>(null);
  const [isPlayable, setIsPlayable] = useState(true);
  const [atS, setAtS] = useState(0);
  const fps = asset.frameRate && asset.frameRate > 0 ? asset.frameRate : USUAL_FPS;
  const step = (frames: number): void => {
    if (!film.current) return;
    film.current.pause();
    // The middle of a frame: no rounding lands on its neighbour.
    const frame = Math.floor(film.current.currentTime * fps + 1e-3) + frames;
    film.current.currentTime = Math.min(asset.duration, Math.max(0, (frame + 0.5) / fps));
  };
  const toggle = (): void => {
    if (film.current?.paused) void film.current.play().catch(() => setIsPlayable(false));
    else film.current?.pause();
  };
  useShortcuts([
    { keys: "space", label: "Play or pause", group: "Film", run: toggle },
    { keys: "k", label: "Play or pause", group: "Film", run: toggle },
    { keys: ",", label: "One frame back", group: "Film", run: () => step(-1) },
    { keys: ".", label: "One frame on", group: "Film", run: () => step(1) },
  ]);
  if (!isPlayable) return <NotPlayable asset={asset} />;
  return (
    <div className="flex h-full flex-col gap-2">
      <video
        ref={film}
        controls
        playsInline
        preload="metadata"
        aria-label={asset.name}
        poster={`${asset.thumbnailUrl}?v=${asset.version}`}
        src={bytesOf(asset)}
        onTimeUpdate={(event) => setAtS(event.currentTarget.currentTime)}
        onSeeked={(event) => setAtS(event.currentTarget.currentTime)}
        onError={() => setIsPlayable(false)}
        className="min-h-0 w-full flex-1 object-contain"
      />
      <div className="flex items-center justify-center gap-2 pb-2">
        <IconButton label="One frame back" shortcut="," icon={<StepBack aria-hidden />} onClick={() => step(-1)} />
        <output aria-label="Where it is" className="min-w-20 text-center text-sm text-muted tabular">
          {formatTimecode(Math.floor(atS * fps + 1e-3), Math.round(fps))}
        </output>
        <IconButton label="One frame on" shortcut="." icon={<StepForward aria-hidden />} onClick={() => step(1)} />
      </div>
    </div>
  );
}

function NotPlayable({ asset }: { readonly asset: VideoAsset }) {
  return (
    <div className="grid h-full place-items-center">
      <EmptyState
        illustration={<img src={`${asset.thumbnailUrl}?v=${asset.version}`} alt="" className="max-h-60 rounded-card" />}
        title="This browser does not play this film"
        action={
          <a
            href={bytesOf(asset, "download")}
            download={asset.fileName}
            className={buttonClass({ variant: "primary" })}
          >
            <Download aria-hidden />
            Download film
          </a>
        }
      >
        {asset.format.toUpperCase()} with {asset.videoCodec}. Ads can use it all the same.
      </EmptyState>
    </div>
  );
}
