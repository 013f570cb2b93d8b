import { useQuery } from "@tanstack/react-query";

import { problemOf } from "@/api/problem";
import type { Job } from "@/api/types";
import { jobsInQuery } from "@/api/work";
import { FilmThumb } from "@/components/jobs/film-thumb";
import { jobHref, jobTitle } from "@/components/jobs/job-facts";
import { JobProgress } from "@/components/jobs/job-progress";
import { Link } from "@/components/ui/link";

import { PartFailed, Section } from "./section";

const WORKING = ["pending", "parsing", "generating_storyboard", "rendering"] as const;

function Row({ job, clientName }: { readonly job: Job; readonly clientName: string | undefined }) {
  const title = jobTitle(job);
  return (
    <li className="flex items-center gap-4">
      <FilmThumb job={job} aspect={1} playing={false} overlays={{ bottomEnd: undefined }} className="w-14 shrink-0" />
      <div className="min-w-0 flex-1">
        <div className="mb-1 flex min-w-0 items-baseline gap-2">
          <h3 className="min-w-0 text-sm">
            <Link
              href={jobHref(job)}
              dir="auto"
              title={title}
              className="block truncate rounded-sm transition-colors hover:text-accent"
            >
              {title}
            </Link>
          </h3>
          {clientName !== undefined && (
            <span dir="auto" className="max-w-40 shrink-0 truncate text-xs text-faint">
              {clientName}
            </span>
          )}
        </div>
        <JobProgress job={job} />
      </div>
    </li>
  );
}

export interface InWorkProps {
  readonly clientId: string | null;
  readonly nameOf: (clientId: string) => string | undefined;
}

/** What is being made now; not there at all while nothing is. */
export function InWork({ clientId, nameOf }: InWorkProps) {
  const { data, error, refetch } = useQuery(jobsInQuery(WORKING, clientId));
  if (error && !data) return <PartFailed problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (data === undefined || data.items.length === 0) return null;
  return (
    <Section title="In work" count={data.items.length}>
      <ul className="flex flex-col gap-4">
        {data.items.map((job) => (
          <Row key={job.id} job={job} clientName={clientId === null ? nameOf(job.clientId) : undefined} />
        ))}
      </ul>
    </Section>
  );
}
