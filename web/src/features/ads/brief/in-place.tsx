import { cx } from "@/components/ui";

interface InPlaceProps {
  /** What it is, for screen readers: "Title". */
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly readOnly: boolean;
  readonly maxLength: number;
  readonly placeholder?: string | undefined;
  readonly id?: string | undefined;
  /** Enter means nothing in words that stand on one line. */
  readonly lines?: boolean | undefined;
  readonly className?: string | undefined;
}

/** Text that reads like the page and is edited where it stands. */
export function InPlace(props: InPlaceProps) {
  const { label, value, onChange, readOnly, maxLength, placeholder = "Empty", lines = false, className } = props;
  return (
    <textarea
      id={props.id}
      dir="auto"
      rows={1}
      aria-label={label}
      value={value}
      readOnly={readOnly}
      maxLength={maxLength}
      placeholder={placeholder}
      onChange={(event) => onChange(lines ? event.target.value : event.target.value.replace(/\n/g, " "))}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !lines && !event.nativeEvent.isComposing) {
          event.preventDefault();
          event.currentTarget.blur();
        }
      }}
      className={cx(
        "-mx-2 block w-[calc(100%+1rem)] resize-none rounded-control bg-transparent px-2 py-0.5 field-sizing-content outline-offset-0 transition-colors wrap-anywhere",
        !readOnly && "hover:bg-hover focus:bg-surface",
        className,
      )}
    />
  );
}
