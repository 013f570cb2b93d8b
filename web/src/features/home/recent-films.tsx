import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { jobsQuery } from "@/api/jobs";
import { problemOf } from "@/api/problem";
import { JobCard } from "@/components/jobs/job-card";
import { Skeleton } from "@/components/ui/skeleton";

import { PartFailed, Section } from "./section";

const SHOWN = 8;
const ASPECT = 4 / 5;
const gridClass = "grid grid-cols-[repeat(auto-fill,minmax(min(10rem,42vw),1fr))] gap-x-4 gap-y-6";

export interface RecentFilmsProps {
  readonly clientId: string | null;
  readonly nameOf: (clientId: string) => string | undefined;
}

/** The films that were finished last. */
export function RecentFilms({ clientId, nameOf }: RecentFilmsProps) {
  const { data, error, refetch } = useQuery(
    jobsQuery({ status: "completed", limit: SHOWN, clientId: clientId ?? undefined }),
  );
  if (error && !data) return <PartFailed problem={problemOf(error)} onRetry={() => void refetch()} />;
  return (
    <Section
      title="Recent films"
      more={
        <Link to="/ads" className="rounded-sm text-accent hover:underline">
          All ads
        </Link>
      }
    >
      {data === undefined ? (
        <div className={gridClass}>
          {Array.from({ length: 4 }, (_, place) => (
            <div key={place} className="flex flex-col gap-2">
              <Skeleton shape="media" aspect={ASPECT} />
              <Skeleton lines={2} />
            </div>
          ))}
        </div>
      ) : data.items.length === 0 ? (
        <p className="text-base text-muted">
          No film is finished yet. They appear here, and play when you rest on them.
        </p>
      ) : (
        <ul className={gridClass}>
          {data.items.map((job) => (
            <li key={job.id} className="min-w-0">
              <JobCard job={job} aspect={ASPECT} clientName={clientId === null ? nameOf(job.clientId) : undefined} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
