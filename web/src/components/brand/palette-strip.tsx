import type { BrandColour } from "@/api/clients";
import { cx } from "@/components/ui";

import { colourName } from "./contrast";

const WEIGHTS: Record<NonNullable<BrandColour["role"]>, number> = {
  primary: 5,
  background: 4,
  secondary: 3,
  accent: 2,
  text: 2,
};

export interface PaletteStripProps {
  readonly colours: readonly BrandColour[];
  readonly className?: string | undefined;
}

/** A brand's colours side by side, as broad as they weigh. A quiet ground where there are none. */
export function PaletteStrip({ colours, className }: PaletteStripProps) {
  const names = colours.map(colourName).join(", ");
  return (
    <div
      role={colours.length > 0 ? "img" : undefined}
      aria-label={colours.length > 0 ? `Colours: ${names}` : undefined}
      aria-hidden={colours.length === 0 || undefined}
      className={cx("flex h-10 overflow-hidden bg-media", className)}
    >
      {colours.map((colour, place) => (
        <span
          // A palette may have the same colour twice; a colour is where it stands.
          key={place}
          title={`${colourName(colour)} ${colour.hex.toUpperCase()}`}
          style={{ backgroundColor: colour.hex, flexGrow: colour.role ? WEIGHTS[colour.role] : 2 }}
          className="min-w-0 basis-0"
        />
      ))}
    </div>
  );
}
