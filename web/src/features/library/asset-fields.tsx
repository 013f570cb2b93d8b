/** Name, tags and campaign of an asset, changed where they stand. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { NAME_MAX_CHARACTERS, TAG_MAX_CHARACTERS, TAGS_MAX, WELL_KNOWN_TAGS } from "@/api/assets";
import { campaignsQuery } from "@/api/clients";
import type { Asset } from "@/api/types";
import { Chip, Field, InfoTip, Select, TagInput, TextInput } from "@/components/ui";

import { useAssetPatch } from "./use-changes";

/** Enter or leaving the field renames, Esc takes back. */
export function AssetName({ asset }: { readonly asset: Asset }) {
  const patch = useAssetPatch(asset);
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? asset.name;
  const isTooLong = text.length > NAME_MAX_CHARACTERS;
  const save = (): void => {
    const name = text.trim();
    if (isTooLong || patch.isPending) return;
    if (name === "" || name === asset.name) setDraft(null);
    // What was typed stays until the server has it.
    else patch.mutate({ name }, { onSuccess: () => setDraft((now) => (now?.trim() === name ? null : now)) });
  };
  return (
    <Field label="Name" error={isTooLong ? `A name has at most ${NAME_MAX_CHARACTERS} characters.` : undefined}>
      <TextInput
        value={text}
        onValueChange={setDraft}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.nativeEvent.isComposing) save();
          if (event.key !== "Escape" || draft === null) return;
          event.stopPropagation();
          setDraft(null);
        }}
      />
    </Field>
  );
}

function TagWords() {
  return (
    <dl className="flex flex-col gap-1.5">
      {Object.entries(WELL_KNOWN_TAGS).map(([tag, meaning]) => (
        <div key={tag}>
          <dt className="font-mono text-xs text-ink">{tag}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
      <dd className="pt-1 text-ink">All others serve to find things.</dd>
    </dl>
  );
}

interface TagsProps {
  readonly asset: Asset;
  readonly mayEdit: boolean;
  readonly onTag?: ((tag: string) => void) | undefined;
}

export function AssetTags({ asset, mayEdit, onTag }: TagsProps) {
  const patch = useAssetPatch(asset);
  const [refused, setRefused] = useState<string | null>(null);
  const known = Object.entries(WELL_KNOWN_TAGS).filter(([tag]) => asset.tags.includes(tag));
  const change = (tags: readonly string[]): void => {
    const long = tags.find((tag) => tag.length > TAG_MAX_CHARACTERS);
    setRefused(long === undefined ? null : `A tag has at most ${TAG_MAX_CHARACTERS} characters.`);
    if (long === undefined) patch.mutate({ tags: [...tags] });
  };
  if (!mayEdit) return <ReadOnlyTags asset={asset} onTag={onTag} />;
  return (
    <Field
      label="Tags"
      error={refused}
      aside={
        <InfoTip label="Tags that steer the ad">
          <TagWords />
        </InfoTip>
      }
      hint={known.length > 0 ? known.map(([tag, meaning]) => `${tag}: ${meaning}`).join(" ") : undefined}
    >
      <TagInput
        value={asset.tags}
        onValueChange={change}
        suggestions={Object.keys(WELL_KNOWN_TAGS)}
        maxTags={TAGS_MAX}
        placeholder="Add a tag"
      />
    </Field>
  );
}

function ReadOnlyTags({ asset, onTag }: Pick<TagsProps, "asset" | "onTag">) {
  if (asset.tags.length === 0) return null;
  return (
    <div>
      <h3 className="mb-1.5 text-sm">Tags</h3>
      <div className="flex flex-wrap gap-1.5">
        {asset.tags.map((tag) =>
          onTag ? (
            <button key={tag} type="button" onClick={() => onTag(tag)} title={`Show all with ${tag}`}>
              <Chip>{tag}</Chip>
            </button>
          ) : (
            <Chip key={tag}>{tag}</Chip>
          ),
        )}
      </div>
    </div>
  );
}

export function AssetCampaign({ asset, mayEdit }: { readonly asset: Asset; readonly mayEdit: boolean }) {
  const patch = useAssetPatch(asset);
  const campaigns = useQuery(campaignsQuery({ clientId: asset.clientId })).data?.items ?? [];
  if (campaigns.length === 0) return null;
  return (
    <Field label="Campaign" disabled={!mayEdit}>
      <Select
        value={asset.campaignId ?? ""}
        onValueChange={(id) => patch.mutate({ campaignId: id || null })}
        disabled={!mayEdit}
        options={[
          { value: "", label: "None" },
          ...campaigns.map((campaign) => ({ value: campaign.id, label: campaign.name })),
        ]}
      />
    </Field>
  );
}
