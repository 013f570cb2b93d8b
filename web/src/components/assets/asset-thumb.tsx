/** An asset as a picture, whatever it is. */
import { AudioLines, File, FileText, FileType, Lock } from "lucide-react";
import { memo, useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";

import { bytesOf, thumbnailOf } from "@/api/assets";
import type { Asset, DocumentAsset } from "@/api/types";
import { cx, MediaFrame, MediaLabel, type MediaOverlays } from "@/components/ui";
import { assertNever } from "@/lib/never";
import { formatDuration } from "@/lib/units";

import { colourOf, lengthOf } from "./facts";

const SCRUB_AFTER_MS = 160;

export interface AssetThumbProps {
  readonly asset: Asset;
  /** Width by height of the place that is kept; 4:3 unless told otherwise. */
  readonly aspect?: number | undefined;
  /** Moving the pointer over a film looks through it. */
  readonly scrubs?: boolean | undefined;
  /** What stands over the picture besides its length and format. */
  readonly overlays?: MediaOverlays | undefined;
  /** Without words over it, for very small ones. */
  readonly bare?: boolean | undefined;
  readonly eager?: boolean | undefined;
  /** Empty where the name stands beside it. */
  readonly alt?: string | undefined;
  readonly className?: string | undefined;
}

function DocumentSign({ asset }: { readonly asset: DocumentAsset }) {
  const Icon = asset.encrypted ? Lock : signs[asset.format];
  return (
    <span aria-hidden className="absolute inset-0 grid place-items-center text-faint">
      <Icon className="size-[clamp(1rem,22%,2.5rem)] stroke-[1.25]" />
    </span>
  );
}

const signs = { pdf: FileType, doc: FileText, docx: FileText, txt: File } as const;

function labelOf(asset: Asset): ReactNode {
  switch (asset.type) {
    case "image":
      return asset.format === "gif" || asset.format === "svg" ? asset.format.toUpperCase() : undefined;
    case "video":
    case "audio":
      return formatDuration(lengthOf(asset) ?? 0);
    case "document":
      return asset.format.toUpperCase();
    default:
      return assertNever(asset);
  }
}

/** What takes the picture's place where there is none. */
function standInFor(asset: Asset): ReactNode {
  switch (asset.type) {
    case "document":
      return asset.thumbnailUrl === null ? <DocumentSign asset={asset} /> : undefined;
    case "image":
    case "video":
    case "audio":
      return undefined;
    default:
      return assertNever(asset);
  }
}

function overlaysOf(asset: Asset, given: MediaOverlays | undefined, isBare: boolean): MediaOverlays | undefined {
  const label = isBare ? undefined : labelOf(asset);
  if (label === undefined) return given;
  return {
    bottomEnd: (
      <MediaLabel>
        {asset.type === "audio" && <AudioLines aria-hidden />}
        {label}
      </MediaLabel>
    ),
    ...given,
  };
}

/** A film under the pointer: where it is from left to right is where the film is. Nothing is shown until there is a frame. */
function Scrub({ asset, shareAt }: { readonly asset: Asset; readonly shareAt: number }) {
  const [isReady, setIsReady] = useState(false);
  const video = useRef<HTMLVideoElement>(null);
  const wantedS = shareAt * (lengthOf(asset) ?? 0);
  const seek = (): void => {
    const film = video.current;
    if (film && !film.seeking && Math.abs(film.currentTime - wantedS) > 0.05) film.currentTime = wantedS;
  };
  useEffect(seek);
  return (
    <video
      ref={video}
      src={bytesOf(asset)}
      muted
      playsInline
      preload="metadata"
      aria-hidden
      tabIndex={-1}
      onLoadedMetadata={seek}
      onSeeked={() => {
        setIsReady(true);
        seek();
      }}
      className={cx("pointer-events-none absolute inset-0 size-full object-contain", !isReady && "opacity-0")}
    />
  );
}

function useScrub(isOn: boolean) {
  const [shareAt, setShareAt] = useState<number | null>(null);
  const since = useRef(0);
  if (!isOn) return { shareAt: null, handlers: {} };
  const handlers = {
    onPointerEnter: (event: React.PointerEvent) => {
      since.current = event.timeStamp;
    },
    onPointerMove: (event: React.PointerEvent<HTMLElement>) => {
      if (event.pointerType !== "mouse" || event.timeStamp - since.current < SCRUB_AFTER_MS) return;
      const box = event.currentTarget.getBoundingClientRect();
      setShareAt(Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)));
    },
    onPointerLeave: () => setShareAt(null),
  };
  return { shareAt, handlers };
}

/** A picture, a film's poster, a waveform or a page: never stretched, in its colour until it is there. */
export const AssetThumb = memo(function AssetThumb(props: AssetThumbProps) {
  const { asset, aspect = 4 / 3, scrubs = false, bare = false, eager, alt = "", className } = props;
  const { shareAt, handlers } = useScrub(scrubs && asset.type === "video");
  return (
    <div {...handlers} className={cx("relative", className)}>
      <MediaFrame
        aspect={aspect}
        src={thumbnailOf(asset)}
        alt={alt}
        color={colourOf(asset)}
        eager={eager}
        overlays={overlaysOf(asset, props.overlays, bare)}
        className={cx(asset.type === "audio" && "[&_img]:p-[6%]")}
      >
        {standInFor(asset)}
      </MediaFrame>
      {shareAt !== null && (
        <div className="pointer-events-none absolute inset-0 overflow-hidden rounded-card bg-media">
          <Scrub asset={asset} shareAt={shareAt} />
          <span aria-hidden className="absolute inset-y-0 w-px bg-accent" style={{ left: `${shareAt * 100}%` }} />
        </div>
      )}
    </div>
  );
});
