import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type SyntheticEvent, useId, useState } from "react";

import { campaignsQuery } from "@/api/clients";
import { createBudget } from "@/api/costs";
import { keys } from "@/api/keys";
import { fieldMessage, problemOf } from "@/api/problem";
import { meQuery } from "@/api/session";
import type { Budget, Schemas } from "@/api/types";
import { everyClientQuery } from "@/api/work";
import { Button } from "@/components/ui/button";
import { Combobox, type ComboboxOption } from "@/components/ui/combobox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { NumberInput } from "@/components/ui/number-input";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";

import { Refused } from "@/components/page/parts";
import { type Limits, readLimits, scopeWords } from "./budget-words";
import { LimitFields } from "./limit-fields";

type Scope = Budget["scope"];

interface Target {
  readonly scope: Scope;
  readonly client: ComboboxOption | null;
  readonly campaign: ComboboxOption | null;
  readonly jobId: number | null;
}

const SCOPES: readonly { value: Scope; label: string; description: string }[] = [
  { value: "workspace", label: "The whole studio", description: "All clients together. Administrators set it." },
  { value: "client", label: "A client", description: "Its owners set it." },
  { value: "campaign", label: "A campaign", description: "Its client's editors set it." },
  { value: "job", label: "An ad", description: "Its client's editors set it." },
];

const PERIODS = [
  { value: "day", label: "Each day" },
  { value: "month", label: "Each month" },
  { value: "total", label: "In all" },
] as const;

/** The part of a draft that says whose budget it is, or null while nobody is chosen. */
function targetOf({ scope, client, campaign, jobId }: Target): Partial<Schemas["BudgetDraft"]> | null {
  switch (scope) {
    case "workspace":
      return {};
    case "client":
      return client && { clientId: client.value };
    case "campaign":
      return campaign && { campaignId: campaign.value };
    case "job":
      return jobId === null ? null : { jobId };
  }
}

function CampaignField({ target, onTarget, error }: TargetFieldsProps) {
  const campaigns = useQuery({
    ...campaignsQuery(target.client === null ? {} : { clientId: target.client.value }),
    enabled: target.client !== null,
  });
  return (
    <Field label="Campaign" required error={error}>
      <Combobox
        value={target.campaign}
        onValueChange={(campaign) => onTarget({ ...target, campaign })}
        options={campaigns.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        disabled={target.client === null}
        emptyText="This client has no such campaign."
        placeholder={target.client === null ? "Choose the client first" : "Find a campaign"}
      />
    </Field>
  );
}

interface TargetFieldsProps {
  readonly target: Target;
  readonly onTarget: (target: Target) => void;
  readonly error: string | undefined;
}

function TargetFields({ target, onTarget, error }: TargetFieldsProps) {
  const clients = useQuery(everyClientQuery).data ?? [];
  const me = useQuery(meQuery).data;
  const { scope } = target;
  return (
    <>
      <Field label="For">
        <Select
          value={scope}
          onValueChange={(next) => onTarget({ ...target, scope: next })}
          options={SCOPES.filter(({ value }) => value !== "workspace" || me?.role === "admin")}
        />
      </Field>
      {(scope === "client" || scope === "campaign") && (
        <Field label="Client" required error={scope === "client" ? error : undefined}>
          <Combobox
            value={target.client}
            onValueChange={(client) => onTarget({ ...target, client, campaign: null })}
            options={clients.map(({ id, name }) => ({ value: id, label: name }))}
            placeholder="Find a client"
          />
        </Field>
      )}
      {scope === "campaign" && <CampaignField target={target} onTarget={onTarget} error={error} />}
      {scope === "job" && (
        <Field label="Number of the ad" required hint="It stands in the ad's address." error={error}>
          <NumberInput
            value={target.jobId}
            min={1}
            step={1}
            onValueChange={(jobId) => onTarget({ ...target, jobId })}
          />
        </Field>
      )}
    </>
  );
}

const NOBODY = "Choose who it is for.";

interface NewBudgetProps {
  readonly client: ComboboxOption | null;
  readonly onClose: () => void;
}

/** Limits what hosted models may cost. */
export function NewBudget({ client, onClose }: NewBudgetProps) {
  const form = useId();
  const queries = useQueryClient();
  const [target, setTarget] = useState<Target>({ scope: "client", client, campaign: null, jobId: null });
  const [period, setPeriod] = useState<Budget["period"]>("month");
  const [limits, setLimits] = useState<Limits>({ hard: "", soft: "" });
  const [isTried, setIsTried] = useState(false);
  const creating = useMutation({
    mutationFn: createBudget,
    onSuccess: (budget) => {
      toast({ tone: "positive", title: `Budget of ${scopeWords(budget)} created` });
      onClose();
      return queries.invalidateQueries({ queryKey: keys.budgets.all });
    },
  });
  const problem = creating.error && problemOf(creating.error);
  const read = readLimits(limits);
  const whose = targetOf(target);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    setIsTried(true);
    if (whose !== null && read.limits !== null)
      creating.mutate({ scope: target.scope, period, ...whose, ...read.limits });
  };
  const wrong = isTried ? read.errors : null;
  const refused = ["clientId", "campaignId", "jobId"].map((field) => fieldMessage(problem, field)).find(Boolean);
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title="New budget"
      description="Limits what hosted models may cost. Work on this machine is free and never stopped."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" busy={creating.isPending}>
            Create budget
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <Refused error={creating.error} />
        <TargetFields
          target={target}
          onTarget={setTarget}
          error={refused ?? (isTried && whose === null ? NOBODY : undefined)}
        />
        <div className="flex flex-col gap-1.5">
          <span aria-hidden className="text-sm font-semibold">
            Counts
          </span>
          <Segmented label="Counts" value={period} onValueChange={setPeriod} options={PERIODS} />
        </div>
        <LimitFields
          limits={limits}
          onLimitsChange={setLimits}
          errors={{
            hard: fieldMessage(problem, "hardMicrousd") ?? wrong?.hard,
            soft: fieldMessage(problem, "softMicrousd") ?? wrong?.soft,
          }}
        />
      </form>
    </Dialog>
  );
}
