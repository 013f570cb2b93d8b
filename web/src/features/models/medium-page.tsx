import { useQuery } from "@tanstack/react-query";
import { ImageOff } from "lucide-react";

import { mediumQuery, type MediumType } from "@/api/models";
import { problemOf } from "@/api/problem";
import type { GeneratedMedium } from "@/api/types";
import { isMaking, mediumTitle } from "@/components/media/generation";
import { GenerationStatusBadge } from "@/components/media/generation-status-badge";
import { buttonClass } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { useTitle } from "@/lib/hooks";

import { TYPE_PLURALS } from "./kinds";
import { Making } from "./making";
import { AgainLink, DeleteButton, StateActions, UseActions } from "./medium-actions";
import { MediumFacts } from "./medium-facts";
import { MediumFailure } from "./medium-failure";
import { Stage } from "./stage";

function Waiting() {
  return (
    <div aria-busy="true" className="flex flex-col gap-6">
      <span className="sr-only">Loading</span>
      <Skeleton className="h-7 w-64" />
      <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Skeleton shape="media" aspect={4 / 3} />
        <Skeleton lines={8} />
      </div>
    </div>
  );
}

function Gone({ type }: { readonly type: MediumType }) {
  return (
    <EmptyState
      headingLevel={1}
      illustration={<ImageOff aria-hidden />}
      title="There is nothing at this address"
      action={
        <Link href={`/${TYPE_PLURALS[type]}`} className={buttonClass()}>
          Show all {TYPE_PLURALS[type]}
        </Link>
      }
    >
      It may have been deleted, or belong to a client that you are not a member of.
    </EmptyState>
  );
}

function Page({ medium }: { readonly medium: GeneratedMedium }) {
  const title = mediumTitle(medium);
  useTitle(title);
  return (
    <>
      <PageHeader
        title={title}
        aside={<GenerationStatusBadge status={medium.status} />}
        actions={
          <>
            <StateActions medium={medium} />
            <UseActions medium={medium} />
          </>
        }
      />
      <div className="mt-6 grid items-start gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-4 lg:sticky lg:top-[calc(var(--shell-top,0rem)+1.5rem)]">
          <Stage medium={medium} />
          {isMaking(medium.status) && <Making medium={medium} />}
          <MediumFailure medium={medium} />
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <MediumFacts medium={medium} />
          <div className="-ms-3 flex flex-wrap gap-1">
            <AgainLink medium={medium} />
            <DeleteButton medium={medium} />
          </div>
        </div>
      </div>
    </>
  );
}

/** One generated image or video, with all that is known of it. */
export function MediumPage({ type, id }: { readonly type: MediumType; readonly id: number }) {
  const isAddress = Number.isInteger(id) && id > 0;
  const { data, error, refetch, isFetching } = useQuery({ ...mediumQuery(type, id), enabled: isAddress });
  if (data) return <Page medium={data} />;
  const problem = error ? problemOf(error) : null;
  if (!isAddress || problem?.status === 404) return <Gone type={type} />;
  if (problem === null) return <Waiting />;
  const shown = { ...problem, nextStep: problem.nextStep ?? undefined };
  return <ErrorState headingLevel={1} problem={shown} busy={isFetching} onRetry={() => void refetch()} />;
}
