/** How this browser shows the library. */
import { DENSITIES, type Density } from "@/components/assets/grid-layout";
import { stored } from "@/lib/store";

export const density = stored<Density>(
  "library.density",
  "large",
  (kept) => DENSITIES.find((each) => each === kept) ?? null,
);
