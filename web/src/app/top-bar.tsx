import { Search } from "lucide-react";
import { lazy, Suspense } from "react";

import type { User } from "@/api/types";
import { shownName } from "@/components/shell/people";
import { Avatar } from "@/components/ui/avatar";
import { IconButton, iconButtonClass } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { shownKeys } from "@/lib/key-names";

import { ClientSwitcher } from "./client-switcher";
import { Way } from "./way";
import { WorkTray } from "./work-tray";

// Menus come a moment after the page: nobody opens one before it is there.
const AccountMenu = lazy(async () => ({ default: (await import("./account-menu")).AccountMenu }));

export interface TopBarProps {
  readonly me: User;
  readonly onSearch: () => void;
  readonly onShowKeys: () => void;
}

/** Where one is, the search, what is under way, and who is signed in. */
export function TopBar({ me, onSearch, onShowKeys }: TopBarProps) {
  return (
    <header className="sticky top-0 z-20 flex h-(--shell-top) items-center gap-2 border-b border-line bg-canvas px-(--shell-pad)">
      <div className="min-w-0 flex-1 max-md:hidden">
        <Way />
      </div>
      <div className="-ms-1.5 min-w-0 flex-1 md:hidden">
        <ClientSwitcher form="bar" />
      </div>
      <button
        type="button"
        onClick={onSearch}
        aria-keyshortcuts="Control+K Meta+K /"
        className="hidden h-8 w-60 items-center gap-2 rounded-control border border-line bg-surface px-2.5 text-sm text-faint transition-colors hover:border-strong hover:text-muted lg:flex"
      >
        <Search aria-hidden className="size-4 shrink-0" />
        <span className="flex-1 text-start">Search or do…</span>
        <Kbd>{shownKeys("mod+k")}</Kbd>
      </button>
      <IconButton
        label="Search or do something"
        shortcut={shownKeys("mod+k")}
        icon={<Search aria-hidden />}
        onClick={onSearch}
        className="lg:hidden"
      />
      <WorkTray />
      <Suspense
        fallback={
          <span className={iconButtonClass()}>
            <Avatar name={shownName(me)} />
          </span>
        }
      >
        <AccountMenu me={me} onShowKeys={onShowKeys} />
      </Suspense>
    </header>
  );
}
