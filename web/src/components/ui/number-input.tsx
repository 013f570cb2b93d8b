import { NumberField } from "@base-ui/react/number-field";
import { Minus, Plus } from "lucide-react";
import type { Ref } from "react";
import { cx } from "./cx";
import { useFieldRequired } from "./field";
import { bareInputClass, wrapperClass } from "./styles";

export interface NumberInputProps {
  readonly value: number | null;
  readonly onValueChange: (value: number | null) => void;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly step?: number | undefined;
  /** Shown after the number: "s", "fps", "USD". */
  readonly unit?: string | undefined;
  readonly format?: Intl.NumberFormatOptions | undefined;
  readonly label?: string | undefined;
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly className?: string | undefined;
  readonly ref?: Ref<HTMLInputElement> | undefined;
}

const stepClass =
  "grid h-full min-h-7 w-7 shrink-0 place-items-center text-faint transition-colors enabled:hover:text-ink disabled:opacity-40 pointer-coarse:w-10";

/** A number: typed, stepped with the arrow keys, or with the buttons beside it. Out of bounds is clamped on leaving. */
export function NumberInput({ label, unit, placeholder, className, ref, ...props }: NumberInputProps) {
  const required = useFieldRequired();
  return (
    <NumberField.Root {...props} inputRef={ref} className={cx("min-w-0", className)}>
      <NumberField.Group className={wrapperClass}>
        <NumberField.Input
          aria-label={label}
          aria-required={required}
          placeholder={placeholder}
          className={cx(bareInputClass, "w-14 tabular")}
        />
        {unit !== undefined && <span className="shrink-0 pe-1 text-sm text-faint">{unit}</span>}
        <NumberField.Decrement className={stepClass}>
          <Minus aria-hidden className="size-3.5" />
        </NumberField.Decrement>
        <NumberField.Increment className={stepClass}>
          <Plus aria-hidden className="size-3.5" />
        </NumberField.Increment>
      </NumberField.Group>
    </NumberField.Root>
  );
}
