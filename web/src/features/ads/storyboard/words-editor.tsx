import { editStoryboard, type StoryboardEdit } from "@/api/jobs";
import type { FrameView, JobDetail } from "@/api/types";
import { Button, Field, TextArea, TextInput } from "@/components/ui";
import { useDraft } from "@/lib/drafts";

import { useJobChange } from "../desk/mutations";

export interface SceneEditorProps {
  readonly job: JobDetail;
  readonly frame: FrameView;
  readonly editable: boolean;
}

type Words = Pick<
  Extract<StoryboardEdit, { kind: "words" }>,
  "headline" | "supporting" | "callToAction" | "destination"
>;

function wordsOf(job: JobDetail, frame: FrameView): Record<keyof Words, string> {
  const call = job.brief?.callToAction;
  return {
    headline: frame.overlayText,
    supporting: frame.supportingText,
    callToAction: call?.text ?? "",
    destination: call?.destination ?? "",
  };
}

function changed(before: Record<keyof Words, string>, now: Record<keyof Words, string>): Words {
  const names = Object.keys(now) as (keyof Words)[];
  return Object.fromEntries(names.filter((name) => now[name] !== before[name]).map((name) => [name, now[name]]));
}

/** The words on screen, as they stand; saving makes a new version. What is typed is kept until then. */
export function WordsEditor({ job, frame, editable }: SceneEditorProps) {
  const before = wordsOf(job, frame);
  const [typed, setTyped, clear] = useDraft<Partial<typeof before>>(`words.${job.id}.${frame.scene}`, {});
  const words = { ...before, ...typed };
  const forget = (): void => {
    setTyped({});
    clear();
  };
  const isEndCard = job.brief?.scenes[frame.scene - 1]?.shotType === "end_card";
  const save = useJobChange<Words>(job.id, {
    call: (said) =>
      editStoryboard(job.id, job.storyboardVersion ?? 1, [{ kind: "words", scene: frame.scene, ...said }]),
    failure: "The words are not saved",
    onDone: forget,
  });
  const said = changed(before, words);
  const isChanged = Object.keys(said).length > 0;
  const set = (name: keyof Words) => (value: string) => setTyped((was) => ({ ...was, [name]: value }));
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged) save.mutate(said);
      }}
    >
      <Field label="Words on screen" disabled={!editable}>
        <TextArea
          value={words.headline}
          onValueChange={set("headline")}
          minRows={2}
          maxLength={120}
          placeholder="No words"
        />
      </Field>
      <Field label="Below them" disabled={!editable}>
        <TextInput value={words.supporting} onValueChange={set("supporting")} maxLength={160} placeholder="None" />
      </Field>
      {isEndCard && (
        <>
          <Field label="Call to action" disabled={!editable}>
            <TextInput value={words.callToAction} onValueChange={set("callToAction")} maxLength={60} />
          </Field>
          <Field label="Web address or handle" disabled={!editable}>
            <TextInput
              value={words.destination}
              onValueChange={set("destination")}
              maxLength={200}
              placeholder="None"
            />
          </Field>
        </>
      )}
      {isChanged && editable && (
        <div className="flex gap-2">
          <Button type="submit" variant="primary" size="sm" busy={save.isPending}>
            Save words
          </Button>
          <Button size="sm" variant="ghost" onClick={forget}>
            Discard
          </Button>
        </div>
      )}
    </form>
  );
}
