import { LoaderCircle } from "lucide-react";
import type { ComponentProps, MouseEvent, ReactNode } from "react";
import { cx } from "./cx";
import { Tooltip } from "./tooltip";
import type { TooltipSide } from "./tooltip";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "sm" | "md" | "lg";

const base =
  "relative inline-flex shrink-0 max-w-full items-center justify-center gap-1.5 rounded-control font-semibold whitespace-nowrap " +
  "select-none transition-colors no-underline disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-default " +
  "[&_svg]:size-4 [&_svg]:shrink-0";

const variants: Record<ButtonVariant, string> = {
  primary: "bg-accent text-accent-ink enabled:hover:bg-accent-hover [a&]:hover:bg-accent-hover",
  secondary:
    "border border-strong bg-surface text-ink enabled:hover:bg-hover enabled:hover:border-edge [a&]:hover:bg-hover data-popup-open:bg-hover",
  ghost:
    "text-muted enabled:hover:bg-hover enabled:hover:text-ink [a&]:hover:bg-hover data-popup-open:bg-hover data-popup-open:text-ink",
  danger: "bg-danger text-danger-ink enabled:hover:bg-danger-hover",
};

const sizes: Record<ButtonSize, string> = {
  sm: "min-h-7 px-2 text-sm pointer-coarse:min-h-10 pointer-coarse:px-3",
  md: "min-h-8 px-3 text-sm pointer-coarse:min-h-10",
  lg: "min-h-10 px-4 text-base pointer-coarse:min-h-12",
};

const squares: Record<ButtonSize, string> = {
  sm: "size-7 pointer-coarse:size-10",
  md: "size-8 pointer-coarse:size-10",
  lg: "size-10 pointer-coarse:size-12",
};

export interface ButtonLook {
  readonly variant?: ButtonVariant | undefined;
  readonly size?: ButtonSize | undefined;
  readonly className?: string | undefined;
}

/** The classes of a button, for links of the router that must look like one. */
export function buttonClass({ variant = "secondary", size = "md", className }: ButtonLook = {}): string {
  return cx(base, variants[variant], sizes[size], className);
}

/** The classes of an icon button, for links that are only an icon. Give them an `aria-label`. */
export function iconButtonClass({ variant = "ghost", size = "md", className }: ButtonLook = {}): string {
  return cx(base, variants[variant], squares[size], className);
}

interface Busyable {
  /** Work that this button started is under way: it keeps its focus and its width, and ignores presses. */
  readonly busy?: boolean | undefined;
}

export interface ButtonProps extends ComponentProps<"button">, Busyable {
  readonly variant?: ButtonVariant | undefined;
  readonly size?: ButtonSize | undefined;
  readonly icon?: ReactNode;
}

function ignorePress(event: MouseEvent<HTMLButtonElement>) {
  event.preventDefault();
  event.stopPropagation();
}

function Spinner() {
  return <LoaderCircle aria-hidden className="animate-spin" />;
}

/** A verb that can be pressed. `type` is `button` unless told otherwise. */
export function Button({ variant, size, busy = false, icon, className, children, onClick, ...props }: ButtonProps) {
  const covered = busy && icon === undefined;
  return (
    <button
      type="button"
      {...props}
      className={buttonClass({ variant, size, className })}
      onClick={busy ? ignorePress : onClick}
      aria-busy={busy || undefined}
      aria-disabled={busy || props["aria-disabled"] || undefined}
    >
      {busy && !covered ? <Spinner /> : icon}
      {covered && (
        <span className="absolute inset-0 grid place-items-center">
          <Spinner />
        </span>
      )}
      <span className={cx("min-w-0 truncate", covered && "opacity-0")}>{children}</span>
    </button>
  );
}

export interface IconButtonProps extends Omit<ComponentProps<"button">, "children">, Busyable {
  /** What it does: read aloud, and shown as its tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly variant?: ButtonVariant | undefined;
  readonly size?: ButtonSize | undefined;
  readonly shortcut?: string | undefined;
  readonly tooltipSide?: TooltipSide | undefined;
  /** For buttons that stay pressed. */
  readonly pressed?: boolean | undefined;
}

/** A button that is only an icon. */
export function IconButton({
  label,
  icon,
  variant,
  size,
  shortcut,
  tooltipSide,
  pressed,
  busy = false,
  className,
  onClick,
  ...props
}: IconButtonProps) {
  const look = cx(pressed && "bg-selected text-accent", className);
  return (
    <Tooltip content={label} shortcut={shortcut} side={tooltipSide}>
      <button
        type="button"
        aria-label={label}
        {...props}
        className={iconButtonClass({ variant, size, className: look })}
        onClick={busy ? ignorePress : onClick}
        aria-pressed={pressed}
        aria-busy={busy || undefined}
        aria-disabled={busy || props["aria-disabled"] || undefined}
      >
        {busy ? <Spinner /> : icon}
      </button>
    </Tooltip>
  );
}
