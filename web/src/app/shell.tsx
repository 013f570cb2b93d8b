import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Outlet, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";

import { startLive } from "@/api/live";
import { meQuery } from "@/api/session";
import type { User } from "@/api/types";
import { placesFor } from "@/components/shell/navigation";
import { useIsPhone } from "@/lib/hooks";
import { railOpen } from "@/lib/scope";
import { listenForShortcuts, type Shortcut, useShortcuts } from "@/lib/shortcuts";

import { ConnectionBanner } from "./connection-banner";
import { Rail } from "./rail";
import { TopBar } from "./top-bar";

const BottomBar = lazy(async () => ({ default: (await import("./bottom-bar")).BottomBar }));
const Palette = lazy(async () => ({ default: (await import("./palette/palette")).Palette }));
const ShortcutsDialog = lazy(async () => ({ default: (await import("./shortcuts-dialog")).ShortcutsDialog }));
const UploadTray = lazy(async () => ({ default: (await import("@/components/uploads/upload-tray")).UploadTray }));

const studio = getRouteApi("/studio");

type Open = "palette" | "keys" | null;

/** Keys that lead elsewhere do nothing while a dialog has the page waiting. */
function unlessWaiting(run: () => void): () => void {
  return () => {
    if (document.querySelector("[data-base-ui-inert]") === null) run();
  };
}

function useShellShortcuts(me: User, open: (what: Open) => void): void {
  const navigate = useNavigate();
  const places = placesFor(me.role).flatMap((place): Shortcut[] =>
    place.keys === undefined
      ? []
      : [
          {
            keys: place.keys,
            label: `Go to ${place.label.toLowerCase()}`,
            group: "Go to",
            run: unlessWaiting(() => void navigate({ to: place.to })),
          },
        ],
  );
  useShortcuts([
    { keys: "mod+k", label: "Search or do something", group: "Everywhere", run: () => open("palette"), inFields: true },
    { keys: "/", label: "Search", group: "Everywhere", run: unlessWaiting(() => open("palette")) },
    { keys: "n", label: "New ad", group: "Everywhere", run: unlessWaiting(() => void navigate({ to: "/ads/new" })) },
    { keys: "?", label: "Show these shortcuts", group: "Everywhere", run: unlessWaiting(() => open("keys")) },
    {
      keys: "[",
      label: "Show or hide names in the rail",
      group: "Everywhere",
      run: unlessWaiting(() => railOpen.set(!railOpen.get())),
    },
    ...places,
  ]);
  useEffect(() => listenForShortcuts(), []);
}

function SkipLink() {
  return (
    <a
      href="#main"
      className="fixed start-2 top-2 z-70 rounded-control bg-accent px-3 py-2 text-sm font-semibold text-accent-ink not-focus:sr-only"
      onClick={(event) => {
        event.preventDefault();
        document.getElementById("main")?.focus();
      }}
    >
      Skip to content
    </a>
  );
}

const frameClass =
  "flex min-h-dvh [--shell-bottom:calc(3.5rem+env(safe-area-inset-bottom))] [--shell-pad:1rem] [--shell-top:3rem] " +
  "md:[--shell-bottom:0rem] md:[--shell-pad:1.5rem] xl:[--shell-pad:2rem]";

/** The studio around its pages. */
export function Shell() {
  const { me: entered } = studio.useRouteContext();
  // The route knows who came in; what they change of themselves since then, the cache knows.
  const me = useQuery(meQuery).data ?? entered;
  const queries = useQueryClient();
  const isPhone = useIsPhone();
  const [open, setOpen] = useState<Open>(null);
  useEffect(() => startLive(queries), [queries]);
  useShellShortcuts(me, setOpen);
  const close = (isOpen: boolean): void => {
    if (!isOpen) setOpen(null);
  };
  return (
    <div className={frameClass}>
      <SkipLink />
      <Rail me={me} />
      <div className="flex min-w-0 flex-1 flex-col">
        <TopBar me={me} onSearch={() => setOpen("palette")} onShowKeys={() => setOpen("keys")} />
        <ConnectionBanner />
        <main
          id="main"
          tabIndex={-1}
          className="min-w-0 flex-1 p-(--shell-pad) pb-[calc(var(--shell-pad)+var(--shell-bottom)+var(--tray-room,0px))] outline-none"
        >
          <Outlet />
        </main>
      </div>
      <Suspense>
        {isPhone && <BottomBar me={me} />}
        <UploadTray />
      </Suspense>
      <Suspense>
        {open === "palette" && <Palette me={me} onOpenChange={close} onShowKeys={() => setOpen("keys")} />}
        {open === "keys" && <ShortcutsDialog onOpenChange={close} />}
      </Suspense>
    </div>
  );
}
