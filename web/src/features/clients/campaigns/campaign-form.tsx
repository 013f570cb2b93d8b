import { useQueryClient } from "@tanstack/react-query";

import { type CampaignBrief, type CampaignStatus, updateCampaign } from "@/api/clients";
import { keys } from "@/api/keys";
import type { Campaign, Platform } from "@/api/types";
import { Field, Segmented, TagInput, TextArea, TextInput } from "@/components/ui";

import { type Autosave, useAutosave } from "../autosave";
import { SaveFailure, SaveSign } from "../save-state";
import { CAMPAIGN_STATUSES, campaignWords, orNull } from "../words";
import { FieldGroup } from "./field-group";
import { LineList } from "./line-list";
import { PlatformChoice } from "./platform-choice";

interface Form {
  readonly name: string;
  readonly goal: string | null;
  readonly status: CampaignStatus;
  readonly platforms: readonly Platform[];
  readonly brief: CampaignBrief;
}

/** What is sent: without empty lines, and with null where nothing is written. */
export function soundForm(form: Form) {
  const { brief } = form;
  const lines = (texts: readonly string[]) => texts.map((text) => text.trim()).filter(Boolean);
  return {
    name: form.name.trim(),
    goal: orNull(form.goal ?? ""),
    status: form.status,
    platforms: [...form.platforms],
    brief: {
      objective: orNull(brief.objective ?? ""),
      audience: orNull(brief.audience ?? ""),
      callToAction: orNull(brief.callToAction ?? ""),
      keyMessages: lines(brief.keyMessages),
      doNotMention: lines(brief.doNotMention),
    },
  };
}

interface PartProps {
  readonly form: Autosave<Form>;
  readonly disabled: boolean;
}

function Frame({ form, disabled }: PartProps) {
  const { value, change } = form;
  return (
    <>
      <Field label="Name" required error={value.name.trim() === "" && "A campaign needs a name."}>
        <TextInput value={value.name} disabled={disabled} maxLength={200} onValueChange={(name) => change({ name })} />
      </Field>
      <Field label="State">
        <Segmented
          value={value.status}
          disabled={disabled}
          onValueChange={(status) => change({ status })}
          options={CAMPAIGN_STATUSES.map((status) => ({ value: status, label: campaignWords(status).label }))}
        />
      </Field>
      <Field label="Goal" hint="What the campaign is to bring. Only people read it.">
        <TextArea
          minRows={1}
          value={value.goal ?? ""}
          disabled={disabled}
          maxLength={5000}
          onValueChange={(goal) => change({ goal })}
        />
      </Field>
      <FieldGroup label="Platforms" hint="Where its ads are to run.">
        <PlatformChoice
          value={value.platforms}
          disabled={disabled}
          onValueChange={(platforms) => change({ platforms })}
        />
      </FieldGroup>
    </>
  );
}

function Brief({ form, disabled }: PartProps) {
  const { brief } = form.value;
  const change = (part: Partial<CampaignBrief>): void => form.change({ brief: { ...brief, ...part } });
  return (
    <>
      <Field label="Objective" hint="What somebody is to do or think after the ad.">
        <TextArea
          minRows={2}
          value={brief.objective ?? ""}
          disabled={disabled}
          maxLength={1000}
          onValueChange={(objective) => change({ objective })}
        />
      </Field>
      <Field label="Audience" hint="Whom the ads are for.">
        <TextArea
          minRows={2}
          value={brief.audience ?? ""}
          disabled={disabled}
          maxLength={1000}
          onValueChange={(audience) => change({ audience })}
        />
      </Field>
      <FieldGroup label="Key messages" hint="Said in the ads, the first one first. Enter begins the next.">
        <LineList
          noun="Key message"
          value={brief.keyMessages}
          disabled={disabled}
          max={10}
          maxCharacters={300}
          placeholder="Ground this morning"
          onValueChange={(keyMessages) => change({ keyMessages })}
        />
      </FieldGroup>
      <Field label="Call to action" hint="On the button of the end card.">
        <TextInput
          value={brief.callToAction ?? ""}
          disabled={disabled}
          maxLength={120}
          onValueChange={(callToAction) => change({ callToAction })}
        />
      </Field>
      <Field label="Never mention" hint="Words that no ad of this campaign says. Enter or comma adds one.">
        <TagInput
          value={brief.doNotMention}
          disabled={disabled}
          maxTags={50}
          onValueChange={(doNotMention) => change({ doNotMention: [...doNotMention] })}
        />
      </Field>
    </>
  );
}

function useCampaignForm(campaign: Campaign): Autosave<Form> {
  const queries = useQueryClient();
  return useAutosave<Form>({
    name: `campaign.${campaign.id}`,
    saved: {
      name: campaign.name,
      goal: campaign.goal,
      status: campaign.status,
      platforms: campaign.platforms,
      brief: campaign.brief,
    },
    isSound: (form) => form.name.trim() !== "",
    save: async (form) => {
      const saved = await updateCampaign(campaign.id, soundForm(form));
      queries.setQueryData(keys.campaigns.one(campaign.id), saved);
      void queries.invalidateQueries({ queryKey: [keys.campaigns.all[0], "list"] });
    },
  });
}

export interface CampaignFormProps {
  readonly campaign: Campaign;
  readonly mayEdit: boolean;
}

/** What a campaign is and what its ads are to say. It saves itself. */
export function CampaignForm({ campaign, mayEdit }: CampaignFormProps) {
  const form = useCampaignForm(campaign);
  return (
    <div className="flex max-w-160 flex-col gap-5">
      <div className="sticky top-(--shell-top) z-2 -my-2 flex flex-col gap-2 bg-canvas py-2">
        {mayEdit ? (
          <SaveSign state={form.state} />
        ) : (
          <p className="text-sm text-muted">
            You can look at this campaign. An editor or owner of the client changes it.
          </p>
        )}
        <SaveFailure form={form} />
      </div>
      <Frame form={form} disabled={!mayEdit} />
      <h3 className="mt-3 text-base font-semibold">Brief</h3>
      <Brief form={form} disabled={!mayEdit} />
    </div>
  );
}
