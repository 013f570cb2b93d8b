import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type SubmitEvent, useState } from "react";

import { setUp, setupQuery } from "@/api/session";
import { fieldProblem, FormProblem } from "@/components/shell/form-problem";
import { PasswordField } from "@/components/shell/password-field";
import { passwordStrength } from "@/components/shell/password-strength";
import { Button, buttonClass } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { useTitle } from "@/lib/hooks";

import { SessionFrame } from "./frame";
import { useEntry } from "./SignInPage";

function SetupForm() {
  const enter = useEntry();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const setting = useMutation({
    mutationFn: () => setUp({ name: name.trim() || null, email: email.trim(), password }),
    onSuccess: ({ user }) => enter(user, "/"),
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setting.mutate();
  };
  const isReady = email.trim() !== "" && passwordStrength(password).strength !== "short";
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <FormProblem error={setting.error} fields={["name", "email", "password"]} />
      <Field
        label="Name"
        hint="Optional. What colleagues see beside your approvals."
        error={fieldProblem(setting.error, "name")}
      >
        <TextInput value={name} onValueChange={setName} autoComplete="name" maxLength={100} autoFocus />
      </Field>
      <Field label="Email" required error={fieldProblem(setting.error, "email")}>
        <TextInput
          type="email"
          value={email}
          onValueChange={setEmail}
          autoComplete="username"
          inputMode="email"
          dir="ltr"
        />
      </Field>
      <PasswordField
        label="Password"
        kind="new"
        value={password}
        onValueChange={setPassword}
        error={fieldProblem(setting.error, "password")}
      />
      <Button type="submit" variant="primary" size="lg" busy={setting.isPending} disabled={!isReady} className="mt-2">
        Set up the studio
      </Button>
    </form>
  );
}

/** The first start: makes the administrator, then leads to the first client. */
export function SetupPage() {
  useTitle("Set up");
  const { data } = useQuery(setupQuery);
  if (data?.needed === false) {
    return (
      <SessionFrame title="This studio is set up" description="Its administrator exists already.">
        <Link to="/sign-in" className={buttonClass({ variant: "primary", size: "lg" })}>
          Sign in
        </Link>
      </SessionFrame>
    );
  }
  return (
    <SessionFrame
      title="Set up your studio"
      description="You become its administrator. Colleagues can be added afterwards."
    >
      <SetupForm />
    </SessionFrame>
  );
}
