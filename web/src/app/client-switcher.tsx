import { useNavigate } from "@tanstack/react-router";
import { ChevronsUpDown } from "lucide-react";
import { lazy, Suspense, useState } from "react";

import { cx } from "@/components/ui/cx";
import { Popover } from "@/components/ui/popover";
import { Skeleton } from "@/components/ui/skeleton";

import { ClientSign } from "./client-sign";
import { useScope } from "./use-scope";

const ClientList = lazy(async () => ({ default: (await import("./client-list")).ClientList }));
const NewClientDialog = lazy(async () => ({
  default: (await import("@/components/shell/new-client-dialog")).NewClientDialog,
}));

export interface ClientSwitcherProps {
  /** `icon`: in the narrow rail; `bar`: in the top bar of a phone. */
  readonly form: "full" | "icon" | "bar";
}

const forms: Record<ClientSwitcherProps["form"], string> = {
  full: "min-h-11 w-full px-2",
  icon: "size-10 justify-center",
  bar: "min-h-10 max-w-full px-1.5",
};

/** Whose things are shown: one client's or all that somebody reaches. Searches, switches, creates. */
export function ClientSwitcher({ form }: ClientSwitcherProps) {
  const scope = useScope();
  const [isOpen, setIsOpen] = useState(false);
  const [isCreating, setIsCreating] = useState(false);
  const navigate = useNavigate();
  const name = scope.client?.name ?? "All clients";
  const trigger = (
    <button
      type="button"
      aria-label={`Client: ${name}. Switch client`}
      title={form === "full" ? undefined : name}
      className={cx(
        "flex min-w-0 items-center gap-2 rounded-control text-start transition-colors hover:bg-hover data-popup-open:bg-hover",
        forms[form],
      )}
    >
      <ClientSign client={scope.client} size="md" />
      {form !== "icon" && (
        <>
          <span dir="auto" className="min-w-0 flex-1 truncate text-sm font-semibold">
            {name}
          </span>
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-faint" />
        </>
      )}
    </button>
  );
  return (
    <>
      <Popover
        trigger={trigger}
        label="Switch client"
        open={isOpen}
        onOpenChange={setIsOpen}
        side={form === "icon" ? "right" : "bottom"}
        className="w-72 !overflow-hidden !p-0"
      >
        <Suspense fallback={<Skeleton lines={3} className="p-4" />}>
          <ClientList
            scope={scope}
            onChosen={() => setIsOpen(false)}
            onCreate={() => {
              setIsOpen(false);
              setIsCreating(true);
            }}
          />
        </Suspense>
      </Popover>
      {isCreating && (
        <Suspense>
          <NewClientDialog
            open
            onOpenChange={setIsCreating}
            onCreated={(made) => void navigate({ to: "/clients/$clientId", params: { clientId: made.id } })}
          />
        </Suspense>
      )}
    </>
  );
}
