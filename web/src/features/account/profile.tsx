import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";

import { changeMe } from "@/api/account";
import { keys } from "@/api/keys";
import type { User } from "@/api/types";
import { fieldProblem, FormProblem } from "@/components/shell/form-problem";
import { PasswordField } from "@/components/shell/password-field";
import { passwordStrength } from "@/components/shell/password-strength";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { toast } from "@/components/ui/toast";

/** One's name, as colleagues see it. */
export function NameForm({ me }: { readonly me: User }) {
  const queries = useQueryClient();
  const [name, setName] = useState(me.name ?? "");
  const saving = useMutation({
    mutationFn: () => changeMe({ name: name.trim() || null }),
    onSuccess: (user) => {
      queries.setQueryData(keys.me, user);
      toast({ title: "Name saved", tone: "positive" });
    },
  });
  const isChanged = name.trim() !== (me.name ?? "");
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (isChanged) saving.mutate();
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <FormProblem error={saving.error} fields={["name"]} />
      <Field label="Name" error={fieldProblem(saving.error, "name")}>
        <TextInput value={name} onValueChange={setName} autoComplete="name" maxLength={100} />
      </Field>
      <Field label="Email" hint="You sign in with it.">
        <TextInput value={me.email} readOnly dir="ltr" />
      </Field>
      <div>
        <Button type="submit" busy={saving.isPending} disabled={!isChanged}>
          Save name
        </Button>
      </div>
    </form>
  );
}

/** A new password; all other sessions end with it. */
export function PasswordForm() {
  const [present, setPresent] = useState("");
  const [next, setNext] = useState("");
  const saving = useMutation({
    mutationFn: () => changeMe({ currentPassword: present, password: next }),
    onSuccess: () => {
      setPresent("");
      setNext("");
      toast({ title: "Password changed", description: "All other sessions have ended.", tone: "positive" });
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    saving.mutate();
  };
  const isReady = present !== "" && passwordStrength(next).strength !== "short";
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <FormProblem error={saving.error} fields={["currentPassword", "password"]} />
      <PasswordField
        label="Present password"
        kind="present"
        value={present}
        onValueChange={setPresent}
        error={fieldProblem(saving.error, "currentPassword")}
      />
      <PasswordField
        label="New password"
        kind="new"
        value={next}
        onValueChange={setNext}
        error={fieldProblem(saving.error, "password")}
      />
      <div>
        <Button type="submit" busy={saving.isPending} disabled={!isReady}>
          Change password
        </Button>
      </div>
    </form>
  );
}
