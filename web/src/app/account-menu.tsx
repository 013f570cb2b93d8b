import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { CircleUser, Keyboard, LogOut, Monitor, Moon, Sun } from "lucide-react";
import { useSyncExternalStore } from "react";

import { problemOf } from "@/api/problem";
import { signOut } from "@/api/session";
import type { User } from "@/api/types";
import { shownName } from "@/components/shell/people";
import { Avatar } from "@/components/ui/avatar";
import { iconButtonClass } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import { theme, THEMES } from "@/lib/theme";

import { leaveSession } from "./leave-session";

const THEME_WORDS = {
  system: { label: "Theme of the system", icon: <Monitor aria-hidden /> },
  light: { label: "Light theme", icon: <Sun aria-hidden /> },
  dark: { label: "Dark theme", icon: <Moon aria-hidden /> },
} as const;

/** Who is signed in, the theme, and the way out. */
export function AccountMenu({ me, onShowKeys }: { readonly me: User; readonly onShowKeys: () => void }) {
  const chosen = useSyncExternalStore(theme.subscribe, theme.get);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const name = shownName(me);
  const leave = async (): Promise<void> => {
    try {
      await signOut();
    } catch (error) {
      const { title, detail } = problemOf(error);
      toast({ tone: "critical", title: "You are still signed in", description: `${title}: ${detail}` });
      return;
    }
    leaveSession(queries);
    await navigate({ to: "/sign-in" });
  };
  return (
    <Menu
      trigger={
        <button type="button" aria-label={`Account: ${name}`} className={iconButtonClass()}>
          <Avatar name={name} />
        </button>
      }
      header={
        <div className="max-w-64 px-2 pt-1.5 pb-2">
          <p dir="auto" className="truncate text-sm font-semibold">
            {name}
          </p>
          {me.name !== null && <p className="truncate text-xs text-faint">{me.email}</p>}
        </div>
      }
      entries={[
        { kind: "link", label: "Account and API keys", href: "/account", icon: <CircleUser aria-hidden /> },
        { label: "Keyboard shortcuts", icon: <Keyboard aria-hidden />, shortcut: "?", onSelect: onShowKeys },
        { kind: "separator" },
        ...THEMES.map((each) => ({
          ...THEME_WORDS[each],
          checked: each === chosen,
          onSelect: () => theme.set(each),
        })),
        { kind: "separator" },
        { label: "Sign out", icon: <LogOut aria-hidden />, onSelect: () => void leave() },
      ]}
    />
  );
}
