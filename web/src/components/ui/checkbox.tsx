import { Checkbox as BaseCheckbox } from "@base-ui/react/checkbox";
import { Switch as BaseSwitch } from "@base-ui/react/switch";
import { Check, Minus } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";

interface ToggleProps {
  readonly checked: boolean;
  readonly onCheckedChange: (checked: boolean) => void;
  readonly label: ReactNode;
  /** The label is read aloud, not shown. */
  readonly labelHidden?: boolean | undefined;
  readonly hint?: ReactNode;
  readonly disabled?: boolean | undefined;
  readonly name?: string | undefined;
  readonly className?: string | undefined;
}

function Words({ label, hint, labelHidden }: Pick<ToggleProps, "label" | "hint" | "labelHidden">) {
  return (
    <span className={cx("min-w-0 flex-1", labelHidden && "sr-only")}>
      <span className="block text-sm leading-5 font-medium text-ink wrap-anywhere">{label}</span>
      {hint !== undefined && <span className="block text-xs text-faint wrap-anywhere">{hint}</span>}
    </span>
  );
}

const rowClass =
  "flex min-w-0 items-start gap-2.5 pointer-coarse:min-h-10 pointer-coarse:py-2.5 has-data-disabled:opacity-55";

export interface CheckboxProps extends ToggleProps {
  /** Some but not all of what it stands for. */
  readonly indeterminate?: boolean | undefined;
}

/** A yes or no that takes effect with the form around it. */
export function Checkbox({ label, labelHidden, hint, indeterminate = false, className, ...props }: CheckboxProps) {
  return (
    <label className={cx(rowClass, className)}>
      <BaseCheckbox.Root
        {...props}
        indeterminate={indeterminate}
        className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-sm border border-edge bg-surface transition-colors data-checked:border-accent data-checked:bg-accent data-indeterminate:border-accent data-indeterminate:bg-accent"
      >
        <BaseCheckbox.Indicator className="text-accent-ink [&_svg]:size-3">
          {indeterminate ? <Minus aria-hidden strokeWidth={3} /> : <Check aria-hidden strokeWidth={3} />}
        </BaseCheckbox.Indicator>
      </BaseCheckbox.Root>
      <Words label={label} hint={hint} labelHidden={labelHidden} />
    </label>
  );
}

export type SwitchProps = ToggleProps;

/** A yes or no that takes effect at once. */
export function Switch({ label, labelHidden, hint, className, ...props }: SwitchProps) {
  return (
    <label className={cx(rowClass, className)}>
      <Words label={label} hint={hint} labelHidden={labelHidden} />
      <BaseSwitch.Root
        {...props}
        className="inline-flex h-5 w-8.5 shrink-0 items-center rounded-full border border-edge bg-sunken p-0.5 transition-colors data-checked:border-accent data-checked:bg-accent"
      >
        <BaseSwitch.Thumb className="size-3.5 rounded-full bg-edge transition-[translate,background-color] data-checked:translate-x-3.5 data-checked:bg-accent-ink rtl:data-checked:-translate-x-3.5" />
      </BaseSwitch.Root>
    </label>
  );
}
