import { useQuery } from "@tanstack/react-query";
import { Images, RotateCw, Sparkles } from "lucide-react";
import { useState } from "react";

import { assetQuery } from "@/api/assets";
import { chooseSceneModels, replaceFrame } from "@/api/jobs";
import type { FrameView, Schemas } from "@/api/types";
import { AssetPicker } from "@/components/assets/asset-picker";
import { Button } from "@/components/ui";
import { assertNever } from "@/lib/never";

import { ModelSelect } from "../desk/model-select";
import { useJobChange } from "../desk/mutations";
import { GeneratedPicker } from "./generated-picker";
import type { SceneEditorProps } from "./words-editor";

type Source = Omit<Schemas["Replacement"], "scene">;

/** What the scene shows and who makes it: another picture, another model, another motion. */
export function PictureSource({ job, frame, editable }: SceneEditorProps) {
  const [open, setOpen] = useState<"library" | "generated" | null>(null);
  const replace = useJobChange<Source>(job.id, {
    call: (source) => replaceFrame(job.id, { scene: frame.scene, ...source }),
    failure: "The picture stays as it was",
    onDone: () => setOpen(null),
  });
  const models = useJobChange<Schemas["SceneModels"]>(job.id, {
    call: (chosen) => chooseSceneModels(job.id, frame.scene, chosen),
    failure: "The model stays as it was",
  });
  const busy = replace.isPending || models.isPending;
  // A model may be what stopped the ad; another one lets it go on.
  const choosable = editable || job.status === "failed" || job.status === "paused";
  return (
    <section className="flex flex-col gap-3">
      <h3 className="text-sm">Picture</h3>
      <SourceWords frame={frame} />
      {editable && (
        <div className="flex flex-wrap gap-2">
          <Button size="sm" icon={<Images aria-hidden />} disabled={busy} onClick={() => setOpen("library")}>
            Replace from library
          </Button>
          <Button size="sm" icon={<Sparkles aria-hidden />} disabled={busy} onClick={() => setOpen("generated")}>
            Use a generated one
          </Button>
          {frame.imageModel !== null && (
            <Button
              size="sm"
              icon={<RotateCw aria-hidden />}
              busy={models.isPending}
              onClick={() => models.mutate({ image: { model: frame.imageModel ?? "" } })}
            >
              Another take
            </Button>
          )}
        </div>
      )}
      <ModelSelect
        label="Picture made by"
        kinds={["text-to-image"]}
        clientId={job.clientId}
        value={frame.imageModel}
        builtIn="Your pictures, or drawn by Gauntlet"
        disabled={!choosable || busy}
        onValueChange={(model) => models.mutate({ image: model === null ? null : { model } })}
      />
      <ModelSelect
        label="Motion made by"
        kinds={["image-to-video", "text-to-video"]}
        clientId={job.clientId}
        value={frame.motionModel}
        builtIn="Camera move by Gauntlet"
        disabled={!choosable || busy}
        onValueChange={(model) => models.mutate({ motion: model === null ? null : { model } })}
      />
      <AssetPicker
        open={open === "library"}
        onOpenChange={(isOpen) => setOpen(isOpen ? "library" : null)}
        clientId={job.clientId}
        campaignId={job.campaignId ?? undefined}
        types={["image", "video"]}
        title={`Replace scene ${frame.scene}`}
        onPick={(assets) => {
          const asset = assets[0];
          if (asset) replace.mutate({ assetId: asset.id });
        }}
      />
      {open === "generated" && (
        <GeneratedPicker
          clientId={job.clientId}
          scene={frame.scene}
          busy={replace.isPending}
          onClose={() => setOpen(null)}
          onPick={(imageId) => replace.mutate({ imageId })}
        />
      )}
    </section>
  );
}

function SourceWords({ frame }: { readonly frame: FrameView }) {
  const asset = useQuery({ ...assetQuery(frame.assetId ?? ""), enabled: frame.assetId !== null });
  return (
    <p dir="auto" className="text-sm text-muted wrap-anywhere">
      {sourceWords(frame, asset.data?.name)}
    </p>
  );
}

function sourceWords(frame: FrameView, assetName: string | undefined): string {
  switch (frame.source) {
    case "asset":
      return `${frame.moves ? "Footage" : "Picture"} from the library${assetName === undefined ? "" : `: ${assetName}`}`;
    case "panel":
      return "Drawn by Gauntlet in the brand's colours";
    case "generated":
      return frame.isAwaited
        ? `Being made by ${frame.imageModel ?? "a model"}`
        : `Made by ${frame.imageModel ?? "a model"}${frame.imageId === null ? "" : `, image ${frame.imageId}`}`;
    default:
      return assertNever(frame.source);
  }
}
