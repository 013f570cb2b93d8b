import { Link, useLocation } from "@tanstack/react-router";
import { Ellipsis, Plus } from "lucide-react";

import type { User } from "@/api/types";
import { isAt, type Place, type PlacePath, placesFor } from "@/components/shell/navigation";
import { cx } from "@/components/ui/cx";
import { Menu } from "@/components/ui/menu";

const FIRST: readonly PlacePath[] = ["/", "/ads", "/library"];

const itemClass = "flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-xs font-semibold";

function Item({ place }: { readonly place: Place }) {
  const isCurrent = useLocation({ select: ({ pathname }) => isAt(place, pathname) });
  const Icon = place.icon;
  return (
    <li className="flex flex-1">
      <Link
        to={place.to}
        aria-current={isCurrent ? "page" : undefined}
        className={cx(itemClass, isCurrent ? "text-accent" : "text-muted")}
      >
        <Icon aria-hidden className="size-5" />
        {place.label}
      </Link>
    </li>
  );
}

/** The way around on a phone, within the thumb's reach. */
export function BottomBar({ me }: { readonly me: User }) {
  const places = placesFor(me.role);
  const rest = places.filter((place) => !FIRST.includes(place.to));
  const isInRest = useLocation({ select: ({ pathname }) => rest.some((place) => isAt(place, pathname)) });
  return (
    <nav
      aria-label="Studio"
      className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <ul className="flex">
        {places
          .filter((place) => FIRST.includes(place.to))
          .map((place) => (
            <Item key={place.to} place={place} />
          ))}
        <li className="flex flex-1">
          <Link to="/ads/new" className={cx(itemClass, "text-muted")}>
            <Plus aria-hidden className="size-5" />
            New ad
          </Link>
        </li>
        <li className="flex flex-1">
          <Menu
            side="top"
            trigger={
              <button type="button" className={cx(itemClass, isInRest ? "text-accent" : "text-muted")}>
                <Ellipsis aria-hidden className="size-5" />
                More
              </button>
            }
            entries={rest.map((place) => ({
              kind: "link" as const,
              label: place.label,
              href: place.to,
              icon: <place.icon aria-hidden />,
            }))}
          />
        </li>
      </ul>
    </nav>
  );
}
