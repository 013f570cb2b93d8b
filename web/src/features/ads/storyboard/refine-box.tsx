import { useEffect, useRef } from "react";

import { refineJob } from "@/api/jobs";
import { Button, Field, Kbd, TextArea } from "@/components/ui";
import { useDraft } from "@/lib/drafts";

import { useJobChange } from "../desk/mutations";
import type { SceneEditorProps } from "./words-editor";

/** A change to the scene in a sentence. What is typed is kept until it was sent. */
export function RefineBox({ job, frame, editable, focus }: SceneEditorProps & { readonly focus: boolean }) {
  const box = useRef<HTMLTextAreaElement>(null);
  const [instruction, setInstruction, clear] = useDraft(`refine.${job.id}.${frame.scene}`, "");
  const refine = useJobChange<string>(job.id, {
    call: (words) => refineJob(job.id, { scene: frame.scene, instruction: words }),
    failure: "The scene was not refined",
    onDone: () => {
      setInstruction("");
      clear();
    },
  });
  useEffect(() => {
    if (focus) box.current?.focus();
  }, [focus]);
  const send = (): void => {
    if (instruction.trim() !== "" && !refine.isPending) refine.mutate(instruction.trim());
  };
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Field label="Refine in words" disabled={!editable} aside={<Kbd>R</Kbd>}>
        <TextArea
          ref={box}
          value={instruction}
          onValueChange={setInstruction}
          minRows={2}
          maxLength={1000}
          placeholder="Closer on the product, and a warmer light"
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) send();
          }}
        />
      </Field>
      {instruction.trim() !== "" && editable && (
        <Button type="submit" size="sm" variant="primary" busy={refine.isPending} className="self-start">
          Refine scene
        </Button>
      )}
    </form>
  );
}
