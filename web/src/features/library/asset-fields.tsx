/** Name, tags and campaign of an asset, changed where they stand. */
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";

import { NAME_MAX_CHARACTERS, TAG_MAX_CHARACTERS, TAGS_MAX, WELL_KNOWN_TAGS } from "@/api/assets";
import { campaignsQuery } from "@/api/clients";
import type { Asset } from "@/api/types";
import { Button, Chip, Field, InfoTip, Select, TagInput, TextInput } from "@/components/ui";
import { keepDraft, useDraft } from "@/lib/drafts";

import { useAssetPatch } from "./use-changes";

/** Enter or leaving the field renames, Esc takes back. */
export function AssetName({ asset }: { readonly asset: Asset }) {
  const patch = useAssetPatch(asset);
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? asset.name;
  const isLong = text.length > NAME_MAX_CHARACTERS;
  const save = (): void => {
    const name = text.trim();
    if (isLong || patch.isPending) return;
    if (name === "" || name === asset.name) setDraft(null);
    // What was typed stays until the server has it.
    else patch.mutate({ name }, { onSuccess: () => setDraft((now) => (now?.trim() === name ? null : now)) });
  };
  return (
    <Field label="Name" error={isLong ? `A name has at most ${NAME_MAX_CHARACTERS} characters.` : undefined}>
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

const isTooLong = (tag: string): boolean => tag.length > TAG_MAX_CHARACTERS;

/** The tags as somebody wants them: the asset's own, and those that could not be saved, which are kept until they are. */
function useTags(asset: Asset) {
  const patch = useAssetPatch(asset);
  const draft = `tags.${asset.id}`;
  const [kept, setKept, forget] = useDraft<readonly string[]>(draft, []);
  const unsaved = kept.filter((tag) => !asset.tags.includes(tag));
  // What answers that come later than the next change add to.
  const latest = useRef(kept);
  const keep = (tags: readonly string[]): void => {
    latest.current = tags;
    setKept(tags);
    if (tags.length === 0) forget();
    // At once: the answer may come when this is no longer shown.
    else keepDraft(draft, tags);
  };
  const change = (tags: readonly string[]): void => {
    const sound = tags.filter((tag) => !isTooLong(tag));
    const refused = tags.filter(isTooLong);
    const fresh = sound.filter((tag) => !asset.tags.includes(tag));
    keep(refused);
    if (fresh.length === 0 && sound.length === asset.tags.length) return;
    patch.mutateAsync({ tags: sound }).catch(() => keep([...new Set([...latest.current, ...fresh])]));
  };
  return { tags: [...asset.tags, ...unsaved], unsaved, change, isSaving: patch.isPending };
}

export function AssetTags({ asset, mayEdit, onTag }: TagsProps) {
  const { tags, unsaved, change, isSaving } = useTags(asset);
  const known = Object.entries(WELL_KNOWN_TAGS).filter(([tag]) => asset.tags.includes(tag));
  if (!mayEdit) return <ReadOnlyTags asset={asset} onTag={onTag} />;
  return (
    <div className="flex flex-col items-start gap-2">
      <Field
        label="Tags"
        error={wrongWith(unsaved)}
        aside={
          <InfoTip label="Tags that steer the ad">
            <TagWords />
          </InfoTip>
        }
        hint={known.length > 0 ? known.map(([tag, meaning]) => `${tag}: ${meaning}`).join(" ") : undefined}
        className="w-full"
      >
        <TagInput
          value={tags}
          onValueChange={change}
          suggestions={Object.keys(WELL_KNOWN_TAGS)}
          maxTags={TAGS_MAX}
          placeholder="Add a tag"
        />
      </Field>
      {unsaved.length > 0 && !unsaved.every(isTooLong) && (
        <Button size="sm" busy={isSaving} onClick={() => change(tags)}>
          Save tags again
        </Button>
      )}
    </div>
  );
}

function wrongWith(unsaved: readonly string[]): string | undefined {
  if (unsaved.length === 0) return undefined;
  const named = unsaved.map((tag) => `“${tag}”`).join(", ");
  const limit = `A tag has at most ${TAG_MAX_CHARACTERS} characters.`;
  return unsaved.some(isTooLong) ? `Not saved: ${named}. ${limit}` : `Not saved: ${named}.`;
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
