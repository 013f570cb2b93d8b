import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useId } from "react";

import { updateClient } from "@/api/clients";
import { keys } from "@/api/keys";
import { fieldMessage, problemOf } from "@/api/problem";
import type { Client } from "@/api/types";
import { Banner, Button, Dialog, Field, TextArea, TextInput, toast } from "@/components/ui";
import { useDraft } from "@/lib/drafts";

import { orNull } from "../words";

interface Details {
  readonly name: string;
  readonly description: string;
  readonly homepage: string;
}

function detailsOf(client: Client): Details {
  return { name: client.name, description: client.description ?? "", homepage: client.homepage ?? "" };
}

/** Name, description and homepage. What is typed is kept until it is saved or given up. */
export function EditClientDialog({ client, onClose }: { readonly client: Client; readonly onClose: () => void }) {
  const form = useId();
  const queries = useQueryClient();
  const saved = detailsOf(client);
  const [details, setDetails, forget] = useDraft<Details>(`client.${client.id}`, saved);
  const close = (): void => {
    forget();
    onClose();
  };
  const save = useMutation({
    mutationFn: () =>
      updateClient(client.id, {
        name: details.name.trim(),
        description: orNull(details.description),
        homepage: orNull(details.homepage),
      }),
    onSuccess: (now) => {
      queries.setQueryData(keys.clients.one(client.id), now);
      void queries.invalidateQueries({ queryKey: [keys.clients.all[0], "list"] });
      toast({ tone: "positive", title: `Saved ${now.name}` });
      close();
    },
  });
  const problem = save.error && problemOf(save.error);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (details.name.trim() !== "") save.mutate();
  };
  const isChanged = (["name", "description", "homepage"] as const).some((field) => details[field] !== saved[field]);
  const change = (part: Partial<Details>): void => setDetails((was) => ({ ...was, ...part }));
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && close()}
      isChanged={isChanged}
      title="Edit client"
      size="sm"
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            variant="primary"
            type="submit"
            form={form}
            busy={save.isPending}
            disabled={details.name.trim() === ""}
          >
            Save client
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate className="flex flex-col gap-4">
        {problem && problem.errors.length === 0 && (
          <Banner tone="critical" title={problem.title}>
            {problem.detail} {problem.nextStep}
          </Banner>
        )}
        <Field label="Name" required error={fieldMessage(problem, "name")}>
          <TextInput value={details.name} onValueChange={(name) => change({ name })} maxLength={200} />
        </Field>
        <Field
          label="Description"
          hint="What the brand makes, and for whom. Only people read it."
          error={fieldMessage(problem, "description")}
        >
          <TextArea
            value={details.description}
            onValueChange={(description) => change({ description })}
            maxLength={5000}
          />
        </Field>
        <Field
          label="Homepage"
          hint="Shown on end cards where an ad names no other address."
          error={fieldMessage(problem, "homepage")}
        >
          <TextInput
            type="url"
            inputMode="url"
            placeholder="https://"
            value={details.homepage}
            onValueChange={(homepage) => change({ homepage })}
          />
        </Field>
      </form>
    </Dialog>
  );
}
