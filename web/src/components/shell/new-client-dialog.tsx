import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useId, useState } from "react";

import { createClient } from "@/api/clients";
import { keys } from "@/api/keys";
import type { Client } from "@/api/types";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { clientScope } from "@/lib/scope";

import { fieldProblem, FormProblem } from "./form-problem";

const NO_GUIDELINES = { colours: [], forbiddenElements: [] };

export interface NewClientDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onCreated: (client: Client) => void;
}

/** Makes a client out of a name, and makes it the one that is worked for. */
export function NewClientDialog({ open, onOpenChange, onCreated }: NewClientDialogProps) {
  const form = useId();
  const [name, setName] = useState("");
  const [homepage, setHomepage] = useState("");
  const queries = useQueryClient();
  const close = (): void => {
    setName("");
    setHomepage("");
    create.reset();
    onOpenChange(false);
  };
  const create = useMutation({
    mutationFn: () =>
      createClient({ name: name.trim(), homepage: homepage.trim() || null, brandGuidelines: NO_GUIDELINES }),
    onSuccess: async (client) => {
      await queries.invalidateQueries({ queryKey: keys.clients.all });
      clientScope.set(client.id);
      close();
      onCreated(client);
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (name.trim() !== "") create.mutate();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(isOpen) => (isOpen ? onOpenChange(true) : close())}
      title="New client"
      description="A brand that you make ads for. Colours, fonts and voice can be added afterwards."
      size="sm"
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" type="submit" form={form} busy={create.isPending} disabled={name.trim() === ""}>
            Create client
          </Button>
        </>
      }
    >
      <form noValidate id={form} onSubmit={submit} className="flex flex-col gap-4">
        <FormProblem error={create.error} fields={["name", "homepage"]} />
        <Field label="Name" required error={fieldProblem(create.error, "name")}>
          <TextInput value={name} onValueChange={setName} maxLength={200} autoComplete="organization" autoFocus />
        </Field>
        <Field label="Homepage" hint="Optional." error={fieldProblem(create.error, "homepage")}>
          <TextInput value={homepage} onValueChange={setHomepage} type="url" placeholder="https://" inputMode="url" />
        </Field>
      </form>
    </Dialog>
  );
}
