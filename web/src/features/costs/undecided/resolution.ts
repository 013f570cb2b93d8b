/** What somebody says of a spending, made into what the server is told. Pure. */
import type { Schemas } from "@/api/types";
import { parseMoney } from "@/lib/units";

export interface Said {
  readonly outcome: "charged" | "not_charged";
  readonly amount: string;
  readonly providerRef: string;
}

export type Read =
  | { readonly resolution: Schemas["Resolution"]; readonly amountError: null }
  | { readonly resolution: null; readonly amountError: string };

/** An empty amount is what was held back: the server books it and marks it as estimated. */
export function readResolution(said: Said): Read {
  if (said.outcome === "not_charged") return { resolution: { outcome: "not_charged" }, amountError: null };
  const amountMicrousd = said.amount.trim() === "" ? undefined : parseMoney(said.amount);
  if (amountMicrousd === null) return { resolution: null, amountError: "Give dollars, as in 0.04." };
  const providerRef = said.providerRef.trim();
  return {
    resolution: {
      outcome: "charged",
      ...(amountMicrousd !== undefined && { amountMicrousd }),
      ...(providerRef !== "" && { providerRef }),
    },
    amountError: null,
  };
}
