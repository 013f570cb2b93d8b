import { Check, Plus, Search } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";

import type { Client } from "@/api/types";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Skeleton } from "@/components/ui/skeleton";
import { bareInputClass } from "@/components/ui/styles";

import { ClientSign } from "./client-sign";
import { type Entry, rank } from "./palette/rank";
import type { Scope } from "./use-scope";

interface Option extends Entry {
  readonly client: Client | null;
}

const ALL: Option = { id: "all", group: "", label: "All clients", client: null };

/** More than anybody scrolls through; the rest is found by typing. */
const SHOWN_MOST = 200;

interface ChoiceProps {
  readonly option: Option;
  readonly id: string;
  readonly isActive: boolean;
  readonly isChosen: boolean;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
}

function Choice({ option, id, isActive, isChosen, onPoint, onChoose }: ChoiceProps) {
  return (
    <div
      role="option"
      id={id}
      aria-selected={isChosen}
      ref={(row) => {
        if (isActive) row?.scrollIntoView({ block: "nearest" });
      }}
      onPointerMove={onPoint}
      onClick={onChoose}
      className={cx(
        "flex min-h-9 cursor-default items-center gap-2 rounded-control px-2 text-sm select-none pointer-coarse:min-h-11",
        isActive && "bg-hover",
      )}
    >
      <ClientSign client={option.client} size="sm" />
      <span title={option.label} className="min-w-0 flex-1 truncate">
        <bdi>{option.label}</bdi>
      </span>
      {isChosen && <Check aria-hidden className="size-4 shrink-0 text-accent" />}
    </div>
  );
}

export interface ClientListProps {
  readonly scope: Scope;
  readonly onChosen: () => void;
  readonly onCreate: () => void;
}

/** All clients to choose from, found by typing; arrow keys move, Enter chooses. */
export function ClientList({ scope, onChosen, onCreate }: ClientListProps) {
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const list = useId();
  const clients = scope.clients.map((client): Option => ({ id: client.id, group: "", label: client.name, client }));
  const options = rank([ALL, ...clients], typed, []).slice(0, SHOWN_MOST);
  const index = Math.min(active, options.length - 1);
  const choose = (option: Option | undefined): void => {
    if (!option) return;
    scope.choose(option.client?.id ?? null);
    onChosen();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown") setActive((index + 1) % Math.max(1, options.length));
    else if (event.key === "ArrowUp") setActive((index - 1 + options.length) % Math.max(1, options.length));
    else if (event.key === "Enter" && !event.nativeEvent.isComposing) choose(options[index]);
    else return;
    event.preventDefault();
  };
  return (
    <div className="flex max-h-[min(28rem,var(--available-height))] flex-col">
      <div className="flex shrink-0 items-center gap-1 border-b border-line px-2.5">
        <Search aria-hidden className="size-4 shrink-0 text-faint" />
        <input
          role="combobox"
          aria-expanded
          aria-controls={list}
          aria-activedescendant={options.length > 0 ? `${list}-${index}` : undefined}
          aria-autocomplete="list"
          aria-label="Search clients"
          placeholder="Search clients"
          dir="auto"
          autoComplete="off"
          spellCheck={false}
          autoFocus
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          className={cx(bareInputClass, "min-h-10 px-1.5")}
        />
      </div>
      <div id={list} role="listbox" aria-label="Clients" className="min-h-0 overflow-y-auto p-1 scroll-quiet">
        {options.map((option, place) => (
          <Choice
            key={option.id}
            option={option}
            id={`${list}-${place}`}
            isActive={place === index}
            isChosen={option.client?.id === scope.client?.id}
            onPoint={() => setActive(place)}
            onChoose={() => choose(option)}
          />
        ))}
      </div>
      {scope.isPending && <Skeleton lines={2} className="p-3" />}
      <p role="status" className="px-3 text-sm text-muted not-empty:pb-3">
        {options.length === 0 ? "No client of that name." : ""}
      </p>
      <div className="shrink-0 border-t border-line p-1">
        <Button variant="ghost" className="w-full !justify-start px-2" icon={<Plus aria-hidden />} onClick={onCreate}>
          New client
        </Button>
      </div>
    </div>
  );
}
