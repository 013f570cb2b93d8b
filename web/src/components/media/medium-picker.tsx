import { useQuery } from "@tanstack/react-query";
import { Images } from "lucide-react";

import { type MediumType, mediaQuery } from "@/api/models";
import { problemOf } from "@/api/problem";
import type { GeneratedMedium } from "@/api/types";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState, ErrorState } from "@/components/ui/states";

import { PAGE_ITEMS } from "./grid-shape";
import { MediaGrid } from "./media-grid";

export interface MediumPickerProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly type: MediumType;
  readonly clientId: string;
  readonly onPick: (medium: GeneratedMedium) => void;
}

function Choice({ type, clientId, onPick }: MediumPickerProps) {
  const filter = { clientId, status: "succeeded" as const };
  const { data, error, refetch, isFetching } = useQuery(mediaQuery(type, { ...filter, limit: PAGE_ITEMS, offset: 0 }));
  if (error && !data) {
    const problem = problemOf(error);
    return (
      <ErrorState
        problem={{ ...problem, nextStep: problem.nextStep ?? undefined }}
        busy={isFetching}
        onRetry={() => void refetch()}
      />
    );
  }
  if (!data) return <Skeleton shape="media" aspect={3} />;
  if (data.total === 0) {
    return (
      <EmptyState illustration={<Images aria-hidden />} title={`No ${type}s were made yet`}>
        What a model makes for this client can be used again from here.
      </EmptyState>
    );
  }
  return <MediaGrid type={type} filter={filter} total={data.total} label={`Made ${type}s`} onOpen={onPick} />;
}

/** Chooses one of the images or videos that models made for a client. */
export function MediumPicker(props: MediumPickerProps) {
  return (
    <Dialog
      open={props.open}
      onOpenChange={props.onOpenChange}
      size="xl"
      title={props.type === "image" ? "Choose a made image" : "Choose a made video"}
      description="The newest first."
    >
      <div className="min-h-80 pb-5">{props.open && <Choice {...props} />}</div>
    </Dialog>
  );
}
