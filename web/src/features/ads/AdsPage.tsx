import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { Clapperboard, LayoutGrid, Plus, Rows3 } from "lucide-react";
import { useEffect, useRef } from "react";

import { campaignsQuery, clientsQuery } from "@/api/clients";
import { jobPagesQuery } from "@/api/jobs";
import type { Job, JobStatus } from "@/api/types";
import { JobCard } from "@/components/jobs/job-card";
import { statusWords } from "@/components/jobs/job-facts";
import {
  Button,
  buttonClass,
  EmptyState,
  ErrorState,
  PageHeader,
  SearchInput,
  Segmented,
  Select,
  Skeleton,
  Toolbar,
} from "@/components/ui";
import { useTitle } from "@/lib/hooks";
import { clientScope } from "@/lib/scope";
import { stored, useStored } from "@/lib/store";
import { plural } from "@/lib/units";

import { problemWords } from "./desk/words";
import { AdsTable } from "./list/ads-table";
import { matching } from "./list/matching";

const route = getRouteApi("/studio/ads");

const STATUSES = [
  "storyboard_ready",
  "rendering",
  "generating_storyboard",
  "completed",
  "paused",
  "failed",
  "canceled",
] as const satisfies readonly JobStatus[];

const ALL = "all";

const view = stored<"grid" | "table">("ads-view", "grid", (kept) =>
  kept === "grid" || kept === "table" ? kept : null,
);

