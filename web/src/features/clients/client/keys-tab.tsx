import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { type SubmitEvent, useId, useState } from "react";

import { type ProviderKey, providerKeysQuery, removeProviderKey, setProviderKey } from "@/api/clients";
import { keys } from "@/api/keys";
import { fieldMessage, problemOf } from "@/api/problem";
import { useMemberName } from "@/api/rights";
import type { Client } from "@/api/types";
import {
  Badge,
  Banner,
  Button,
  ConfirmDialog,
  Dialog,
  ErrorState,
  Field,
  RelativeTime,
  Skeleton,
  TextInput,
  toast,
} from "@/components/ui";

import { problemWords, tellFailure } from "../words";
import { Section } from "./section";

const SERVICES: Record<ProviderKey["provider"], { readonly name: string; readonly makes: string }> = {
  openrouter: { name: "OpenRouter", makes: "Briefs. Asked first." },
  openai: { name: "OpenAI", makes: "Briefs. Asked where OpenRouter does not answer." },
  anthropic: { name: "Anthropic", makes: "Briefs. Asked last." },
  replicate: { name: "Replicate", makes: "Images, videos and music." },
};

function Source({ item }: { readonly item: ProviderKey }) {
  if (item.source === null) return <Badge>No key</Badge>;
  if (item.source === "workspace") return <Badge tone="accent">The studio's key</Badge>;
  return item.isReadable ? <Badge tone="positive">Own key</Badge> : <Badge tone="critical">Cannot be read</Badge>;
}

function Facts({ item, clientId }: { readonly item: ProviderKey; readonly clientId: string }) {
  const who = useMemberName(clientId, item.setBy ?? undefined);
  if (item.source !== "client") return null;
  return (
    <p className="text-xs text-faint">
      {item.hint !== null && (
        <>
          Ends in <span className="font-mono text-muted">{item.hint}</span>
        </>
      )}
      {item.setAt !== null && (
        <>
          {" "}
          · set <RelativeTime at={item.setAt} />
        </>
      )}
      {who !== undefined && (
        <>
          {" "}
          by <bdi>{who}</bdi>
        </>
      )}
      {!item.isReadable && " · It was kept with another secret key. Set it again."}
    </p>
  );
}

interface KeyDialogProps {
  readonly client: Client;
  readonly item: ProviderKey;
  readonly onClose: () => void;
}

function SetKeyDialog({ client, item, onClose }: KeyDialogProps) {
  const form = useId();
  const service = SERVICES[item.provider].name;
  // Never a draft: a key is not kept in the browser.
  const [key, setKey] = useState("");
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: () => setProviderKey(client.id, item.provider, key.trim()),
    onSuccess: async () => {
      onClose();
      toast({ tone: "positive", title: `${client.name} has its own ${service} key now` });
      await queries.invalidateQueries({ queryKey: providerKeysQuery(client.id).queryKey });
      await queries.invalidateQueries({ queryKey: keys.models.all });
    },
  });
  const problem = save.error && problemOf(save.error);
  const fieldError = problem && (fieldMessage(problem, "key") ?? (problem.status === 422 ? problem.detail : undefined));
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (key.trim() !== "") save.mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`${service} key`}
      description={`What is made for ${client.name} is then charged to this key.`}
      size="sm"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={form} busy={save.isPending} disabled={key.trim() === ""}>
            Save key
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        {problem && !fieldError && (
          <Banner tone="critical" title={problem.title}>
            {problem.detail} {problem.nextStep}
          </Banner>
        )}
        <Field
          label="Key"
          required
          hint="Kept encrypted and never shown again. Only its last four characters stay visible."
          error={fieldError ?? undefined}
        >
          <TextInput
            type="password"
            autoComplete="off"
            spellCheck={false}
            value={key}
            onValueChange={setKey}
            className="font-mono"
            autoFocus
          />
        </Field>
      </form>
    </Dialog>
  );
}

function RemoveKeyDialog({ client, item, onClose }: KeyDialogProps) {
  const service = SERVICES[item.provider].name;
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => removeProviderKey(client.id, item.provider),
    onSuccess: async () => {
      onClose();
      toast({ title: `Removed the ${service} key of ${client.name}` });
      await queries.invalidateQueries({ queryKey: providerKeysQuery(client.id).queryKey });
      await queries.invalidateQueries({ queryKey: keys.models.all });
    },
    onError: (error) => tellFailure(`The ${service} key is still there`, error),
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Remove the ${service} key?`}
      description="It is forgotten here, not revoked there. Work for this client then uses the studio's key, where there is one."
      verb="Remove key"
      danger
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
    />
  );
}

interface KeyRowProps {
  readonly client: Client;
  readonly item: ProviderKey;
  readonly isOwner: boolean;
}

function KeyRow({ client, item, isOwner }: KeyRowProps) {
  const [open, setOpen] = useState<"set" | "remove" | null>(null);
  const service = SERVICES[item.provider];
  const isOwn = item.source === "client";
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line py-3.5 last:border-b-0">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-semibold">{service.name}</span>
          <Source item={item} />
        </p>
        <p className="text-sm text-muted">{service.makes}</p>
        <Facts item={item} clientId={client.id} />
      </div>
      {isOwner && (
        <div className="flex gap-2">
          {isOwn && (
            <Button variant="ghost" onClick={() => setOpen("remove")} aria-label={`Remove the ${service.name} key`}>
              Remove
            </Button>
          )}
          <Button onClick={() => setOpen("set")} aria-label={`${isOwn ? "Replace" : "Set"} the ${service.name} key`}>
            {isOwn ? "Replace key" : "Set key"}
          </Button>
        </div>
      )}
      {open === "set" && <SetKeyDialog client={client} item={item} onClose={() => setOpen(null)} />}
      {open === "remove" && <RemoveKeyDialog client={client} item={item} onClose={() => setOpen(null)} />}
    </li>
  );
}

/** Whose keys of hosted services a client's work is done with. Owners set them; nobody sees one again. */
export function KeysTab({ client, isOwner }: { readonly client: Client; readonly isOwner: boolean }) {
  const list = useQuery(providerKeysQuery(client.id));
  return (
    <div className="max-w-160">
      <Section
        title="Keys of hosted services"
        description={
          isOwner
            ? "Without any key everything is made by what is built in. A client's own key is used before the studio's."
            : "A client's own key is used before the studio's. Only an owner can set or remove keys."
        }
      >
        {list.isPending && <Skeleton lines={4} />}
        {list.isError && !list.data && (
          <ErrorState problem={problemWords(list.error)} busy={list.isFetching} onRetry={() => void list.refetch()} />
        )}
        {list.data && (
          <ul aria-label="Services" className="flex flex-col">
            {list.data.map((item) => (
              <KeyRow key={item.provider} client={client} item={item} isOwner={isOwner} />
            ))}
          </ul>
        )}
        <p className="flex items-center gap-2 text-xs text-faint">
          <KeyRound aria-hidden className="size-3.5" /> Keys are encrypted on the server and never sent to a browser.
        </p>
      </Section>
    </div>
  );
}
