import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { type BrandGuidelines, brandLookQuery, updateClient } from "@/api/clients";
import { keys } from "@/api/keys";
import type { Client, Schemas } from "@/api/types";
import { Field, TagInput, TextArea } from "@/components/ui";
import { useSettled } from "@/lib/hooks";

import { type Autosave, useAutosave } from "../autosave";
import { Section } from "../client/section";
import { SaveFailure, SaveSign } from "../save-state";
import { BrandPreview } from "./brand-preview";
import { ColoursEditor } from "./colours-editor";
import { ContrastList } from "./contrast-list";
import { FontField } from "./font-field";
import { cleaned, FORBIDDEN_MAX, seen } from "./guidelines";
import { LogoField } from "./logo-field";

const REST_MS = 350;

function useGuidelines(client: Client): Autosave<BrandGuidelines> {
  const queries = useQueryClient();
  return useAutosave<BrandGuidelines>({
    name: `brand.${client.id}`,
    saved: client.brandGuidelines,
    save: async (guidelines) => {
      const saved = await updateClient(client.id, { brandGuidelines: cleaned(guidelines) });
      queries.setQueryData(keys.clients.one(client.id), saved);
      void queries.invalidateQueries({ queryKey: [keys.clients.all[0], "list"] });
    },
  });
}

/** What an ad of the guidelines would be made in; what was known before stays until it is known anew. */
function useLook(clientId: string, guidelines: BrandGuidelines): Schemas["BrandLook"] | undefined {
  const settled = useSettled(JSON.stringify(seen(guidelines)), REST_MS);
  const given = JSON.parse(settled) as BrandGuidelines;
  return useQuery({ ...brandLookQuery(clientId, given), placeholderData: keepPreviousData }).data;
}

interface PartProps {
  readonly client: Client;
  readonly form: Autosave<BrandGuidelines>;
  readonly disabled: boolean;
}

function Look({ client, form, disabled }: PartProps) {
  const { value, change } = form;
  const ground = value.colours.find((colour) => colour.role === "background")?.hex ?? "#FFFFFF";
  return (
    <>
      <Section title="Logo">
        <LogoField
          clientId={client.id}
          assetId={value.logoAssetId ?? null}
          ground={ground}
          disabled={disabled}
          onChange={(logoAssetId) => change({ logoAssetId })}
          onColours={value.colours.length === 0 ? (colours) => change({ colours }) : undefined}
        />
      </Section>
      <Section
        title="Colours"
        description={
          value.colours.length === 0
            ? "None yet: ads take theirs from the logo and the pictures. A role says what a colour is for."
            : undefined
        }
      >
        <ColoursEditor colours={value.colours} disabled={disabled} onChange={(colours) => change({ colours })} />
        <ContrastList colours={value.colours} />
      </Section>
    </>
  );
}

function Type({ client, form, disabled }: PartProps) {
  const { value, change } = form;
  const look = useLook(client.id, value);
  const isMissing = (name: string | null | undefined): boolean =>
    Boolean(name) && (look?.missingFonts.includes(name?.trim() ?? "") ?? false);
  return (
    <Section title="Type">
      <div className="flex flex-col gap-6">
        <FontField
          label="Heading font"
          use="heading"
          value={value.headingFont}
          disabled={disabled}
          drawnIn={look?.headingFont}
          isMissing={isMissing(value.headingFont)}
          onChange={(headingFont) => change({ headingFont })}
        />
        <FontField
          label="Body font"
          use="body"
          value={value.bodyFont}
          disabled={disabled}
          drawnIn={look?.bodyFont}
          isMissing={isMissing(value.bodyFont)}
          onChange={(bodyFont) => change({ bodyFont })}
        />
      </div>
    </Section>
  );
}

interface WordsFieldProps {
  readonly label: string;
  readonly hint: ReactNode;
  readonly placeholder: string;
  readonly value: string | null | undefined;
  readonly disabled: boolean;
  readonly onChange: (text: string) => void;
}

function WordsField({ label, hint, placeholder, value, disabled, onChange }: WordsFieldProps) {
  const text = value ?? "";
  return (
    <Field label={label} hint={hint} aside={text.length > 800 ? `${text.length} of 1,000` : undefined}>
      <TextArea
        minRows={2}
        maxLength={1000}
        value={text}
        disabled={disabled}
        placeholder={placeholder}
        onValueChange={onChange}
      />
    </Field>
  );
}

function Manner({ form, disabled }: PartProps) {
  const { value, change } = form;
  return (
    <Section title="Manner">
      <div className="flex flex-col gap-5">
        <WordsField
          label="Voice"
          hint="How the brand speaks. Planners write in it."
          placeholder="Warm and dry. Short sentences. Never shouts."
          value={value.voice}
          disabled={disabled}
          onChange={(voice) => change({ voice })}
        />
        <WordsField
          label="Visual style"
          hint="How its pictures look. It goes into what image and video models are asked."
          placeholder="Morning light, natural materials, plenty of air."
          value={value.visualStyle}
          disabled={disabled}
          onChange={(visualStyle) => change({ visualStyle })}
        />
        <Field
          label="Never in an ad"
          hint="Words and things that no ad says or shows. Enter or comma adds one."
          aside={
            value.forbiddenElements.length > 0 ? `${value.forbiddenElements.length} of ${FORBIDDEN_MAX}` : undefined
          }
        >
          <TagInput
            value={value.forbiddenElements}
            disabled={disabled}
            maxTags={FORBIDDEN_MAX}
            placeholder="cheap, competitors' names, smoking"
            onValueChange={(forbiddenElements) => change({ forbiddenElements: [...forbiddenElements] })}
          />
        </Field>
      </div>
    </Section>
  );
}

/** How a brand looks and speaks, written beside what an ad of it looks like. It saves itself. */
export default function BrandTab({ client, mayEdit }: { readonly client: Client; readonly mayEdit: boolean }) {
  const form = useGuidelines(client);
  const parts = { client, form, disabled: !mayEdit };
  return (
    <div className="grid items-start gap-x-12 gap-y-8 pt-2 xl:grid-cols-[minmax(0,40rem)_minmax(20rem,28rem)]">
      <div className="flex min-w-0 flex-col gap-10 max-xl:order-2 max-xl:max-w-160">
        <div className="sticky top-(--shell-top) z-2 -my-2 flex flex-col gap-2 bg-canvas py-2">
          {mayEdit ? (
            <SaveSign state={form.state} />
          ) : (
            <p className="text-sm text-muted">
              You can look at this brand. An editor or owner of the client changes it.
            </p>
          )}
          <SaveFailure form={form} />
        </div>
        <Look {...parts} />
        <Type {...parts} />
        <Manner {...parts} />
      </div>
      <div className="max-xl:max-w-112 xl:sticky xl:top-[calc(var(--shell-top)+1.5rem)]">
        <BrandPreview clientId={client.id} guidelines={form.value} />
      </div>
    </div>
  );
}
