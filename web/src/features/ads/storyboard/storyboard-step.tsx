import { Link, useNavigate } from "@tanstack/react-router";
import { getRouteApi } from "@tanstack/react-router";
import { Film } from "lucide-react";
import { useState } from "react";

import { reorderJob } from "@/api/jobs";
import type { JobDetail } from "@/api/types";
import { isWorking, jobDurationS } from "@/components/jobs/job-facts";
import { JobProgress } from "@/components/jobs/job-progress";
import { buttonClass, Drawer, VisuallyHidden } from "@/components/ui";
import { useMedia } from "@/lib/hooks";
import { formatDuration, plural } from "@/lib/units";

import { useJobChange } from "../desk/mutations";
import { isApproved, isEditable } from "../desk/steps";
import { FilmPanel } from "./film-panel";
import { FrameGrid } from "./frame-grid";
import { Inspector } from "./inspector";
import { reordered } from "./order";
import { VersionLine } from "./version-line";

const route = getRouteApi("/studio/ads/$jobId");

interface StoryboardStepProps {
  readonly job: JobDetail;
  readonly mayEdit: boolean;
}

/** The frames in reading order, an inspector beside them, and the history above. */
export function StoryboardStep({ job, mayEdit }: StoryboardStepProps) {
  const { scene } = route.useSearch();
  const navigate = useNavigate();
  const isWide = useMedia("(min-width: 1100px)");
  const [part, setPart] = useState<"refine" | null>(null);
  const editable = mayEdit && isEditable(job.status);
  const reorder = useJobChange<number[]>(job.id, {
    call: (order) => reorderJob(job.id, order),
    optimistic: (was, order) => ({ ...was, storyboard: reordered(was.storyboard, order) }),
    failure: "The scenes stay in their order",
  });
  const open = (next: number | undefined, wanted?: "refine"): void => {
    setPart(wanted ?? null);
    void navigate({
      to: "/ads/$jobId",
      params: { jobId: job.id },
      search: { step: "storyboard", scene: next },
      replace: true,
      resetScroll: false,
    });
  };
  const frame = job.storyboard.find((each) => each.scene === scene);
  const inspector = frame && (
    <Inspector
      key={`${frame.scene}`}
      job={job}
      frame={frame}
      mayEdit={mayEdit}
      part={part}
      onOpen={(next) => open(next)}
      onClose={() => open(undefined)}
    />
  );
  return (
    <div className="flex flex-col gap-5">
      <StoryboardBar job={job} mayEdit={mayEdit} />
      {isWorking(job) && job.phase === "storyboard" && <JobProgress job={job} className="max-w-xl" />}
      <div className="flex items-start gap-8">
        <div className="min-w-0 flex-1">
          <FrameGrid
            job={job}
            editable={editable}
            selected={scene}
            onOpen={open}
            onReorder={(order) => reorder.mutate(order)}
          />
          <p className="mt-6 text-xs text-faint pointer-coarse:hidden">
            Arrow keys move · Enter opens · R refines · Alt with an arrow moves a scene
          </p>
        </div>
        {isWide && job.storyboard.length > 0 && (
          <aside
            aria-label={frame ? `Scene ${frame.scene}` : "Film"}
            className="sticky top-[calc(var(--shell-top)+1rem)] max-h-[calc(100dvh-var(--shell-top)-2rem)] w-88 shrink-0 overflow-y-auto rounded-card bg-surface p-4 scroll-quiet"
          >
            {inspector ?? <FilmPanel job={job} mayEdit={mayEdit} />}
          </aside>
        )}
      </div>
      {!isWide && (
        <>
          {job.storyboard.length > 0 && (
            <section aria-label="Film" className="rounded-card bg-surface p-4">
              <FilmPanel job={job} mayEdit={mayEdit} />
            </section>
          )}
          <Drawer
            open={inspector !== undefined}
            onOpenChange={(isOpen) => {
              if (!isOpen) open(undefined);
            }}
            title={frame ? `Scene ${frame.scene} of ${job.storyboard.length}` : ""}
          >
            {inspector}
          </Drawer>
        </>
      )}
    </div>
  );
}

function StoryboardBar({ job, mayEdit }: StoryboardStepProps) {
  const lengthS = jobDurationS(job);
  const drawn = job.storyboard.filter((frame) => frame.imageUrl !== null).length;
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
      <p className="text-sm text-muted tabular" aria-live="polite">
        {job.storyboard.length > 0 && lengthS !== null
          ? `${plural(job.storyboard.length, "scene")} · ${formatDuration(lengthS)}`
          : "No scenes yet"}
        {isWorking(job) && job.storyboard.length > 0 && <VisuallyHidden>{` · ${drawn} drawn`}</VisuallyHidden>}
      </p>
      {job.storyboardVersion !== null && <VersionLine job={job} />}
      {job.storyboardVersion !== null && (
        <div className="ms-auto flex flex-wrap gap-2">
          <Link to="/ads/$jobId/timeline" params={{ jobId: job.id }} className={buttonClass()}>
            <Film aria-hidden /> Timeline
          </Link>
          <NextStep job={job} mayEdit={mayEdit} />
        </div>
      )}
    </div>
  );
}

function NextStep({ job, mayEdit }: StoryboardStepProps) {
  if (job.status !== "storyboard_ready" && job.status !== "completed") return null;
  const toFilm = isApproved(job);
  const words = toFilm ? "Go to film" : mayEdit ? "Review and approve" : "Review";
  return (
    <Link
      to="/ads/$jobId"
      params={{ jobId: job.id }}
      search={{ step: toFilm ? "film" : "approval" }}
      className={buttonClass({ variant: "primary" })}
    >
      {words}
    </Link>
  );
}
