import { Sparkles } from "lucide-react";

import type { MediumType } from "@/api/models";
import type { GeneratedMedium, Model } from "@/api/types";
import { isMaking, mediumHref, mediumTitle } from "@/components/media/generation";
import { GenerationStatusBadge } from "@/components/media/generation-status-badge";
import { MediumTile } from "@/components/media/medium-tile";
import { buttonClass } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Duration, Money } from "@/components/ui/numerals";

import { TYPE_PLURALS } from "./kinds";
import { Making } from "./making";
import { StateActions, UseActions } from "./medium-actions";
import { MediumFailure } from "./medium-failure";
import { Stage } from "./stage";

export interface ResultProps {
  readonly model: Model;
  readonly type: MediumType;
  readonly shown: GeneratedMedium | undefined;
  readonly latest: readonly GeneratedMedium[];
  readonly onShow: (medium: GeneratedMedium) => void;
}

function Nothing({ type }: { readonly type: MediumType }) {
  return (
    <div className="grid aspect-4/3 max-h-[60dvh] w-full place-content-center justify-items-center gap-2 rounded-card bg-media p-6 text-center">
      <Sparkles aria-hidden className="size-7 stroke-[1.5] text-faint" />
      <p className="text-base text-muted">Your {type} appears here.</p>
    </div>
  );
}

/** What it cost against what was said before, and how long it took. */
function Outcome({ medium }: { readonly medium: GeneratedMedium }) {
  const { estimatedCostMicrousd: estimate, actualCostMicrousd: actual, createdAt, finishedAt } = medium;
  if (medium.status !== "succeeded") return null;
  const tookS = finishedAt === null ? null : Math.max(0, (Date.parse(finishedAt) - Date.parse(createdAt)) / 1000);
  return (
    <p className="text-sm text-faint tabular">
      <Money amountMicrousd={actual} />
      {estimate !== null && estimate !== actual && (
        <>
          {" "}
          of <Money amountMicrousd={estimate} /> estimated
        </>
      )}
      {tookS !== null && (
        <>
          {" · "}
          <Duration durationS={tookS} />
        </>
      )}
    </p>
  );
}

function Shown({ medium }: { readonly medium: GeneratedMedium }) {
  return (
    <div className="flex flex-col gap-4">
      <Stage medium={medium} height="min(54dvh, 44rem)" />
      {isMaking(medium.status) && <Making medium={medium} />}
      <MediumFailure medium={medium} />
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-2">
        <GenerationStatusBadge status={medium.status} />
        <span dir="auto" className="line-clamp-1 min-w-0 flex-1 basis-40 text-sm text-muted">
          {mediumTitle(medium)}
        </span>
        <Outcome medium={medium} />
      </div>
      <div className="flex flex-wrap gap-2">
        <StateActions medium={medium} />
        <UseActions medium={medium} />
        <Link href={mediumHref(medium)} className={buttonClass({ variant: "ghost" })}>
          All details
        </Link>
      </div>
    </div>
  );
}

/** What the model made: one large, the last ones in a strip. */
export function Result({ model, type, shown, latest, onShow }: ResultProps) {
  return (
    <section aria-label="Result" className="flex min-w-0 flex-col gap-6">
      {shown ? <Shown key={shown.id} medium={shown} /> : <Nothing type={type} />}
      {latest.length > 1 && (
        <div>
          <div className="mb-2 flex items-baseline justify-between gap-3">
            <h2 className="text-sm">Last {TYPE_PLURALS[type]}</h2>
            <Link
              href={`/${TYPE_PLURALS[type]}?model=${encodeURIComponent(model.id)}`}
              className="text-sm text-accent underline-offset-2 hover:underline"
            >
              Show all
            </Link>
          </div>
          <ul className="flex gap-2 overflow-x-auto p-1 scroll-quiet">
            {latest.map((medium) => (
              <li key={medium.id} className="w-20 shrink-0">
                <MediumTile medium={medium} bare onOpen={onShow} pressed={medium.id === shown?.id} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
