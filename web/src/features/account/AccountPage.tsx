import { useQuery } from "@tanstack/react-query";
import { Monitor, Moon, Sun } from "lucide-react";
import { type ReactNode, useId, useSyncExternalStore } from "react";

import { meQuery } from "@/api/session";
import { PageHeader } from "@/components/ui/page-header";
import { Segmented } from "@/components/ui/segmented";
import { useTitle } from "@/lib/hooks";
import { theme } from "@/lib/theme";

import { ApiKeys } from "./api-keys";
import { NameForm, PasswordForm } from "./profile";

interface PartProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
}

function Part({ title, description, children }: PartProps) {
  const heading = useId();
  return (
    <section aria-labelledby={heading} className="border-t border-line pt-6">
      <h2 id={heading} className="text-lg">
        {title}
      </h2>
      {description !== undefined && <p className="mt-1 text-sm text-muted">{description}</p>}
      <div className="mt-4">{children}</div>
    </section>
  );
}

function ThemeChoice() {
  const chosen = useSyncExternalStore(theme.subscribe, theme.get);
  return (
    <Segmented
      label="Theme"
      value={chosen}
      onValueChange={theme.set}
      options={[
        { value: "system", label: "System", icon: <Monitor aria-hidden /> },
        { value: "light", label: "Light", icon: <Sun aria-hidden /> },
        { value: "dark", label: "Dark", icon: <Moon aria-hidden /> },
      ]}
    />
  );
}

/** One's own account. */
export function AccountPage() {
  useTitle("Account");
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  return (
    <div className="mx-auto flex max-w-160 flex-col gap-8">
      <PageHeader
        title="Account"
        description={me.role === "admin" ? "You are an administrator of this studio." : undefined}
      />
      <Part title="You">
        <NameForm key={me.id} me={me} />
      </Part>
      <Part title="Theme" description="Kept in this browser.">
        <ThemeChoice />
      </Part>
      <Part title="Password" description="Changing it signs you out everywhere else; this browser stays signed in.">
        <PasswordForm />
      </Part>
      <Part
        title="API keys"
        description="For programs and the command line. They hold until they are revoked, also when you change your password."
      >
        <ApiKeys />
      </Part>
    </div>
  );
}
