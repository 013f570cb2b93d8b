import { ContextMenu as BaseContextMenu } from "@base-ui/react/context-menu";
import { Menu as BaseMenu } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { cx } from "./cx";
import { Link } from "./link";
import { listPopupClass, optionClass } from "./styles";

interface MenuWords {
  readonly label: string;
  readonly icon?: ReactNode;
  /** A second line, smaller. */
  readonly description?: string | undefined;
  readonly shortcut?: string | undefined;
  readonly danger?: boolean | undefined;
  /** Shows a tick, for the one that is chosen. */
  readonly checked?: boolean | undefined;
  readonly disabled?: boolean | undefined;
}

export interface MenuAction extends MenuWords {
  readonly kind?: "action" | undefined;
  readonly onSelect: () => void;
}

export interface MenuLink extends MenuWords {
  readonly kind: "link";
  readonly href: string;
}

export interface MenuHeading {
  readonly kind: "heading";
  readonly label: string;
}

export interface MenuSeparator {
  readonly kind: "separator";
}

export type MenuEntry = MenuAction | MenuLink | MenuHeading | MenuSeparator;

function Words({ entry }: { readonly entry: MenuAction | MenuLink }) {
  return (
    <>
      {entry.icon !== undefined && (
        <span className={cx("shrink-0 [&_svg]:size-4", !entry.danger && "text-muted")}>{entry.icon}</span>
      )}
      <span className="min-w-0 flex-1">
        <span dir="auto" className="block truncate">
          {entry.label}
        </span>
        {entry.description !== undefined && <span className="block text-xs text-faint">{entry.description}</span>}
      </span>
      {entry.shortcut !== undefined && <kbd className="ps-4 font-sans text-xs text-faint">{entry.shortcut}</kbd>}
      {entry.checked && <Check aria-hidden className="size-4 shrink-0 text-accent" />}
    </>
  );
}

function Entry({ entry }: { readonly entry: MenuEntry }) {
  if (entry.kind === "separator") return <BaseMenu.Separator className="mx-2 my-1 h-px bg-line" />;
  if (entry.kind === "heading") {
    return <div className="px-2 pt-2 pb-1 text-xs font-semibold text-faint">{entry.label}</div>;
  }
  const look = cx(optionClass, entry.danger && "text-critical");
  const current = entry.checked ? "true" : undefined;
  if (entry.kind === "link") {
    return (
      <BaseMenu.LinkItem closeOnClick className={look} aria-current={current} render={<Link href={entry.href} />}>
        <Words entry={entry} />
      </BaseMenu.LinkItem>
    );
  }
  return (
    <BaseMenu.Item className={look} aria-current={current} disabled={entry.disabled} onClick={entry.onSelect}>
      <Words entry={entry} />
    </BaseMenu.Item>
  );
}

function Entries({ entries }: { readonly entries: readonly MenuEntry[] }) {
  // Entries have no identity of their own and never reorder while the menu is open.
  return entries.map((entry, index) => <Entry key={index} entry={entry} />);
}

const popupClass = cx(listPopupClass, "min-w-48");

export interface MenuProps {
  readonly trigger: ReactElement;
  readonly entries: readonly MenuEntry[];
  readonly align?: "start" | "center" | "end" | undefined;
  readonly side?: "top" | "right" | "bottom" | "left" | undefined;
  /** Stands above the entries: who is signed in, a filter. */
  readonly header?: ReactNode;
}

/** Things that can be done, behind a button. */
export function Menu({ trigger, entries, align = "end", side = "bottom", header }: MenuProps) {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 outline-none"
        >
          <BaseMenu.Popup className={popupClass}>
            {header}
            <Entries entries={entries} />
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

export interface ContextMenuProps {
  readonly children: ReactElement;
  readonly entries: readonly MenuEntry[];
}

/** The same on a right click or a long press. What is in it must be reachable otherwise too. */
export function ContextMenu({ children, entries }: ContextMenuProps) {
  return (
    <BaseContextMenu.Root>
      <BaseContextMenu.Trigger render={children} />
      <BaseContextMenu.Portal>
        <BaseContextMenu.Positioner className="z-50 outline-none">
          <BaseContextMenu.Popup className={popupClass}>
            <Entries entries={entries} />
          </BaseContextMenu.Popup>
        </BaseContextMenu.Positioner>
      </BaseContextMenu.Portal>
    </BaseContextMenu.Root>
  );
}
