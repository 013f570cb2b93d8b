import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { storyboardFilmQuery } from "@/api/jobs";
import { problemOf } from "@/api/problem";
import type { JobDetail, Schemas } from "@/api/types";
import { PURPOSES } from "@/components/frames/labels";
import { jobAspect } from "@/components/jobs/job-facts";
import { Badge, Banner, Dialog, MediaFrame, RelativeTime, Select, Skeleton } from "@/components/ui";
import { formatDuration } from "@/lib/units";

type Version = Schemas["StoryboardVersion"];

interface CompareDialogProps {
  readonly job: JobDetail;
  /** Newest first. */
  readonly versions: readonly Version[];
  readonly initial: number;
  readonly onClose: () => void;
}

/** Two versions of a storyboard, scene beside scene. */
export function CompareDialog({ job, versions, initial, onClose }: CompareDialogProps) {
  const present = versions[0]?.version ?? initial;
  const [left, setLeft] = useState(initial === present ? Math.max(1, present - 1) : initial);
  const [right, setRight] = useState(present);
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title="Compare versions"
      size="xl"
    >
      <div className="grid grid-cols-2 gap-6 pb-4">
        <Side job={job} versions={versions} value={left} onValueChange={setLeft} label="Version at the left" />
        <Side job={job} versions={versions} value={right} onValueChange={setRight} label="Version at the right" />
      </div>
    </Dialog>
  );
}

interface SideProps {
  readonly job: JobDetail;
  readonly versions: readonly Version[];
  readonly value: number;
  readonly onValueChange: (version: number) => void;
  readonly label: string;
}

function Side({ job, versions, value, onValueChange, label }: SideProps) {
  const chosen = versions.find((version) => version.version === value);
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <Select
        label={label}
        value={value}
        onValueChange={onValueChange}
        options={versions.map((version) => ({
          value: version.version,
          label: `Version ${version.version}`,
          description: version.change,
        }))}
      />
      {chosen && (
        <p className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
          <span dir="auto" className="wrap-anywhere">
            {chosen.change}
          </span>
          <RelativeTime at={chosen.createdAt} className="text-faint" />
          {chosen.approved && <Badge tone="positive">Approved</Badge>}
        </p>
      )}
      <Scenes job={job} version={value} />
    </div>
  );
}

function Scenes({ job, version }: { readonly job: JobDetail; readonly version: number }) {
  const film = useQuery(storyboardFilmQuery(job.id, version));
  if (film.isError) return <Banner tone="critical">{problemOf(film.error).detail}</Banner>;
  if (!film.data) return <Skeleton shape="media" aspect={jobAspect(job)} className="max-w-40" />;
  const { fps, width, height, tracks } = film.data;
  return (
    <ol className="flex flex-col gap-4">
      {tracks.picture.map((clip) => (
        <li key={clip.scene} className="flex min-w-0 flex-wrap gap-3">
          <div className="w-24 shrink-0">
            <MediaFrame
              aspect={width / height}
              src={`/api/v2/jobs/${job.id}/storyboard/${version}/frames/${clip.scene}`}
              alt=""
              color={film.data.palette.background}
            />
          </div>
          <div className="min-w-0 flex-1 basis-32 text-sm">
            <p className="text-xs text-faint tabular">
              {clip.scene} · {PURPOSES[clip.purpose]} · {formatDuration(clip.frames / fps)}
            </p>
            <p dir="auto" className="mt-0.5 font-semibold wrap-anywhere">
              {clip.words.headline || <span className="font-medium text-faint">No words</span>}
            </p>
            <p dir="auto" className="text-muted wrap-anywhere">
              {clip.words.supporting}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}
