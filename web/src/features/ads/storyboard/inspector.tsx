import { ChevronLeft, ChevronRight, Play, X } from "lucide-react";
import { useState } from "react";

import { previewFilmUrl } from "@/api/jobs";
import type { FrameView, JobDetail } from "@/api/types";
import { FramePicture } from "@/components/frames/frame-picture";
import { PURPOSES } from "@/components/frames/labels";
import { waitingColor } from "@/components/frames/palette";
import { isWorking, jobAspect } from "@/components/jobs/job-facts";
import { Banner, Button, cx, IconButton } from "@/components/ui";
import { formatDuration } from "@/lib/units";

import { isApproved, isEditable } from "../desk/steps";
import { PictureSource } from "./picture-source";
import { RefineBox } from "./refine-box";
import { SceneActions } from "./scene-actions";
import { TimingEditor } from "./timing-editor";
import { WordsEditor } from "./words-editor";

export interface InspectorProps {
  readonly job: JobDetail;
  readonly frame: FrameView;
  readonly mayEdit: boolean;
  /** Where the focus goes when it opens. */
  readonly part: "refine" | null;
  readonly onOpen: (scene: number) => void;
  readonly onClose: () => void;
}

/** Everything about one scene, and all that can be changed of it. */
export function Inspector(props: InspectorProps) {
  const { job, frame, mayEdit, part } = props;
  const editable = mayEdit && isEditable(job.status);
  const edits = { job, frame, editable };
  return (
    <div className="flex flex-col gap-6">
      <Head {...props} />
      <ScenePreview job={job} frame={frame} />
      <Notice job={job} mayEdit={mayEdit} editable={editable} />
      <WordsEditor {...edits} />
      <RefineBox {...edits} focus={part === "refine"} />
      <PictureSource {...edits} />
      <TimingEditor {...edits} />
      {editable && <SceneActions job={job} frame={frame} onOpen={props.onOpen} />}
    </div>
  );
}

function Head({ job, frame, onOpen, onClose }: InspectorProps) {
  return (
    <header className="flex items-center gap-1">
      <h2 className="min-w-0 flex-1 text-base">
        <span className="in-[[role=dialog]]:hidden">Scene {frame.scene} · </span>
        <span className="font-medium text-faint tabular">
          {PURPOSES[frame.purpose]} · {formatDuration(frame.duration)}
        </span>
      </h2>
      <IconButton
        label="Previous scene"
        size="sm"
        icon={<ChevronLeft aria-hidden className="rtl:rotate-180" />}
        disabled={frame.scene === 1}
        onClick={() => onOpen(frame.scene - 1)}
      />
      <IconButton
        label="Next scene"
        size="sm"
        icon={<ChevronRight aria-hidden className="rtl:rotate-180" />}
        disabled={frame.scene === job.storyboard.length}
        onClick={() => onOpen(frame.scene + 1)}
      />
      <IconButton
        label="Close scene"
        size="sm"
        icon={<X aria-hidden />}
        onClick={onClose}
        className="max-[1099px]:hidden"
      />
    </header>
  );
}

function ScenePreview({ job, frame }: { readonly job: JobDetail; readonly frame: FrameView }) {
  const [playing, setPlaying] = useState(false);
  const aspect = jobAspect(job);
  const scene = job.brief?.scenes[frame.scene - 1];
  const canPlay = frame.imageUrl !== null && job.storyboardVersion !== null;
  return (
    <div className={cx("relative mx-auto w-full", aspect < 1 && "max-w-52")}>
      <FramePicture
        src={frame.imageUrl}
        alt={`Scene ${frame.scene}`}
        aspect={aspect}
        color={waitingColor(job.brief?.visualDirection.palette, frame.scene)}
        camera={scene?.cameraMovement}
        durationS={frame.duration}
        filmSrc={canPlay ? previewFilmUrl(job.id, job.storyboardVersion ?? 1, frame.scene) : undefined}
        playing={playing}
        stopped={!isWorking(job)}
        eager
      />
      {canPlay && (
        <span className="absolute start-2 bottom-2">
          <Button size="sm" icon={<Play aria-hidden />} aria-pressed={playing} onClick={() => setPlaying(!playing)}>
            {playing ? "Stop" : "Play scene"}
          </Button>
        </span>
      )}
    </div>
  );
}

interface NoticeProps {
  readonly job: JobDetail;
  readonly mayEdit: boolean;
  readonly editable: boolean;
}

function Notice({ job, mayEdit, editable }: NoticeProps) {
  if (!mayEdit) return <p className="text-sm text-faint">You may look at this ad. Editors of the client change it.</p>;
  if (!editable && isWorking(job)) return <p className="text-sm text-faint">Changes wait until the work is done.</p>;
  if (editable && isApproved(job))
    return <Banner tone="caution">A change makes a new version and voids the approval.</Banner>;
  return null;
}
