/** One file on its way: how far it is, what can be done about it. */
import { Check, CircleAlert, Pause, Play, RotateCw, X } from "lucide-react";
import { memo } from "react";

import { cx, IconButton, Link, Progress } from "@/components/ui";
import { assertNever } from "@/lib/never";
import { formatSize } from "@/lib/units";

import type { UploadItem, UploadState } from "./manager";
import { uploads } from "./uploads";

function isTroubled(state: UploadState): boolean {
  return state === "refused" || state === "failed";
}

/** What a row says of its file, in a few words. */
export function wordsOf(item: UploadItem): string {
  switch (item.state) {
    case "waiting":
      return `Waiting · ${formatSize(item.sizeBytes)}`;
    case "sending":
      return `${formatSize(item.sentBytes)} of ${formatSize(item.sizeBytes)}`;
    case "checking":
      return "Looking at the file…";
    case "paused":
      return `Paused · ${formatSize(item.sentBytes)} of ${formatSize(item.sizeBytes)}`;
    case "done":
      return `In the library · ${formatSize(item.sizeBytes)}`;
    case "refused":
    case "failed":
      return item.problem?.detail ?? "It did not arrive.";
    default:
      return assertNever(item.state);
  }
}

function Name({ item }: { readonly item: UploadItem }) {
  const look = "block truncate text-sm font-semibold";
  if (item.assetId === null) {
    return (
      <span dir="auto" className={look} title={item.fileName}>
        {item.fileName}
      </span>
    );
  }
  return (
    <Link href={`/library/${item.assetId}`} dir="auto" className={cx(look, "hover:underline")} title={item.fileName}>
      {item.fileName}
    </Link>
  );
}

function Actions({ item }: { readonly item: UploadItem }) {
  const { id, fileName, state } = item;
  const canPause = state === "waiting" || state === "sending";
  const isOver = state === "done" || state === "refused";
  return (
    <div className="flex shrink-0 items-center">
      {canPause && (
        <IconButton
          size="sm"
          label={`Pause ${fileName}`}
          icon={<Pause aria-hidden />}
          onClick={() => uploads.pause(id)}
        />
      )}
      {state === "paused" && (
        <IconButton
          size="sm"
          label={`Go on with ${fileName}`}
          icon={<Play aria-hidden />}
          onClick={() => uploads.resume(id)}
        />
      )}
      {state === "failed" && (
        <IconButton
          size="sm"
          label={`Try ${fileName} again`}
          icon={<RotateCw aria-hidden />}
          onClick={() => uploads.resume(id)}
        />
      )}
      <IconButton
        size="sm"
        label={isOver ? `Take ${fileName} off the list` : `Cancel ${fileName}`}
        icon={<X aria-hidden />}
        onClick={() => uploads.cancel(id)}
      />
    </div>
  );
}

function Sign({ state }: { readonly state: UploadState }) {
  if (state === "done") return <Check aria-hidden className="text-positive" />;
  if (isTroubled(state)) return <CircleAlert aria-hidden className="text-critical" />;
  return <span aria-hidden className={cx("size-2 rounded-full", state === "waiting" ? "bg-edge" : "bg-accent")} />;
}

function Words({ item }: { readonly item: UploadItem }) {
  const troubled = isTroubled(item.state);
  return (
    <>
      <p className={cx("text-xs tabular wrap-anywhere", troubled ? "text-critical" : "text-faint")}>{wordsOf(item)}</p>
      {troubled && item.problem?.nextStep && (
        <p className="text-xs text-muted wrap-anywhere">{item.problem.nextStep}</p>
      )}
    </>
  );
}

function Bar({ item }: { readonly item: UploadItem }) {
  if (!["sending", "checking", "paused"].includes(item.state)) return null;
  const share = item.sizeBytes === 0 ? 0 : item.sentBytes / item.sizeBytes;
  return (
    <Progress
      className="mt-1.5"
      label={`Upload of ${item.fileName}`}
      value={item.state === "checking" ? null : share}
      tone={item.state === "paused" ? "caution" : "accent"}
    />
  );
}

export const UploadRow = memo(function UploadRow({ item }: { readonly item: UploadItem }) {
  return (
    <li className="flex items-start gap-2.5 px-3 py-2">
      <span className="mt-0.5 grid size-4 shrink-0 place-items-center [&_svg]:size-4">
        <Sign state={item.state} />
      </span>
      <div className="min-w-0 flex-1">
        <Name item={item} />
        <Words item={item} />
        <Bar item={item} />
      </div>
      <Actions item={item} />
    </li>
  );
});
