import { Field as BaseField } from "@base-ui/react/field";
import { useId, useState } from "react";
import type { KeyboardEvent } from "react";
import { Chip } from "./chip";
import { cx } from "./cx";
import { wrapperClass } from "./styles";

export interface TagInputProps {
  readonly value: readonly string[];
  readonly onValueChange: (value: readonly string[]) => void;
  readonly suggestions?: readonly string[] | undefined;
  readonly placeholder?: string | undefined;
  /** Names it where no `Field` does. */
  readonly label?: string | undefined;
  /** The words of the button that takes a tag away. */
  readonly removeLabel?: ((tag: string) => string) | undefined;
  readonly maxTags?: number | undefined;
  readonly disabled?: boolean | undefined;
  readonly className?: string | undefined;
}

function merge(tags: readonly string[], text: string, maxTags: number): readonly string[] {
  const fresh = text.split(",").map((tag) => tag.trim());
  return [...new Set([...tags, ...fresh.filter(Boolean)])].slice(0, maxTags);
}

/** Words as chips: Enter or comma adds, Backspace in the empty field takes the last away, leaving keeps what was typed. */
export function TagInput(props: TagInputProps) {
  const { value, onValueChange, suggestions = [], placeholder, label, maxTags = 50, disabled, className } = props;
  const { removeLabel = (tag: string) => `Remove ${tag}` } = props;
  const [draft, setDraft] = useState("");
  const listId = useId();

  const add = (text: string) => {
    setDraft("");
    if (text.trim() !== "") onValueChange(merge(value, text, maxTags));
  };
  const type = (text: string) => {
    const isChosen = suggestions.includes(text) && text.length - draft.length > 1;
    if (text.includes(",") || isChosen) add(text);
    else setDraft(text);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && draft.trim() !== "") {
      event.preventDefault();
      add(draft);
    }
    if (event.key === "Backspace" && draft === "") onValueChange(value.slice(0, -1));
  };

  return (
    <div className={cx(wrapperClass, "flex-wrap gap-1 px-1 py-0.5", className)}>
      {value.map((tag) => (
        <Chip
          key={tag}
          removeLabel={removeLabel(tag)}
          onRemove={disabled ? undefined : () => onValueChange(value.filter((kept) => kept !== tag))}
        >
          {tag}
        </Chip>
      ))}
      <BaseField.Control
        dir="auto"
        list={listId}
        aria-label={label}
        value={draft}
        disabled={disabled}
        placeholder={value.length === 0 ? placeholder : undefined}
        onValueChange={type}
        onKeyDown={press}
        onBlur={() => add(draft)}
        className="min-h-7 min-w-24 flex-1 bg-transparent px-1.5 text-base outline-none focus-visible:outline-none pointer-coarse:text-[16px]"
      />
      <datalist id={listId}>
        {suggestions
          .filter((tag) => !value.includes(tag))
          .map((tag) => (
            <option key={tag} value={tag} />
          ))}
      </datalist>
    </div>
  );
}
