import { useEffect, useRef, useState } from "react";

import { cx, MediaFrame } from "@/components/ui";
import { useMedia } from "@/lib/hooks";

import { moveOf } from "./camera";
import type { CameraMovement } from "./labels";

/** Long enough that a pointer on its way elsewhere asks the server for nothing. */
const FILM_AFTER_MS = 450;

export interface FramePictureProps {
  readonly src: string | null;
  readonly alt: string;
  /** Width by height of the ad. */
  readonly aspect: number;
  /** In which it waits while its picture is being made. */
  readonly color?: string | undefined;
  readonly camera?: CameraMovement | undefined;
  readonly durationS?: number | undefined;
  /** The scene as a small film; shown once it is there, the camera move is told by the picture until then. */
  readonly filmSrc?: string | undefined;
  readonly playing?: boolean | undefined;
  readonly eager?: boolean | undefined;
  /** No picture comes by itself any more: the work stopped. */
  readonly stopped?: boolean | undefined;
  readonly className?: string | undefined;
}

/** A scene's picture at the ad's shape; while `playing`, its camera move. */
export function FramePicture(props: FramePictureProps) {
  const { src, alt, aspect, color, camera = "static", durationS = 2, filmSrc, playing = false, className } = props;
  const isStill = useMedia("(prefers-reduced-motion: reduce)");
  const moves = playing && !isStill && src !== null;
  const waits = src === null && !props.stopped;
  return (
    <div
      className={cx("relative isolate overflow-hidden rounded-card bg-media", className)}
      style={{ aspectRatio: aspect }}
    >
      <Moving camera={camera} durationS={durationS} moves={moves}>
        <MediaFrame
          aspect={aspect}
          src={src ?? undefined}
          alt={alt}
          color={color}
          eager={props.eager}
          state={waits ? "loading" : src === null ? "error" : "ready"}
          errorLabel="Not made yet"
          className="rounded-none"
        />
      </Moving>
      {moves && filmSrc !== undefined && <SceneFilm key={filmSrc} src={filmSrc} />}
    </div>
  );
}

interface MovingProps {
  readonly camera: CameraMovement;
  readonly durationS: number;
  readonly moves: boolean;
  readonly children: React.ReactNode;
}

function Moving({ camera, durationS, moves, children }: MovingProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!moves || camera === "static" || box.current === null) return;
    const { from, to } = moveOf(camera);
    const animation = box.current.animate([{ transform: from }, { transform: to }], {
      duration: durationS * 1000,
      easing: "ease-in-out",
      fill: "forwards",
    });
    return () => animation.cancel();
  }, [moves, camera, durationS]);
  return <div ref={box}>{children}</div>;
}

function SceneFilm({ src }: { readonly src: string }) {
  const [isDue, setDue] = useState(false);
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), FILM_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isDue) return null;
  return (
    <video
      src={src}
      muted
      autoPlay
      loop
      playsInline
      aria-hidden
      tabIndex={-1}
      onPlaying={() => setShown(true)}
      className={cx("absolute inset-0 size-full object-contain transition-opacity", !isShown && "opacity-0")}
    />
  );
}
