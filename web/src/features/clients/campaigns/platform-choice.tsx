import type { Platform } from "@/api/types";
import { ToggleChip } from "@/components/ui";
import { PLATFORM_LABELS, PLATFORMS } from "@/lib/platforms";

export interface PlatformChoiceProps {
  readonly value: readonly Platform[];
  readonly onValueChange: (value: Platform[]) => void;
  readonly disabled?: boolean | undefined;
}

/** Where ads are to run: any of the platforms. */
export function PlatformChoice({ value, onValueChange, disabled }: PlatformChoiceProps) {
  return (
    <div className="flex flex-wrap gap-2">
      {PLATFORMS.map((platform) => (
        <ToggleChip
          key={platform}
          disabled={disabled}
          pressed={value.includes(platform)}
          onPressedChange={(isOn) =>
            onValueChange(PLATFORMS.filter((each) => (each === platform ? isOn : value.includes(each))))
          }
        >
          {PLATFORM_LABELS[platform]}
        </ToggleChip>
      ))}
    </div>
  );
}
