/** What is said of an asset in words: short for grids, in full for its detail. Pure. */
import type { AssetSort } from "@/api/assets";
import type { Asset, AssetType, Problem } from "@/api/types";
import type { KeyValueItem, ProblemWords } from "@/components/ui";
import { assertNever } from "@/lib/never";
import { formatCount, formatDuration, formatSize, plural } from "@/lib/units";

export const TYPE_LABELS: Record<AssetType, string> = {
  image: "Image",
  video: "Video",
  audio: "Audio",
  document: "Document",
};

export const TYPE_PLURALS: Record<AssetType, string> = {
  image: "Images",
  video: "Videos",
  audio: "Audio",
  document: "Documents",
};

export const SORT_LABELS: Record<AssetSort, string> = {
  newest: "Newest",
  oldest: "Oldest",
  name: "Name, A to Z",
  "-name": "Name, Z to A",
  size: "Smallest",
  "-size": "Largest",
  duration: "Shortest",
  "-duration": "Longest",
  updated: "Changed last",
};

/** Width by height, or null for what has no picture's shape. */
export function aspectOf(asset: Asset): number | null {
  switch (asset.type) {
    case "image":
    case "video":
      return asset.width > 0 && asset.height > 0 ? asset.width / asset.height : null;
    case "audio":
    case "document":
      return null;
    default:
      return assertNever(asset);
  }
}

/** The colour that stands in for a picture on its way. */
export function colourOf(asset: Asset): string | undefined {
  switch (asset.type) {
    case "image":
    case "video":
      return asset.dominantColours[0];
    case "audio":
    case "document":
      return undefined;
    default:
      return assertNever(asset);
  }
}

/** How long it is, in seconds, where it has a length. */
export function lengthOf(asset: Asset): number | null {
  switch (asset.type) {
    case "video":
    case "audio":
      return asset.duration;
    case "image":
    case "document":
      return null;
    default:
      return assertNever(asset);
  }
}

/** What measures it: pixels, a length, pages. */
export function measureOf(asset: Asset): string {
  switch (asset.type) {
    case "image":
    case "video":
      return `${asset.width} × ${asset.height}`;
    case "audio":
      return formatDuration(asset.duration);
    case "document":
      return pagesOf(asset.pageCount, asset.lineCount);
    default:
      return assertNever(asset);
  }
}

/** The quiet line below a name. */
export function metaOf(asset: Asset): string {
  return [asset.format.toUpperCase(), measureOf(asset), formatSize(asset.size)].filter(Boolean).join(" · ");
}

function pagesOf(pageCount: number | null, lineCount: number | null): string {
  if (pageCount !== null) return plural(pageCount, "page");
  return lineCount === null ? "" : plural(lineCount, "line");
}

function shapeOf(width: number, height: number): KeyValueItem {
  return { label: "Size", value: `${width} × ${height} px` };
}

/** All that is known of it because of its type. */
export function factsOf(asset: Asset): readonly KeyValueItem[] {
  switch (asset.type) {
    case "image":
      return [
        shapeOf(asset.width, asset.height),
        { label: "Transparency", value: asset.hasAlpha ? "Yes" : "No" },
        ...(asset.frames > 1 ? [{ label: "Frames", value: formatCount(asset.frames) }] : []),
      ];
    case "video":
      return [
        shapeOf(asset.width, asset.height),
        { label: "Length", value: formatDuration(asset.duration) },
        { label: "Frame rate", value: asset.frameRate === null ? "Not known" : `${round(asset.frameRate)} fps` },
        { label: "Picture", value: asset.videoCodec },
        { label: "Sound", value: asset.audioCodec ?? "None" },
      ];
    case "audio":
      return [
        { label: "Length", value: formatDuration(asset.duration) },
        { label: "Channels", value: channels(asset.channels) },
        { label: "Sample rate", value: `${round(asset.sampleRate / 1000)} kHz` },
        { label: "Codec", value: asset.codec },
      ];
    case "document":
      return [
        { label: "Length", value: pagesOf(asset.pageCount, asset.lineCount) || "Not known" },
        ...(asset.encrypted ? [{ label: "Protection", value: "Needs a password" }] : []),
      ];
    default:
      return assertNever(asset);
  }
}

function round(value: number): number {
  return Number(value.toFixed(2));
}

function channels(count: number): string {
  if (count === 1) return "Mono";
  return count === 2 ? "Stereo" : formatCount(count);
}

/** A problem as the states of the design system take it; what is not there looks as if it never was. */
export function wordsOf(problem: Problem): ProblemWords {
  if (problem.status === 404 || problem.status === 422) {
    return {
      title: "There is nothing at this address",
      detail: "It may have been deleted, or belong to a client that you are not a member of.",
    };
  }
  const { title, detail, nextStep, code } = problem;
  return { title, detail, nextStep: nextStep ?? undefined, code };
}
