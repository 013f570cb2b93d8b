import { BadgeCheck, Cpu } from "lucide-react";

import type { GeneratedMedium, Model } from "@/api/types";
import { modelHref } from "@/components/media/generation";
import { useHoverPlay } from "@/components/jobs/use-hover-play";
import { Badge } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { formatDuration } from "@/lib/units";

import { kindWords, priceWords } from "./kinds";
import { ModelCover } from "./model-cover";

/** Who runs it and whether the service itself stands behind it. */
export function ModelBadge({ model }: { readonly model: Pick<Model, "provider" | "isOfficial"> }) {
  if (model.provider === "gauntlet") return <Badge icon={<Cpu aria-hidden />}>Built in</Badge>;
  if (model.isOfficial) return <Badge icon={<BadgeCheck aria-hidden />}>Official</Badge>;
  return <Badge>Community</Badge>;
}

/** "about 12 s"; empty where nobody knows. */
export function usualTime(model: Pick<Model, "typicalTimeS">): string {
  return model.typicalTimeS === null ? "" : `about ${formatDuration(Math.max(0.1, model.typicalTimeS))}`;
}

export function ModelCard({ model, made }: { readonly model: Model; readonly made: GeneratedMedium | undefined }) {
  const { playing, handlers } = useHoverPlay();
  const owner = model.id.split("/")[0] ?? "";
  return (
    <article {...handlers} className="group relative flex min-w-0 flex-col gap-2.5">
      <ModelCover model={model.id} kind={model.kind} made={made} playing={playing} />
      <div className="min-w-0">
        <div className="flex min-w-0 items-center gap-2">
          <h2 className="min-w-0 flex-1 text-base leading-5.5">
            <Link
              href={modelHref(model.id)}
              className="block truncate outline-none after:absolute after:inset-0 after:rounded-card focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-ring"
            >
              <span title={model.id}>{model.title}</span>
            </Link>
          </h2>
          <ModelBadge model={model} />
        </div>
        <p className="truncate text-xs text-faint">
          {owner} · {kindWords(model.kind)}
        </p>
        <p className="mt-1 line-clamp-2 text-sm text-pretty text-muted wrap-anywhere">{model.description}</p>
        <p className="mt-1.5 text-xs text-muted tabular">
          {[priceWords(model.price), usualTime(model)].filter(Boolean).join(" · ")}
        </p>
      </div>
    </article>
  );
}
