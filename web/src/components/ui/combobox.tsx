import { Combobox as BaseCombobox } from "@base-ui/react/combobox";
import { Check, ChevronsUpDown, LoaderCircle, X } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cx } from "./cx";
import { useFieldLabelId, useFieldRequired } from "./field";
import { bareInputClass, listPopupClass, optionClass, wrapperClass } from "./styles";

export interface ComboboxOption {
  readonly value: string;
  readonly label: string;
  readonly description?: string | undefined;
  readonly icon?: ReactNode;
}

export interface ComboboxProps {
  readonly value: ComboboxOption | null;
  readonly onValueChange: (value: ComboboxOption | null) => void;
  readonly options: readonly ComboboxOption[];
  /** Given, the options are searched by the caller (a server); else they are filtered here by their label. */
  readonly onQueryChange?: ((query: string) => void) | undefined;
  /** More options are on their way. */
  readonly busy?: boolean | undefined;
  readonly placeholder?: string | undefined;
  readonly emptyText?: string | undefined;
  readonly busyText?: string | undefined;
  /** Names it where no `Field` does. */
  readonly label?: string | undefined;
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly className?: string | undefined;
}

function renderOption(option: ComboboxOption) {
  return (
    <BaseCombobox.Item key={option.value} value={option} className={cx(optionClass, "relative pe-8")}>
      {option.icon !== undefined && <span className="shrink-0 text-muted [&_svg]:size-4">{option.icon}</span>}
      <span className="min-w-0 flex-1">
        <span dir="auto" className="block truncate">
          {option.label}
        </span>
        {option.description !== undefined && (
          <span className="block truncate text-xs text-faint">{option.description}</span>
        )}
      </span>
      <BaseCombobox.ItemIndicator className="absolute end-2 text-accent">
        <Check aria-hidden className="size-4" />
      </BaseCombobox.ItemIndicator>
    </BaseCombobox.Item>
  );
}

function Options({ busy, busyText, emptyText }: Pick<ComboboxProps, "busy" | "busyText" | "emptyText">) {
  return (
    <BaseCombobox.Portal>
      <BaseCombobox.Positioner align="start" sideOffset={4} className="z-50 outline-none">
        <BaseCombobox.Popup className={cx(listPopupClass, "min-w-(--anchor-width)")} aria-busy={busy || undefined}>
          <BaseCombobox.Status className="flex items-center gap-2 px-2 text-sm text-faint not-empty:py-1.5">
            {busy ? (
              <>
                <LoaderCircle aria-hidden className="size-3.5 animate-spin" /> {busyText}
              </>
            ) : null}
          </BaseCombobox.Status>
          {!busy && <BaseCombobox.Empty className="text-sm text-faint not-empty:p-2">{emptyText}</BaseCombobox.Empty>}
          <BaseCombobox.List>{renderOption}</BaseCombobox.List>
        </BaseCombobox.Popup>
      </BaseCombobox.Positioner>
    </BaseCombobox.Portal>
  );
}

const edgeButton =
  "grid h-7 w-6 shrink-0 place-items-center text-faint hover:text-ink pointer-coarse:h-10 pointer-coarse:w-8";

/** What names a button beside the control after the control: "Clear Client". */
function useNames(label: string | undefined) {
  const id = useId();
  const fieldLabel = useFieldLabelId();
  return (verb: string) => {
    if (label !== undefined) return { "aria-label": `${verb} ${label}`, "aria-labelledby": undefined };
    const self = `${id}-${verb.replaceAll(" ", "-")}`;
    // It names itself with the verb first, so that the field's words need not be known here.
    return { id: self, "aria-label": verb, "aria-labelledby": fieldLabel && `${self} ${fieldLabel}` };
  };
}

/** One of many, found by typing. */
export function Combobox(props: ComboboxProps) {
  const { value, onValueChange, options, onQueryChange, busy = false, placeholder, label, className, ...rest } = props;
  const { emptyText = "Nothing found.", busyText = "Searching…" } = rest;
  const required = useFieldRequired();
  const named = useNames(label);
  return (
    <BaseCombobox.Root
      items={options}
      value={value}
      onValueChange={onValueChange}
      onInputValueChange={onQueryChange}
      filter={onQueryChange === undefined ? undefined : null}
      isItemEqualToValue={(item, chosen) => item.value === chosen.value}
      autoHighlight
      id={rest.id}
      name={rest.name}
      disabled={rest.disabled}
    >
      <BaseCombobox.InputGroup className={cx(wrapperClass, "pe-1", className)}>
        <BaseCombobox.Input
          dir="auto"
          aria-label={label}
          aria-required={required}
          placeholder={placeholder}
          className={cx(bareInputClass, "truncate")}
        />
        <BaseCombobox.Clear {...named("Clear")} className={edgeButton}>
          <X aria-hidden className="size-3.5" />
        </BaseCombobox.Clear>
        <BaseCombobox.Trigger {...named("Show options of")} className={edgeButton}>
          <ChevronsUpDown aria-hidden className="size-3.5" />
        </BaseCombobox.Trigger>
      </BaseCombobox.InputGroup>
      <Options busy={busy} busyText={busyText} emptyText={emptyText} />
    </BaseCombobox.Root>
  );
}
