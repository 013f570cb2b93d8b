import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { SyntheticEvent } from "react";

import { campaignsQuery } from "@/api/clients";
import {
  type GenerationRequest,
  mediaKeys,
  mediaQuery,
  mediumEstimateQuery,
  mediumQuery,
  type MediumType,
  orderMedium,
} from "@/api/models";
import { problemOf } from "@/api/problem";
import { useMayEdit, useRight } from "@/api/rights";
import type { GeneratedMedium, Model, Problem } from "@/api/types";
import type { Field } from "@/components/schema-form/fields";
import { SchemaForm } from "@/components/schema-form/schema-form";
import {
  type Faults,
  faultsOf,
  inputsOf,
  refusedField,
  usableValues,
  type Values,
} from "@/components/schema-form/values";
import { Button, buttonClass } from "@/components/ui/button";
import { Field as UiField } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { Select } from "@/components/ui/select";
import { Banner } from "@/components/ui/states";
import { useDraft } from "@/lib/drafts";
import { useSettled } from "@/lib/hooks";
import { useShortcuts } from "@/lib/shortcuts";
import { formatMoney } from "@/lib/units";

import { makeWords, priceWords } from "./kinds";
import { Result } from "./result";
import { type ClientChoice, useClientChoice } from "./use-client";

const STRIP_ITEMS = 12;
const NO_CAMPAIGN = "";

export interface WorkbenchProps {
  /** Under which what is filled in is kept. */
  readonly name: string;
  readonly model: Model;
  readonly type: MediumType;
  readonly fields: readonly Field[];
  readonly start: Values;
}

function requestOf(model: Model, fields: readonly Field[], values: Values, clientId: string): GenerationRequest {
  const { prompt, inputs, files } = inputsOf(fields, values);
  return { clientId, model: model.id, prompt, inputs, files };
}

/** What the order would cost, as the server reckons it; null while that is not known or not to be asked. */
function useEstimate(type: MediumType, request: GenerationRequest | null) {
  const settled = useSettled(JSON.stringify(request), 400);
  const asked = JSON.parse(settled) as GenerationRequest | null;
  const query = useQuery({
    ...mediumEstimateQuery(type, asked ?? { clientId: "", model: "", prompt: "", inputs: {}, files: {} }),
    enabled: asked !== null,
  });
  return asked === null ? undefined : query.data?.amountMicrousd;
}

function buttonWords(model: Model, amountMicrousd: number | null | undefined): string {
  const verb = makeWords(model.kind);
  if (amountMicrousd === undefined) return verb;
  return amountMicrousd === null ? `${verb} · price not known` : `${verb} · ${formatMoney(amountMicrousd)}`;
}

function PlaceFields({ choice, campaign }: { readonly choice: ClientChoice; readonly campaign: CampaignChoice }) {
  const { clients, clientId, choose } = choice;
  return (
    <>
      {clients !== null && (
        <UiField label="Client" required hint="Whose work this is, and whose budget pays for it.">
          <Select
            value={clientId ?? null}
            onValueChange={choose}
            placeholder="Choose a client"
            options={clients.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </UiField>
      )}
      {campaign.options.length > 1 && (
        <UiField label="Campaign">
          <Select value={campaign.campaignId} onValueChange={campaign.choose} options={campaign.options} />
        </UiField>
      )}
    </>
  );
}

interface CampaignChoice {
  readonly campaignId: string;
  readonly choose: (campaignId: string) => void;
  readonly options: readonly { value: string; label: string }[];
}

function useCampaignChoice(clientId: string | undefined): CampaignChoice {
  const [chosen, choose] = useState(NO_CAMPAIGN);
  const { data } = useQuery({ ...campaignsQuery({ clientId }), enabled: clientId !== undefined });
  const campaigns = clientId === undefined ? [] : (data?.items ?? []);
  const options = [
    { value: NO_CAMPAIGN, label: "None" },
    ...campaigns.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const campaignId = options.some(({ value }) => value === chosen) ? chosen : NO_CAMPAIGN;
  return { campaignId, choose, options };
}

/** What the server refused, unless it stands beside the field that it speaks of. */
function Refusal({ problem }: { readonly problem: Problem }) {
  return (
    <Banner tone="critical" title={problem.title}>
      <p dir="auto">{problem.detail}</p>
      {problem.nextStep && <p className="text-ink">{problem.nextStep}</p>}
      <p>What you filled in is kept; nothing was ordered.</p>
      <p className="mt-1 font-mono text-xs text-faint">{problem.code}</p>
    </Banner>
  );
}

/** Why nothing can be ordered, where that is not something in the form. */
function Blocked({ choice }: { readonly choice: ClientChoice }) {
  const right = useRight(choice.clientId);
  if (choice.clients?.length === 0 && !choice.isPending) {
    return (
      <Banner
        title="There is no client yet"
        action={
          <Link href="/clients" className={buttonClass({ size: "sm" })}>
            Create a client
          </Link>
        }
      >
        What models make belongs to a client.
      </Banner>
    );
  }
  if (right !== "viewer") return null;
  return (
    <Banner>You may look at this client's work, but not order any. Ask an owner of the client for more rights.</Banner>
  );
}

function useOrder(type: MediumType, onOrdered: (medium: GeneratedMedium) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: GenerationRequest) => orderMedium(type, request),
    onSuccess: (medium) => {
      client.setQueryData(mediaKeys(type).one(medium.id), medium);
      void client.invalidateQueries({ queryKey: [mediaKeys(type).all[0], "list"] });
      onOrdered(medium);
    },
  });
}

