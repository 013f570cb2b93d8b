import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { SearchX } from "lucide-react";

import { mediaQuery, MODEL_KINDS, modelsQuery } from "@/api/models";
import { problemOf } from "@/api/problem";
import type { GeneratedMedium, Model, ModelKind } from "@/api/types";
import { Button, buttonClass } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { SearchInput } from "@/components/ui/search-input";
import { Skeleton } from "@/components/ui/skeleton";
import { Banner, EmptyState, ErrorState } from "@/components/ui/states";
import { Tabs } from "@/components/ui/tabs";
import { useTitle } from "@/lib/hooks";
import { clientScope } from "@/lib/scope";
import { useStored } from "@/lib/store";

import { kindWords } from "./kinds";
import { ModelCard } from "./model-card";
import { COVER_ASPECT } from "./model-cover";

const route = getRouteApi("/studio/models");
const ALL = "all";
type TabKey = typeof ALL | ModelKind;

const gridClass = "grid grid-cols-[repeat(auto-fill,minmax(min(100%,15.5rem),1fr))] gap-x-5 gap-y-8";

/** The newest work of each model, of what was made last. */
function useNewestWork(clientId: string | undefined): ReadonlyMap<string, GeneratedMedium> {
  const filter = { clientId, status: "succeeded" as const, limit: 100 };
  const images = useQuery(mediaQuery("image", filter)).data?.items ?? [];
  const videos = useQuery(mediaQuery("video", filter)).data?.items ?? [];
  const newest = new Map<string, GeneratedMedium>();
  for (const medium of [...images, ...videos]) if (!newest.has(medium.model)) newest.set(medium.model, medium);
  return newest;
}

function matches(model: Model, words: string): boolean {
  const text = `${model.id} ${model.title} ${model.description} ${kindWords(model.kind)}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function WaitingCards() {
  return (
    <div className={gridClass} aria-busy="true">
      <span className="sr-only">Loading models</span>
      {Array.from({ length: 8 }, (_, card) => (
        <div key={card} className="flex flex-col gap-2.5">
          <Skeleton shape="media" aspect={COVER_ASPECT} />
          <Skeleton className="w-3/5" />
          <Skeleton lines={2} />
        </div>
      ))}
    </div>
  );
}

/** What is missing and how to have it: told once, above all that is there. */
function MissingNote({ note, clientId }: { readonly note: string; readonly clientId: string | undefined }) {
  const { me } = getRouteApi("/studio").useRouteContext();
  const isKeyless = note.includes("no key");
  const action = isKeyless && clientId !== undefined && (
    <Link href={`/clients/${clientId}?tab=keys`} className={buttonClass({ size: "sm" })}>
      Add a key
    </Link>
  );
  const how =
    clientId !== undefined
      ? "Add a key of the client's own, or set REPLICATE_API_TOKEN where the studio runs."
      : me.role === "admin"
        ? "Set REPLICATE_API_TOKEN where the studio runs, or choose a client and add a key of its own."
        : "Ask who runs this studio for a key, or choose a client and add a key of its own.";
  return (
    <Banner tone={isKeyless ? "neutral" : "caution"} title={note} {...(action && { action })} className="mt-5">
      {isKeyless ? how : "The built-in models work as always."}
    </Banner>
  );
}

interface ListProps {
  readonly kind: ModelKind | undefined;
  readonly clientId: string | undefined;
  readonly words: string;
  readonly onClear: () => void;
}

function ModelList({ kind, clientId, words, onClear }: ListProps) {
  const { data, error, refetch, isFetching } = useQuery(modelsQuery({ kind, clientId }));
  const made = useNewestWork(clientId);
  if (error && !data) {
    const problem = problemOf(error);
    const shown = { ...problem, nextStep: problem.nextStep ?? undefined };
    return <ErrorState problem={shown} busy={isFetching} onRetry={() => void refetch()} />;
  }
  if (!data) return <WaitingCards />;
  const found = data.items.filter((model) => words.trim() === "" || matches(model, words.trim()));
  if (found.length === 0) return <NothingFound words={words} kind={kind} onClear={onClear} />;
  return (
    <div className={gridClass}>
      {found.map((model) => (
        <ModelCard key={model.id} model={model} made={made.get(model.id)} />
      ))}
    </div>
  );
}

function NothingFound({ words, kind, onClear }: Pick<ListProps, "words" | "kind" | "onClear">) {
  if (words.trim() === "") {
    return (
      <EmptyState title={`No models for ${kind ? kindWords(kind).toLowerCase() : "anything"} here`}>
        With a key for Replicate, hosted ones appear.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      illustration={<SearchX aria-hidden />}
      title="No model fits these words"
      action={<Button onClick={onClear}>Clear search</Button>}
    >
      <span dir="auto" className="wrap-anywhere">
        Nothing was found for “{words.slice(0, 80)}”.
      </span>
    </EmptyState>
  );
}

/** All models to choose from, by what they make. */
export function ModelsPage() {
  useTitle("Models");
  const { kind, q = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const [scope] = useStored(clientScope);
  const clientId = scope ?? undefined;
  const active: TabKey = MODEL_KINDS.find((each) => each === kind) ?? ALL;
  const note = useQuery(modelsQuery({ kind: active === ALL ? undefined : active, clientId })).data?.note ?? null;
  const search = (words: string): void => {
    void navigate({ search: (was) => ({ ...was, q: words === "" ? undefined : words }), replace: true });
  };
  const tabs = [ALL, ...MODEL_KINDS].map((key) => ({
    value: key as TabKey,
    label: key === ALL ? "All" : kindWords(key as ModelKind),
    content: (
      <ModelList
        kind={key === ALL ? undefined : (key as ModelKind)}
        clientId={clientId}
        words={q}
        onClear={() => search("")}
      />
    ),
  }));
  return (
    <>
      <PageHeader
        title="Models"
        description="Try a model by hand. What you like goes into the library, or straight into an ad."
        actions={<SearchInput label="Search models" value={q} onValueChange={search} className="sm:w-64" />}
      />
      {note !== null && <MissingNote note={note} clientId={clientId} />}
      <Tabs
        label="Kinds of models"
        className="mt-4 [&_[role=tabpanel]]:pt-6"
        value={active}
        onValueChange={(next) =>
          void navigate({ search: (was) => ({ ...was, kind: next === ALL ? undefined : next }), replace: true })
        }
        tabs={tabs}
      />
    </>
  );
}
