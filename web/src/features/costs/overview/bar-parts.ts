/** The parts of a bar of money: what is gone, what is held, what waits for a person. Pure. */
import type { Part } from "@/components/charts/parts";

import type { Sums } from "../sums";

export function partsOf(sums: Pick<Sums, "spentMicrousd" | "heldMicrousd" | "undecidedMicrousd"> | undefined): Part[] {
  return [
    { id: "spent", label: "Spent", look: "solid", value: sums?.spentMicrousd ?? 0 },
    { id: "held", label: "Held back", look: "soft", value: sums?.heldMicrousd ?? 0 },
    { id: "undecided", label: "To decide", look: "caution", value: sums?.undecidedMicrousd ?? 0 },
  ];
}
