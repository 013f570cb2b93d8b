import { CSPProvider } from "@base-ui/react/csp-provider";
import { Select as BaseSelect } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";
import { useFieldRequired } from "./field";
import { controlClass, listPopupClass, optionClass } from "./styles";

export interface SelectOption<Value> {
  readonly value: Value;
  readonly label: string;
  readonly description?: string | undefined;
  readonly icon?: ReactNode;
  readonly disabled?: boolean | undefined;
}

export interface SelectProps<Value> {
  readonly value: Value | null;
  readonly onValueChange: (value: Value) => void;
  readonly options: readonly SelectOption<Value>[];
  readonly placeholder?: string | undefined;
  /** Names it where no `Field` does. */
  readonly label?: string | undefined;
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly className?: string | undefined;
}

function Option<Value>({ option }: { readonly option: SelectOption<Value> }) {
  return (
    <BaseSelect.Item value={option.value} disabled={option.disabled} className={cx(optionClass, "pe-8 relative")}>
      {option.icon !== undefined && <span className="shrink-0 text-muted [&_svg]:size-4">{option.icon}</span>}
      <span className="min-w-0 flex-1">
        <BaseSelect.ItemText className="block truncate" dir="auto">
          {option.label}
        </BaseSelect.ItemText>
        {option.description !== undefined && (
          <span className="block text-xs text-faint wrap-anywhere">{option.description}</span>
        )}
      </span>
      <BaseSelect.ItemIndicator className="absolute end-2 text-accent">
        <Check aria-hidden className="size-4" />
      </BaseSelect.ItemIndicator>
    </BaseSelect.Item>
  );
}

/** One of a known set. Use `Segmented` for two to four short choices, `Combobox` for many. */
export function Select<Value>(props: SelectProps<Value>) {
  const { value, onValueChange, options, placeholder, label, className, ...rest } = props;
  const required = useFieldRequired();
  return (
    <BaseSelect.Root
      {...rest}
      items={options.map(({ value: item, label: text }) => ({ value: item, label: text }))}
      value={value}
      onValueChange={(next) => next !== null && onValueChange(next)}
    >
      <BaseSelect.Trigger
        aria-label={label}
        aria-required={required}
        className={cx(controlClass, "flex items-center justify-between gap-2 text-start", className)}
      >
        <BaseSelect.Value
          dir="auto"
          className="min-w-0 flex-1 truncate data-placeholder:text-faint"
          placeholder={placeholder}
        />
        <BaseSelect.Icon className="shrink-0 text-faint">
          <ChevronsUpDown aria-hidden className="size-3.5" />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      {/* The content security policy forbids style elements; the popup brings one that it does not need here. */}
      <CSPProvider disableStyleElements>
        <BaseSelect.Portal>
          <BaseSelect.Positioner
            align="start"
            sideOffset={4}
            alignItemWithTrigger={false}
            className="z-50 outline-none"
          >
            <BaseSelect.Popup className={cx(listPopupClass, "min-w-(--anchor-width)")}>
              <BaseSelect.List>
                {options.map((option) => (
                  <Option key={String(option.value)} option={option} />
                ))}
              </BaseSelect.List>
            </BaseSelect.Popup>
          </BaseSelect.Positioner>
        </BaseSelect.Portal>
      </CSPProvider>
    </BaseSelect.Root>
  );
}
