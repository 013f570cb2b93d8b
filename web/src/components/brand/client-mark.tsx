import { useState } from "react";

import type { Client } from "@/api/types";
import { Avatar, cx } from "@/components/ui";

import { colourName } from "./contrast";

/** A brand's leading colour, or undefined where it has none. */
export function leadingColour(client: Pick<Client, "brandGuidelines">): string | undefined {
  const { colours } = client.brandGuidelines;
  return (colours.find((colour) => colour.role === "primary") ?? colours[0])?.hex;
}

const sizes = { md: "size-7 p-0.5", lg: "size-10 p-1", xl: "size-14 p-1.5" };

export interface ClientMarkProps {
  readonly client: Pick<Client, "name" | "brandGuidelines">;
  readonly size?: keyof typeof sizes | undefined;
  readonly className?: string | undefined;
}

/** A client's logo on its own ground, or its initials in its colour. Its name stands beside it. */
export function ClientMark({ client, size = "lg", className }: ClientMarkProps) {
  const { logoAssetId, colours } = client.brandGuidelines;
  const [failedId, setFailedId] = useState<string | null>(null);
  const ground = colours.find((colour) => colour.role === "background");
  if (!logoAssetId || failedId === logoAssetId) {
    const look = cx(size === "xl" && "size-14 text-lg", className);
    return (
      <Avatar
        name={client.name}
        shape="square"
        size={size === "xl" ? "lg" : size}
        color={leadingColour(client)}
        className={look}
      />
    );
  }
  return (
    <span
      aria-hidden
      title={ground && colourName(ground)}
      style={{ backgroundColor: ground?.hex ?? "#ffffff" }}
      className={cx(
        "grid shrink-0 place-items-center overflow-hidden rounded-control ring-1 ring-line",
        sizes[size],
        className,
      )}
    >
      <img
        src={`/api/v2/assets/${logoAssetId}/thumbnail`}
        alt=""
        className="size-full object-contain"
        onError={() => setFailedId(logoAssetId)}
      />
    </span>
  );
}
