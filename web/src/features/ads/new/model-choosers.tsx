import { ChevronRight } from "lucide-react";

import { Field, Segmented } from "@/components/ui";

import { ModelSelect } from "../desk/model-select";
import type { MediaModels } from "./draft";

interface ModelChoosersProps {
  readonly draft: MediaModels;
  readonly clientId: string;
  readonly change: (change: Partial<MediaModels>) => void;
  /** There is a brief already: nobody plans one. */
  readonly planned?: boolean | undefined;
}

/** Who makes what; folded away, since everything works without a decision. */
export function ModelChoosers({ draft, clientId, change, planned = false }: ModelChoosersProps) {
  const chosen = [draft.imageModel, draft.motionModel, draft.musicModel].filter((model) => model !== null).length;
  return (
    <details className="group" open={chosen > 0 || undefined}>
      <summary className="flex w-fit list-none items-center gap-1.5 rounded-control py-1 text-sm font-semibold">
        <ChevronRight aria-hidden className="size-4 text-faint transition-transform group-open:rotate-90" />
        Models
        <span className="font-medium text-faint">{chosen === 0 ? "built in" : `${chosen} hosted`}</span>
      </summary>
      <div className="mt-3 grid gap-4 sm:grid-cols-2">
        {!planned && <Planner draft={draft} change={change} />}
        <ModelSelect
          label="Pictures"
          kinds={["text-to-image"]}
          clientId={clientId}
          value={draft.imageModel}
          builtIn="Your pictures, or drawn by Gauntlet"
          onValueChange={(imageModel) => change({ imageModel })}
        />
        <ModelSelect
          label="Motion"
          kinds={["image-to-video", "text-to-video"]}
          clientId={clientId}
          value={draft.motionModel}
          builtIn="Camera moves by Gauntlet"
          onValueChange={(motionModel) => change({ motionModel })}
        />
        <ModelSelect
          label="Music"
          kinds={["text-to-music"]}
          clientId={clientId}
          value={draft.musicModel}
          builtIn="Gauntlet, synthesized"
          onValueChange={(musicModel) => change({ musicModel })}
        />
      </div>
    </details>
  );
}

function Planner({ draft, change }: Pick<ModelChoosersProps, "draft" | "change">) {
  return (
    <Field label="Brief" hint="Hosted asks the language models there are keys for, then the built-in planner.">
      <Segmented
        label="Who plans the brief"
        value={draft.briefBy}
        onValueChange={(briefBy) => change({ briefBy })}
        options={[
          { value: "hosted", label: "Hosted first" },
          { value: "built_in", label: "Built in" },
        ]}
      />
    </Field>
  );
}
