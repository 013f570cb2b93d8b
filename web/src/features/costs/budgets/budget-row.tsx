import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Pencil, Trash2 } from "lucide-react";
import { type SyntheticEvent, type KeyboardEvent, useState } from "react";

import { createBudget, deleteBudget, updateBudget } from "@/api/costs";
import { keys } from "@/api/keys";
import { fieldMessage, problemOf } from "@/api/problem";
import { useRight } from "@/api/rights";
import { meQuery } from "@/api/session";
import type { Budget } from "@/api/types";
import { PartBar } from "@/components/charts/bar-list";
import { Badge } from "@/components/ui/badge";
import { Button, IconButton } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Link } from "@/components/ui/link";
import { toast } from "@/components/ui/toast";
import { formatMoney } from "@/lib/units";

import { partsOf } from "../overview/bar-parts";
import { Refused } from "@/components/page/parts";
import { draftOf, periodWords, readLimits, scaleOf, scopeKind, scopeWords, stateOf, typedAmount } from "./budget-words";
import { LimitFields } from "./limit-fields";

function hrefOf(budget: Budget): string | null {
  if (budget.jobId !== null) return `/ads/${budget.jobId}`;
  if (budget.campaignId !== null) return `/campaigns/${budget.campaignId}`;
  return budget.clientId === null ? null : `/clients/${budget.clientId}`;
}

/** The studio's budget is for administrators, a client's for its owners, the others for editors. */
function useMayChange(budget: Budget): boolean {
  const me = useQuery(meQuery).data;
  const right = useRight(budget.clientId ?? undefined);
  if (budget.scope === "workspace") return me?.role === "admin";
  return right === "owner" || (right === "editor" && budget.scope !== "client");
}

function failed(error: Error): void {
  const { title, detail, nextStep } = problemOf(error);
  toast({ tone: "critical", title, description: `${detail} ${nextStep ?? ""}`.trim() });
}

/** Takes a budget away at once; undoing makes the same one again, with all that was spent counted in it. */
function useDelete(budget: Budget) {
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: keys.budgets.all });
  const again = useMutation({ mutationFn: () => createBudget(draftOf(budget)), onError: failed, onSettled: refresh });
  return useMutation({
    mutationFn: () => deleteBudget(budget.id),
    onSuccess: () =>
      toast({
        title: `Budget of ${scopeWords(budget)} deleted`,
        description: "It limits nothing any more.",
        undo: () => again.mutate(),
      }),
    onError: failed,
    onSettled: refresh,
  });
}

function Edit({ budget, onDone }: { readonly budget: Budget; readonly onDone: () => void }) {
  const queries = useQueryClient();
  const [limits, setLimits] = useState({
    hard: typedAmount(budget.hardMicrousd),
    soft: typedAmount(budget.softMicrousd),
  });
  const [isTried, setIsTried] = useState(false);
  const saving = useMutation({
    mutationFn: (patch: Parameters<typeof updateBudget>[1]) => updateBudget(budget.id, patch),
    onSuccess: () => {
      onDone();
      return queries.invalidateQueries({ queryKey: keys.budgets.all });
    },
  });
  const problem = saving.error && problemOf(saving.error);
  const read = readLimits(limits);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    setIsTried(true);
    if (read.limits !== null) saving.mutate(read.limits);
  };
  const leave = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    onDone();
  };
  return (
    <form onSubmit={submit} onKeyDown={leave} className="mt-3 flex flex-col gap-3">
      <Refused error={saving.error} />
      <LimitFields
        autoFocus
        limits={limits}
        onLimitsChange={setLimits}
        errors={{
          hard: fieldMessage(problem, "hardMicrousd") ?? (isTried ? read.errors?.hard : undefined),
          soft: fieldMessage(problem, "softMicrousd") ?? (isTried ? read.errors?.soft : undefined),
        }}
      />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={saving.isPending}>
          Save limits
        </Button>
        <Button variant="ghost" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function Title({ budget }: { readonly budget: Budget }) {
  const href = hrefOf(budget);
  const name = scopeWords(budget);
  const kind = scopeKind(budget.scope);
  return (
    <div className="min-w-0 flex-1">
      <h3 className="flex min-w-0 items-center gap-2 text-base">
        {href === null ? (
          <span className="truncate">{name}</span>
        ) : (
          <Link href={href} dir="auto" title={name} className="min-w-0 truncate rounded-sm text-left hover:text-accent">
            {name}
          </Link>
        )}
        {kind !== null && <Badge className="shrink-0">{kind}</Badge>}
      </h3>
      <p className="text-xs text-faint">{periodWords(budget)}</p>
    </div>
  );
}

/** What is gone and held back of the limit, as a bar and in words. */
function Used({ budget }: { readonly budget: Budget }) {
  const state = stateOf(budget);
  const parts = partsOf({
    spentMicrousd: budget.spentMicrousd,
    heldMicrousd: budget.reservedMicrousd,
    undecidedMicrousd: 0,
  });
  const limit = budget.hardMicrousd ?? budget.softMicrousd;
  const tones = { neutral: "text-muted", caution: "text-caution", critical: "text-critical" };
  return (
    <div className="mt-2.5">
      <PartBar parts={parts} mark={budget.softMicrousd} scale={scaleOf(budget)} />
      <div className="mt-1.5 flex flex-wrap justify-between gap-x-4 text-sm tabular">
        <p>
          <span className="font-semibold">{formatMoney(budget.spentMicrousd)}</span>
          <span className="text-muted">
            {" spent"}
            {budget.reservedMicrousd > 0 && `, ${formatMoney(budget.reservedMicrousd)} held back`}
            {limit !== null && ` of ${formatMoney(limit)}`}
          </span>
        </p>
        <p className={cx("text-end", tones[state.tone])}>{state.words}</p>
      </div>
    </div>
  );
}

/** One budget; its limits are changed where they stand. */
export function BudgetRow({ budget }: { readonly budget: Budget }) {
  const mayChange = useMayChange(budget);
  const [isEdited, setIsEdited] = useState(false);
  const deleting = useDelete(budget);
  const name = scopeWords(budget);
  return (
    <li className={cx("py-4", deleting.isPending && "opacity-50")}>
      <div className="flex min-w-0 items-start gap-2">
        <Title budget={budget} />
        {mayChange && !isEdited && (
          <div className="flex shrink-0">
            <IconButton
              label={`Change limits of ${name}`}
              icon={<Pencil aria-hidden />}
              onClick={() => setIsEdited(true)}
            />
            <IconButton
              label={`Delete budget of ${name}`}
              icon={<Trash2 aria-hidden />}
              busy={deleting.isPending}
              onClick={() => deleting.mutate()}
            />
          </div>
        )}
      </div>
      <Used budget={budget} />
      {isEdited && <Edit budget={budget} onDone={() => setIsEdited(false)} />}
    </li>
  );
}
