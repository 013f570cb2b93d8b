import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { type ReactNode, useId } from "react";
import { cx } from "./cx";

export interface RadioCard<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  readonly description?: ReactNode;
  readonly icon?: ReactNode;
  /** Stands at the end: a price, a badge. */
  readonly aside?: ReactNode;
  readonly disabled?: boolean | undefined;
}

export interface RadioCardsProps<Value extends string> {
  readonly value: Value | null;
  readonly onValueChange: (value: Value) => void;
  readonly options: readonly RadioCard<Value>[];
  /** Names it where no `Field` does. */
  readonly label?: string | undefined;
  readonly name?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly className?: string | undefined;
}

function Card<Value extends string>({ option }: { readonly option: RadioCard<Value> }) {
  const id = useId();
  return (
    <label className="relative flex min-w-0 items-start gap-3 rounded-card border border-line bg-surface p-3 transition-colors hover:border-edge has-data-checked:border-accent has-data-checked:bg-selected has-data-disabled:opacity-55">
      <Radio.Root
        value={option.value}
        disabled={option.disabled}
        // Inside of a `Field` each choice would be called by the field's name.
        aria-labelledby={`${id}-label`}
        aria-describedby={option.description === undefined ? undefined : `${id}-more`}
        className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-edge bg-surface data-checked:border-accent"
      >
        <Radio.Indicator className="size-2 rounded-full bg-accent" />
      </Radio.Root>
      <span className="min-w-0 flex-1">
        <span id={`${id}-label`} className="flex items-center gap-2 text-sm font-semibold wrap-anywhere">
          {option.icon !== undefined && <span className="shrink-0 text-muted [&_svg]:size-4">{option.icon}</span>}
          {option.label}
        </span>
        {option.description !== undefined && (
          <span id={`${id}-more`} className="mt-0.5 block text-sm text-muted wrap-anywhere">
            {option.description}
          </span>
        )}
      </span>
      {option.aside !== undefined && <span className="shrink-0 text-sm text-muted">{option.aside}</span>}
    </label>
  );
}

/** Exclusive choices that need a sentence each. Columns come from `className`. */
export function RadioCards<Value extends string>(props: RadioCardsProps<Value>) {
  const { value, onValueChange, options, label, className, ...rest } = props;
  return (
    <RadioGroup
      {...rest}
      aria-label={label}
      value={value}
      onValueChange={(next) => next !== null && onValueChange(next)}
      className={cx("grid gap-2", className)}
    >
      {options.map((option) => (
        <Card key={option.value} option={option} />
      ))}
    </RadioGroup>
  );
}
