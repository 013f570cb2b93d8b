import { useQuery } from "@tanstack/react-query";

import { modelsQuery } from "@/api/models";
import type { Model, ModelKind } from "@/api/types";
import { Field, Select, type SelectOption } from "@/components/ui";

/** Stands for the compositor, where the API says null. */
const BUILT_IN = "built-in";

export function priceWords(model: Model): string {
  return model.price?.summary ?? "Price not known";
}

interface ModelSelectProps {
  readonly label: string;
  readonly kinds: readonly [ModelKind, ModelKind?];
  readonly clientId: string;
  /** A model's id, or null for what Gauntlet makes itself. */
  readonly value: string | null;
  readonly onValueChange: (model: string | null) => void;
  readonly builtIn: string;
  readonly disabled?: boolean | undefined;
  readonly hint?: string | undefined;
}

/** The hosted models of these kinds that are offered; null while nobody knows. */
function useHosted([kind, other]: ModelSelectProps["kinds"], clientId: string): Model[] | null {
  const first = useQuery(modelsQuery({ kind, clientId }));
  const second = useQuery({ ...modelsQuery({ kind: other ?? kind, clientId }), enabled: other !== undefined });
  if (first.data === undefined) return null;
  const others = other === undefined ? [] : (second.data?.items ?? []);
  return [...first.data.items, ...others].filter((model) => model.provider !== "gauntlet");
}

/** Who makes something: Gauntlet itself, or a hosted model that is offered, with its price. */
export function ModelSelect(props: ModelSelectProps) {
  const { label, kinds, clientId, value, onValueChange, builtIn, disabled } = props;
  const hosted = useHosted(kinds, clientId);
  const offered = hosted ?? [];
  const options: SelectOption<string>[] = [
    { value: BUILT_IN, label: builtIn, description: "Free, made here" },
    ...offered.map((model) => ({ value: model.id, label: model.title, description: priceWords(model) })),
  ];
  // A model that is chosen already may not be offered any more.
  if (value !== null && !offered.some((model) => model.id === value)) options.push({ value, label: value });
  const none = hosted?.length === 0 ? "Hosted models appear here once there is a key." : undefined;
  return (
    <Field label={label} hint={props.hint ?? none}>
      <Select
        value={value ?? BUILT_IN}
        options={options}
        disabled={disabled}
        onValueChange={(next) => onValueChange(next === BUILT_IN ? null : next)}
      />
    </Field>
  );
}
