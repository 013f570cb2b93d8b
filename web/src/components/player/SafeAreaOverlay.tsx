import { PLATFORM_LABELS, safeArea } from "@/lib/platforms";
import type { Aspect, PlatformName } from "@/lib/platforms";

export interface SafeAreaOverlayProps {
  readonly platform: PlatformName;
  readonly aspect: Aspect;
}

/** Shades what a platform covers with its own controls. Lies over a picture of that aspect. */
export function SafeAreaOverlay({ platform, aspect }: SafeAreaOverlayProps) {
  const area = safeArea(platform, aspect);
  const percent = (part: number): string => `${part * 100}%`;
  const inset = [area.top, area.right, area.bottom, area.left].map(percent).join(" ");
  return (
    <div aria-hidden className="pointer-events-none absolute inset-0 overflow-hidden">
      <div
        className="absolute border border-dashed border-white/90 shadow-[0_0_0_100vmax_rgb(8_10_14/0.5)]"
        style={{ inset }}
      >
        <span className="absolute bottom-1 left-1 rounded-xs bg-scrim px-1 text-xs leading-4 font-semibold text-white">
          {PLATFORM_LABELS[platform]}
        </span>
      </div>
    </div>
  );
}
