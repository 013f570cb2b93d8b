import { Ban, Check, Pause } from "lucide-react";
import { useState } from "react";

import { cancelJob, pauseJob } from "@/api/jobs";
import type { JobDetail, Schemas } from "@/api/types";
import { FramePicture } from "@/components/frames/frame-picture";
import { waitingColor } from "@/components/frames/palette";
import { isWorking, jobAspect } from "@/components/jobs/job-facts";
import { JobProgress } from "@/components/jobs/job-progress";
import { Button, ConfirmDialog, MediaLabel, Progress } from "@/components/ui";
import { formatDuration } from "@/lib/units";

import { useJobChange } from "../desk/mutations";
import { gridClass } from "../storyboard/frame-grid";

type Stage = Schemas["Stage"];

const STAGES: readonly { stage: Stage; label: string }[] = [
  { stage: "render", label: "Pictures" },
  { stage: "sound", label: "Sound" },
  { stage: "encode", label: "Film file" },
];

interface RenderProgressProps {
  readonly job: JobDetail;
  readonly mayEdit: boolean;
}

/** The film while it is rendered, or where that stopped: by stage, by scene, with the time left. */
export function RenderProgress({ job, mayEdit }: RenderProgressProps) {
  const working = isWorking(job);
  return (
    <div className="flex flex-col gap-6">
      <section aria-label="Rendering" className="flex flex-col gap-5 rounded-card bg-surface p-4 sm:p-6">
        <div className="flex flex-wrap items-center gap-4">
          <JobProgress job={job} className="min-w-60 flex-1" />
          {working && mayEdit && <Controls job={job} />}
        </div>
        <ul className="grid gap-x-8 gap-y-3 sm:grid-cols-3">
          {STAGES.map(({ stage, label }) => (
            <StageBar key={stage} label={label} share={job.progress.stages[stage] ?? 0} tookS={job.timings[stage]} />
          ))}
        </ul>
      </section>
      <Shots job={job} />
    </div>
  );
}

function Controls({ job }: { readonly job: JobDetail }) {
  const [isAsking, setAsking] = useState(false);
  const pause = useJobChange(job.id, { call: () => pauseJob(job.id), failure: "The render was not paused" });
  const cancel = useJobChange(job.id, {
    call: () => cancelJob(job.id),
    failure: "The render was not canceled",
    onDone: () => setAsking(false),
  });
  return (
    <div className="flex gap-2">
      <Button icon={<Pause aria-hidden />} busy={pause.isPending} onClick={() => pause.mutate()}>
        Pause
      </Button>
      <Button icon={<Ban aria-hidden />} onClick={() => setAsking(true)}>
        Cancel
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title="Cancel this ad?"
        description="A canceled ad cannot go on. Pause it instead to continue later from where it is."
        verb="Cancel ad"
        cancelLabel="Keep rendering"
        danger
        busy={cancel.isPending}
        onConfirm={() => cancel.mutate()}
      />
    </div>
  );
}

interface StageBarProps {
  readonly label: string;
  readonly share: number;
  readonly tookS: number | undefined;
}

function StageBar({ label, share, tookS }: StageBarProps) {
  const isDone = share >= 1;
  return (
    <li className="min-w-0">
      <p className="mb-1.5 flex items-center justify-between text-sm">
        <span className="flex items-center gap-1.5 font-semibold">
          {label}
          {isDone && <Check aria-hidden className="size-3.5 text-positive" />}
        </span>
        <span className="text-faint tabular">
          {isDone && tookS !== undefined ? `done in ${formatDuration(tookS)}` : `${Math.floor(share * 100)} %`}
        </span>
      </p>
      <Progress value={share} label={label} tone={isDone ? "positive" : "accent"} />
    </li>
  );
}

function Shots({ job }: { readonly job: JobDetail }) {
  const aspect = jobAspect(job);
  return (
    <ol aria-label="Scenes" className={gridClass(aspect)}>
      {job.storyboard.map((frame) => {
        const shot = job.progress.shots.find((each) => each.scene === frame.scene);
        const share = shot === undefined ? 0 : shot.framesDone / shot.framesTotal;
        const isDone = share >= 1;
        return (
          <li key={frame.scene} className="min-w-0">
            <div className="relative">
              {isDone ? (
                <video
                  src={`/api/v2/jobs/${job.id}/shots/${frame.scene}/video`}
                  poster={frame.imageUrl ?? undefined}
                  controls
                  muted
                  playsInline
                  preload="none"
                  aria-label={`Scene ${frame.scene}, rendered`}
                  className="w-full rounded-card bg-media"
                  style={{ aspectRatio: aspect }}
                />
              ) : (
                <FramePicture
                  src={frame.imageUrl}
                  alt={`Scene ${frame.scene}`}
                  aspect={aspect}
                  color={waitingColor(job.brief?.visualDirection.palette, frame.scene)}
                  className="opacity-60"
                />
              )}
              <span className="pointer-events-none absolute start-1.5 bottom-1.5 flex">
                <MediaLabel>{frame.scene}</MediaLabel>
              </span>
            </div>
            <Progress
              value={share}
              label={`Scene ${frame.scene}`}
              tone={isDone ? "positive" : "accent"}
              className="mt-2"
            />
          </li>
        );
      })}
    </ol>
  );
}
