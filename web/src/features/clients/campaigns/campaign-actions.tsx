import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Archive, Ellipsis, FolderOpen, Trash2 } from "lucide-react";
import { useState } from "react";

import { type CampaignStatus, deleteCampaign, updateCampaign } from "@/api/clients";
import { keys } from "@/api/keys";
import type { Campaign } from "@/api/types";
import { Button, ConfirmDialog, IconButton, Menu, type MenuEntry, toast } from "@/components/ui";
import { clientScope } from "@/lib/scope";

import { campaignWords, tellFailure } from "../words";

function useStatus(campaign: Campaign) {
  const queries = useQueryClient();
  const put = async (status: CampaignStatus): Promise<void> => {
    const saved = await updateCampaign(campaign.id, { status });
    queries.setQueryData(keys.campaigns.one(campaign.id), saved);
    await queries.invalidateQueries({ queryKey: [keys.campaigns.all[0], "list"] });
  };
  return useMutation({
    mutationFn: put,
    onSuccess: (_done, status) =>
      toast({
        title: `${campaign.name} is ${campaignWords(status).label.toLocaleLowerCase()} now`,
        undo: () => {
          put(campaign.status).catch((error: unknown) => tellFailure("That could not be undone", error));
        },
      }),
    onError: (error) => tellFailure(`The state of ${campaign.name} stays`, error),
  });
}

function DeleteDialog({ campaign, onClose }: { readonly campaign: Campaign; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => deleteCampaign(campaign.id),
    onSuccess: async () => {
      onClose();
      await navigate({
        to: "/clients/$clientId",
        params: { clientId: campaign.clientId },
        search: { tab: "campaigns" },
      });
      queries.removeQueries({ queryKey: keys.campaigns.one(campaign.id) });
      void queries.invalidateQueries({ queryKey: keys.campaigns.all });
      void queries.invalidateQueries({ queryKey: keys.assets.all });
      toast({ title: `Deleted ${campaign.name}`, description: "Its assets and ads are still with the client." });
    },
    onError: (error) => tellFailure(`${campaign.name} is still there`, error),
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={
        <>
          Delete <bdi>{campaign.name}</bdi>?
        </>
      }
      description="Its brief is gone for good. Its assets, briefs and ads stay with the client."
      verb="Delete campaign"
      danger
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
    />
  );
}

/** What can be done with a campaign: make an ad in it, archive it, delete it. */
export function CampaignActions({ campaign, mayEdit }: { readonly campaign: Campaign; readonly mayEdit: boolean }) {
  const navigate = useNavigate();
  const [isDeleting, setIsDeleting] = useState(false);
  const status = useStatus(campaign);
  const make = (): void => {
    clientScope.set(campaign.clientId);
    void navigate({ to: "/ads/new", search: { campaign: campaign.id } });
  };
  const browse = (): void => {
    clientScope.set(campaign.clientId);
    void navigate({ to: "/library", search: { campaign: campaign.id } });
  };
  const isArchived = campaign.status === "archived";
  const entries: MenuEntry[] = [
    { label: "Show in library", icon: <FolderOpen aria-hidden />, onSelect: browse },
    ...(mayEdit
      ? [
          {
            label: isArchived ? "Make active again" : "Archive",
            icon: <Archive aria-hidden />,
            onSelect: () => status.mutate(isArchived ? "active" : "archived"),
          },
          { kind: "separator" as const },
          {
            label: "Delete campaign…",
            icon: <Trash2 aria-hidden />,
            danger: true,
            onSelect: () => setIsDeleting(true),
          },
        ]
      : []),
  ];
  return (
    <>
      {mayEdit && (
        <Button variant="primary" onClick={make}>
          New ad
        </Button>
      )}
      <Menu
        trigger={<IconButton label="More actions" variant="secondary" icon={<Ellipsis aria-hidden />} />}
        entries={entries}
      />
      {isDeleting && <DeleteDialog campaign={campaign} onClose={() => setIsDeleting(false)} />}
    </>
  );
}
