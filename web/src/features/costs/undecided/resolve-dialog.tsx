import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SyntheticEvent, useId, useState } from "react";

import { type Intent, resolveSpending } from "@/api/costs";
import { keys } from "@/api/keys";
import { fieldMessage, problemOf } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { TextInput } from "@/components/ui/text-input";
import { toast } from "@/components/ui/toast";
import { formatMoney } from "@/lib/units";

import { Refused } from "@/components/page/parts";
import { purposeWords } from "../words";
import { readResolution, type Said } from "./resolution";

interface ResolveDialogProps {
  readonly intent: Intent;
  readonly onClose: () => void;
}

function verbOf(said: Said, intent: Intent): string {
  if (said.outcome === "not_charged") return `Give back ${formatMoney(intent.reservedMicrousd)}`;
  const amount = readResolution(said).resolution?.amountMicrousd ?? intent.reservedMicrousd;
  return `Book ${formatMoney(amount)}`;
}

function Charged(props: {
  readonly said: Said;
  readonly intent: Intent;
  readonly amountError: string | undefined;
  readonly refError: string | undefined;
  readonly onSay: (said: Said) => void;
}) {
  const { said, intent, onSay } = props;
  return (
    <>
      <Field
        label="Amount in dollars"
        hint={`Leave it empty to book what was held back, ${formatMoney(intent.reservedMicrousd)}, marked as estimated.`}
        error={props.amountError}
      >
        <TextInput
          inputMode="decimal"
          value={said.amount}
          onValueChange={(amount) => onSay({ ...said, amount })}
          placeholder={String(intent.reservedMicrousd / 1_000_000)}
          className="tabular"
          dir="ltr"
        />
      </Field>
      {intent.providerRef === null && (
        <Field
          label="Number at the service"
          hint="As its list of charges has it, where you know it."
          error={props.refError}
        >
          <TextInput
            value={said.providerRef}
            onValueChange={(providerRef) => onSay({ ...said, providerRef })}
            maxLength={200}
            dir="ltr"
          />
        </Field>
      )}
    </>
  );
}

/** Lets somebody who has looked at the service's list of charges say what it says. */
export function ResolveDialog({ intent, onClose }: ResolveDialogProps) {
  const form = useId();
  const queries = useQueryClient();
  const [said, setSaid] = useState<Said>({ outcome: "charged", amount: "", providerRef: "" });
  const [isTried, setIsTried] = useState(false);
  const read = readResolution(said);
  const verb = verbOf(said, intent);
  const deciding = useMutation({
    mutationFn: (resolution: NonNullable<typeof read.resolution>) => resolveSpending(intent.id, resolution),
    onSuccess: async ({ actualMicrousd }, { outcome }) => {
      toast({
        tone: "positive",
        title: outcome === "charged" ? `${formatMoney(actualMicrousd ?? 0)} booked` : "Given back to the budgets",
        description: `${purposeWords(intent.purpose)} with ${intent.model}`,
      });
      onClose();
      await Promise.all([keys.costs.all, keys.budgets.all].map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  });
  const problem = deciding.error && problemOf(deciding.error);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    setIsTried(true);
    if (read.resolution !== null) deciding.mutate(read.resolution);
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title="Was it charged?"
      description={`Look for it in what ${intent.provider} says that you were charged. What you say is written into the ledger for good.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" busy={deciding.isPending}>
            {verb}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <Refused error={deciding.error} />
        <Segmented
          label="Was it charged?"
          value={said.outcome}
          onValueChange={(outcome) => setSaid({ ...said, outcome })}
          options={[
            { value: "charged", label: "It was charged" },
            { value: "not_charged", label: "It was not" },
          ]}
          className="w-full"
        />
        {said.outcome === "charged" && (
          <Charged
            said={said}
            intent={intent}
            onSay={setSaid}
            amountError={
              fieldMessage(problem, "amountMicrousd") ?? (isTried ? (read.amountError ?? undefined) : undefined)
            }
            refError={fieldMessage(problem, "providerRef")}
          />
        )}
      </form>
    </Dialog>
  );
}
