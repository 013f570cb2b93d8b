import { chooseMusic } from "@/api/jobs";
import type { JobDetail } from "@/api/types";
import { aspectLabel, MOODS, PLATFORM_LABELS } from "@/components/frames/labels";
import { jobDurationS } from "@/components/jobs/job-facts";
import { KeyValue, type KeyValueItem, Money } from "@/components/ui";
import { formatDuration } from "@/lib/units";

import { ModelSelect } from "../desk/model-select";
import { useJobChange } from "../desk/mutations";
import { isEditable } from "../desk/steps";

interface FilmPanelProps {
  readonly job: JobDetail;
  readonly mayEdit: boolean;
}

function facts(job: JobDetail): KeyValueItem[] {
  const { brief } = job;
  const lengthS = jobDurationS(job);
  const items: KeyValueItem[] = [];
  if (lengthS !== null) items.push({ label: "Length", value: formatDuration(lengthS) });
  if (brief !== null) {
    const { technicalSpecs: specs, visualDirection: look } = brief;
    items.push(
      { label: "Format", value: aspectLabel(specs.aspectRatio) },
      { label: "Platform", value: PLATFORM_LABELS[specs.platform] },
      { label: "Mood", value: MOODS[look.mood] },
      {
        label: "Colours",
        value: (
          <Swatches
            colors={[look.palette.primary, look.palette.secondary, look.palette.accent, look.palette.background]}
          />
        ),
      },
    );
  }
  if (job.renderEstimateMicrousd !== null) {
    items.push({ label: "Rendering", value: <Money amountMicrousd={job.renderEstimateMicrousd} /> });
  }
  return items;
}

export function Swatches({ colors }: { readonly colors: readonly string[] }) {
  return (
    <span className="flex gap-1">
      {colors.map((color, index) => (
        <span
          key={`${index}-${color}`}
          title={color}
          className="size-4 rounded-full ring-1 ring-ink/15 ring-inset"
          style={{ backgroundColor: color }}
        >
          <span className="sr-only">{color}</span>
        </span>
      ))}
    </span>
  );
}

/** The film as a whole: its facts and its music. */
export function FilmPanel({ job, mayEdit }: FilmPanelProps) {
  const editable = mayEdit && isEditable(job.status);
  return (
    <div className="flex flex-col gap-6">
      <section>
        <h2 className="mb-3 text-base">Film</h2>
        <KeyValue items={facts(job)} />
      </section>
      <section className="flex flex-col gap-3">
        <h2 className="text-base">Music</h2>
        <Music job={job} editable={editable} />
      </section>
    </div>
  );
}

function Music({ job, editable }: { readonly job: JobDetail; readonly editable: boolean }) {
  const choose = useJobChange<string | null>(job.id, {
    call: (model) => chooseMusic(job.id, model === null ? null : { model }),
    failure: "The music stays as it was",
  });
  if (job.bed !== null) {
    return (
      <p className="text-sm wrap-anywhere">
        <span dir="auto" className="font-semibold">
          {job.bed.name}
        </span>
        <span className="text-muted"> · {formatDuration(job.bed.duration)} · your own track</span>
      </p>
    );
  }
  const audio = job.brief?.audioDirection;
  return (
    <>
      {audio && (
        <p className="text-sm text-muted">
          {[audio.genre, MOODS[audio.mood].toLowerCase(), `${Math.round(audio.tempoBpm)} bpm`].join(" · ")}
        </p>
      )}
      <ModelSelect
        label="Made by"
        kinds={["text-to-music"]}
        clientId={job.clientId}
        value={job.musicModel}
        builtIn="Gauntlet, synthesized"
        disabled={!editable || choose.isPending}
        onValueChange={(model) => choose.mutate(model)}
      />
    </>
  );
}
