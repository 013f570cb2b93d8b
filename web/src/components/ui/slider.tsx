import { Slider as BaseSlider } from "@base-ui/react/slider";
import { cx } from "./cx";

export interface SliderProps {
  readonly value: number;
  readonly onValueChange: (value: number) => void;
  /** When the thumb is let go: the moment to save. */
  readonly onValueCommitted?: ((value: number) => void) | undefined;
  readonly min: number;
  readonly max: number;
  readonly step?: number | undefined;
  /** Names it where no `Field` does. */
  readonly label?: string | undefined;
  /** The value in words, shown beside it and read aloud: "15 s". */
  readonly formatValue?: ((value: number) => string) | undefined;
  readonly disabled?: boolean | undefined;
  readonly className?: string | undefined;
}

/** A value between two bounds. */
export function Slider({ label, formatValue = String, className, value, ...props }: SliderProps) {
  return (
    <BaseSlider.Root
      {...props}
      value={value}
      className={cx("flex items-center gap-3 data-disabled:opacity-55", className)}
    >
      <BaseSlider.Control className="flex h-8 flex-1 touch-none items-center select-none pointer-coarse:h-10">
        <BaseSlider.Track className="h-1 w-full rounded-full bg-strong">
          <BaseSlider.Indicator className="rounded-full bg-accent" />
          <BaseSlider.Thumb
            aria-label={label}
            getAriaValueText={(_, current) => formatValue(current)}
            className="size-4 rounded-full border border-edge bg-white shadow-low outline-none has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring pointer-coarse:size-6"
          />
        </BaseSlider.Track>
      </BaseSlider.Control>
      <output className="min-w-10 text-end text-sm text-muted tabular">{formatValue(value)}</output>
    </BaseSlider.Root>
  );
}
