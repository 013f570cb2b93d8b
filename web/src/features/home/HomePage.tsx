import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";

import { assetsQuery } from "@/api/assets";
import { jobsQuery } from "@/api/jobs";
import { problemOf } from "@/api/problem";
import { everyClientQuery } from "@/api/work";
import { buttonClass } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import { useTitle } from "@/lib/hooks";
import { clientScope } from "@/lib/scope";
import { useStored } from "@/lib/store";

import { Attention } from "./attention";
import { type FirstStep, FirstSteps } from "./first-steps";
import { InWork } from "./in-work";
import { Money } from "./money";
import { RecentFilms } from "./recent-films";

/** The step that a studio without an ad is at; null once there is one, undefined until it is known. */
function useFirstStep(clientCount: number | undefined, clientId: string | null): FirstStep | null | undefined {
  const filter = { clientId: clientId ?? undefined, limit: 1 };
  const jobs = useQuery(jobsQuery(filter)).data;
  const assets = useQuery(assetsQuery(filter)).data;
  if (clientCount === 0) return "client";
  if (clientCount === undefined || jobs === undefined) return undefined;
  if (jobs.total > 0) return null;
  return assets === undefined ? undefined : assets.total === 0 ? "pictures" : "ad";
}

function Pending() {
  return (
    <div aria-busy="true" className="grid gap-8 xl:grid-cols-[minmax(0,1fr)_20rem]">
      <span className="sr-only" role="status">
        Loading
      </span>
      <div className="flex flex-col gap-3">
        <Skeleton className="h-6 w-32" />
        <Skeleton shape="block" className="h-44 !rounded-card" />
        <Skeleton shape="block" className="h-44 !rounded-card" />
      </div>
      <div className="flex flex-col gap-3">
        <Skeleton className="h-6 w-24" />
        <Skeleton shape="block" className="h-44 !rounded-card" />
      </div>
    </div>
  );
}

/** What needs somebody first, what is being made, what it costs, and what was made last. */
export function HomePage() {
  useTitle("Home");
  const [clientId] = useStored(clientScope);
  const clients = useQuery(everyClientQuery);
  const step = useFirstStep(clients.data?.length, clientId);
  const nameOf = (id: string): string | undefined => clients.data?.find((client) => client.id === id)?.name;
  if (clients.error && !clients.data) {
    const problem = problemOf(clients.error);
    return (
      <ErrorState
        headingLevel={1}
        problem={{ ...problem, nextStep: problem.nextStep ?? undefined }}
        onRetry={() => void clients.refetch()}
      />
    );
  }
  const scoped = { clientId, nameOf };
  return (
    <div className="mx-auto flex max-w-360 flex-col gap-6">
      <PageHeader
        title={(clientId === null ? undefined : nameOf(clientId)) ?? "All clients"}
        actions={
          step === null && (
            <Link to="/ads/new" className={buttonClass({ variant: "primary" })}>
              <Plus aria-hidden />
              New ad
            </Link>
          )
        }
      />
      {step === undefined && <Pending />}
      {typeof step === "string" && <FirstSteps next={step} />}
      {step === null && (
        <div className="grid gap-x-10 gap-y-10 xl:grid-cols-[minmax(0,1fr)_20rem]">
          <div className="flex min-w-0 flex-col gap-10">
            <Attention {...scoped} />
            <InWork {...scoped} />
            <RecentFilms {...scoped} />
          </div>
          <Money clientId={clientId} />
        </div>
      )}
    </div>
  );
}
