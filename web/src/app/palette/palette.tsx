import { Dialog } from "@base-ui/react/dialog";
import { LoaderCircle, Search } from "lucide-react";
import { type KeyboardEvent, useId, useMemo, useRef, useState } from "react";

import type { User } from "@/api/types";
import { cx } from "@/components/ui/cx";
import { backdropClass } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { useSettled } from "@/lib/hooks";
import { keyParts } from "@/lib/key-names";
import { stored, useStored } from "@/lib/store";

import { type Command, useCommands } from "./commands";
import { inGroups, rank, withUsed } from "./rank";

const recentlyUsed = stored<readonly string[]>("palette", [], (kept) =>
  Array.isArray(kept) ? kept.filter((id): id is string => typeof id === "string") : null,
);

const SETTLE_MS = 180;
const OFFERED_MOST = 40;
const OFFERED_UNTYPED = ["Do", "Pages"];

/** What is offered for what was typed: recent things first while nothing is, then actions and pages. */
function useOffered(here: readonly Command[], found: readonly Command[], typed: string, recent: readonly string[]) {
  return useMemo((): [string, Command[]][] => {
    if (typed.trim() === "") {
      const used = recent.flatMap((id) => here.find((command) => command.id === id) ?? []);
      const rest = here.filter((command) => OFFERED_UNTYPED.includes(command.group) && !used.includes(command));
      return inGroups([...used.map((command) => ({ ...command, group: "Recent" })), ...rest]);
    }
    return inGroups([...rank(here, typed, recent).slice(0, OFFERED_MOST), ...found]);
  }, [here, found, typed, recent]);
}

interface RowProps {
  readonly command: Command;
  readonly id: string;
  readonly isActive: boolean;
  readonly onPoint: () => void;
  readonly onRun: () => void;
}

function Row({ command, id, isActive, onPoint, onRun }: RowProps) {
  return (
    <div
      role="option"
      id={id}
      aria-selected={isActive}
      ref={(row) => {
        if (isActive) row?.scrollIntoView({ block: "nearest" });
      }}
      onPointerMove={onPoint}
      onClick={onRun}
      className={cx(
        "flex min-h-9 scroll-mt-9 scroll-mb-2 cursor-default items-center gap-2.5 rounded-control px-2.5 text-sm pointer-coarse:min-h-11",
        isActive && "bg-hover",
      )}
    >
      <span className="shrink-0 text-muted [&_svg]:size-4">{command.icon}</span>
      <span dir="auto" className="min-w-0 truncate">
        {command.label}
      </span>
      <span dir="auto" className="min-w-0 flex-1 truncate text-xs text-faint">
        {command.hint}
      </span>
      {command.keys !== undefined && (
        <span aria-hidden className="flex shrink-0 gap-1 max-sm:hidden">
          {keyParts(command.keys)
            .flat()
            .map((key, index) => (
              <Kbd key={index}>{key}</Kbd>
            ))}
        </span>
      )}
    </div>
  );
}

export interface PaletteProps {
  readonly me: User;
  readonly onOpenChange: (open: boolean) => void;
  readonly onShowKeys: () => void;
}

const popupClass =
  "fixed inset-x-3 top-3 z-50 mx-auto flex max-h-[min(32rem,calc(100dvh-1.5rem))] max-w-150 flex-col overflow-hidden rounded-card border " +
  "border-line bg-raised text-ink shadow-high outline-none sm:top-[12vh]";

/** Finds anything by typing: pages, ads, clients, files, and what can be done. */
export function Palette({ me, onOpenChange, onShowKeys }: PaletteProps) {
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const [recent, setRecent] = useStored(recentlyUsed);
  const list = useId();
  const input = useRef<HTMLInputElement>(null);
  const words = useSettled(typed.trim(), SETTLE_MS);
  const { here, found, isSearching } = useCommands(me, words, onShowKeys);
  const groups = useOffered(here, found, typed, recent);
  const offered = groups.flatMap(([, commands]) => commands);
  const index = Math.min(active, offered.length - 1);

  const run = (command: Command | undefined): void => {
    if (!command) return;
    setRecent(withUsed(recent, command.id));
    onOpenChange(false);
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const moves: Record<string, number> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      Home: 0,
      End: offered.length - 1,
    };
    const next = moves[event.key];
    if (event.key === "Enter" && !event.nativeEvent.isComposing) run(offered[index]);
    // Home and End move in the text while there is some.
    else if (next === undefined || (typed !== "" && (event.key === "Home" || event.key === "End"))) return;
    else setActive((next + offered.length) % Math.max(1, offered.length));
    event.preventDefault();
  };
  return (
    <Dialog.Root open onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdropClass} />
        <Dialog.Popup className={popupClass} initialFocus={input} aria-label="Search or do something">
          <div className="flex shrink-0 items-center gap-2 border-b border-line px-3.5">
            <Search aria-hidden className="size-4 shrink-0 text-faint" />
            <input
              ref={input}
              role="combobox"
              aria-expanded
              aria-controls={list}
              aria-activedescendant={offered.length > 0 ? `${list}-${index}` : undefined}
              aria-autocomplete="list"
              aria-label="Search or do something"
              placeholder="Search ads, files, clients, or do something"
              dir="auto"
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onChange={(event) => {
                setTyped(event.target.value);
                setActive(0);
              }}
              onKeyDown={onKeyDown}
              className="min-h-12 min-w-0 flex-1 bg-transparent text-base outline-none focus-visible:outline-none pointer-coarse:text-[16px]"
            />
            {isSearching && <LoaderCircle aria-hidden className="size-4 animate-spin text-faint" />}
            <Dialog.Close className="rounded-sm p-1 text-faint hover:text-ink" aria-label="Close">
              <Kbd>Esc</Kbd>
            </Dialog.Close>
          </div>
          <div
            id={list}
            role="listbox"
            aria-label="Found"
            className="min-h-0 flex-1 overflow-y-auto p-1.5 scroll-quiet"
          >
            {groups.map(([group, commands]) => (
              <div key={group} role="group" aria-label={group}>
                <p aria-hidden className="px-2.5 pt-2.5 pb-1 text-xs font-semibold text-faint">
                  {group}
                </p>
                {commands.map((command) => {
                  const place = offered.indexOf(command);
                  return (
                    <Row
                      key={command.id}
                      command={command}
                      id={`${list}-${place}`}
                      isActive={place === index}
                      onPoint={() => setActive(place)}
                      onRun={() => run(command)}
                    />
                  );
                })}
              </div>
            ))}
          </div>
          <p role="status" className="px-4 text-sm text-muted not-empty:py-6">
            {offered.length === 0 && !isSearching ? `Nothing is called “${typed.trim()}”.` : ""}
          </p>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
