import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";

import type { Limits } from "./budget-words";

interface LimitFieldsProps {
  readonly limits: Limits;
  readonly onLimitsChange: (limits: Limits) => void;
  readonly errors: { readonly hard?: string | undefined; readonly soft?: string | undefined };
  readonly autoFocus?: boolean | undefined;
}

/** The two limits of a budget, in dollars. */
export function LimitFields({ limits, onLimitsChange, errors, autoFocus }: LimitFieldsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Limit in dollars" hint="Nothing that would go over it is ordered." error={errors.hard}>
        <TextInput
          inputMode="decimal"
          dir="ltr"
          className="tabular"
          value={limits.hard}
          onValueChange={(hard) => onLimitsChange({ ...limits, hard })}
          placeholder="None"
          autoFocus={autoFocus}
        />
      </Field>
      <Field label="Warn at, in dollars" hint="Told of once in each period; stops nothing." error={errors.soft}>
        <TextInput
          inputMode="decimal"
          dir="ltr"
          className="tabular"
          value={limits.soft}
          onValueChange={(soft) => onLimitsChange({ ...limits, soft })}
          placeholder="None"
        />
      </Field>
    </div>
  );
}
