import { useQuery } from "@tanstack/react-query";

import { assetQuery } from "@/api/assets";
import { mediumQuery } from "@/api/models";
import type { GeneratedMedium } from "@/api/types";
import { isMaking, mediumAspect, mediumTitle } from "@/components/media/generation";
import { MediumFrame } from "@/components/media/medium-frame";
import { type FileRef, fileRef } from "@/components/schema-form/values";
import { MediaFrame } from "@/components/ui/media-frame";

/** Of which file a film is made, while its shape is not known and none was asked for. */
function startOf({ type, width, inputs }: GeneratedMedium): FileRef | undefined {
  if (type !== "video" || width !== null || inputs.aspect_ratio !== undefined) return undefined;
  return Object.values(inputs)
    .map(fileRef)
    .find((file) => file !== undefined);
}

/** Width by height of the picture that a film is made of: what comes will have its shape. */
function useStartAspect(medium: GeneratedMedium): number | undefined {
  const start = startOf(medium);
  const [imageId, assetId] = [start?.imageId, start?.assetId];
  const image = useQuery({ ...mediumQuery("image", imageId ?? 0), enabled: imageId !== undefined }).data;
  const asset = useQuery({ ...assetQuery(assetId ?? ""), enabled: assetId !== undefined }).data;
  if (imageId !== undefined && image) return mediumAspect(image);
  return assetId !== undefined && asset?.type === "image" ? asset.width / asset.height : undefined;
}

export interface StageProps {
  readonly medium: GeneratedMedium;
  /** The height that it may take, so that all of it is seen at once. */
  readonly height?: string | undefined;
}

/** A medium at the size that the page has for it: never higher than its stage, never stretched. */
export function Stage({ medium, height = "min(70dvh, 52rem)" }: StageProps) {
  const expected = useStartAspect(medium);
  const aspect = expected ?? mediumAspect(medium);
  const alt = mediumTitle(medium);
  // What is not there and not coming needs no place: the words beside this say why.
  if (medium.url === null && !isMaking(medium.status)) return null;
  return (
    <div className="mx-auto w-full" style={{ maxWidth: `calc(${height} * ${aspect})` }}>
      {medium.type === "video" && medium.url !== null ? (
        <MediaFrame aspect={aspect} alt={alt}>
          <video
            key={medium.url}
            src={medium.url}
            poster={medium.thumbnailUrl ?? undefined}
            controls
            loop
            playsInline
            preload="metadata"
            aria-label={alt}
            className="absolute inset-0 size-full object-contain"
          />
        </MediaFrame>
      ) : (
        <MediumFrame medium={medium} aspect={aspect} full bare alt={alt} />
      )}
    </div>
  );
}
