import { Link } from "@tanstack/react-router";
import { Clapperboard } from "lucide-react";
import { lazy, Suspense } from "react";

import { previewFilmUrl, renderJob } from "@/api/jobs";
import type { JobDetail } from "@/api/types";
import { jobAspect, jobDurationS } from "@/components/jobs/job-facts";
import { Button, buttonClass, EmptyState, Skeleton } from "@/components/ui";
import { formatDuration, formatMoney, plural } from "@/lib/units";

import { useJobChange } from "../desk/mutations";
import { isApproved } from "../desk/steps";
import { RenderProgress } from "./render-progress";

const FinishedFilm = lazy(() => import("./finished-film").then((module) => ({ default: module.FinishedFilm })));

interface FilmStepProps {
  readonly job: JobDetail;
  readonly mayEdit: boolean;
}

/** From the approved storyboard to the film: render, follow, look, take away. */
export function FilmStep({ job, mayEdit }: FilmStepProps) {
  if (job.status === "completed" && job.videoUrl !== null) {
    return (
      <Suspense fallback={<Skeleton shape="media" aspect={jobAspect(job)} className="mx-auto max-w-sm" />}>
        <FinishedFilm job={job} mayEdit={mayEdit} videoUrl={job.videoUrl} />
      </Suspense>
    );
  }
  const isStopped = ["failed", "paused", "canceled"].includes(job.status) && job.phase === "render";
  if (job.status === "rendering" || isStopped) return <RenderProgress job={job} mayEdit={mayEdit} />;
  if (job.status === "storyboard_ready" && isApproved(job)) return <ReadyToRender job={job} mayEdit={mayEdit} />;
  return (
    <EmptyState
      title="The film waits for an approval"
      illustration={<Clapperboard aria-hidden />}
      action={
        <Link
          to="/ads/$jobId"
          params={{ jobId: job.id }}
          search={{ step: "approval" }}
          className={buttonClass({ variant: "primary" })}
        >
          Go to approval
        </Link>
      }
    >
      A render starts only from an approval of exactly the storyboard that it renders.
    </EmptyState>
  );
}

function ReadyToRender({ job, mayEdit }: FilmStepProps) {
  const render = useJobChange(job.id, { call: () => renderJob(job.id), failure: "Rendering did not start" });
  const version = job.storyboardVersion ?? 1;
  const lengthS = jobDurationS(job);
  const aspect = jobAspect(job);
  const isTall = aspect < 1;
  return (
    <section
      className={
        isTall ? "mx-auto flex max-w-3xl flex-wrap items-center gap-8" : "mx-auto flex max-w-3xl flex-col gap-6"
      }
    >
      <video
        src={previewFilmUrl(job.id, version)}
        poster={job.storyboard[0]?.imageUrl ?? undefined}
        controls
        playsInline
        preload="none"
        aria-label={`Small preview of version ${version}`}
        className="rounded-card bg-media"
        style={{ aspectRatio: aspect, width: isTall ? "min(18rem, 100%)" : `min(100%, 50dvh * ${aspect})` }}
      />
      <div className="flex min-w-0 flex-1 basis-72 flex-col items-start gap-3">
        <h2 className="text-lg">Version {version} is approved</h2>
        <p className="text-base text-muted">
          {plural(job.storyboard.length, "scene")}
          {lengthS !== null && `, ${formatDuration(lengthS)}`}, with type, music and captions. The small preview shows
          what will be rendered at full size.
        </p>
        {job.unknownPrices.length > 0 && (
          <p className="text-sm text-caution">The price of {job.unknownPrices.join(", ")} is not known.</p>
        )}
        {mayEdit ? (
          <Button
            variant="primary"
            size="lg"
            icon={<Clapperboard aria-hidden />}
            busy={render.isPending}
            onClick={() => render.mutate()}
          >
            {`Render film · ${formatMoney(job.renderEstimateMicrousd ?? 0)}`}
          </Button>
        ) : (
          <p className="text-sm text-faint">Editors of the client render it.</p>
        )}
      </div>
    </section>
  );
}