/** The ads that are looked for, as far as they are loaded. */
function useAds() {
  const { status, campaign, q = "" } = route.useSearch();
  const [clientId] = useStored(clientScope);
  const filter = {
    status: STATUSES.find((each) => each === status),
    clientId: clientId ?? undefined,
    campaignId: campaign,
  };
  const jobs = useInfiniteQuery({ ...jobPagesQuery(filter), placeholderData: keepPreviousData });
  // Names are searched here: the rest comes in while somebody searches.
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = jobs;
  useEffect(() => {
    if (q !== "" && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [q, hasNextPage, isFetchingNextPage, fetchNextPage]);
  const loaded = jobs.data?.pages.flatMap((page) => page.items) ?? [];
  const isFiltered = [status, campaign].some((each) => each !== undefined) || q !== "";
  return { jobs, shown: matching(loaded, q), isFiltered };
}

/** All ads of the client, newest first. */
export function AdsPage() {
  useTitle("Ads");
  const { campaign } = route.useSearch();
  const ads = useAds();
  const total = ads.jobs.data?.pages[0]?.total;
  return (
    <div className="mx-auto flex w-full max-w-[96rem] flex-col gap-6 pb-8">
      <PageHeader
        title="Ads"
        aside={total !== undefined && <span className="text-base text-faint tabular">{plural(total, "ad")}</span>}
        actions={
          <Link to="/ads/new" search={{ campaign }} className={buttonClass({ variant: "primary" })}>
            <Plus aria-hidden /> New ad
          </Link>
        }
      />
      <Filters />
      <Body {...ads} />
      {ads.jobs.hasNextPage && <More busy={ads.jobs.isFetchingNextPage} onMore={() => void ads.jobs.fetchNextPage()} />}
    </div>
  );
}

function Body({ jobs, shown, isFiltered }: ReturnType<typeof useAds>) {
  if (jobs.isPending) return <Waiting />;
  if (jobs.isError && jobs.data === undefined) {
    return <ErrorState problem={problemWords(jobs.error)} onRetry={() => void jobs.refetch()} />;
  }
  if (shown.length === 0) return <Nothing isFiltered={isFiltered} busy={jobs.isFetchingNextPage} />;
  return <List jobs={shown} />;
}

function Filters() {
  const { status = ALL, campaign = ALL, q = "" } = route.useSearch();
  const navigate = useNavigate();
  const [clientId] = useStored(clientScope);
  const [shape, setShape] = useStored(view);
  const campaigns = useQuery({ ...campaignsQuery({ clientId: clientId ?? undefined }) }).data?.items ?? [];
  const set = (change: { status?: string; campaign?: string; q?: string }): void => {
    const next = { status, campaign, q, ...change };
    void navigate({
      to: "/ads",
      search: {
        status: next.status === ALL ? undefined : next.status,
        campaign: next.campaign === ALL ? undefined : next.campaign,
        q: next.q || undefined,
      },
      replace: true,
    });
  };
  return (
    <Toolbar
      label="Filter ads"
      end={
        <Segmented
          label="View"
          iconsOnly
          value={shape}
          onValueChange={setShape}
          options={[
            { value: "grid", label: "Grid", icon: <LayoutGrid aria-hidden /> },
            { value: "table", label: "Table", icon: <Rows3 aria-hidden /> },
          ]}
        />
      }
    >
      <SearchInput
        label="Search ads"
        value={q}
        onValueChange={(next) => set({ q: next })}
        className="max-sm:max-w-none"
      />
      <div className="w-44 max-sm:flex-1">
        <Select
          label="State"
          value={status}
          onValueChange={(next) => set({ status: next })}
          options={[
            { value: ALL, label: "Every state" },
            ...STATUSES.map((each) => ({ value: each, label: statusWords(each).label })),
          ]}
        />
      </div>
      <div className="w-48 max-sm:flex-1">
        <Select
          label="Campaign"
          value={campaign}
          onValueChange={(next) => set({ campaign: next })}
          options={[
            { value: ALL, label: "Every campaign" },
            ...campaigns.map((each) => ({ value: each.id, label: each.name })),
          ]}
        />
      </div>
    </Toolbar>
  );
}

function List({ jobs }: { readonly jobs: readonly Job[] }) {
  const [shape] = useStored(view);
  const [scope] = useStored(clientScope);
  const clients = useQuery({ ...clientsQuery(), enabled: scope === null }).data?.items ?? [];
  const nameOf = (job: Job): string | undefined =>
    scope === null ? clients.find((client) => client.id === job.clientId)?.name : undefined;
  if (shape === "table") return <AdsTable jobs={jobs} nameOf={nameOf} />;
  return (
    <ul className={gridClass}>
      {jobs.map((job) => (
        // Thousands of cards stay cheap: those out of sight are not laid out.
        <li key={job.id} className="[contain-intrinsic-size:auto_20rem] [content-visibility:auto]">
          <JobCard job={job} clientName={nameOf(job)} headingLevel={2} />
        </li>
      ))}
    </ul>
  );
}

const gridClass =
  "grid grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] gap-x-5 gap-y-7 max-sm:grid-cols-2 max-sm:gap-x-3";

function Waiting() {
  return (
    <div aria-busy="true" className={gridClass}>
      {Array.from({ length: 8 }, (_, place) => (
        <div key={place}>
          <Skeleton shape="media" aspect={4 / 5} />
          <Skeleton className="mt-3 w-3/4" />
        </div>
      ))}
    </div>
  );
}

function Nothing({ isFiltered, busy }: { readonly isFiltered: boolean; readonly busy: boolean }) {
  if (busy) return <p className="py-12 text-center text-sm text-faint">Searching…</p>;
  if (isFiltered) {
    return (
      <EmptyState
        title="No ad is like that"
        action={
          <Link to="/ads" className={buttonClass()}>
            Show all ads
          </Link>
        }
      >
        Try other words, or another state.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No ads yet"
      illustration={<Clapperboard aria-hidden />}
      action={
        <Link to="/ads/new" className={buttonClass({ variant: "primary" })}>
          Make the first ad
        </Link>
      }
    >
      Say in a few sentences what it is for. A brief, a storyboard and a film come of it.
    </EmptyState>
  );
}

function More({ busy, onMore }: { readonly busy: boolean; readonly onMore: () => void }) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (end.current === null || busy) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) onMore();
      },
      { rootMargin: "800px" },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [busy, onMore]);
  return (
    <div ref={end} className="flex justify-center">
      <Button busy={busy} onClick={onMore}>
        Show more
      </Button>
    </div>
  );
}
