import { Field as BaseField } from "@base-ui/react/field";
import { useState } from "react";
import { cx } from "./cx";
import { bareInputClass, wrapperClass } from "./styles";

const HEX = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i;

/** "#2f50d6" of "2F50D6", "#25d" or the like; null of anything else. */
export function parseHexColor(text: string): string | null {
  const digits = HEX.exec(text.trim())?.[1]?.toLowerCase();
  if (digits === undefined) return null;
  return `#${digits.length === 3 ? digits.replace(/./g, "$&$&") : digits}`;
}

export interface ColorInputProps {
  /** `#rrggbb`. */
  readonly value: string;
  /** Called with `#rrggbb`, and only with a colour. */
  readonly onValueChange: (value: string) => void;
  /** Names the swatch: "Pick the primary colour". */
  readonly pickLabel: string;
  /** Names the text where no `Field` does. */
  readonly label?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly className?: string | undefined;
}

/** A colour, picked or typed. What is no colour yet is marked, and goes back to the last one on leaving. */
export function ColorInput({ value, onValueChange, pickLabel, label, disabled, className }: ColorInputProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const isWrong = draft !== null && parseHexColor(draft) === null;
  const type = (text: string) => {
    setDraft(text);
    const color = parseHexColor(text);
    if (color !== null) onValueChange(color);
  };
  return (
    <div className={cx(wrapperClass, "max-w-44", className)}>
      <span className="relative ms-1.5 size-5 shrink-0 overflow-hidden rounded-sm ring-1 ring-ink/15 ring-inset has-focus-visible:outline-2 has-focus-visible:outline-ring">
        <input
          type="color"
          aria-label={pickLabel}
          value={parseHexColor(value) ?? "#000000"}
          disabled={disabled}
          onChange={(event) => {
            setDraft(null);
            onValueChange(event.target.value);
          }}
          className="absolute -inset-2 size-9 cursor-pointer opacity-0"
        />
        <span aria-hidden className="pointer-events-none absolute inset-0" style={{ backgroundColor: value }} />
      </span>
      <BaseField.Control
        aria-label={label}
        aria-invalid={isWrong || undefined}
        value={draft ?? value}
        disabled={disabled}
        spellCheck={false}
        maxLength={7}
        onValueChange={type}
        onBlur={() => setDraft(null)}
        className={cx(bareInputClass, "font-mono text-sm uppercase")}
      />
    </div>
  );
}
