import type { ReactNode } from "react";

import type { JobDetail } from "@/api/types";
import { FrameStrip } from "@/components/frames/frame-strip";
import { aspectLabel, PLATFORM_LABELS, PURPOSES } from "@/components/frames/labels";
import { jobAspect, jobDurationS } from "@/components/jobs/job-facts";
import { Badge, KeyValue, type KeyValueItem, Money } from "@/components/ui";
import { formatDuration, plural } from "@/lib/units";

interface ApprovalCardProps {
  readonly job: JobDetail;
  readonly marked: ReadonlySet<number>;
  /** Who approved it, or the way to. */
  readonly children: ReactNode;
}

/** What is approved: pictures, words, length, shape, version, and what follows it costs. */
export function ApprovalCard({ job, marked, children }: ApprovalCardProps) {
  return (
    <section aria-label="What is approved" className="flex flex-col gap-6 rounded-card bg-surface p-4 sm:p-6">
      <header className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-lg">Version {job.storyboardVersion}</h2>
        <p className="text-sm text-muted tabular">{summary(job)}</p>
      </header>
      <FrameStrip
        frames={job.storyboard}
        aspect={jobAspect(job)}
        palette={job.brief?.visualDirection.palette}
        marked={marked}
        className="-mx-4 scroll-px-4 px-4 sm:-mx-6 sm:scroll-px-6 sm:px-6"
      />
      <Words job={job} marked={marked} />
      <KeyValue items={facts(job)} />
      {children}
    </section>
  );
}

function summary(job: JobDetail): string {
  const lengthS = jobDurationS(job);
  const parts = [plural(job.storyboard.length, "scene")];
  if (lengthS !== null) parts.push(formatDuration(lengthS));
  if (job.brief !== null) parts.push(aspectLabel(job.brief.technicalSpecs.aspectRatio));
  return parts.join(" · ");
}

function Words({ job, marked }: { readonly job: JobDetail; readonly marked: ReadonlySet<number> }) {
  return (
    <section>
      <h3 className="mb-2 text-sm">Words on screen</h3>
      <ol className="grid gap-x-8 gap-y-2.5 text-base sm:grid-flow-row sm:grid-cols-2">
        {job.storyboard.map((frame) => (
          <li key={frame.scene} className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-2">
            <span className="text-faint tabular">{frame.scene}</span>
            <span className="min-w-0">
              <span dir="auto" className="block font-semibold wrap-anywhere">
                {frame.overlayText || <span className="font-medium text-faint">No words</span>}
              </span>
              {frame.supportingText && (
                <span dir="auto" className="block text-muted wrap-anywhere">
                  {frame.supportingText}
                </span>
              )}
              <span className="text-xs text-faint">{PURPOSES[frame.purpose]}</span>{" "}
              {marked.has(frame.scene) && <Badge tone="caution">Changed since</Badge>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function facts(job: JobDetail): KeyValueItem[] {
  const items: KeyValueItem[] = [];
  const call = job.brief?.callToAction;
  if (call) items.push({ label: "Call to action", value: [call.text, call.destination].filter(Boolean).join(" · ") });
  if (job.brief) items.push({ label: "Platform", value: PLATFORM_LABELS[job.brief.technicalSpecs.platform] });
  items.push({ label: "Music", value: job.bed?.name ?? job.musicModel ?? "Synthesized by Gauntlet" });
  items.push({ label: "Rendering costs", value: <Cost job={job} /> });
  return items;
}

function Cost({ job }: { readonly job: JobDetail }) {
  return (
    <>
      <Money amountMicrousd={job.renderEstimateMicrousd ?? 0} className="font-semibold" />
      {job.unknownPrices.length > 0 && (
        <span className="text-muted"> and what {job.unknownPrices.join(", ")} costs, which is not known</span>
      )}
    </>
  );
}
