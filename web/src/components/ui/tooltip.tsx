import { Popover as BasePopover } from "@base-ui/react/popover";
import { Tooltip as BaseTooltip } from "@base-ui/react/tooltip";
import { Info } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { cx } from "./cx";
import { floatingClass } from "./styles";

export type TooltipSide = "top" | "right" | "bottom" | "left";

/** Makes tooltips wait a moment, and follow each other at once when several are looked at. */
export function TooltipProvider({
  children,
  delayMs = 450,
}: {
  readonly children: ReactNode;
  readonly delayMs?: number | undefined;
}) {
  return (
    <BaseTooltip.Provider delay={delayMs} timeout={300}>
      {children}
    </BaseTooltip.Provider>
  );
}

export interface TooltipProps {
  readonly content: ReactNode;
  readonly children: ReactElement;
  readonly shortcut?: string | undefined;
  readonly side?: TooltipSide | undefined;
}

/** A short word on hover and focus. It names nothing to screen readers: give the child its own label. */
export function Tooltip({ content, children, shortcut, side = "top" }: TooltipProps) {
  return (
    <BaseTooltip.Root>
      <BaseTooltip.Trigger render={children} />
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner side={side} sideOffset={6} collisionPadding={8} className="z-60">
          <BaseTooltip.Popup className="float-motion origin-(--transform-origin) flex max-w-72 items-center gap-2 rounded-control bg-ink px-2 py-1 text-xs font-medium text-canvas shadow-low wrap-anywhere dark:bg-strong dark:text-ink">
            {content}
            {shortcut !== undefined && <kbd className="font-sans opacity-75">{shortcut}</kbd>}
          </BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  );
}

export interface InfoTipProps {
  /** What is explained, for screen readers: "About the estimate". */
  readonly label: string;
  readonly children: ReactNode;
  readonly className?: string | undefined;
}

/** An explanation behind a small sign: on hover, on focus and press, and on touch. */
export function InfoTip({ label, children, className }: InfoTipProps) {
  return (
    <BasePopover.Root>
      <BasePopover.Trigger
        openOnHover
        delay={200}
        aria-label={label}
        className={cx(
          "relative inline-grid size-4 place-items-center rounded-full align-[-0.15em] text-faint transition-colors hover:text-ink after:absolute after:-inset-1 pointer-coarse:after:-inset-3",
          className,
        )}
      >
        <Info aria-hidden className="size-3.5" />
      </BasePopover.Trigger>
      <BasePopover.Portal>
        <BasePopover.Positioner side="top" sideOffset={6} collisionPadding={12} className="z-60">
          <BasePopover.Popup className={cx(floatingClass, "max-w-72 p-3 text-sm text-muted")}>
            {children}
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  );
}
