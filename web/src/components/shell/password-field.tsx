import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";

import { iconButtonClass } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";

import { passwordStrength, type Strength } from "./password-strength";

export interface PasswordFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  /** `new`: a password to be, whose strength is said. */
  readonly kind: "present" | "new";
  readonly error?: string | undefined;
  readonly autoFocus?: boolean | undefined;
}

const tones: Record<Strength, string> = {
  short: "text-faint",
  weak: "text-caution",
  fair: "text-positive",
  strong: "text-positive",
};

const fills: Record<Strength, string> = {
  short: "bg-edge",
  weak: "bg-caution",
  fair: "bg-positive",
  strong: "bg-positive",
};

function Meter({ password }: { readonly password: string }) {
  const { strength, share, words } = passwordStrength(password);
  return (
    <div className="flex items-center gap-3">
      <div aria-hidden className="h-1 min-w-16 flex-1 overflow-hidden rounded-full bg-line dark:bg-strong">
        <div
          className={cx("h-full rounded-full transition-[width] duration-200", fills[strength])}
          style={{ width: `${share * 100}%` }}
        />
      </div>
      <p role="status" className={cx("text-xs", tones[strength])}>
        {words}
      </p>
    </div>
  );
}

/** A password that can be looked at; a new one with its strength in words. */
export function PasswordField({ label, value, onValueChange, kind, error, autoFocus }: PasswordFieldProps) {
  const [isShown, setIsShown] = useState(false);
  const toggle = isShown ? "Hide password" : "Show password";
  return (
    <div className="flex flex-col gap-2">
      <Field label={label} required error={error}>
        <div className="relative">
          <TextInput
            type={isShown ? "text" : "password"}
            value={value}
            onValueChange={onValueChange}
            autoComplete={kind === "new" ? "new-password" : "current-password"}
            autoFocus={autoFocus}
            maxLength={200}
            spellCheck={false}
            autoCapitalize="none"
            dir="ltr"
            className="pe-10"
          />
          <button
            type="button"
            aria-label={toggle}
            title={toggle}
            aria-pressed={isShown}
            onClick={() => setIsShown(!isShown)}
            className={iconButtonClass({ size: "sm", className: "!absolute end-0.5 top-1/2 -translate-y-1/2" })}
          >
            {isShown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
          </button>
        </div>
      </Field>
      {kind === "new" && <Meter password={value} />}
    </div>
  );
}
