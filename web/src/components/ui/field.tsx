import { Field as BaseField } from "@base-ui/react/field";
import { CircleAlert } from "lucide-react";
import { createContext, use, useId } from "react";
import type { ReactNode } from "react";
import { cx } from "./cx";

const RequiredContext = createContext<boolean>(false);
const LabelContext = createContext<string | undefined>(undefined);

/** Whether the field around a control must be filled; controls tell it to screen readers. */
export function useFieldRequired(): true | undefined {
  return use(RequiredContext) || undefined;
}

/** The id of the label of the field around a control, for what belongs to the control and needs a name of its own. */
export function useFieldLabelId(): string | undefined {
  return use(LabelContext);
}

export interface FieldProps {
  readonly label: ReactNode;
  readonly children: ReactNode;
  readonly hint?: ReactNode;
  /** What is wrong and what to do. While it is given, the control is marked as invalid. */
  readonly error?: ReactNode;
  readonly required?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  /** Stands at the end of the label's line: a counter, an `InfoTip`. */
  readonly aside?: ReactNode;
  readonly labelHidden?: boolean | undefined;
  readonly className?: string | undefined;
}

/** Label, control, hint and error, tied together for screen readers. Controls of this folder need no ids inside of it. */
export function Field({
  label,
  children,
  hint,
  error,
  required = false,
  disabled,
  aside,
  labelHidden = false,
  className,
}: FieldProps) {
  const labelId = useId();
  const failed = error !== undefined && error !== null && error !== false && error !== "";
  return (
    <RequiredContext value={required}>
      <BaseField.Root invalid={failed} disabled={disabled} className={cx("flex min-w-0 flex-col gap-1.5", className)}>
        <div className={cx("flex items-baseline justify-between gap-3", labelHidden && "sr-only")}>
          <BaseField.Label id={labelId} className="min-w-0 text-sm font-semibold text-ink wrap-anywhere">
            {label}
            {required && (
              <span aria-hidden className="ms-0.5 text-critical">
                *
              </span>
            )}
          </BaseField.Label>
          {aside !== undefined && <span className="shrink-0 text-xs text-faint tabular">{aside}</span>}
        </div>
        <LabelContext value={labelId}>{children}</LabelContext>
        {hint !== undefined && (
          <BaseField.Description className="text-xs text-faint wrap-anywhere">{hint}</BaseField.Description>
        )}
        {failed && (
          <BaseField.Error match role="alert" className="flex gap-1.5 text-xs text-critical wrap-anywhere">
            <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
            <span>{error}</span>
          </BaseField.Error>
        )}
      </BaseField.Root>
    </RequiredContext>
  );
}
