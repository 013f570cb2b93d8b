import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useId, useState } from "react";

import { addMember } from "@/api/clients";
import { keys } from "@/api/keys";
import { fieldMessage, problemOf } from "@/api/problem";
import type { Client, Member, Problem } from "@/api/types";
import { Banner, Button, Dialog, Field, RadioCards, TextInput, toast } from "@/components/ui";

import { ROLES } from "../words";

/** What is wrong with the address, in words for somebody who cannot make accounts by an API. */
function addressError(problem: Problem | null): string | undefined {
  if (problem === null) return undefined;
  if (problem.status === 404) {
    return "Nobody here has this address. An administrator can make an account for it, in Admin under Users.";
  }
  if (problem.status === 409) return `${problem.detail} Change the role in the list instead.`;
  return fieldMessage(problem, "email");
}

/** Lets somebody who has an account reach a client. */
export function AddMemberDialog({ client, onClose }: { readonly client: Client; readonly onClose: () => void }) {
  const form = useId();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Member["role"]>("editor");
  const queries = useQueryClient();
  const add = useMutation({
    mutationFn: () => addMember(client.id, { email: email.trim(), role }),
    onSuccess: async (member) => {
      onClose();
      toast({ tone: "positive", title: `${member.name ?? member.email} reaches ${client.name} now` });
      await queries.invalidateQueries({ queryKey: keys.clients.one(client.id) });
    },
  });
  const problem = add.error && problemOf(add.error);
  const error = addressError(problem);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (email.trim() !== "") add.mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Add member"
      size="sm"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={form} busy={add.isPending} disabled={email.trim() === ""}>
            Add member
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate className="flex flex-col gap-4">
        {problem && error === undefined && (
          <Banner tone="critical" title={problem.title}>
            {problem.detail} {problem.nextStep}
          </Banner>
        )}
        <Field label="E-mail address" required hint="Of somebody who has an account here." error={error}>
          <TextInput
            type="email"
            inputMode="email"
            autoComplete="off"
            value={email}
            onValueChange={setEmail}
            autoFocus
          />
        </Field>
        <Field label="Role">
          <RadioCards
            value={role}
            onValueChange={setRole}
            options={ROLES.map((each) => ({ value: each.value, label: each.label, description: each.may }))}
          />
        </Field>
      </form>
    </Dialog>
  );
}
