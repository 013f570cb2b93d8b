import { type ReactNode, useId } from "react";

export interface FieldGroupProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly children: ReactNode;
}

/** Several controls under one name, looking as one field does. */
export function FieldGroup({ label, hint, children }: FieldGroupProps) {
  const id = useId();
  return (
    <fieldset aria-describedby={hint === undefined ? undefined : id} className="flex min-w-0 flex-col">
      <legend className="mb-1.5 text-sm font-semibold text-ink">{label}</legend>
      {children}
      {hint !== undefined && (
        <p id={id} className="mt-1.5 text-xs text-faint">
          {hint}
        </p>
      )}
    </fieldset>
  );
}
