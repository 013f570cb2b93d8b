import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { type SubmitEvent, useId, useState } from "react";

import { type ApiKey, apiKeysQuery, createApiKey, type IssuedApiKey, revokeApiKey } from "@/api/account";
import { keys } from "@/api/keys";
import { problemOf } from "@/api/problem";
import { fieldProblem, FormProblem } from "@/components/shell/form-problem";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { ConfirmDialog, Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { RelativeTime } from "@/components/ui/numerals";
import { Skeleton } from "@/components/ui/skeleton";
import { Banner } from "@/components/ui/states";
import { TextInput } from "@/components/ui/text-input";
import { toast } from "@/components/ui/toast";

function Issued({ issued }: { readonly issued: IssuedApiKey }) {
  return (
    <div className="flex flex-col gap-4 pb-1">
      <Banner tone="caution" title="Copy the key now">
        It is shown this once. Who has it can do what you can.
      </Banner>
      <Field label={`Key “${issued.name}”`}>
        <div className="flex gap-2">
          <TextInput
            value={issued.key}
            readOnly
            dir="ltr"
            className="font-mono"
            onFocus={(event) => event.target.select()}
          />
          <CopyButton text={issued.key} label="Copy key" labelled />
        </div>
      </Field>
    </div>
  );
}

/** Makes a key in two looks: its name, then the key itself, once. */
function CreateDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const form = useId();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const creating = useMutation({
    mutationFn: () => createApiKey(name.trim()),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.apiKeys.all }),
  });
  const close = (): void => {
    onClose();
    setName("");
    creating.reset();
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (name.trim() !== "") creating.mutate();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(isOpen) => {
        if (!isOpen) close();
      }}
      title={creating.data ? "Your new key" : "New API key"}
      description={creating.data ? undefined : "For programs that work in your name."}
      footer={
        creating.data ? (
          <Button variant="primary" onClick={close}>
            Done
          </Button>
        ) : (
          <>
            <Button onClick={close}>Cancel</Button>
            <Button type="submit" form={form} variant="primary" busy={creating.isPending} disabled={name.trim() === ""}>
              Create key
            </Button>
          </>
        )
      }
    >
      {creating.data ? (
        <Issued issued={creating.data} />
      ) : (
        <form id={form} onSubmit={submit} className="flex flex-col gap-4">
          <FormProblem error={creating.error} fields={["name"]} />
          <Field label="Name" required hint="Where it will be used." error={fieldProblem(creating.error, "name")}>
            <TextInput value={name} onValueChange={setName} maxLength={100} autoFocus placeholder="Build server" />
          </Field>
        </form>
      )}
    </Dialog>
  );
}

function KeyRow({ apiKey, onRevoke }: { readonly apiKey: ApiKey; readonly onRevoke: () => void }) {
  return (
    <li className="flex min-w-0 items-center gap-3 py-3">
      <KeyRound aria-hidden className="size-4 shrink-0 text-faint" />
      <div className="min-w-0 flex-1">
        <p className="flex min-w-0 items-center gap-2 text-sm font-semibold">
          <span dir="auto" title={apiKey.name} className="truncate">
            {apiKey.name}
          </span>
          {apiKey.revokedAt !== null && <Badge>Revoked</Badge>}
        </p>
        <p className="truncate text-xs text-faint">
          <code>{apiKey.prefix}…</code> · made <RelativeTime at={apiKey.createdAt} /> ·{" "}
          {apiKey.lastUsedAt === null ? (
            "never used"
          ) : (
            <>
              used <RelativeTime at={apiKey.lastUsedAt} />
            </>
          )}
        </p>
      </div>
      {apiKey.revokedAt === null && (
        <Button size="sm" aria-label={`Revoke ${apiKey.name}`} onClick={onRevoke}>
          Revoke
        </Button>
      )}
    </li>
  );
}

function KeyList({ onRevoke }: { readonly onRevoke: (apiKey: ApiKey) => void }) {
  const { data, error, refetch } = useQuery(apiKeysQuery);
  if (error && !data) {
    const problem = problemOf(error);
    return (
      <Banner
        tone="critical"
        title={problem.title}
        action={
          <Button size="sm" onClick={() => void refetch()}>
            Try again
          </Button>
        }
      >
        {problem.detail}
      </Banner>
    );
  }
  if (data === undefined) return <Skeleton lines={3} />;
  if (data.items.length === 0) return <p className="text-sm text-muted">No keys yet.</p>;
  // Keys that still work first; within these the newest, as the server has them.
  const sorted = [...data.items].sort(
    (one, other) => Number(one.revokedAt !== null) - Number(other.revokedAt !== null),
  );
  return (
    <ul className="divide-y divide-line">
      {sorted.map((apiKey) => (
        <KeyRow key={apiKey.id} apiKey={apiKey} onRevoke={() => onRevoke(apiKey)} />
      ))}
    </ul>
  );
}

/** Keys with which programs work in one's name. */
export function ApiKeys() {
  const queries = useQueryClient();
  const [isCreating, setIsCreating] = useState(false);
  const [revoked, setRevoked] = useState<ApiKey | null>(null);
  const revoking = useMutation({
    mutationFn: (apiKey: ApiKey) => revokeApiKey(apiKey.id),
    onSuccess: (_, apiKey) => toast({ title: `Key “${apiKey.name}” revoked` }),
    onError: (error) => {
      const { title, detail } = problemOf(error);
      toast({ tone: "critical", title, description: detail });
    },
    onSettled: () => {
      setRevoked(null);
      return queries.invalidateQueries({ queryKey: keys.apiKeys.all });
    },
  });
  return (
    <div className="flex flex-col gap-3">
      <KeyList onRevoke={setRevoked} />
      <div>
        <Button onClick={() => setIsCreating(true)}>Create API key</Button>
      </div>
      <CreateDialog open={isCreating} onClose={() => setIsCreating(false)} />
      <ConfirmDialog
        open={revoked !== null}
        onOpenChange={(isOpen) => {
          if (!isOpen) setRevoked(null);
        }}
        title={`Revoke “${revoked?.name ?? ""}”?`}
        description="Programs that use it are refused from now on. This cannot be undone."
        verb="Revoke key"
        danger
        busy={revoking.isPending}
        onConfirm={() => {
          if (revoked) revoking.mutate(revoked);
        }}
      />
    </div>
  );
}
