import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";

import { briefQuery, retryBrief } from "@/api/briefs";
import { jobQuery } from "@/api/jobs";
import { keys } from "@/api/keys";
import { useMayEdit } from "@/api/rights";
import type { Brief, BriefDetail } from "@/api/types";
import { Badge, Banner, Button, ErrorState } from "@/components/ui";
import { useTitle } from "@/lib/hooks";
import { useShortcuts } from "@/lib/shortcuts";
import { plural } from "@/lib/units";

import { BriefAside } from "./brief/brief-aside";
import { BriefDocument } from "./brief/brief-document";
import { BriefSkeleton } from "./brief/brief-skeleton";
import { type BriefEditing, useBriefEditing } from "./brief/editing";
import { MakeStoryboard } from "./brief/make-storyboard";
import { Desk, DeskSkeleton } from "./desk/desk";
import { tellFailure } from "./desk/mutations";
import { adSteps, draftSteps } from "./desk/steps";
import { problemWords } from "./desk/words";

const route = getRouteApi("/studio/briefs/$briefId");

/** A brief: read like a page, edited where it stands, made into storyboards. */
export function BriefPage() {
  const { briefId } = route.useParams();
  const brief = useQuery(briefQuery(briefId));
  useTitle(brief.data?.title ?? "Brief");
  if (brief.data) return <BriefDesk detail={brief.data} />;
  if (brief.isError) {
    return (
      <ErrorState
        headingLevel={1}
        problem={problemWords(brief.error)}
        onRetry={() => void brief.refetch()}
        className="mt-10"
      />
    );
  }
  return <DeskSkeleton />;
}

function BriefDesk({ detail }: { readonly detail: BriefDetail }) {
  const { ad } = route.useSearch();
  const job = useQuery({ ...jobQuery(ad ?? 0), enabled: ad !== undefined }).data;
  const steps = job ? adSteps(job) : draftSteps("brief", `/briefs/${detail.id}`);
  return (
    <Desk
      title="Brief"
      aside={detail.version > 0 && <Badge>Version {detail.version}</Badge>}
      steps={steps}
      viewing="brief"
    >
      <BriefNotice detail={detail} />
      {detail.content === null ? (
        detail.status === "planning" && <BriefSkeleton prompt={detail.prompt} />
      ) : (
        <BriefBody key={detail.id} detail={detail} content={detail.content} />
      )}
    </Desk>
  );
}

function BriefNotice({ detail }: { readonly detail: BriefDetail }) {
  const queries = useQueryClient();
  const mayEdit = useMayEdit(detail.clientId);
  const retry = useMutation({
    mutationFn: () => retryBrief(detail.id),
    onSuccess: (answered) => queries.setQueryData(keys.briefs.one(detail.id), answered),
    onError: (error) => tellFailure("The brief did not go on", error),
  });
  if (detail.status === "ready") return null;
  if (detail.status === "planning") {
    return detail.content === null ? null : (
      <Banner tone="accent">A planner is at it. The new version appears here.</Banner>
    );
  }
  const isPaused = detail.status === "paused";
  return (
    <Banner
      tone={isPaused ? "caution" : "critical"}
      title={
        isPaused
          ? "Planning is paused"
          : detail.content === null
            ? "Planning failed"
            : "The change failed; the brief is as it was"
      }
      action={
        mayEdit && (
          <Button variant="primary" busy={retry.isPending} onClick={() => retry.mutate()}>
            {isPaused ? "Continue" : "Try again"}
          </Button>
        )
      }
    >
      <p>{detail.error?.message}</p>
      {detail.error?.nextStep && <p>{detail.error.nextStep}</p>}
    </Banner>
  );
}

function BriefBody({ detail, content }: { readonly detail: BriefDetail; readonly content: Brief }) {
  const mayEdit = useMayEdit(detail.clientId);
  const editing = useBriefEditing(detail, content);
  const readOnly = !mayEdit || detail.status === "planning";
  return (
    <div className="flex flex-col gap-x-12 gap-y-10 lg:flex-row lg:items-start">
      <div className="flex max-w-3xl min-w-0 flex-1 flex-col gap-8">
        {!mayEdit && <p className="text-sm text-faint">You may read this brief. Editors of the client change it.</p>}
        <BriefDocument detail={detail} editing={editing} readOnly={readOnly} />
        {mayEdit && <MakeStoryboard detail={detail} editing={editing} />}
        <SaveBar editing={editing} version={detail.version} />
      </div>
      <aside
        aria-label="About this brief"
        className="lg:sticky lg:top-[calc(var(--shell-top)+1rem)] lg:max-h-[calc(100dvh-var(--shell-top)-2rem)] lg:w-80 lg:shrink-0 lg:overflow-y-auto lg:scroll-quiet"
      >
        <BriefAside detail={detail} editing={editing} readOnly={readOnly} />
      </aside>
    </div>
  );
}

interface SaveBarProps {
  readonly editing: BriefEditing;
  readonly version: number;
}

/** Says what is not saved yet, and what came of saving. */
function SaveBar({ editing, version }: SaveBarProps) {
  const { count, isSaving, problem, isConflict } = editing;
  const save = (): void => {
    // What failed is told by the bar itself.
    editing.save().catch(() => undefined);
  };
  useShortcuts([{ keys: "mod+s", label: "Save brief", group: "Brief", run: save, inFields: true }]);
  if (count === 0) {
    return (
      <p role="status" className="text-sm text-faint">
        All changes are saved, in version {version}.
      </p>
    );
  }
  return (
    <div className="sticky bottom-[calc(var(--shell-bottom)+0.75rem)] z-10 flex flex-col gap-2 rounded-card border border-line bg-raised p-3 shadow-high">
      {problem && (
        <Banner tone="critical" title={isConflict ? "Somebody changed this brief meanwhile" : problem.title}>
          {isConflict
            ? `Version ${version} is shown now with what you typed on top. Save again to put it there, or discard it.`
            : [problem.detail, problem.nextStep].filter(Boolean).join(" ")}
        </Banner>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <p role="status" className="me-auto text-sm font-semibold">
          {plural(count, "change")} not saved yet
        </p>
        <Button variant="ghost" onClick={editing.discard}>
          Discard
        </Button>
        <Button variant="primary" busy={isSaving} onClick={save}>
          Save brief
        </Button>
      </div>
    </div>
  );
}
