import { useState } from "react";

import { Segmented } from "@/components/ui/segmented";
import { TextInput } from "@/components/ui/text-input";

import { type DayRange, isDay, type Preset, presetOf, presetRange, PRESETS } from "../range";

type Choice = `${Preset}` | "custom";

interface RangePickerProps {
  readonly range: DayRange;
  readonly today: string;
  readonly onRangeChange: (range: DayRange) => void;
}

function Day(props: {
  readonly label: string;
  readonly value: string;
  readonly min?: string;
  readonly max: string;
  readonly onDayChange: (day: string) => void;
}) {
  const { label, value, min, max, onDayChange } = props;
  return (
    <TextInput
      // What is typed is kept until it is a day; a new range from elsewhere starts over.
      key={value}
      type="date"
      aria-label={label}
      defaultValue={value}
      min={min}
      max={max}
      onValueChange={(text) => {
        if (isDay(text) && text <= max && (min === undefined || text >= min)) onDayChange(text);
      }}
      className="!w-36 tabular"
    />
  );
}

/** Which days: one of the usual stretches until today, or any. */
export function RangePicker({ range, today, onRangeChange }: RangePickerProps) {
  const preset = presetOf(range, today);
  const [isCustom, setIsCustom] = useState(preset === null);
  const choose = (choice: Choice): void => {
    setIsCustom(choice === "custom");
    const chosen = PRESETS.find((each) => `${each}` === choice);
    if (chosen !== undefined) onRangeChange(presetRange(chosen, today));
  };
  const shown: Choice = isCustom || preset === null ? "custom" : `${preset}`;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Segmented<Choice>
        label="Days"
        value={shown}
        onValueChange={choose}
        options={[
          ...PRESETS.map((each) => ({ value: `${each}` as const, label: `${each} days` })),
          { value: "custom", label: "Custom" },
        ]}
      />
      {shown === "custom" && (
        <div className="flex items-center gap-2">
          <Day
            label="First day"
            value={range.from}
            max={range.to}
            onDayChange={(from) => onRangeChange({ ...range, from })}
          />
          <span aria-hidden className="text-faint">
            –
          </span>
          <Day
            label="Last day"
            value={range.to}
            min={range.from}
            max={today}
            onDayChange={(to) => onRangeChange({ ...range, to })}
          />
        </div>
      )}
    </div>
  );
}
