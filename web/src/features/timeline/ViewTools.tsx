import { Magnet, Maximize2, Repeat, ZoomIn, ZoomOut } from "lucide-react";

import { SafeAreaMenu, Timecode, Transport } from "@/components/player/Controls";
import type { Transporting } from "@/components/player/use-playback";
import { IconButton } from "@/components/ui/button";
import { Switch } from "@/components/ui/checkbox";
import type { PlatformName } from "@/lib/platforms";

import type { TracksView } from "./tracks/use-view";
import type { Desk } from "./use-desk";
import { toggleLoop, ZOOM } from "./use-desk-keys";

interface ViewToolsProps {
  readonly desk: Desk;
  readonly view: TracksView;
  readonly transport: Transporting;
  readonly platform: PlatformName | null;
  readonly onPlatformChange: (platform: PlatformName | null) => void;
}

/** Between picture and tracks: how one cuts, playing, and how close one looks. */
export function ViewTools({ desk, view, transport, platform, onPlatformChange }: ViewToolsProps) {
  return (
    <div
      role="group"
      aria-label="Timeline tools"
      className="grid grid-cols-[1fr_auto_1fr] items-center gap-3 border-t border-line px-4 py-1.5"
    >
      <span className="flex min-w-0 items-center gap-2">
        <Switch
          label="Keep film length"
          checked={desk.keepTotal}
          onCheckedChange={desk.setKeepTotal}
          disabled={desk.locked !== null}
        />
        <IconButton
          size="sm"
          label="Snap to beats and edges"
          pressed={desk.isSnapping}
          icon={<Magnet aria-hidden />}
          onClick={() => desk.setSnapping(!desk.isSnapping)}
        />
      </span>
      <span className="flex items-center gap-1">
        <Transport playback={transport} />
        <Timecode playback={transport} fps={desk.film.fps} />
      </span>
      <span className="flex items-center justify-end">
        <IconButton
          size="sm"
          label={transport.loop ? "Stop looping" : "Loop the scene"}
          shortcut="S"
          pressed={transport.loop !== null}
          disabled={transport.loop === null && desk.selected === undefined}
          icon={<Repeat aria-hidden />}
          onClick={() => toggleLoop(desk, transport)}
        />
        <SafeAreaMenu platform={platform} onPlatformChange={onPlatformChange} madeFor={desk.film.platform} />
        <IconButton
          size="sm"
          label="Zoom out"
          shortcut="-"
          icon={<ZoomOut aria-hidden />}
          onClick={() => view.zoom(1 / ZOOM, desk.frames.get())}
        />
        <IconButton
          size="sm"
          label="Zoom in"
          shortcut="+"
          icon={<ZoomIn aria-hidden />}
          onClick={() => view.zoom(ZOOM, desk.frames.get())}
        />
        <IconButton
          size="sm"
          label="Show the whole film"
          shortcut="0"
          icon={<Maximize2 aria-hidden />}
          disabled={view.isFitted}
          onClick={view.fit}
        />
      </span>
    </div>
  );
}
