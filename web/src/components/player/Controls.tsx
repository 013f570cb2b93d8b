import {
  Captions,
  CaptionsOff,
  Keyboard,
  Maximize,
  Minimize,
  Pause,
  Play,
  Repeat,
  SquareDashed,
  StepBack,
  StepForward,
  Volume2,
  VolumeX,
} from "lucide-react";

import { Button, IconButton } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Menu } from "@/components/ui/menu";
import { Popover } from "@/components/ui/popover";
import { PLATFORM_LABELS, PLATFORMS } from "@/lib/platforms";
import type { PlatformName } from "@/lib/platforms";
import { formatTimecode } from "@/lib/units";

import { useFrame } from "./frame-store";
import { PLAYER_KEYS } from "./keys";
import type { PlayerActions } from "./keys";
import type { Playback, Transporting } from "./use-playback";

/** The place and the length, to the frame. */
export function Timecode({ playback, fps }: { readonly playback: Transporting; readonly fps: number }) {
  const frame = useFrame(playback.frames);
  return (
    <span className="px-1 text-sm whitespace-nowrap text-muted tabular">
      <span className="font-semibold text-ink">{formatTimecode(frame, fps)}</span>
      <span className="max-sm:hidden"> / {formatTimecode(playback.totalFrames, fps)}</span>
    </span>
  );
}

const RATES = [0.25, 0.5, 1, 1.5, 2] as const;

/** How fast it plays. */
export function SpeedMenu({ playback }: { readonly playback: Playback }) {
  return (
    <Menu
      side="top"
      trigger={
        <Button variant="ghost" size="sm" aria-label={`Speed, now ${playback.rate}×`} className="tabular">
          {playback.rate}×
        </Button>
      }
      entries={RATES.map((rate) => ({
        label: rate === 1 ? "1× as filmed" : `${rate}×`,
        checked: rate === playback.rate,
        onSelect: () => playback.setRate(rate),
      }))}
    />
  );
}

interface SafeAreaMenuProps {
  readonly platform: PlatformName | null;
  readonly onPlatformChange: (platform: PlatformName | null) => void;
  /** The platform that the ad is for. */
  readonly madeFor?: PlatformName | undefined;
}

/** Which platform's controls are shaded over the picture. */
export function SafeAreaMenu({ platform, onPlatformChange, madeFor }: SafeAreaMenuProps) {
  const now = platform === null ? "off" : PLATFORM_LABELS[platform];
  return (
    <Menu
      side="top"
      trigger={
        <IconButton
          size="sm"
          label={`Safe areas, ${now}`}
          icon={<SquareDashed aria-hidden />}
          className={platform === null ? undefined : "bg-selected text-accent"}
        />
      }
      entries={[
        { kind: "heading", label: "Shade what a platform covers" },
        ...PLATFORMS.map((name) => ({
          label: PLATFORM_LABELS[name],
          description: name === madeFor ? "What this ad is for" : undefined,
          checked: name === platform,
          onSelect: () => onPlatformChange(name),
        })),
        { kind: "separator" },
        { label: "Off", checked: platform === null, onSelect: () => onPlatformChange(null) },
      ]}
    />
  );
}

function VolumeControl({ playback }: { readonly playback: Playback }) {
  const { isMuted, volume } = playback;
  return (
    <span className="flex items-center">
      <IconButton
        size="sm"
        label={isMuted ? "Turn sound on" : "Turn sound off"}
        shortcut="M"
        icon={isMuted ? <VolumeX aria-hidden /> : <Volume2 aria-hidden />}
        onClick={playback.toggleMuted}
      />
      <input
        type="range"
        aria-label="Volume"
        min={0}
        max={1}
        step={0.05}
        value={isMuted ? 0 : volume}
        onChange={(event) => playback.setVolume(event.currentTarget.valueAsNumber)}
        className="w-16 accent-(--muted) @max-lg:hidden"
      />
    </span>
  );
}

/** What each key does. */
function KeyHelp() {
  return (
    <Popover
      side="top"
      align="end"
      title="Keys of the player"
      trigger={
        <IconButton size="sm" label="Keys of the player" icon={<Keyboard aria-hidden />} className="@max-lg:hidden" />
      }
    >
      <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-3 gap-y-1.5 text-sm">
        {PLAYER_KEYS.map(({ keys, shown, label }) => (
          <div key={keys} className="contents">
            <dt className="flex gap-1">
              {shown.split(" ").map((cap) => (
                <Kbd key={cap}>{cap}</Kbd>
              ))}
            </dt>
            <dd className="text-muted">{label}</dd>
          </div>
        ))}
      </dl>
    </Popover>
  );
}

/** Play, and a frame back or forward. */
export function Transport({ playback }: { readonly playback: Transporting }) {
  const { isPlaying } = playback;
  return (
    <span className="flex items-center">
      <IconButton
        size="sm"
        label="One frame back"
        shortcut=","
        icon={<StepBack aria-hidden />}
        onClick={() => playback.step(-1)}
      />
      <IconButton
        label={isPlaying ? "Pause" : "Play"}
        shortcut="Space"
        icon={
          isPlaying ? <Pause aria-hidden className="fill-current" /> : <Play aria-hidden className="fill-current" />
        }
        className="text-ink"
        onClick={playback.toggle}
      />
      <IconButton
        size="sm"
        label="One frame forward"
        shortcut="."
        icon={<StepForward aria-hidden />}
        onClick={() => playback.step(1)}
      />
    </span>
  );
}

interface ControlsProps extends SafeAreaMenuProps {
  readonly playback: Playback;
  readonly actions: PlayerActions;
  readonly fps: number;
  readonly hasChapters: boolean;
  readonly hasCaptions: boolean;
  readonly showsCaptions: boolean;
  readonly isFullscreen: boolean;
}

/** Everything below the picture but the scrubber. */
export function Controls(props: ControlsProps) {
  const { playback, actions, fps, hasChapters, hasCaptions, showsCaptions, isFullscreen } = props;
  return (
    <div role="group" aria-label="Player" className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
      <span className="flex items-center gap-1">
        <Transport playback={playback} />
        <Timecode playback={playback} fps={fps} />
        <VolumeControl playback={playback} />
      </span>
      <span className="flex items-center">
        <SpeedMenu playback={playback} />
        {(hasChapters || playback.loop) && (
          <IconButton
            size="sm"
            label={playback.loop ? "Stop looping" : "Loop this scene"}
            shortcut={playback.loop ? "X" : "S"}
            pressed={playback.loop !== null}
            icon={<Repeat aria-hidden />}
            onClick={playback.loop ? () => playback.setLoop(null) : actions.loopScene}
          />
        )}
        {hasCaptions && actions.toggleCaptions && (
          <IconButton
            size="sm"
            label="Captions"
            shortcut="C"
            pressed={showsCaptions}
            icon={showsCaptions ? <Captions aria-hidden /> : <CaptionsOff aria-hidden />}
            onClick={actions.toggleCaptions}
          />
        )}
        <SafeAreaMenu {...props} />
        <KeyHelp />
        <IconButton
          size="sm"
          label={isFullscreen ? "Leave full screen" : "Full screen"}
          shortcut="F"
          icon={isFullscreen ? <Minimize aria-hidden /> : <Maximize aria-hidden />}
          onClick={actions.toggleFullscreen}
        />
      </span>
    </div>
  );
}
