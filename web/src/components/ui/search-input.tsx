import { Search, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { iconButtonClass } from "./button";
import { cx } from "./cx";
import { Kbd } from "./kbd";
import { bareInputClass, wrapperClass } from "./styles";

export interface SearchInputProps {
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  /** Names it, and stands in it while it is empty: "Search assets". */
  readonly label: string;
  /** Pressing `/` outside of a field puts the focus here. One of a page. */
  readonly slashFocuses?: boolean | undefined;
  readonly clearLabel?: string | undefined;
  readonly autoFocus?: boolean | undefined;
  readonly className?: string | undefined;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** Words to look for. Esc empties it first, then leaves it. */
export function SearchInput(props: SearchInputProps) {
  const { value, onValueChange, label, slashFocuses = false, clearLabel = "Clear search", className } = props;
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (!slashFocuses) return;
    const press = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [slashFocuses]);

  return (
    <div role="search" className={cx(wrapperClass, "max-w-72 ps-2.5 pe-1", className)}>
      <Search aria-hidden className="size-4 shrink-0 text-faint" />
      <input
        ref={input}
        type="search"
        dir="auto"
        aria-label={label}
        placeholder={label}
        autoFocus={props.autoFocus}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          if (value === "") event.currentTarget.blur();
          else onValueChange("");
        }}
        className={cx(bareInputClass, "peer px-2")}
      />
      {value !== "" && (
        <button
          type="button"
          aria-label={clearLabel}
          onClick={() => {
            onValueChange("");
            input.current?.focus();
          }}
          className={iconButtonClass({ size: "sm", className: "-my-1" })}
        >
          <X aria-hidden />
        </button>
      )}
      {value === "" && slashFocuses && (
        <Kbd aria-hidden className="me-1 peer-focus:invisible pointer-coarse:hidden">
          /
        </Kbd>
      )}
    </div>
  );
}
