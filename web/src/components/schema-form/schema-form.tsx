import { ChevronRight } from "lucide-react";
import { useId, useState } from "react";

import { plural } from "@/lib/units";

import { ControlledField } from "./controls";
import type { Field } from "./fields";
import { changedCount, type Faults, shownValue, type Values } from "./values";

export interface SchemaFormProps {
  readonly fields: readonly Field[];
  readonly values: Values;
  readonly onValuesChange: (values: Values) => void;
  /** What is shown as wrong, by the input's name. */
  readonly faults: Faults;
  /** Whose files may be chosen. */
  readonly clientId: string | undefined;
  readonly disabled?: boolean | undefined;
}

/** What one of these names is wrong is not folded away. */
function hasFault(fields: readonly Field[], faults: Faults): boolean {
  return fields.some((field) => faults[field.name] !== undefined);
}

function More(props: SchemaFormProps) {
  const { fields, values, faults } = props;
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  const shown = isOpen || hasFault(fields, faults);
  const changed = changedCount(fields, values);
  return (
    <section className="border-t border-line pt-3">
      <button
        type="button"
        aria-expanded={shown}
        aria-controls={id}
        onClick={() => setIsOpen(!shown)}
        className="flex min-h-8 w-full items-center gap-1.5 rounded-control text-sm font-semibold text-muted hover:text-ink pointer-coarse:min-h-10"
      >
        <ChevronRight
          aria-hidden
          className={`size-4 transition-transform rtl:-scale-x-100 ${shown ? "rotate-90" : ""}`}
        />
        More settings
        <span className="ms-auto text-xs font-medium text-faint">
          {changed > 0 ? plural(changed, "change") : fields.length}
        </span>
      </button>
      <div id={id} hidden={!shown} className="mt-3 flex flex-col gap-5">
        {shown && <Fields {...props} />}
      </div>
    </section>
  );
}

function Fields({ fields, values, onValuesChange, faults, clientId, disabled = false }: SchemaFormProps) {
  return fields.map((field) => (
    <ControlledField
      key={field.name}
      field={field}
      value={shownValue(field, values)}
      onValueChange={(value) => onValuesChange(changed(values, field.name, value))}
      error={faults[field.name]}
      clientId={clientId}
      disabled={disabled}
    />
  ));
}

function changed(values: Values, name: string, value: Values[string] | null): Values {
  if (value !== null) return { ...values, [name]: value };
  return Object.fromEntries(Object.entries(values).filter(([other]) => other !== name));
}

/** The form of a model's inputs, in the vendor's order; what few people set is folded away. */
export function SchemaForm(props: SchemaFormProps) {
  const plain = props.fields.filter((field) => !field.advanced);
  const advanced = props.fields.filter((field) => field.advanced);
  return (
    <div className="flex flex-col gap-5">
      <Fields {...props} fields={plain} />
      {advanced.length > 0 && <More {...props} fields={advanced} />}
    </div>
  );
}
