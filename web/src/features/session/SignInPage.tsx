import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { type SubmitEvent, useState } from "react";

import { keys } from "@/api/keys";
import { signIn } from "@/api/session";
import type { User } from "@/api/types";
import { FormProblem } from "@/components/shell/form-problem";
import { PasswordField } from "@/components/shell/password-field";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { useTitle } from "@/lib/hooks";

import { SessionFrame } from "./frame";
import { safeNext } from "./next";

/** Puts whoever signed in into what is known, and goes on. */
export function useEntry(): (user: User, next: string) => Promise<void> {
  const queries = useQueryClient();
  const router = useRouter();
  return async (user, next) => {
    queries.setQueryData(keys.me, user);
    await router.navigate({ to: ".", href: next, replace: true });
  };
}

/** Signing in: what was typed stays, whatever is answered. */
export function SignInPage() {
  useTitle("Sign in");
  const { next } = useSearch({ from: "/sign-in" });
  const enter = useEntry();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const signing = useMutation({
    mutationFn: () => signIn({ email: email.trim(), password }),
    onSuccess: ({ user }) => enter(user, safeNext(next)),
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    signing.mutate();
  };
  return (
    <SessionFrame title="Sign in" description={next !== undefined && "You will be brought back to where you were."}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        <FormProblem error={signing.error} />
        <Field label="Email" required>
          <TextInput
            type="email"
            value={email}
            onValueChange={setEmail}
            autoComplete="username"
            inputMode="email"
            dir="ltr"
            autoFocus
          />
        </Field>
        <PasswordField label="Password" kind="present" value={password} onValueChange={setPassword} />
        <Button
          type="submit"
          variant="primary"
          size="lg"
          busy={signing.isPending}
          disabled={email.trim() === "" || password === ""}
          className="mt-2"
        >
          Sign in
        </Button>
        <p className="text-xs text-faint">
          Forgotten the password? An administrator of this studio can give you a new one.
        </p>
      </form>
    </SessionFrame>
  );
}
