import { Plus, X } from "lucide-react";
import { useRef } from "react";

import { Button, Field, IconButton, TextInput } from "@/components/ui";

export interface LineListProps {
  readonly value: readonly string[];
  readonly onValueChange: (value: string[]) => void;
  /** What one of them is: "Key message". */
  readonly noun: string;
  readonly max: number;
  readonly maxCharacters: number;
  readonly placeholder?: string | undefined;
  readonly disabled?: boolean | undefined;
}

/** Sentences below one another. Enter begins the next one, Backspace in an empty one takes it away. */
export function LineList(props: LineListProps) {
  const { value, onValueChange, noun, max, maxCharacters, placeholder, disabled } = props;
  const list = useRef<HTMLUListElement>(null);
  const lines = value.length === 0 ? [""] : value;
  // The line that is asked for is not there before the next frame.
  const focus = (place: number): void => {
    requestAnimationFrame(() => list.current?.querySelectorAll("input")[place]?.focus());
  };
  const put = (place: number, text: string): void => onValueChange(lines.map((was, at) => (at === place ? text : was)));
  const add = (after: number): void => {
    if (lines.length >= max) return;
    onValueChange([...lines.slice(0, after + 1), "", ...lines.slice(after + 1)]);
    focus(after + 1);
  };
  const remove = (place: number): void => {
    onValueChange(lines.filter((_, at) => at !== place));
    focus(Math.max(0, place - 1));
  };
  return (
    <div className="flex flex-col gap-2">
      <ul ref={list} className="flex flex-col gap-2">
        {lines.map((line, place) => (
          // A line is where it stands: there is nothing else to tell equal ones apart by.
          <li key={place} className="flex items-center gap-1">
            <Field label={`${noun} ${place + 1}`} labelHidden className="flex-1">
              <TextInput
                value={line}
                disabled={disabled}
                maxLength={maxCharacters}
                placeholder={place === 0 ? placeholder : undefined}
                onValueChange={(text) => put(place, text)}
                onKeyDown={(event) => {
                  if (event.key === "Enter") {
                    event.preventDefault();
                    add(place);
                  }
                  if (event.key === "Backspace" && line === "" && lines.length > 1) {
                    event.preventDefault();
                    remove(place);
                  }
                }}
              />
            </Field>
            {!disabled && value.length > 0 && (
              <IconButton
                label={`Remove ${noun.toLocaleLowerCase()} ${place + 1}`}
                icon={<X aria-hidden />}
                onClick={() => remove(place)}
              />
            )}
          </li>
        ))}
      </ul>
      {!disabled && (
        <Button
          size="sm"
          variant="ghost"
          className="self-start"
          icon={<Plus aria-hidden />}
          disabled={lines.length >= max}
          onClick={() => add(lines.length - 1)}
        >
          {lines.length >= max ? `At most ${max}` : `Add ${noun.toLocaleLowerCase()}`}
        </Button>
      )}
    </div>
  );
}
