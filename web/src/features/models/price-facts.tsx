import type { Model } from "@/api/types";
import { KeyValue, type KeyValueItem } from "@/components/ui/key-value";
import { formatCount } from "@/lib/units";

import { kindWords, priceWords, rateWords, whenWords } from "./kinds";
import { usualTime } from "./model-card";

function dated(day: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** Where a price was read: the host's name, and the whole address where it leads. */
function Source({ address, asOf }: { readonly address: string; readonly asOf: string | null }) {
  const host = URL.canParse(address) ? new URL(address).host : address;
  return (
    <>
      <a href={address} rel="noreferrer" target="_blank" className="text-accent underline-offset-2 hover:underline">
        {host}
      </a>
      {asOf !== null && `, ${dated(asOf)}`}
    </>
  );
}

function priceItems(price: Model["price"]): KeyValueItem[] {
  if (price === null)
    return [{ label: "Price", value: "Not known: nothing is reserved, and it is booked as what the service says" }];
  const rates = price.rates.map((rate, place) => ({
    label: place === 0 ? "Price" : `Price ${place + 1}`,
    value: [rateWords(rate), whenWords(rate)].filter(Boolean).join(" where "),
  }));
  const items: KeyValueItem[] = rates.length > 0 ? rates : [{ label: "Price", value: priceWords(price) }];
  if (price.source !== null)
    items.push({ label: "Read at", value: <Source address={price.source} asOf={price.asOf} /> });
  return items;
}

/** What a model is and costs. */
export function ModelFacts({ model }: { readonly model: Model }) {
  const items: KeyValueItem[] = [
    { label: "Kind", value: kindWords(model.kind) },
    ...priceItems(model.price),
    ...(model.typicalTimeS === null ? [] : [{ label: "Usually takes", value: usualTime(model) }]),
    ...(model.runCount === null ? [] : [{ label: "Runs everywhere", value: formatCount(model.runCount) }]),
    ...(model.version === null ? [] : [{ label: "Version", value: model.version.slice(0, 12) }]),
  ];
  return <KeyValue items={items} />;
}
