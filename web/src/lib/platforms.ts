/** Where platforms draw their own controls over a film: data with its date and source, as the compositor keeps it. */

export const PLATFORMS = ["tiktok", "instagram", "youtube", "facebook"] as const;
export type PlatformName = (typeof PLATFORMS)[number];
export type Aspect = "9:16" | "4:5" | "1:1" | "16:9";

export const PLATFORM_LABELS: Record<PlatformName, string> = {
  tiktok: "TikTok",
  instagram: "Instagram",
  youtube: "YouTube",
  facebook: "Facebook",
};

/** Margins as fractions of the picture; what must be read or recognised stays inside of them. */
export interface SafeArea {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
  readonly source: string;
  readonly asOf: string;
}

const AS_OF = "2026-11-01";
const AD_TOOLS = "safe-zone charts published by ad-tool vendors, strictest taken";

const REELS: SafeArea = { top: 0.14, right: 0.06, bottom: 0.35, left: 0.06, source: AD_TOOLS, asOf: AS_OF };

const VERTICAL: Record<PlatformName, SafeArea> = {
  tiktok: { top: 150 / 1920, right: 150 / 1080, bottom: 440 / 1920, left: 60 / 1080, source: AD_TOOLS, asOf: AS_OF },
  instagram: REELS,
  youtube: REELS,
  facebook: REELS,
};

const TITLE_SAFE: SafeArea = {
  top: 0.06,
  right: 0.06,
  bottom: 0.08,
  left: 0.06,
  source: "5 % title-safe margin, broadcast practice",
  asOf: AS_OF,
};

/** The margins of a platform for a film of that aspect. */
export function safeArea(platform: PlatformName, aspect: Aspect): SafeArea {
  return aspect === "9:16" ? VERTICAL[platform] : TITLE_SAFE;
}

/** Width by height of an aspect: "9:16" is 0.5625. */
export function aspectNumber(aspect: Aspect): number {
  const [width = 1, height = 1] = aspect.split(":").map(Number);
  return width / height;
}
