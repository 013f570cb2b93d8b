import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Pencil } from "lucide-react";
import { type SyntheticEvent, useState } from "react";

import { setQuota, type StorageOverview } from "@/api/admin";
import { keys } from "@/api/keys";
import { fieldMessage, problemOf } from "@/api/problem";
import { PartBar } from "@/components/charts/bar-list";
import { Refused } from "@/components/page/parts";
import { Button, IconButton } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { TextInput } from "@/components/ui/text-input";
import { toast } from "@/components/ui/toast";
import { formatSize, plural } from "@/lib/units";

import { readQuota, typedQuota } from "./quota";

type Share = StorageOverview["library"]["byClient"][number];

const SHOWN_FIRST = 12;

function QuotaForm({ share, onDone }: { readonly share: Share; readonly onDone: () => void }) {
  const queries = useQueryClient();
  const [typed, setTyped] = useState(() => typedQuota(share.quotaBytes));
  const read = readQuota(typed);
  const saving = useMutation({
    mutationFn: (quotaBytes: number | null) => setQuota(share.clientId, quotaBytes),
    onSuccess: ({ quotaBytes }) => {
      const words = quotaBytes === null ? "as much as there is" : formatSize(quotaBytes);
      toast({ tone: "positive", title: `${share.name} may take ${words}` });
      onDone();
      return Promise.all([
        queries.invalidateQueries({ queryKey: keys.admin.part("storage") }),
        queries.invalidateQueries({ queryKey: [...keys.clients.one(share.clientId), "storage"] }),
      ]);
    },
  });
  const problem = saving.error && problemOf(saving.error);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (read !== undefined) saving.mutate(read);
  };
  return (
    <form
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onDone();
      }}
      className="mt-3 flex max-w-100 flex-col gap-3"
    >
      <Refused error={saving.error} />
      <Field
        label="Quota"
        hint="As in 20 GB; leave it empty for the server’s setting. A full quota refuses more, and removes nothing."
        error={fieldMessage(problem, "quotaBytes") ?? (read === undefined ? "Give a size, as in 20 GB." : undefined)}
      >
        <TextInput value={typed} onValueChange={setTyped} autoFocus dir="ltr" className="tabular" />
      </Field>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={saving.isPending} disabled={read === undefined}>
          Save quota
        </Button>
        <Button variant="ghost" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function wordsOf({ usedBytes, quotaBytes, assetCount }: Share): string {
  const assets = plural(assetCount, "asset");
  if (quotaBytes === null) return `${assets}, no quota`;
  const percent = quotaBytes === 0 ? 100 : Math.round((usedBytes / quotaBytes) * 100);
  return `${assets}, ${percent}% of ${formatSize(quotaBytes)}`;
}

function ShareRow({ share, scale }: { readonly share: Share; readonly scale: number }) {
  const [isEdited, setIsEdited] = useState(false);
  const isFull = share.quotaBytes !== null && share.usedBytes >= share.quotaBytes;
  return (
    <li>
      <div className="mb-1.5 flex items-center gap-3">
        <Link
          href={`/clients/${share.clientId}`}
          dir="auto"
          title={share.name}
          className="min-w-0 flex-1 truncate rounded-sm text-left text-sm font-medium hover:text-accent"
        >
          {share.name}
        </Link>
        <span className="shrink-0 text-sm font-semibold tabular">{formatSize(share.usedBytes)}</span>
        <IconButton
          size="sm"
          label={`Change quota of ${share.name}`}
          icon={<Pencil aria-hidden />}
          disabled={isEdited}
          onClick={() => setIsEdited(true)}
        />
      </div>
      <PartBar
        parts={[{ id: "used", label: "Used", look: isFull ? "caution" : "solid", value: share.usedBytes }]}
        scale={share.quotaBytes ?? scale}
      />
      <p className="mt-1 text-xs text-faint tabular">
        {wordsOf(share)}
        {isFull && <span className="text-caution"> · Full: nothing more can be added</span>}
      </p>
      {isEdited && <QuotaForm share={share} onDone={() => setIsEdited(false)} />}
    </li>
  );
}

/** How much each client takes of what it may; quotas are changed where they stand. */
export function ClientShares({ shares }: { readonly shares: readonly Share[] }) {
  const [isAll, setIsAll] = useState(false);
  if (shares.length === 0) return <p className="text-sm text-muted">There is no client yet.</p>;
  const sorted = [...shares].sort((one, other) => other.usedBytes - one.usedBytes);
  const scale = Math.max(1, sorted[0]?.usedBytes ?? 1);
  return (
    <div className="flex flex-col gap-4">
      <ul aria-label="Space by client" className="flex flex-col gap-4">
        {sorted.slice(0, isAll ? undefined : SHOWN_FIRST).map((share) => (
          <ShareRow key={share.clientId} share={share} scale={scale} />
        ))}
      </ul>
      {sorted.length > SHOWN_FIRST && (
        <div>
          <Button size="sm" variant="ghost" onClick={() => setIsAll(!isAll)}>
            {isAll ? "Show fewer" : `Show all ${sorted.length}`}
          </Button>
        </div>
      )}
    </div>
  );
}
