import { Field as BaseField } from "@base-ui/react/field";
import type { ComponentProps } from "react";
import { cx } from "./cx";
import { useFieldRequired } from "./field";
import { controlClass } from "./styles";

export interface TextInputProps extends Omit<ComponentProps<"input">, "defaultValue" | "value"> {
  readonly value?: string | undefined;
  readonly defaultValue?: string | undefined;
  readonly onValueChange?: ((value: string) => void) | undefined;
}

/** One line of text. */
export function TextInput({ className, onValueChange, ...props }: TextInputProps) {
  const required = useFieldRequired();
  return (
    <BaseField.Control
      dir="auto"
      aria-required={required}
      {...props}
      onValueChange={onValueChange}
      className={cx(controlClass, className)}
    />
  );
}

export interface TextAreaProps extends Omit<ComponentProps<"textarea">, "defaultValue" | "value" | "rows"> {
  readonly value?: string | undefined;
  readonly defaultValue?: string | undefined;
  readonly onValueChange?: ((value: string) => void) | undefined;
  readonly minRows?: number | undefined;
  readonly maxRows?: number | undefined;
}

const lineHeightRem = 1.375;
const paddingRem = 1;

/** Lines of text; grows with what is written, from `minRows` up to `maxRows`, then scrolls. */
export function TextArea({
  className,
  onValueChange,
  value,
  defaultValue,
  minRows = 3,
  maxRows = 14,
  style,
  ...props
}: TextAreaProps) {
  const required = useFieldRequired();
  const bounds = {
    minHeight: `${minRows * lineHeightRem + paddingRem}rem`,
    maxHeight: `${maxRows * lineHeightRem + paddingRem}rem`,
    ...style,
  };
  return (
    <BaseField.Control
      value={value}
      defaultValue={defaultValue}
      onValueChange={onValueChange}
      className={cx(controlClass, "field-sizing-content resize-none py-2 scroll-quiet", className)}
      render={<textarea dir="auto" rows={minRows} aria-required={required} {...props} style={bounds} />}
    />
  );
}
