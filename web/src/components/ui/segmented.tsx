import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { type ReactNode, useId } from "react";
import { cx } from "./cx";

export interface Segment<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly disabled?: boolean | undefined;
}

export interface SegmentedProps<Value extends string> {
  readonly value: Value;
  readonly onValueChange: (value: Value) => void;
  readonly options: readonly Segment<Value>[];
  /** Names it where no `Field` does. */
  readonly label?: string | undefined;
  /** Shows icons alone; the labels are still read aloud. */
  readonly iconsOnly?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  readonly className?: string | undefined;
}

/** Two to five exclusive choices side by side. Arrow keys move. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { value, onValueChange, options, label, iconsOnly = false, disabled, className } = props;
  const id = useId();
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      disabled={disabled}
      onValueChange={onValueChange}
      className={cx(
        "relative inline-flex w-fit max-w-full overflow-x-auto rounded-control bg-sunken p-0.5 scroll-quiet",
        className,
      )}
    >
      {options.map((option) => (
        <label
          key={option.value}
          title={iconsOnly ? option.label : undefined}
          className="relative flex min-h-7 min-w-8 flex-auto items-center justify-center gap-1.5 rounded-[5px] px-2.5 text-sm font-semibold whitespace-nowrap text-muted transition-colors hover:text-ink has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-ring has-data-checked:bg-surface has-data-checked:text-ink has-data-checked:shadow-[0_0_0_1px_var(--line)] has-data-disabled:opacity-50 dark:has-data-checked:bg-strong pointer-coarse:min-h-10"
        >
          <Radio.Root
            value={option.value}
            disabled={option.disabled}
            // Inside of a `Field` each choice would be called by the field's name.
            aria-labelledby={`${id}-${option.value}`}
            className="sr-only"
          />
          {option.icon !== undefined && <span className="shrink-0 [&_svg]:size-4">{option.icon}</span>}
          <span id={`${id}-${option.value}`} className={cx(iconsOnly && "sr-only")}>
            {option.label}
          </span>
        </label>
      ))}
    </RadioGroup>
  );
}
