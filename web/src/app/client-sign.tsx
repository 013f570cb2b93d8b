import { Layers } from "lucide-react";

import type { Client } from "@/api/types";
import { Avatar } from "@/components/ui/avatar";
import { cx } from "@/components/ui/cx";

function brandColour(client: Client): string | undefined {
  const { colours } = client.brandGuidelines;
  return (colours.find((colour) => colour.role === "primary") ?? colours[0])?.hex;
}

export interface ClientSignProps {
  /** Null for all clients together. */
  readonly client: Client | null;
  readonly size: "sm" | "md";
}

/** A client's letters on its own colour. */
export function ClientSign({ client, size }: ClientSignProps) {
  if (client !== null) return <Avatar shape="square" size={size} name={client.name} color={brandColour(client)} />;
  return (
    <span
      aria-hidden
      className={cx(
        "grid shrink-0 place-items-center rounded-control bg-sunken text-muted dark:bg-raised [&_svg]:size-3.5",
        size === "sm" ? "size-5" : "size-7",
      )}
    >
      <Layers />
    </span>
  );
}
