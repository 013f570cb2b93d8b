import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { iconButtonClass } from "./button";
import { cx } from "./cx";
import { backdropClass } from "./dialog";

export type DrawerMode = "modal" | "beside";
export type DrawerSize = "md" | "lg" | "xl";

const widths: Record<DrawerSize, string> = { md: "md:w-105", lg: "md:w-140", xl: "md:w-200" };

const popupClass =
  "fixed z-50 flex flex-col border-line bg-surface text-ink shadow-high outline-none transition-[opacity,translate] duration-200 " +
  "inset-x-0 bottom-0 h-[88dvh] rounded-t-xl border-t pb-[env(safe-area-inset-bottom)] " +
  "md:inset-y-0 md:start-auto md:end-0 md:h-auto md:max-w-[calc(100vw-4rem)] md:rounded-none md:border-s md:border-t-0 md:pb-0 " +
  "max-md:data-starting-style:translate-y-full max-md:data-ending-style:translate-y-full " +
  "md:data-starting-style:translate-x-12 md:data-starting-style:opacity-0 md:data-ending-style:translate-x-12 md:data-ending-style:opacity-0";

export interface DrawerProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  /** Actions at the end of the head, before the close button. */
  readonly actions?: ReactNode;
  readonly footer?: ReactNode;
  readonly size?: DrawerSize | undefined;
  /** `beside`: the page behind stays usable, for details of a list. `modal` (default): the page waits. */
  readonly mode?: DrawerMode | undefined;
  readonly closeLabel?: string | undefined;
  readonly className?: string | undefined;
}

/** Details of something on the page: from the right on wide screens, from below on phones. */
export function Drawer(props: DrawerProps) {
  const { open, onOpenChange, title, description, children, actions, footer, size = "md", mode = "modal" } = props;
  const isModal = mode === "modal";
  return (
    <BaseDialog.Root open={open} onOpenChange={onOpenChange} modal={isModal} disablePointerDismissal={!isModal}>
      <BaseDialog.Portal>
        {isModal && <BaseDialog.Backdrop className={backdropClass} />}
        <BaseDialog.Popup className={cx(popupClass, widths[size], props.className)}>
          <span aria-hidden className="mx-auto mt-2 h-1 w-9 shrink-0 rounded-full bg-strong md:hidden" />
          <div className="flex items-start gap-2 px-5 pt-4 pb-3 max-md:pt-2">
            <div className="min-w-0 flex-1">
              <BaseDialog.Title dir="auto" className="line-clamp-2 text-left text-lg wrap-anywhere">
                {title}
              </BaseDialog.Title>
              {description !== undefined && (
                <BaseDialog.Description className="mt-0.5 text-sm text-muted wrap-anywhere">
                  {description}
                </BaseDialog.Description>
              )}
            </div>
            {actions}
            <BaseDialog.Close
              aria-label={props.closeLabel ?? "Close"}
              className={iconButtonClass({ className: "-me-2" })}
            >
              <X aria-hidden />
            </BaseDialog.Close>
          </div>
          {/* Reached by Tab, so that the arrow keys scroll it even where nothing in it can be reached. */}
          <div
            tabIndex={0}
            className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5 outline-ring scroll-quiet focus-visible:outline-2 focus-visible:-outline-offset-2"
          >
            {children}
          </div>
          {footer !== undefined && (
            <div className="flex shrink-0 flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">
              {footer}
            </div>
          )}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
