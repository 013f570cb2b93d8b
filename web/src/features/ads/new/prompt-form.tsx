import { ArrowRight, Images } from "lucide-react";
import { type ReactNode, useState } from "react";

import { useMayEdit } from "@/api/rights";
import type { Client } from "@/api/types";
import { AssetDrop } from "@/components/assets/asset-drop";
import { Banner, Button, Field, TextArea } from "@/components/ui";
import { useDraft } from "@/lib/drafts";
import { formatCount } from "@/lib/units";

import { BriefSkeleton } from "../brief/brief-skeleton";
import { AssetsRow } from "./assets-row";
import { Choices } from "./choices";
import { type AdDraft, ASSETS_MAX, PROMPT_MAX, promptOf } from "./draft";
import { EstimateLine } from "./estimate-line";
import { ModelChoosers } from "./model-choosers";
import { useSubmission } from "./submission";
import { Whose } from "./whose";

export interface PromptFormProps {
  readonly draftName: string;
  readonly initial: AdDraft;
  /** Said by the link that led here; stronger than what was kept. */
  readonly given: Partial<AdDraft>;
  readonly clientId: string;
  readonly clients: readonly Client[];
  readonly onClientChange: (clientId: string) => void;
}

export type ChangeDraft = (change: Partial<AdDraft>) => void;

/** The prompt and what may be decided beside it; kept until it is sent. */
export function PromptForm(props: PromptFormProps) {
  const { draftName, initial, given, clientId, clients, onClientChange } = props;
  const [kept, setKept, clear] = useDraft<AdDraft>(draftName, initial);
  const [overridden, setOverridden] = useState(given);
  const draft: AdDraft = { ...initial, ...kept, ...overridden };
  const change: ChangeDraft = (next) => {
    setOverridden({});
    setKept((was) => ({ ...initial, ...was, ...overridden, ...next }));
  };
  const addAssets = (ids: readonly string[]): void => {
    setOverridden({});
    setKept((was) => {
      const before = { ...initial, ...was, ...overridden };
      return { ...before, assetIds: [...new Set([...before.assetIds, ...ids])].slice(0, ASSETS_MAX) };
    });
  };
  const mayEdit = useMayEdit(clientId);
  const submission = useSubmission(draft, clientId, clear);
  if (submission.isPlanning) return <BriefSkeleton prompt={promptOf(draft)} />;
  const isEmpty = draft.prompt.trim() === "";
  return (
    <AssetDrop
      target={{ clientId, campaignId: draft.campaignId ?? undefined }}
      label="Drop to use in this ad"
      onUploaded={(assetId) => addAssets([assetId])}
      disabledReason={mayEdit ? undefined : "Editors of the client make ads."}
    >
      <form
        className="mx-auto flex w-full max-w-3xl flex-col gap-6"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isEmpty) submission.plan();
        }}
      >
        <Whose
          clients={clients}
          clientId={clientId}
          campaignId={draft.campaignId}
          onClientChange={onClientChange}
          onCampaignChange={(campaignId) => change({ campaignId })}
        />
        <PromptField
          prompt={draft.prompt}
          error={submission.promptError}
          onChange={(prompt) => change({ prompt })}
          onSend={() => {
            if (!isEmpty) submission.plan();
          }}
        >
          <AssetsRow draft={draft} clientId={clientId} change={change} addAssets={addAssets} />
        </PromptField>
        <Choices draft={draft} change={change} />
        <ModelChoosers draft={draft} clientId={clientId} change={change} />
        {submission.problem && (
          <Banner tone="critical" title={submission.problem.title}>
            <p>{submission.problem.detail}</p>
            {submission.problem.nextStep && <p>{submission.problem.nextStep}</p>}
          </Banner>
        )}
        <div className="sticky bottom-(--shell-bottom) z-10 flex flex-wrap items-center gap-x-4 gap-y-3 border-t border-line bg-canvas py-4">
          <EstimateLine draft={draft} clientId={clientId} />
          <div className="ms-auto flex flex-wrap gap-2 max-sm:w-full max-sm:[&>*]:flex-1">
            <Button
              size="lg"
              disabled={isEmpty || !mayEdit}
              busy={submission.isGenerating}
              onClick={submission.generate}
            >
              Make storyboard directly
            </Button>
            <Button
              type="submit"
              variant="primary"
              size="lg"
              icon={<ArrowRight aria-hidden />}
              disabled={isEmpty || !mayEdit}
            >
              Plan brief
            </Button>
          </div>
        </div>
      </form>
    </AssetDrop>
  );
}

interface PromptFieldProps {
  readonly prompt: string;
  readonly error: string | undefined;
  readonly onChange: (prompt: string) => void;
  readonly onSend: () => void;
  readonly children: ReactNode;
}

const EXAMPLE =
  "A 15 second TikTok ad for our new table lamp. Calm and warm, for people who read in the evening. 20 % off until Sunday.";

function PromptField({ prompt, error, onChange, onSend, children }: PromptFieldProps) {
  const count = prompt.length;
  return (
    <div className="flex flex-col gap-3 rounded-xl border border-strong bg-surface p-4 transition-colors focus-within:border-ring focus-within:outline-2 focus-within:outline-ring/40 sm:p-5">
      <Field
        label={<span className="text-lg">What is the ad for, and what shall it say?</span>}
        error={error}
        aside={count > PROMPT_MAX * 0.8 ? `${formatCount(count)} of ${formatCount(PROMPT_MAX)}` : undefined}
      >
        <TextArea
          autoFocus
          value={prompt}
          onValueChange={onChange}
          minRows={5}
          maxRows={16}
          maxLength={PROMPT_MAX}
          placeholder={EXAMPLE}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) onSend();
          }}
          className="border-0! bg-transparent! px-0! text-lg! leading-7! outline-none!"
        />
      </Field>
      {children}
    </div>
  );
}

export function AddPictures({ onClick }: { readonly onClick: () => void }) {
  return (
    <Button size="sm" icon={<Images aria-hidden />} onClick={onClick}>
      Add from library
    </Button>
  );
}
