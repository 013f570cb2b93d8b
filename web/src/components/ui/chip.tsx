import { X } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";

const look =
  "inline-flex min-h-6.5 max-w-full min-w-0 items-center gap-1 rounded-full px-2.5 text-sm font-medium pointer-coarse:min-h-9 [&_svg]:size-3.5 [&_svg]:shrink-0";

export interface ChipProps {
  readonly children: ReactNode;
  readonly icon?: ReactNode;
  readonly onRemove?: (() => void) | undefined;
  /** "Remove tag summer"; needed with `onRemove`. */
  readonly removeLabel?: string | undefined;
  readonly className?: string | undefined;
}

/** A small thing that is there, and can be taken away. */
export function Chip({ children, icon, onRemove, removeLabel, className }: ChipProps) {
  return (
    <span className={cx(look, "bg-sunken text-ink dark:bg-raised", onRemove && "pe-1", className)}>
      {icon}
      <span dir="auto" className="min-w-0 truncate">
        {children}
      </span>
      {onRemove && (
        <button
          type="button"
          aria-label={removeLabel}
          onClick={onRemove}
          className="relative grid size-5 shrink-0 place-items-center rounded-full text-faint transition-colors after:absolute after:-inset-1 hover:bg-hover hover:text-ink pointer-coarse:after:-inset-2.5"
        >
          <X aria-hidden />
        </button>
      )}
    </span>
  );
}

export interface ToggleChipProps extends Omit<ComponentProps<"button">, "value"> {
  readonly pressed: boolean;
  readonly onPressedChange: (pressed: boolean) => void;
  readonly icon?: ReactNode;
}

/** A choice that is on or off: a filter, a platform. */
export function ToggleChip({ pressed, onPressedChange, icon, children, className, ...props }: ToggleChipProps) {
  return (
    <button
      type="button"
      {...props}
      aria-pressed={pressed}
      onClick={() => onPressedChange(!pressed)}
      className={cx(
        look,
        "border border-strong bg-surface text-muted transition-colors enabled:hover:border-edge enabled:hover:text-ink disabled:opacity-50",
        "aria-pressed:border-accent aria-pressed:bg-selected aria-pressed:text-accent pointer-coarse:min-h-10",
        className,
      )}
    >
      {icon}
      <span className="min-w-0 truncate">{children}</span>
    </button>
  );
}
