import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SyntheticEvent, type ReactNode, useId, useState } from "react";

import { createUser, updateUser } from "@/api/admin";
import { keys } from "@/api/keys";
import { fieldMessage, problemOf } from "@/api/problem";
import type { User } from "@/api/types";
import { Refused } from "@/components/page/parts";
import { PasswordField } from "@/components/shell/password-field";
import { passwordStrength } from "@/components/shell/password-strength";
import { shownName } from "@/components/shell/people";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { TextInput } from "@/components/ui/text-input";
import { toast } from "@/components/ui/toast";

interface FormDialogProps {
  readonly title: string;
  readonly description: string;
  readonly verb: string;
  readonly isReady: boolean;
  readonly saving: { readonly isPending: boolean; readonly error: Error | null };
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

function FormDialog(props: FormDialogProps) {
  const { title, description, verb, isReady, saving, onSubmit, onClose, children } = props;
  const form = useId();
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (isReady) onSubmit();
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" busy={saving.isPending} disabled={!isReady}>
            {verb}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <Refused error={saving.error} />
        {children}
      </form>
    </Dialog>
  );
}

const ROLES = [
  { value: "member", label: "Member" },
  { value: "admin", label: "Administrator" },
] as const;

function useRefresh() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: keys.admin.part("users").slice(0, 2) });
}

/** Makes an account; its password is handed over by whoever makes it. */
export function NewUserDialog({ onClose }: { readonly onClose: () => void }) {
  const refresh = useRefresh();
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [role, setRole] = useState<User["role"]>("member");
  const saving = useMutation({
    mutationFn: () => createUser({ email: email.trim(), name: name.trim() || null, password, role }),
    onSuccess: (user) => {
      toast({ tone: "positive", title: `${shownName(user)} may sign in`, description: "Tell them the password." });
      onClose();
      return refresh();
    },
  });
  const problem = saving.error && problemOf(saving.error);
  return (
    <FormDialog
      title="New user"
      description="They sign in with the email address and the password that you tell them."
      verb="Create user"
      isReady={email.trim() !== "" && passwordStrength(password).strength !== "short"}
      saving={saving}
      onSubmit={() => saving.mutate()}
      onClose={onClose}
    >
      <Field label="Email" required error={fieldMessage(problem, "email")}>
        <TextInput
          type="email"
          dir="ltr"
          value={email}
          onValueChange={setEmail}
          maxLength={254}
          autoComplete="off"
          autoFocus
        />
      </Field>
      <Field label="Name" error={fieldMessage(problem, "name")}>
        <TextInput value={name} onValueChange={setName} maxLength={100} autoComplete="off" />
      </Field>
      <PasswordField
        label="Password"
        kind="new"
        value={password}
        onValueChange={setPassword}
        error={fieldMessage(problem, "password")}
      />
      <div className="flex flex-col gap-1.5">
        <Segmented label="Role" value={role} onValueChange={setRole} options={ROLES} />
        <p className="text-xs text-faint">
          {role === "admin" ? "Reaches every client and this page." : "Reaches the clients that they are added to."}
        </p>
      </div>
    </FormDialog>
  );
}

/** Gives somebody a new password, for when the old one is forgotten. */
export function NewPasswordDialog({ user, onClose }: { readonly user: User; readonly onClose: () => void }) {
  const refresh = useRefresh();
  const [password, setPassword] = useState("");
  const saving = useMutation({
    mutationFn: () => updateUser(user.id, { password }),
    onSuccess: () => {
      toast({
        tone: "positive",
        title: `New password set for ${shownName(user)}`,
        description: "Tell them what it is.",
      });
      onClose();
      return refresh();
    },
  });
  return (
    <FormDialog
      title="Set a new password"
      description={`${shownName(user)} is signed out everywhere. API keys keep working.`}
      verb="Set password"
      isReady={passwordStrength(password).strength !== "short"}
      saving={saving}
      onSubmit={() => saving.mutate()}
      onClose={onClose}
    >
      <PasswordField
        label="New password"
        kind="new"
        value={password}
        onValueChange={setPassword}
        error={fieldMessage(saving.error && problemOf(saving.error), "password")}
        autoFocus
      />
    </FormDialog>
  );
}
