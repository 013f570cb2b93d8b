import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { refineBrief } from "@/api/briefs";
import { keys } from "@/api/keys";
import type { BriefDetail, Schemas } from "@/api/types";
import { Button, Field, Select, TextArea } from "@/components/ui";
import { useDraft } from "@/lib/drafts";

import { tellFailure } from "../desk/mutations";
import { DiffList } from "./diff-list";

const WHOLE = 0;

interface RefineBriefProps {
  readonly detail: BriefDetail;
  /** Typed changes wait: they would be made to an older version. */
  readonly blocked: boolean;
}

/** A change in a sentence, to the whole brief or a scene of it; what came of it is told below. */
export function RefineBrief({ detail, blocked }: RefineBriefProps) {
  const queries = useQueryClient();
  const [scene, setScene] = useState(WHOLE);
  const [instruction, setInstruction, clear] = useDraft(`refine-brief.${detail.id}`, "");
  const [diff, setDiff] = useState<Schemas["BriefDiff"] | null>(null);
  const refine = useMutation({
    mutationFn: () =>
      refineBrief(detail.id, {
        instruction: instruction.trim(),
        scene: scene === WHOLE ? null : scene,
        version: detail.version,
      }),
    onSuccess: ({ diff: made, ...refined }) => {
      queries.setQueryData(keys.briefs.one(detail.id), refined);
      void queries.invalidateQueries({ queryKey: [...keys.briefs.one(detail.id), "versions"] });
      setDiff(made ?? null);
      setInstruction("");
      clear();
    },
    onError: (error) => {
      void queries.invalidateQueries({ queryKey: keys.briefs.one(detail.id) });
      tellFailure("The brief was not refined", error);
    },
  });
  const scenes = detail.content?.scenes ?? [];
  const isEmpty = instruction.trim() === "";
  const send = (): void => {
    if (!isEmpty && !blocked && !refine.isPending) refine.mutate();
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <h2 className="text-base">Refine in words</h2>
      <Select
        label="What is refined"
        value={scene}
        onValueChange={setScene}
        options={[
          { value: WHOLE, label: "The whole brief" },
          ...scenes.map(({ number, overlayText }) => ({
            value: number,
            label: `Scene ${number}`,
            description: overlayText || undefined,
          })),
        ]}
      />
      <Field label="What to change" labelHidden hint={blocked ? "Save or discard your changes first." : undefined}>
        <TextArea
          value={instruction}
          onValueChange={setInstruction}
          minRows={2}
          maxLength={1000}
          placeholder="Make it quieter, and end on the price"
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) send();
          }}
        />
      </Field>
      <Button type="submit" className="self-start" busy={refine.isPending} disabled={isEmpty || blocked}>
        Refine brief
      </Button>
      <div aria-live="polite">{diff && <DiffList diff={diff} />}</div>
    </form>
  );
}