/** What is wrong, of what should be told now: all of it once somebody tried to order, else only what was filled in. */
function shownFaults(faults: Faults, values: Values, isTried: boolean): Faults {
  if (isTried) return faults;
  return Object.fromEntries(Object.entries(faults).filter(([name]) => values[name] !== undefined));
}

/** Leads to the first field that is wrong, once the form shows it. */
function focusFault(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => {
    const fault = form?.querySelector<HTMLElement>(":is(input, textarea, button)[aria-invalid=true], [role=alert]");
    fault?.focus();
    fault?.scrollIntoView({ block: "center" });
  });
}

/** What this model made last for the client, the newest first. */
function useLatest({ model, type }: WorkbenchProps, scopeId: string | undefined) {
  return useQuery(mediaQuery(type, { model: model.id, clientId: scopeId, limit: STRIP_ITEMS })).data?.items ?? [];
}

function useShown(type: MediumType, latest: readonly GeneratedMedium[]) {
  const [shownId, setShownId] = useState<number | null>(null);
  const id = shownId ?? latest[0]?.id ?? null;
  const own = useQuery({ ...mediumQuery(type, id ?? 0), enabled: id !== null }).data;
  return { shown: own ?? latest.find((medium) => medium.id === id), show: setShownId };
}

/** A model's form beside what it makes of it. */
export function Workbench(props: WorkbenchProps) {
  const { name, model, type, fields, start } = props;
  const choice = useClientChoice();
  const { clientId } = choice;
  const campaign = useCampaignChoice(clientId);
  const [kept, setValues] = useDraft<Values>(`model.${name}`, start);
  const values = usableValues(fields, kept);
  const [isTried, setIsTried] = useState(false);
  const latest = useLatest(props, clientId);
  const { shown, show } = useShown(type, latest);
  const mayEdit = useMayEdit(clientId);
  const result = useRef<HTMLDivElement>(null);
  const order = useOrder(type, (medium) => {
    show(medium.id);
    // On a phone it is below the form.
    requestAnimationFrame(() => result.current?.scrollIntoView({ block: "nearest" }));
  });
  const faults = faultsOf(fields, values);
  const isSound = Object.keys(faults).length === 0;
  const request = isSound && clientId !== undefined ? requestOf(model, fields, values, clientId) : null;
  const estimate = useEstimate(type, mayEdit ? request : null);
  const problem = order.error ? problemOf(order.error) : null;
  const refused = problem ? refusedField(fields, problem.details) : undefined;

  const change = (next: Values): void => {
    setValues(next);
    if (order.error) order.reset();
  };
  const form = useRef<HTMLFormElement>(null);
  const submit = (event?: SyntheticEvent): void => {
    event?.preventDefault();
    setIsTried(true);
    if (request === null) focusFault(form.current);
    if (request === null || order.isPending || !mayEdit) return;
    const campaignId = campaign.campaignId === NO_CAMPAIGN ? null : campaign.campaignId;
    order.mutate({ ...request, campaignId });
  };
  useShortcuts([
    { keys: "mod+enter", label: makeWords(model.kind), group: "This model", run: () => submit(), inFields: true },
  ]);
  return (
    <div className="grid items-start gap-x-10 gap-y-8 lg:grid-cols-[23rem_minmax(0,1fr)]">
      <form
        ref={form}
        noValidate
        onSubmit={submit}
        aria-label={makeWords(model.kind)}
        className="flex min-w-0 flex-col gap-5"
      >
        <Blocked choice={choice} />
        <PlaceFields choice={choice} campaign={campaign} />
        <SchemaForm
          fields={fields}
          values={values}
          onValuesChange={change}
          faults={{
            ...shownFaults(faults, values, isTried),
            ...(problem && refused !== undefined && { [refused]: problem.detail }),
          }}
          clientId={clientId}
          disabled={!mayEdit && clientId !== undefined}
        />
        {problem && refused === undefined && <Refusal problem={problem} />}
        <div className="sticky bottom-(--shell-bottom,0px) z-2 -mx-1 flex flex-col gap-1.5 bg-canvas px-1 pt-2 pb-3">
          <Button
            type="submit"
            variant="primary"
            size="lg"
            busy={order.isPending}
            disabled={!mayEdit}
            className="w-full"
          >
            {buttonWords(model, estimate)}
          </Button>
          {estimate === undefined && (
            <p className="text-center text-xs text-faint tabular">{priceWords(model.price)}</p>
          )}
        </div>
      </form>
      <div
        ref={result}
        className="min-w-0 scroll-mt-[calc(var(--shell-top,0rem)+1rem)] lg:sticky lg:top-[calc(var(--shell-top,0rem)+1.5rem)]"
      >
        <Result model={model} type={type} shown={shown} latest={latest} onShow={(medium) => show(medium.id)} />
      </div>
    </div>
  );
}
