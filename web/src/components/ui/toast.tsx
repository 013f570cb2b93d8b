import { Toast as BaseToast } from "@base-ui/react/toast";
import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from "lucide-react";
import type { ReactNode } from "react";
import type { Tone } from "./badge";
import { buttonClass, iconButtonClass } from "./button";
import { cx } from "./cx";
import { Link } from "./link";

export type ToastTone = Exclude<Tone, "accent">;

export type ToastAction =
  | { readonly label: string; readonly onClick: () => void; readonly href?: undefined }
  | { readonly label: string; readonly href: string; readonly onClick?: undefined };

export interface ToastRequest {
  readonly title: string;
  readonly description?: ReactNode;
  readonly tone?: ToastTone | undefined;
  readonly action?: ToastAction | undefined;
  /** Takes back what was just done. The toast stays longer with it. */
  readonly undo?: (() => void) | undefined;
  readonly undoLabel?: string | undefined;
  /** The same id again replaces the toast instead of adding one. */
  readonly id?: string | undefined;
}

const READING_MS = 5_000;
const DECIDING_MS = 10_000;

const manager = BaseToast.createToastManager<ToastRequest>();

/** Says what happened, from anywhere. Answers the toast's id. What failed stays until it is closed. */
export function toast(request: ToastRequest): string {
  const { title, description, tone = "neutral", id } = request;
  const isUrgent = tone === "critical";
  const waits = request.undo !== undefined || request.action !== undefined;
  return manager.add({
    ...(id !== undefined && { id }),
    title,
    description,
    type: tone,
    timeout: isUrgent ? 0 : waits ? DECIDING_MS : READING_MS,
    priority: isUrgent ? "high" : "low",
    data: request,
  });
}

export function closeToast(id: string): void {
  manager.close(id);
}

const icons: Record<ToastTone, ReactNode> = {
  neutral: <Info aria-hidden className="text-faint" />,
  positive: <CircleCheck aria-hidden className="text-positive" />,
  caution: <TriangleAlert aria-hidden className="text-caution" />,
  critical: <CircleAlert aria-hidden className="text-critical" />,
};

function Action({ request, close }: { readonly request: ToastRequest; readonly close: () => void }) {
  const { action, undo, undoLabel = "Undo" } = request;
  const look = buttonClass({ size: "sm" });
  const press = (work: () => void) => () => {
    work();
    close();
  };
  if (undo === undefined && action === undefined) return null;
  return (
    <div className="mt-2 flex flex-wrap gap-2">
      {undo && (
        <button type="button" className={look} onClick={press(undo)}>
          {undoLabel}
        </button>
      )}
      {action?.href !== undefined && (
        <Link href={action.href} className={look} onClick={close}>
          {action.label}
        </Link>
      )}
      {action?.onClick && (
        <button type="button" className={look} onClick={press(action.onClick)}>
          {action.label}
        </button>
      )}
    </div>
  );
}

const rootClass =
  "w-full rounded-card border border-line bg-raised text-ink shadow-high transition-[opacity,translate] duration-200 dark:border-strong/60 " +
  "data-starting-style:opacity-0 data-ending-style:opacity-0 data-limited:hidden md:data-starting-style:translate-x-6 md:data-ending-style:translate-x-6 max-md:data-starting-style:-translate-y-3 max-md:data-ending-style:-translate-y-3";

function Toasts({ closeLabel }: { readonly closeLabel: string }) {
  const { toasts, close } = BaseToast.useToastManager<ToastRequest>();
  return toasts.map((item) => (
    <BaseToast.Root key={item.id} toast={item} swipeDirection={["right", "up"]} className={rootClass}>
      <BaseToast.Content className="flex items-start gap-2.5 p-3">
        <span className="mt-0.5 shrink-0 [&_svg]:size-4">{icons[item.data?.tone ?? "neutral"]}</span>
        <div className="min-w-0 flex-1">
          <BaseToast.Title dir="auto" className="line-clamp-3 text-sm leading-5 font-semibold wrap-anywhere" />
          <BaseToast.Description dir="auto" className="mt-0.5 text-sm text-muted wrap-anywhere" />
          {item.data && <Action request={item.data} close={() => close(item.id)} />}
        </div>
        <BaseToast.Close aria-label={closeLabel} className={iconButtonClass({ size: "sm", className: "-m-1" })}>
          <X aria-hidden />
        </BaseToast.Close>
      </BaseToast.Content>
    </BaseToast.Root>
  ));
}

/** Where toasts appear: below at the right, and on phones above, where no primary button is. Once, around the app. */
export function ToastRegion({
  children,
  closeLabel = "Close",
}: {
  readonly children?: ReactNode;
  readonly closeLabel?: string;
}) {
  return (
    <BaseToast.Provider toastManager={manager} limit={4}>
      {children}
      <BaseToast.Portal>
        <BaseToast.Viewport
          className={cx(
            "fixed inset-x-3 top-[calc(env(safe-area-inset-top)+0.75rem)] z-70 flex flex-col gap-2",
            "md:start-auto md:end-4 md:top-auto md:bottom-4 md:w-92 md:flex-col-reverse",
          )}
        >
          <Toasts closeLabel={closeLabel} />
        </BaseToast.Viewport>
      </BaseToast.Portal>
    </BaseToast.Provider>
  );
}
