import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { type BrandGuidelines, brandPreviewQuery } from "@/api/clients";
import { problemOf } from "@/api/problem";
import type { AspectRatio, Schemas } from "@/api/types";
import { Button, cx, MediaFrame, Segmented, StatusDot } from "@/components/ui";
import { useSettled } from "@/lib/hooks";
import { aspectNumber } from "@/lib/platforms";

import { seen } from "./guidelines";

const REST_MS = 350;
const WIDTH_PX = 480;
const ASPECTS: readonly AspectRatio[] = ["9:16", "4:5", "1:1", "16:9"];

type Part = Schemas["BrandTrial"]["part"];
const PARTS: readonly { readonly part: Part; readonly label: string }[] = [
  { part: "panel", label: "A scene" },
  { part: "end_card", label: "End card" },
];

interface DrawnProps {
  readonly clientId: string;
  readonly guidelines: BrandGuidelines;
  readonly aspect: AspectRatio;
  readonly part: Part;
  readonly label: string;
}

function Drawn({ clientId, guidelines, aspect, part, label }: DrawnProps) {
  const drawn = useQuery({
    ...brandPreviewQuery(clientId, { guidelines, part, aspectRatio: aspect, width: WIDTH_PX }),
    placeholderData: keepPreviousData,
  });
  const url = drawn.data;
  return (
    <figure className="min-w-0 flex-1">
      <MediaFrame
        aspect={aspectNumber(aspect)}
        alt=""
        state={url === undefined && drawn.isFetching ? "loading" : "ready"}
      >
        {url !== undefined && (
          <img
            src={url}
            alt={`${label} in this brand`}
            className={cx(
              "absolute inset-0 size-full object-contain transition-opacity duration-160",
              drawn.isPlaceholderData && "opacity-70",
            )}
          />
        )}
        {drawn.isError && url === undefined && (
          <span className="absolute inset-0 grid place-content-center justify-items-center gap-2 p-3 text-center text-xs text-muted">
            {problemOf(drawn.error).detail}
            <Button size="sm" onClick={() => void drawn.refetch()}>
              Try again
            </Button>
          </span>
        )}
      </MediaFrame>
      <figcaption className="mt-1.5 text-xs text-muted">{label}</figcaption>
    </figure>
  );
}

/** Scenes of an ad in these guidelines, drawn by what renders films, while they are written. */
export function BrandPreview({
  clientId,
  guidelines,
}: {
  readonly clientId: string;
  readonly guidelines: BrandGuidelines;
}) {
  const [aspect, setAspect] = useState<AspectRatio>("4:5");
  const wanted = JSON.stringify(seen(guidelines));
  const settled = useSettled(wanted, REST_MS);
  // Through its text, so that what looks the same is the same.
  const shown = JSON.parse(settled) as BrandGuidelines;
  const isWide = aspect === "16:9";
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-base font-semibold">Preview</h2>
        <Segmented
          label="Shape of the preview"
          value={aspect}
          onValueChange={setAspect}
          options={ASPECTS.map((value) => ({ value, label: value }))}
        />
      </div>
      <div className={cx("flex gap-3", isWide && "flex-col")}>
        {PARTS.map(({ part, label }) => (
          <Drawn key={part} clientId={clientId} guidelines={shown} aspect={aspect} part={part} label={label} />
        ))}
      </div>
      {wanted !== settled && <StatusDot tone="accent" live label="Drawing…" />}
      <p className="text-xs text-faint">
        Drawn by the renderer of the films. Words and objects are only examples; colours, type and logo are what ads
        get.
      </p>
    </div>
  );
}
