import { useQuery } from "@tanstack/react-query";

import { campaignQuery, clientQuery } from "@/api/clients";
import type { GeneratedMedium } from "@/api/types";
import { modelHref, modelName, predictionWords } from "@/components/media/generation";
import { fileRef } from "@/components/schema-form/values";
import { CopyButton } from "@/components/ui/copy-button";
import { KeyValue, type KeyValueItem } from "@/components/ui/key-value";
import { Link } from "@/components/ui/link";
import { Duration, FileSize, Money, RelativeTime } from "@/components/ui/numerals";

const linkClass = "text-accent underline-offset-2 hover:underline";

type Item = KeyValueItem | null;

const present = (items: readonly Item[]): KeyValueItem[] => items.filter((item) => item !== null);

function fileItems({ width, height, duration, format, size }: GeneratedMedium): KeyValueItem[] {
  return present([
    width !== null && height !== null ? { label: "Size", value: `${width} × ${height}` } : null,
    duration !== null ? { label: "Length", value: <Duration durationS={duration} /> } : null,
    format !== null ? { label: "Format", value: format.toUpperCase() } : null,
    size !== null ? { label: "File", value: <FileSize sizeBytes={size} /> } : null,
  ]);
}

function costItems(medium: GeneratedMedium): KeyValueItem[] {
  const { estimatedCostMicrousd: estimate, reservedCostMicrousd: reserved, isCostEstimated } = medium;
  const actual = (
    <>
      <Money amountMicrousd={medium.actualCostMicrousd} />
      {isCostEstimated && " (taken as reserved; the service did not say)"}
    </>
  );
  return present([
    { label: "Estimated", value: estimate === null ? "Not known" : <Money amountMicrousd={estimate} /> },
    reserved > 0 ? { label: "Reserved", value: <Money amountMicrousd={reserved} /> } : null,
    { label: "Charged", value: actual },
  ]);
}

function secondsBetween(from: string | null, to: string | null): number | null {
  return from === null || to === null ? null : Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
}

function timeItems({ createdAt, finishedAt, prediction }: GeneratedMedium): KeyValueItem[] {
  const wholeS = secondsBetween(createdAt, finishedAt);
  const waitedS = prediction ? secondsBetween(prediction.createdAt, prediction.startedAt) : null;
  const ranS = prediction?.metrics.predict_time ?? null;
  return present([
    { label: "Ordered", value: <RelativeTime at={createdAt} /> },
    wholeS !== null ? { label: "Took", value: <Duration durationS={wholeS} /> } : null,
    waitedS !== null ? { label: "Waited there", value: <Duration durationS={waitedS} /> } : null,
    ranS !== null ? { label: "Model ran", value: <Duration durationS={ranS} /> } : null,
  ]);
}

function predictionItems({ prediction }: GeneratedMedium): KeyValueItem[] {
  if (prediction === null) return [];
  const id = (
    <span className="inline-flex max-w-full items-center gap-1">
      <span className="truncate font-mono text-xs">{prediction.id}</span>
      <CopyButton text={prediction.id} label="Copy prediction id" size="sm" className="-my-1.5" />
    </span>
  );
  return present([
    { label: "Service said", value: predictionWords(prediction.status) },
    prediction.error !== null ? { label: "Its error", value: prediction.error } : null,
    { label: "Prediction", value: id },
  ]);
}

function FileValue({ value }: { readonly value: unknown }) {
  const file = fileRef(value);
  if (file?.assetId !== undefined) {
    return (
      <Link href={`/library/${file.assetId}`} className={linkClass}>
        A file of the library
      </Link>
    );
  }
  if (file?.imageId !== undefined) {
    return (
      <Link href={`/images/${file.imageId}`} className={linkClass}>
        Image {file.imageId}
      </Link>
    );
  }
  if (file?.videoId !== undefined) {
    return (
      <Link href={`/videos/${file.videoId}`} className={linkClass}>
        Video {file.videoId}
      </Link>
    );
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

function Value({ value }: { readonly value: unknown }) {
  if (value === "data:,") return "A file that came with the order";
  if (!Array.isArray(value)) return <FileValue value={value} />;
  return value.map((one: unknown, place) => (
    <span key={place}>
      {place > 0 && ", "}
      <FileValue value={one} />
    </span>
  ));
}

function inputItems({ inputs, prompt }: GeneratedMedium): KeyValueItem[] {
  return Object.entries(inputs)
    .filter(([name, value]) => !(name === "prompt" && value === prompt))
    .map(([name, value]) => ({
      label: name.replaceAll("_", " ").replace(/^./, (first) => first.toUpperCase()),
      value: <Value value={value} />,
    }));
}

function PlaceItems({ medium }: { readonly medium: GeneratedMedium }) {
  const client = useQuery(clientQuery(medium.clientId)).data;
  const campaign = useQuery({ ...campaignQuery(medium.campaignId ?? ""), enabled: medium.campaignId !== null }).data;
  const link = (href: string, words: string) => (
    <Link href={href} className={linkClass}>
      {words}
    </Link>
  );
  const scene = medium.sceneNumber === null ? "" : `, scene ${medium.sceneNumber}`;
  const items = present([
    { label: "Model", value: link(modelHref(medium.model), modelName(medium.model)) },
    medium.version !== null ? { label: "Version", value: medium.version.slice(0, 12) } : null,
    { label: "Client", value: client ? link(`/clients/${client.id}`, client.name) : "…" },
    campaign ? { label: "Campaign", value: link(`/campaigns/${campaign.id}`, campaign.name) } : null,
    medium.jobId !== null ? { label: "Ad", value: link(`/ads/${medium.jobId}`, `Ad ${medium.jobId}${scene}`) } : null,
    medium.briefId !== null ? { label: "Brief", value: link(`/briefs/${medium.briefId}`, `Open brief${scene}`) } : null,
  ]);
  return <KeyValue items={items} />;
}

function Part({ title, items }: { readonly title: string; readonly items: readonly KeyValueItem[] }) {
  if (items.length === 0) return null;
  return (
    <section>
      <h2 className="mb-2 text-sm">{title}</h2>
      <KeyValue items={items} />
    </section>
  );
}

/** Everything that is known of a medium: what was asked, what came, what it cost, how long it took. */
export function MediumFacts({ medium }: { readonly medium: GeneratedMedium }) {
  return (
    <div className="flex flex-col gap-6">
      {medium.prompt.trim() !== "" && (
        <section>
          <div className="mb-1 flex items-center justify-between gap-2">
            <h2 className="text-sm">Prompt</h2>
            <CopyButton text={medium.prompt} label="Copy prompt" size="sm" />
          </div>
          <p dir="auto" className="max-h-60 overflow-y-auto text-base whitespace-pre-wrap wrap-anywhere scroll-quiet">
            {medium.prompt}
          </p>
        </section>
      )}
      <PlaceItems medium={medium} />
      <Part title="Settings" items={inputItems(medium)} />
      <Part title="File" items={fileItems(medium)} />
      <Part title="Cost" items={costItems(medium)} />
      <Part title="Time" items={[...timeItems(medium), ...predictionItems(medium)]} />
    </div>
  );
}
