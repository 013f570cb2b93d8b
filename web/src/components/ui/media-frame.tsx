import { ImageOff } from "lucide-react";
import { useState } from "react";
import type { ReactNode } from "react";
import { cx } from "./cx";

export interface MediaOverlays {
  readonly topStart?: ReactNode;
  readonly topEnd?: ReactNode;
  readonly bottomStart?: ReactNode;
  readonly bottomEnd?: ReactNode;
}

export interface MediaFrameProps {
  /** Width by height of the place that is kept: `9 / 16`. */
  readonly aspect: number;
  readonly src?: string | undefined;
  /** Empty where the picture's name stands beside it. */
  readonly alt: string;
  /** Shown while the picture is on its way. */
  readonly color?: string | undefined;
  /** `loading`: there is no picture yet, it is being made. */
  readonly state?: "ready" | "loading" | "error" | undefined;
  readonly errorLabel?: string | undefined;
  /** Instead of a picture: a video, a waveform, a document's sign. */
  readonly children?: ReactNode;
  readonly overlays?: MediaOverlays | undefined;
  readonly fit?: "contain" | "cover" | undefined;
  readonly eager?: boolean | undefined;
  readonly className?: string | undefined;
}

type PictureProps = Pick<MediaFrameProps, "alt" | "fit" | "eager" | "color" | "errorLabel"> & { readonly src: string };

function Failed({ label }: { readonly label: string }) {
  return (
    <span className="absolute inset-0 grid place-content-center justify-items-center gap-1.5 bg-media p-2 text-center text-xs text-muted">
      <ImageOff aria-hidden className="size-5" />
      <span className="line-clamp-2 @max-[7rem]:sr-only">{label}</span>
    </span>
  );
}

function Picture({ src, alt, fit, eager, color, errorLabel = "No preview" }: PictureProps) {
  const [phase, setPhase] = useState<"loading" | "ready" | "error">("loading");
  if (phase === "error") return <Failed label={errorLabel} />;
  return (
    <>
      {phase === "loading" && <span aria-hidden className="absolute inset-0" style={{ backgroundColor: color }} />}
      <img
        src={src}
        alt={alt}
        draggable={false}
        decoding="async"
        loading={eager ? "eager" : "lazy"}
        onLoad={() => setPhase("ready")}
        onError={() => setPhase("error")}
        className={cx(
          "absolute inset-0 size-full",
          fit === "cover" ? "object-cover" : "object-contain",
          phase === "loading" && "opacity-0",
        )}
      />
    </>
  );
}

const corners = {
  topStart: "top-1.5 start-1.5",
  topEnd: "top-1.5 end-1.5",
  bottomStart: "bottom-1.5 start-1.5",
  bottomEnd: "bottom-1.5 end-1.5",
} as const;

const cornerNames = ["topStart", "topEnd", "bottomStart", "bottomEnd"] as const;

/** The place of a picture or a film: keeps its shape whatever comes, never stretches it. */
export function MediaFrame(props: MediaFrameProps) {
  const { aspect, src, color, state = "ready", errorLabel = "No preview", children, overlays, className } = props;
  return (
    <div
      className={cx("@container relative isolate w-full overflow-hidden rounded-card bg-media", className)}
      style={{ aspectRatio: aspect }}
    >
      {state === "loading" && (
        <span
          aria-hidden
          className="absolute inset-0 animate-breathe bg-line dark:bg-strong/60"
          style={{ backgroundColor: color }}
        />
      )}
      {state === "error" && <Failed label={errorLabel} />}
      {state === "ready" && children}
      {state === "ready" && children === undefined && src !== undefined && <Picture key={src} {...props} src={src} />}
      {cornerNames.map((corner) =>
        overlays?.[corner] === undefined ? null : (
          <span key={corner} className={cx("absolute z-1 flex max-w-[calc(100%-0.75rem)] gap-1", corners[corner])}>
            {overlays[corner]}
          </span>
        ),
      )}
    </div>
  );
}

/** A word or number over a picture: a duration, an aspect. */
export function MediaLabel({ children, className }: { readonly children: ReactNode; readonly className?: string }) {
  return (
    <span
      className={cx(
        "inline-flex h-5 min-w-0 items-center gap-1 rounded-sm bg-scrim px-1.5 text-xs font-semibold whitespace-nowrap text-white tabular [&_svg]:size-3",
        className,
      )}
    >
      {children}
    </span>
  );
}
