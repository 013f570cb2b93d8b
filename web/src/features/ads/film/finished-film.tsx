import { Link } from "@tanstack/react-router";
import { useRef } from "react";

import type { JobDetail } from "@/api/types";
import { ASPECT_RATIOS, aspectLabel } from "@/components/frames/labels";
import { PURPOSES } from "@/components/frames/labels";
import { jobAspect, jobTitle } from "@/components/jobs/job-facts";
import { FilmPlayer, type FilmPlayerHandle } from "@/components/player/FilmPlayer";
import { buttonClass, KeyValue, Money } from "@/components/ui";
import { formatDuration, formatExact } from "@/lib/units";

import { Deliveries } from "./deliveries";
import { Preflight } from "./preflight";

const FPS = 30;

interface FinishedFilmProps {
  readonly job: JobDetail;
  readonly mayEdit: boolean;
  readonly videoUrl: string;
}

/** The film, what can be taken away of it, what was checked and what it cost. */
export function FinishedFilm({ job, mayEdit, videoUrl }: FinishedFilmProps) {
  const player = useRef<FilmPlayerHandle>(null);
  const captions = job.deliverables.find((file) => file.kind === "vtt");
  const poster = job.deliverables.find((file) => file.kind === "poster");
  const isTall = jobAspect(job) < 1;
  return (
    <div className="flex flex-wrap items-start gap-x-10 gap-y-8">
      <div className={isTall ? "w-full max-w-md min-w-0 flex-1 basis-80 max-md:mx-auto" : "min-w-0 flex-1 basis-120"}>
        <FilmPlayer
          ref={player}
          src={videoUrl}
          captionsSrc={captions?.url}
          poster={poster?.url}
          fps={job.brief?.technicalSpecs.fps ?? FPS}
          aspectRatio={job.aspectRatio ?? "9:16"}
          platform={job.brief?.technicalSpecs.platform}
          title={jobTitle(job)}
          chapters={job.storyboard.map((frame) => ({
            title: `${frame.scene} · ${frame.overlayText || PURPOSES[frame.purpose]}`,
            startS: frame.start,
            endS: frame.start + frame.duration,
          }))}
        />
      </div>
      <div className="flex min-w-0 flex-1 basis-80 flex-col gap-8">
        <Deliveries job={job} />
        <Preflight jobId={job.id} onSeek={(timeS) => player.current?.seek(timeS)} />
        <Costs job={job} />
        {mayEdit && <OtherFormats job={job} />}
      </div>
    </div>
  );
}

function Costs({ job }: { readonly job: JobDetail }) {
  const tookS = Object.values(job.timings).reduce((sum, each) => sum + each, 0);
  const items = [
    { label: "Estimated", value: <Money amountMicrousd={job.estimatedCostMicrousd} /> },
    { label: "Spent", value: <Money amountMicrousd={job.actualCostMicrousd} className="font-semibold" /> },
    { label: "Work took", value: formatDuration(tookS) },
  ];
  if (job.reservedCostMicrousd > 0) {
    items.push({ label: "Held back", value: <Money amountMicrousd={job.reservedCostMicrousd} /> });
  }
  if (job.completedAt !== null) items.push({ label: "Finished", value: <>{formatExact(new Date(job.completedAt))}</> });
  return (
    <section>
      <h2 className="mb-3 text-base">What it cost</h2>
      <KeyValue items={items} />
    </section>
  );
}

function OtherFormats({ job }: { readonly job: JobDetail }) {
  const others = ASPECT_RATIOS.filter((aspect) => aspect !== job.aspectRatio);
  return (
    <section>
      <h2 className="mb-1 text-base">Other formats</h2>
      <p className="mb-3 text-sm text-muted">Opens a new ad with this prompt and these pictures, laid out anew.</p>
      <div className="flex flex-wrap gap-2">
        {others.map((aspect) => (
          <Link key={aspect} to="/ads/new" search={{ from: job.id, aspect }} className={buttonClass()}>
            Make {aspectLabel(aspect)}
          </Link>
        ))}
      </div>
    </section>
  );
}
