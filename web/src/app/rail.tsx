import { Link, useLocation } from "@tanstack/react-router";
import { PanelLeftClose, PanelLeftOpen } from "lucide-react";

import type { User } from "@/api/types";
import { isAt, type Place, placesFor } from "@/components/shell/navigation";
import { IconButton } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Tooltip } from "@/components/ui/tooltip";
import { shownKeys } from "@/lib/key-names";
import { railOpen } from "@/lib/scope";
import { useStored } from "@/lib/store";

import { ClientSwitcher } from "./client-switcher";

function PlaceLink({ place, isOpen }: { readonly place: Place; readonly isOpen: boolean }) {
  const isCurrent = useLocation({ select: ({ pathname }) => isAt(place, pathname) });
  const Icon = place.icon;
  const look = cx(
    "flex items-center gap-2.5 rounded-control text-sm font-semibold transition-colors",
    isCurrent ? "bg-selected text-accent" : "text-muted hover:bg-hover hover:text-ink",
  );
  const current = isCurrent ? "page" : undefined;
  if (isOpen) {
    return (
      <Link to={place.to} aria-current={current} className={cx(look, "px-2.5", place.isNested ? "ms-6.5 h-7" : "h-8")}>
        {!place.isNested && <Icon aria-hidden className="size-4.5" />}
        <span className="truncate">{place.label}</span>
      </Link>
    );
  }
  const link = (
    <Link to={place.to} aria-current={current} aria-label={place.label} className={cx(look, "size-10 justify-center")}>
      <Icon aria-hidden className={place.isNested ? "size-4" : "size-4.5"} />
    </Link>
  );
  return (
    <Tooltip content={place.label} side="right" shortcut={place.keys && shownKeys(place.keys)}>
      {link}
    </Tooltip>
  );
}

/** The way around on wide screens: 224 px with words, 56 px without. */
export function Rail({ me }: { readonly me: User }) {
  const [isOpen, setIsOpen] = useStored(railOpen);
  return (
    <aside
      className={cx(
        "sticky top-0 z-30 flex h-dvh shrink-0 flex-col border-e border-line bg-surface max-md:hidden",
        isOpen ? "w-56" : "w-14",
      )}
    >
      <div className={cx("flex h-(--shell-top) shrink-0 items-center", isOpen ? "px-2" : "justify-center")}>
        <ClientSwitcher form={isOpen ? "full" : "icon"} />
      </div>
      <nav
        aria-label="Studio"
        className={cx("min-h-0 flex-1 overflow-y-auto py-2 scroll-quiet", isOpen ? "px-2" : "px-2")}
      >
        <ul className="flex flex-col gap-0.5">
          {placesFor(me.role).map((place) => (
            <li key={place.to}>
              <PlaceLink place={place} isOpen={isOpen} />
            </li>
          ))}
        </ul>
      </nav>
      <div className={cx("flex shrink-0 p-2", isOpen ? "justify-end" : "justify-center")}>
        <IconButton
          label={isOpen ? "Show icons only" : "Show names"}
          tooltipSide="right"
          icon={isOpen ? <PanelLeftClose aria-hidden /> : <PanelLeftOpen aria-hidden />}
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        />
      </div>
    </aside>
  );
}
