import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";

import { storyboardVersionsQuery } from "@/api/jobs";
import type { JobDetail, Schemas } from "@/api/types";
import { cx, Tooltip } from "@/components/ui";
import { formatExact } from "@/lib/units";

const CompareDialog = lazy(() => import("./compare-dialog").then((module) => ({ default: module.CompareDialog })));

type Version = Schemas["StoryboardVersion"];

/** More than these are told as a number, so that the line stays a line. */
const SHOWN = 12;

/** The storyboard's versions, oldest first; each opens beside the present one. */
export function VersionLine({ job }: { readonly job: JobDetail }) {
  const versions = useQuery(storyboardVersionsQuery(job.id)).data ?? [];
  const [compared, setCompared] = useState<number | null>(null);
  if (versions.length < 2) {
    return <p className="text-sm text-faint tabular">Version {job.storyboardVersion}</p>;
  }
  const shown = versions.slice(0, SHOWN).reverse();
  return (
    <>
      <div className="flex min-w-0 items-center gap-2">
        <span className="text-sm text-faint tabular">Version {job.storyboardVersion}</span>
        <ol aria-label="Versions of the storyboard" className="flex items-center">
          {versions.length > SHOWN && <li className="pe-1 text-xs text-faint tabular">+{versions.length - SHOWN}</li>}
          {shown.map((version, index) => (
            <li key={version.version} className="flex items-center">
              {index > 0 && <span aria-hidden className="h-px w-2.5 bg-strong" />}
              <VersionDot
                version={version}
                isPresent={version.version === job.storyboardVersion}
                onOpen={() => setCompared(version.version)}
              />
            </li>
          ))}
        </ol>
      </div>
      {compared !== null && (
        <Suspense>
          <CompareDialog job={job} versions={versions} initial={compared} onClose={() => setCompared(null)} />
        </Suspense>
      )}
    </>
  );
}

interface VersionDotProps {
  readonly version: Version;
  readonly isPresent: boolean;
  readonly onOpen: () => void;
}

function VersionDot({ version, isPresent, onOpen }: VersionDotProps) {
  const words = `Version ${version.version}: ${version.change}`;
  const when = formatExact(new Date(version.createdAt));
  return (
    <Tooltip content={`${words} · ${when}${version.approved ? " · approved" : ""}`}>
      <button
        type="button"
        aria-label={`${words}. Compare.`}
        onClick={onOpen}
        className="grid size-6 place-items-center rounded-full hover:bg-hover pointer-coarse:size-10"
      >
        <span
          className={cx(
            "rounded-full",
            isPresent ? "size-2.5 bg-accent" : "size-2 bg-edge",
            version.approved && "outline-2 outline-offset-1 outline-positive",
          )}
        />
      </button>
    </Tooltip>
  );
}
