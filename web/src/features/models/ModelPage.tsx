import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Boxes, Music } from "lucide-react";

import { mediumQuery, type MediumType, mediumTypeOf, modelQuery } from "@/api/models";
import { problemOf } from "@/api/problem";
import type { GeneratedMedium, Model } from "@/api/types";
import { type Field, fieldsOf } from "@/components/schema-form/fields";
import { type Values, valuesOf, withStart } from "@/components/schema-form/values";
import { buttonClass } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { useTitle } from "@/lib/hooks";

import { ModelBadge } from "./model-card";
import { ModelFacts } from "./price-facts";
import { Workbench } from "./workbench";
import { useClientChoice } from "./use-client";

const route = getRouteApi("/studio/models/$owner/$name");

interface Given {
  readonly image: number | undefined;
  readonly asset: string | undefined;
  readonly earlier: GeneratedMedium | undefined;
}

/** What the form begins with: an earlier order's settings, a picture to start from, or nothing. */
function startingValues(fields: readonly Field[], { image, asset, earlier }: Given): Values {
  const values = earlier ? valuesOf(fields, earlier.inputs, earlier.prompt) : {};
  if (image !== undefined) return withStart(fields, values, { imageId: image }, "image");
  return asset === undefined ? values : withStart(fields, values, { assetId: asset }, "image");
}

function Waiting() {
  return (
    <div aria-busy="true">
      <span className="sr-only">Loading model</span>
      <Skeleton className="h-7 w-56" />
      <div className="mt-8 grid gap-8 lg:grid-cols-[24rem_minmax(0,1fr)]">
        <div className="flex flex-col gap-5">
          <Skeleton shape="block" className="h-32" />
          <Skeleton shape="block" />
          <Skeleton shape="block" />
        </div>
        <Skeleton shape="media" aspect={4 / 3} />
      </div>
    </div>
  );
}

/** Music is made within an ad: to its length, its tempo and its mood. */
function MusicNote({ model }: { readonly model: Model }) {
  return (
    <EmptyState
      illustration={<Music aria-hidden />}
      title="Music is made within an ad"
      action={
        <Link href="/ads/new" className={buttonClass({ variant: "primary" })}>
          Make an ad
        </Link>
      }
    >
      Choose {model.title} as the ad's music: it is made to the film's length, mood and tempo.
    </EmptyState>
  );
}

interface BenchProps {
  readonly model: Model;
  readonly type: MediumType;
}

/** Waits for what the form begins with, so that it is filled in from the start. */
function Bench({ model, type }: BenchProps) {
  const { image, from, asset } = route.useSearch();
  const earlier = useQuery({ ...mediumQuery(type, from ?? 0), enabled: from !== undefined });
  const fields = fieldsOf(model.inputSchema);
  if (from !== undefined && earlier.isPending) return <Waiting />;
  const start = startingValues(fields, { image, asset, earlier: earlier.data });
  const name = [model.id, from && `from-${from}`, image && `image-${image}`, asset].filter(Boolean).join(".");
  return <Workbench key={name} name={name} model={model} type={type} fields={fields} start={start} />;
}

function Page({ model }: { readonly model: Model }) {
  useTitle(model.title);
  const type = mediumTypeOf(model.kind);
  return (
    <>
      <PageHeader
        title={model.title}
        aside={<ModelBadge model={model} />}
        description={
          <>
            <span className="wrap-anywhere">{model.description}</span>
            <span className="mt-1 block font-mono text-xs text-faint">{model.id}</span>
          </>
        }
      />
      <div className="mt-6">{type === null ? <MusicNote model={model} /> : <Bench model={model} type={type} />}</div>
      <section className="mt-12 max-w-160 border-t border-line pt-6">
        <h2 className="mb-3 text-base">About this model</h2>
        <ModelFacts model={model} />
      </section>
    </>
  );
}

/** One model: its form beside what it makes. */
export function ModelPage() {
  const { owner, name } = route.useParams();
  const { clientId } = useClientChoice();
  const { data, error, refetch, isFetching } = useQuery(modelQuery(owner, name, clientId));
  if (data) return <Page model={data} />;
  const problem = error ? problemOf(error) : null;
  if (problem === null) return <Waiting />;
  if (problem.status === 404) {
    return (
      <EmptyState
        headingLevel={1}
        illustration={<Boxes aria-hidden />}
        title="There is no such model"
        action={
          <Link href="/models" className={buttonClass()}>
            Show all models
          </Link>
        }
      >
        <span className="wrap-anywhere">{problem.detail}</span>
      </EmptyState>
    );
  }
  const shown = { ...problem, nextStep: problem.nextStep ?? undefined };
  return <ErrorState headingLevel={1} problem={shown} busy={isFetching} onRetry={() => void refetch()} />;
}
