import { useQuery } from "@tanstack/react-query";
import { Images, SearchX, Video } from "lucide-react";

import { campaignsQuery } from "@/api/clients";
import { type MediaFilter, mediaQuery, type MediumType, mediumTypeOf, modelsQuery } from "@/api/models";
import { problemOf } from "@/api/problem";
import type { GenerationStatus } from "@/api/types";
import { generationWords, modelName } from "@/components/media/generation";
import { PAGE_ITEMS, TILE_ASPECT } from "@/components/media/grid-shape";
import { MediaGrid } from "@/components/media/media-grid";
import { Button, buttonClass } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { PageHeader, Toolbar } from "@/components/ui/page-header";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { useTitle } from "@/lib/hooks";
import { clientScope } from "@/lib/scope";
import { useStored } from "@/lib/store";
import { plural } from "@/lib/units";

const STATUSES = [
  "pending",
  "running",
  "succeeded",
  "failed",
  "paused",
  "ambiguous",
  "canceled",
] as const satisfies readonly GenerationStatus[];

const ANY = "";

export interface GallerySearch {
  status?: string | undefined;
  model?: string | undefined;
  campaign?: string | undefined;
}

export interface GalleryProps {
  readonly type: MediumType;
  readonly search: GallerySearch;
  readonly onSearchChange: (search: GallerySearch) => void;
}

const WORDS = {
  image: { title: "Images", noun: "image", kind: "text-to-image", icon: <Images aria-hidden /> },
  video: { title: "Videos", noun: "video", kind: "image-to-video", icon: <Video aria-hidden /> },
} as const;

function useModelOptions(type: MediumType, clientId: string | undefined, chosen: string | undefined) {
  const { data } = useQuery(modelsQuery({ clientId }));
  const known = (data?.items ?? []).filter((model) => mediumTypeOf(model.kind) === type).map((model) => model.id);
  // One that is not offered any more may have made something all the same.
  const ids = chosen === undefined || known.includes(chosen) ? known : [chosen, ...known];
  return [
    { value: ANY, label: "Any model" },
    ...ids.map((id) => ({ value: id, label: modelName(id), description: id.split("/")[0] })),
  ];
}

function useCampaignOptions(clientId: string | undefined) {
  const { data } = useQuery(campaignsQuery({ clientId }));
  const campaigns = data?.items ?? [];
  return [{ value: ANY, label: "Any campaign" }, ...campaigns.map(({ id, name }) => ({ value: id, label: name }))];
}

function Filters({ type, search, onSearchChange, total }: GalleryProps & { readonly total: number | undefined }) {
  const [scope] = useStored(clientScope);
  const clientId = scope ?? undefined;
  const models = useModelOptions(type, clientId, search.model);
  const campaigns = useCampaignOptions(clientId);
  const statuses = STATUSES.map((status) => ({ value: status, label: generationWords(status).label }));
  const set = (name: keyof GallerySearch) => (value: string) => {
    onSearchChange({ ...search, [name]: value === ANY ? undefined : value });
  };
  const { noun } = WORDS[type];
  return (
    <Toolbar
      label={`Filter ${noun}s`}
      end={
        <span role="status" className="text-sm text-faint tabular">
          {total === undefined ? "" : plural(total, noun)}
        </span>
      }
    >
      <div className="w-36">
        <Select
          label="State"
          value={search.status ?? ANY}
          onValueChange={set("status")}
          options={[{ value: ANY, label: "Any state" }, ...statuses]}
        />
      </div>
      <div className="w-44">
        <Select label="Model" value={search.model ?? ANY} onValueChange={set("model")} options={models} />
      </div>
      {campaigns.length > 1 && (
        <div className="w-44">
          <Select label="Campaign" value={search.campaign ?? ANY} onValueChange={set("campaign")} options={campaigns} />
        </div>
      )}
    </Toolbar>
  );
}

function Waiting() {
  return (
    <div
      aria-busy="true"
      className="grid grid-cols-2 gap-3 sm:grid-cols-[repeat(auto-fill,minmax(12.5rem,1fr))] sm:gap-5"
    >
      <span className="sr-only">Loading</span>
      {Array.from({ length: 10 }, (_, tile) => (
        <div key={tile} className="flex flex-col gap-2">
          <Skeleton shape="media" aspect={TILE_ASPECT} />
          <Skeleton className="w-4/5" />
          <Skeleton className="h-3 w-2/5" />
        </div>
      ))}
    </div>
  );
}

function Nothing({ type, search, onSearchChange }: GalleryProps) {
  const { noun, kind, icon } = WORDS[type];
  const isFiltered = Object.values(search).some((value) => value !== undefined);
  if (isFiltered) {
    return (
      <EmptyState
        illustration={<SearchX aria-hidden />}
        title={`No ${noun} fits these filters`}
        action={<Button onClick={() => onSearchChange({})}>Clear filters</Button>}
      />
    );
  }
  return (
    <EmptyState
      illustration={icon}
      title={`No ${noun}s yet`}
      action={
        <Link href={`/models?kind=${kind}`} className={buttonClass({ variant: "primary" })}>
          Choose a model
        </Link>
      }
    >
      What models make by hand or for ads appears here. The built-in ones cost nothing.
    </EmptyState>
  );
}

function Items({ filter, ...props }: GalleryProps & { readonly filter: MediaFilter }) {
  const { type } = props;
  const { data, error, isFetching, refetch } = useQuery(mediaQuery(type, { ...filter, limit: PAGE_ITEMS, offset: 0 }));
  if (error && !data) {
    const problem = problemOf(error);
    const shown = { ...problem, nextStep: problem.nextStep ?? undefined };
    return <ErrorState problem={shown} busy={isFetching} onRetry={() => void refetch()} />;
  }
  if (!data) return <Waiting />;
  if (data.total === 0) return <Nothing {...props} />;
  const label = WORDS[type].title;
  return <MediaGrid key={JSON.stringify(filter)} type={type} filter={filter} total={data.total} label={label} />;
}

function statusOf(search: GallerySearch): GenerationStatus | undefined {
  return STATUSES.find((status) => status === search.status);
}

/** All images, or all videos, that models made for the client that is worked for. */
export function Gallery(props: GalleryProps) {
  const { type, search } = props;
  const { title, noun } = WORDS[type];
  useTitle(title);
  const [scope] = useStored(clientScope);
  const filter: MediaFilter = {
    clientId: scope ?? undefined,
    status: statusOf(search),
    model: search.model,
    campaignId: search.campaign,
  };
  const first = useQuery(mediaQuery(type, { ...filter, limit: PAGE_ITEMS, offset: 0 }));
  return (
    <>
      <PageHeader
        title={title}
        actions={
          <Link href={`/models?kind=${WORDS[type].kind}`} className={buttonClass({ variant: "primary" })}>
            Make {noun === "image" ? "an image" : "a video"}
          </Link>
        }
      />
      <div className="mt-4 mb-5">
        <Filters {...props} total={first.data?.total} />
      </div>
      <Items {...props} filter={filter} />
    </>
  );
}
