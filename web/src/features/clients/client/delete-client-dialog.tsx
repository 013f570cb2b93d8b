import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { clientStatsQuery, deleteClient } from "@/api/clients";
import { keys } from "@/api/keys";
import { problemOf } from "@/api/problem";
import type { Client } from "@/api/types";
import { Banner, ConfirmDialog, Field, TextInput, toast } from "@/components/ui";
import { clientScope } from "@/lib/scope";
import { plural } from "@/lib/units";

const WORD_FROM_CHARACTERS = 40;

/** What has to be typed: the name, or a word where nobody would type that. */
function wordFor(name: string): string {
  return name.length > WORD_FROM_CHARACTERS ? "delete" : name;
}

/** Asks for the client's name before all of it goes for good; tells in the server's words why it may not. */
export function DeleteClientDialog({ client, onClose }: { readonly client: Client; readonly onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const [isTried, setIsTried] = useState(false);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const stats = useQuery(clientStatsQuery(client.id)).data;
  const remove = useMutation({
    mutationFn: () => deleteClient(client.id),
    onSuccess: async () => {
      if (clientScope.get() === client.id) clientScope.set(null);
      onClose();
      await navigate({ to: "/clients" });
      queries.removeQueries({ queryKey: keys.clients.one(client.id) });
      await queries.invalidateQueries({ queryKey: keys.clients.all });
      toast({ title: `Deleted ${client.name}` });
    },
  });
  const word = wordFor(client.name);
  const isMeant = typed.trim().toLocaleLowerCase() === word.trim().toLocaleLowerCase();
  const problem = remove.error && problemOf(remove.error);
  const owned = stats
    ? `${plural(stats.campaigns, "campaign")}, ${plural(stats.assets, "asset")} and ${plural(stats.jobs, "ad")}`
    : "campaigns, assets and ads";
  return (
    <ConfirmDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={
        <>
          Delete <bdi>{client.name}</bdi>?
        </>
      }
      description={`Its ${owned} go with it, for good. What was spent stays in the costs.`}
      verb="Delete client"
      danger
      busy={remove.isPending}
      onConfirm={() => {
        setIsTried(true);
        if (isMeant) remove.mutate();
      }}
    >
      <div className="flex flex-col gap-4">
        {problem && (
          <Banner tone="critical" title={problem.title}>
            {problem.detail} {problem.nextStep}
          </Banner>
        )}
        <Field
          label={
            <>
              Type <bdi className="rounded-sm bg-sunken px-1">{word}</bdi> to confirm
            </>
          }
          error={isTried && !isMeant && `Nothing was deleted. Type ${word} first.`}
        >
          <TextInput value={typed} onValueChange={setTyped} autoComplete="off" spellCheck={false} />
        </Field>
      </div>
    </ConfirmDialog>
  );
}
