import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Clapperboard, Download, FolderPlus, RotateCw, SlidersHorizontal, Trash2, Video, X } from "lucide-react";
import { useState } from "react";

import { keys } from "@/api/keys";
import {
  cancelMedium,
  deleteMedium,
  keepMedium,
  mediaKeys,
  type MediumRef,
  mediumTypeOf,
  modelsQuery,
  retryMedium,
} from "@/api/models";
import { problemOf } from "@/api/problem";
import { useMayEdit } from "@/api/rights";
import type { Asset, GeneratedMedium } from "@/api/types";
import { isMaking, mayCancel, mayRetry, modelHref } from "@/components/media/generation";
import { Button, buttonClass } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/dialog";
import { Menu, type MenuEntry } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";

import { priceWords } from "./kinds";

/** The API's own reference to a medium that this page can show. */
export function refOf(medium: GeneratedMedium): MediumRef {
  return { type: medium.type === "image" ? "image" : "video", id: medium.id };
}

export function toastProblem(error: unknown): void {
  const { title, detail, nextStep } = problemOf(error);
  toast({ tone: "critical", title, description: [detail, nextStep].filter(Boolean).join(" ") });
}

/** What can be done with a medium; answers are put into the cache, and lists are read anew. */
export function useMediumWork(medium: GeneratedMedium) {
  const client = useQueryClient();
  const ref = refOf(medium);
  const tree = mediaKeys(ref.type);
  const settle = (next: GeneratedMedium): void => {
    client.setQueryData(tree.one(ref.id), next);
    void client.invalidateQueries({ queryKey: [tree.all[0], "list"] });
  };
  const retry = useMutation({ mutationFn: () => retryMedium(ref), onSuccess: settle, onError: toastProblem });
  const cancel = useMutation({ mutationFn: () => cancelMedium(ref), onSuccess: settle, onError: toastProblem });
  const keep = useMutation({
    mutationFn: () => keepMedium(ref, { campaignId: medium.campaignId, tags: [] }),
    onSuccess: () => void client.invalidateQueries({ queryKey: keys.assets.all }),
    onError: toastProblem,
  });
  return { retry, cancel, keep };
}

function keptToast(asset: Asset): void {
  toast({
    tone: "positive",
    title: "Kept in the library",
    description: asset.name,
    action: { label: "Open it", href: `/library/${asset.id}` },
  });
}

/** Stops, tries again: what can be done with a medium that is not there. */
export function StateActions({ medium }: { readonly medium: GeneratedMedium }) {
  const mayEdit = useMayEdit(medium.clientId);
  const { retry, cancel } = useMediumWork(medium);
  if (!mayEdit) return null;
  return (
    <>
      {mayCancel(medium.status) && (
        <Button icon={<X aria-hidden />} busy={cancel.isPending} onClick={() => cancel.mutate()}>
          Cancel
        </Button>
      )}
      {mayRetry(medium.status) && (
        <Button icon={<RotateCw aria-hidden />} busy={retry.isPending} onClick={() => retry.mutate()}>
          Try again
        </Button>
      )}
    </>
  );
}

/** Models that move a picture, to choose one from. */
function MoveMenu({ medium }: { readonly medium: GeneratedMedium }) {
  const { data } = useQuery(modelsQuery({ kind: "image-to-video", clientId: medium.clientId }));
  const entries: MenuEntry[] = (data?.items ?? []).map((model) => ({
    kind: "link",
    label: model.title,
    description: priceWords(model.price),
    href: modelHref(model.id, { image: medium.id }),
  }));
  return (
    <Menu
      entries={entries}
      trigger={
        <Button icon={<Video aria-hidden />} disabled={entries.length === 0}>
          Make a video from this
        </Button>
      }
    />
  );
}

/** What can be done with a medium that is there. */
export function UseActions({ medium }: { readonly medium: GeneratedMedium }) {
  const navigate = useNavigate();
  const mayEdit = useMayEdit(medium.clientId);
  const { keep } = useMediumWork(medium);
  if (medium.status !== "succeeded" || medium.url === null) return null;
  const useInAd = (): void => {
    keep.mutate(undefined, {
      onSuccess: (asset) => void navigate({ to: "/ads/new", search: { assets: [asset.id] } }),
    });
  };
  return (
    <>
      {mayEdit && (
        <Button variant="primary" icon={<Clapperboard aria-hidden />} busy={keep.isPending} onClick={useInAd}>
          Use in an ad
        </Button>
      )}
      {mayEdit && medium.type === "image" && <MoveMenu medium={medium} />}
      {mayEdit && (
        <Button
          icon={<FolderPlus aria-hidden />}
          busy={keep.isPending}
          onClick={() => keep.mutate(undefined, { onSuccess: keptToast })}
        >
          Keep in library
        </Button>
      )}
      <a href={`${medium.url}?download=true`} download className={buttonClass()}>
        <Download aria-hidden />
        Download
      </a>
    </>
  );
}

/** The same order again, in the model's form. */
export function AgainLink({ medium }: { readonly medium: GeneratedMedium }) {
  const mayEdit = useMayEdit(medium.clientId);
  const navigate = useNavigate();
  if (!mayEdit || mediumTypeOf(medium.kind) === null) return null;
  return (
    <Button
      variant="ghost"
      icon={<SlidersHorizontal aria-hidden />}
      onClick={() => void navigate({ href: modelHref(medium.model, { from: medium.id }) })}
    >
      Change and make another
    </Button>
  );
}

/** Deletes a medium after asking; the page that shows it is left. */
export function DeleteButton({ medium }: { readonly medium: GeneratedMedium }) {
  const [isAsking, setIsAsking] = useState(false);
  const client = useQueryClient();
  const navigate = useNavigate();
  const mayEdit = useMayEdit(medium.clientId);
  const { type, id } = refOf(medium);
  const noun = `${type} ${id}`;
  const remove = useMutation({
    mutationFn: () => deleteMedium({ type, id }),
    onSuccess: async () => {
      setIsAsking(false);
      toast({ title: `Deleted ${noun}` });
      await navigate({ to: type === "image" ? "/images" : "/videos" });
      client.removeQueries({ queryKey: mediaKeys(type).one(id) });
      await client.invalidateQueries({ queryKey: mediaKeys(type).all });
    },
    onError: (error) => {
      setIsAsking(false);
      toastProblem(error);
    },
  });
  if (!mayEdit || isMaking(medium.status)) return null;
  return (
    <>
      <Button variant="ghost" icon={<Trash2 aria-hidden />} onClick={() => setIsAsking(true)}>
        Delete
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setIsAsking}
        danger
        busy={remove.isPending}
        title={`Delete ${noun}?`}
        description="Its file is gone for good. A copy in the library stays, and what it cost stays in the books."
        verb={`Delete ${type}`}
        onConfirm={() => remove.mutate()}
      />
    </>
  );
}
