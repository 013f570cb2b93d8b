import { AlertDialog } from "@base-ui/react/alert-dialog";
import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { type ReactElement, type ReactNode, type Ref, type RefObject, useRef, useState } from "react";
import { Button, iconButtonClass } from "./button";
import { cx } from "./cx";
import { type FormWatch, useFormWatch } from "./form-watch";

export type DialogSize = "sm" | "md" | "lg" | "xl";

const widths: Record<DialogSize, string> = {
  sm: "sm:max-w-100",
  md: "sm:max-w-130",
  lg: "sm:max-w-180",
  xl: "sm:max-w-260",
};

export const backdropClass =
  "fixed inset-0 z-40 bg-backdrop transition-opacity duration-160 data-ending-style:opacity-0 data-starting-style:opacity-0";

const popupClass =
  "fixed z-50 flex flex-col border border-line bg-raised text-ink shadow-high outline-none transition-[opacity,translate,scale] duration-160 " +
  "inset-x-0 bottom-0 max-h-[92dvh] rounded-t-xl pb-[env(safe-area-inset-bottom)] " +
  "sm:inset-x-auto sm:start-1/2 sm:top-1/2 sm:bottom-auto sm:max-h-[min(85dvh,56rem)] sm:w-[calc(100vw-3rem)] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-card sm:pb-0 rtl:sm:translate-x-1/2 " +
  "data-starting-style:opacity-0 data-ending-style:opacity-0 max-sm:data-starting-style:translate-y-8 max-sm:data-ending-style:translate-y-8 sm:data-starting-style:scale-98 sm:data-ending-style:scale-98 " +
  // While it asks something itself, it waits as the page does.
  "data-nested-dialog-open:after:absolute data-nested-dialog-open:after:inset-0 data-nested-dialog-open:after:rounded-[inherit] data-nested-dialog-open:after:bg-backdrop";

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  /** Buttons, the primary one last. */
  readonly footer?: ReactNode;
  readonly size?: DialogSize | undefined;
  /** Opens it, and gets the focus back. */
  readonly trigger?: ReactElement | undefined;
  readonly closeLabel?: string | undefined;
  /**
   * Whether closing would lose something. The fields inside tell it; a form tells it itself where it opens with a draft,
   * or where what it holds is in no field.
   */
  readonly isChanged?: boolean | undefined;
  readonly initialFocus?: RefObject<HTMLElement | null> | undefined;
  readonly className?: string | undefined;
}

/**
 * One matter over the page, which waits. A sheet from below on phones. Where a form inside has been changed, Esc, the
 * backdrop and the close button ask before it closes; buttons of the caller close at once.
 */
export function Dialog(props: DialogProps) {
  const { open, onOpenChange, children, footer, size = "md", trigger, className } = props;
  const watch = useRef<FormWatch>(null);
  const [isAsking, setIsAsking] = useState(false);
  if (isAsking && !open) setIsAsking(false);
  const change = (isOpen: boolean, details: BaseDialog.Root.ChangeEventDetails): void => {
    const isLost = !isOpen && (props.isChanged ?? watch.current?.isChanged() ?? false);
    if (isLost) {
      details.cancel();
      setIsAsking(true);
    } else onOpenChange(isOpen);
  };
  return (
    <BaseDialog.Root open={open} onOpenChange={change}>
      {trigger && <BaseDialog.Trigger render={trigger} />}
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={backdropClass} />
        <BaseDialog.Popup initialFocus={props.initialFocus} className={cx(popupClass, widths[size], className)}>
          <DialogHead {...props} />
          <DialogBody watch={watch}>{children}</DialogBody>
          {footer !== undefined && <DialogFooter>{footer}</DialogFooter>}
          <ConfirmDialog
            open={isAsking}
            onOpenChange={setIsAsking}
            title="Discard what you typed?"
            description="It is not saved yet."
            verb="Discard"
            cancelLabel="Keep editing"
            danger
            onConfirm={() => onOpenChange(false)}
          />
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

function DialogHead({ title, description, closeLabel = "Close" }: DialogProps) {
  return (
    <div className="flex items-start gap-3 px-5 pt-4 pb-3">
      <div className="min-w-0 flex-1">
        <BaseDialog.Title className="text-lg wrap-anywhere">{title}</BaseDialog.Title>
        {description !== undefined && (
          <BaseDialog.Description className="mt-1 text-sm text-muted wrap-anywhere">
            {description}
          </BaseDialog.Description>
        )}
      </div>
      <BaseDialog.Close aria-label={closeLabel} className={iconButtonClass({ className: "-me-2" })}>
        <X aria-hidden />
      </BaseDialog.Close>
    </div>
  );
}

function DialogBody({ watch, children }: { readonly watch: Ref<FormWatch>; readonly children: ReactNode }) {
  return (
    <div {...useFormWatch(watch)} className="min-h-0 flex-1 overflow-y-auto px-5 py-1 scroll-quiet">
      {children}
    </div>
  );
}

export function DialogFooter({ children }: { readonly children: ReactNode }) {
  return (
    <div className="flex shrink-0 flex-wrap items-center justify-end gap-2 px-5 pt-4 pb-5 max-sm:[&>button]:flex-1">
      {children}
    </div>
  );
}

export interface ConfirmDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** The question: "Delete 3 assets?" */
  readonly title: ReactNode;
  /** What will be gone, what is kept. */
  readonly description?: ReactNode;
  /** The word on the button: "Delete assets". */
  readonly verb: string;
  readonly onConfirm: () => void;
  readonly danger?: boolean | undefined;
  readonly busy?: boolean | undefined;
  readonly cancelLabel?: string | undefined;
  readonly children?: ReactNode;
}

/** Asks before something that cannot be undone. The caller closes it when the work is done. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onOpenChange, title, description, verb, onConfirm, danger = false, busy, children } = props;
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={backdropClass} />
        <AlertDialog.Popup className={cx(popupClass, widths.sm)}>
          <div className="min-h-0 overflow-y-auto px-5 pt-5">
            <AlertDialog.Title className="text-lg wrap-anywhere">{title}</AlertDialog.Title>
            {description !== undefined && (
              <AlertDialog.Description className="mt-2 text-base text-muted wrap-anywhere">
                {description}
              </AlertDialog.Description>
            )}
            {children !== undefined && <div className="mt-4">{children}</div>}
          </div>
          <DialogFooter>
            <AlertDialog.Close render={<Button>{props.cancelLabel ?? "Cancel"}</Button>} />
            <Button variant={danger ? "danger" : "primary"} busy={busy} onClick={onConfirm}>
              {verb}
            </Button>
          </DialogFooter>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
