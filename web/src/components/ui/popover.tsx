import { Popover as BasePopover } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";
import { cx } from "./cx";
import { floatingClass } from "./styles";

export interface PopoverProps {
  readonly trigger: ReactElement;
  readonly children: ReactNode;
  readonly title?: ReactNode;
  /** Names it where no title is shown. */
  readonly label?: string | undefined;
  readonly open?: boolean | undefined;
  readonly onOpenChange?: ((open: boolean) => void) | undefined;
  readonly align?: "start" | "center" | "end" | undefined;
  readonly side?: "top" | "right" | "bottom" | "left" | undefined;
  readonly className?: string | undefined;
}

/** A small panel beside what opened it. */
export function Popover(props: PopoverProps) {
  const { trigger, children, title, label, align = "start", side = "bottom", className, ...rest } = props;
  return (
    <BasePopover.Root {...rest}>
      <BasePopover.Trigger render={trigger} />
      <BasePopover.Portal>
        <BasePopover.Positioner align={align} side={side} sideOffset={6} collisionPadding={12} className="z-50">
          <BasePopover.Popup
            aria-label={label}
            className={cx(
              floatingClass,
              "max-h-(--available-height) w-80 max-w-(--available-width) overflow-y-auto p-4 scroll-quiet",
              className,
            )}
          >
            {title !== undefined && <BasePopover.Title className="mb-2 text-base">{title}</BasePopover.Title>}
            {children}
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  );
}
