import { useEffect, useRef } from "react";
import type { KeyboardEvent } from "react";

import { FIELDS } from "../words";
import type { WordsField } from "../model/edits";

interface WordsInputProps {
  readonly scene: number;
  readonly field: WordsField;
  readonly initial: string;
  readonly onDone: (words: string | null) => void;
}

/** Words typed over where they stand: Enter keeps them, Escape leaves them as they were. */
export function WordsInput({ scene, field, initial, onDone }: WordsInputProps) {
  const input = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useEffect(() => input.current?.select(), []);
  const finish = (words: string | null): void => {
    // Leaving comes once more when the field goes away.
    if (isDone.current) return;
    isDone.current = true;
    onDone(words);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>): void => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") finish(event.currentTarget.value);
    if (event.key === "Escape") finish(null);
  };
  return (
    <input
      ref={input}
      dir="auto"
      aria-label={`${FIELDS[field].label} of scene ${scene}`}
      defaultValue={initial}
      maxLength={FIELDS[field].max}
      onKeyDown={press}
      onBlur={(event) => finish(event.currentTarget.value)}
      onPointerDown={(event) => event.stopPropagation()}
      className="size-full min-w-56 rounded-sm border border-ring bg-raised px-2 text-sm text-ink shadow-low outline-2 outline-ring/40"
    />
  );
}
