import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type SubmitEvent, useId } from "react";

import { createCampaign } from "@/api/clients";
import { keys } from "@/api/keys";
import { fieldMessage, problemOf } from "@/api/problem";
import type { Client, Platform } from "@/api/types";
import { Banner, Button, Dialog, Field, TextInput } from "@/components/ui";
import { useDraft } from "@/lib/drafts";

import { orNull } from "../words";
import { FieldGroup } from "./field-group";
import { PlatformChoice } from "./platform-choice";

interface Draft {
  readonly name: string;
  readonly goal: string;
  readonly platforms: readonly Platform[];
}

const EMPTY: Draft = { name: "", goal: "", platforms: [] };

/** Makes a campaign of a name; what its ads are to say is written on its page. What is typed is kept until it is made or given up. */
export function NewCampaignDialog({ client, onClose }: { readonly client: Client; readonly onClose: () => void }) {
  const form = useId();
  const [draft, setDraft, forget] = useDraft<Draft>(`campaign.new.${client.id}`, EMPTY);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const close = (): void => {
    forget();
    onClose();
  };
  const create = useMutation({
    mutationFn: () =>
      createCampaign({
        clientId: client.id,
        name: draft.name.trim(),
        goal: orNull(draft.goal),
        status: "draft",
        platforms: [...draft.platforms],
        brief: { keyMessages: [], doNotMention: [] },
      }),
    onSuccess: async (campaign) => {
      queries.setQueryData(keys.campaigns.one(campaign.id), campaign);
      void queries.invalidateQueries({ queryKey: [keys.campaigns.all[0], "list"] });
      close();
      await navigate({ to: "/campaigns/$campaignId", params: { campaignId: campaign.id } });
    },
  });
  const problem = create.error && problemOf(create.error);
  const isReady = draft.name.trim() !== "";
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (isReady) create.mutate();
  };
  const change = (part: Partial<Draft>): void => setDraft((was) => ({ ...was, ...part }));
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && close()}
      isChanged={draft.name !== "" || draft.goal !== "" || draft.platforms.length > 0}
      title="New campaign"
      description={
        <>
          For <bdi>{client.name}</bdi>. Its brief is written on the next page.
        </>
      }
      size="sm"
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" type="submit" form={form} busy={create.isPending} disabled={!isReady}>
            Create campaign
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        {problem && problem.errors.length === 0 && (
          <Banner tone="critical" title={problem.title}>
            {problem.detail} {problem.nextStep}
          </Banner>
        )}
        <Field label="Name" required error={fieldMessage(problem, "name")}>
          <TextInput value={draft.name} onValueChange={(name) => change({ name })} maxLength={200} autoFocus />
        </Field>
        <Field label="Goal" hint="In a line: what the campaign is to bring." error={fieldMessage(problem, "goal")}>
          <TextInput value={draft.goal} onValueChange={(goal) => change({ goal })} maxLength={5000} />
        </Field>
        <FieldGroup label="Platforms" hint="Where its ads are to run. Can be changed at any time.">
          <PlatformChoice value={draft.platforms} onValueChange={(platforms) => change({ platforms })} />
        </FieldGroup>
      </form>
    </Dialog>
  );
}
