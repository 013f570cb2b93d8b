/** A page or a part of it that takes files: dropped anywhere on it, they land where the page belongs. */
import { Upload } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import type { ReactNode } from "react";

import { bringsFiles, filesOf } from "@/components/uploads/files";
import { uploads, type UploadTarget } from "@/components/uploads/uploads";
import { cx, toast } from "@/components/ui";

export interface AssetDropProps {
  /** Where files land; null where that is not known yet: `onFiles` then asks. */
  readonly target: UploadTarget | null;
  readonly children: ReactNode;
  /** What is shown while files are held over it: "Drop to add to Summer". */
  readonly label?: string | undefined;
  /** Takes the files instead of uploading them. */
  readonly onFiles?: ((files: File[]) => void) | undefined;
  /** Each file that became an asset. */
  readonly onUploaded?: ((assetId: string) => void) | undefined;
  /** `page` (default) takes drops anywhere in the window, `area` only on itself. */
  readonly reach?: "page" | "area" | undefined;
  /** Why nothing can be dropped here: a viewer's rights. */
  readonly disabledReason?: string | undefined;
  readonly className?: string | undefined;
}

/** Those that take drops anywhere, the one that was opened last at the end: only that one answers. */
const takers: symbol[] = [];

interface Taker {
  readonly isOver: boolean;
  readonly handlers: {
    readonly onDragOver?: (event: React.DragEvent) => void;
    readonly onDragLeave?: (event: React.DragEvent) => void;
    readonly onDrop?: (event: React.DragEvent) => void;
  };
}

function usePageTaker(isOn: boolean, take: (transfer: DataTransfer) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  const onTake = useEffectEvent(take);
  useEffect(() => {
    if (!isOn) return;
    const me = Symbol();
    takers.push(me);
    const isMine = (event: DragEvent): boolean =>
      takers.at(-1) === me && bringsFiles(event.dataTransfer) && !event.defaultPrevented;
    const over = (event: DragEvent): void => {
      if (!isMine(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
      setIsOver(true);
    };
    // Leaving the window is leaving to nowhere; moving from one element to another is not.
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setIsOver(false);
    };
    const drop = (event: DragEvent): void => {
      setIsOver(false);
      if (!isMine(event) || !event.dataTransfer) return;
      event.preventDefault();
      onTake(event.dataTransfer);
    };
    window.addEventListener("dragover", over);
    window.addEventListener("dragleave", leave);
    window.addEventListener("drop", drop);
    return () => {
      takers.splice(takers.indexOf(me), 1);
      window.removeEventListener("dragover", over);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("drop", drop);
    };
  }, [isOn]);
  return isOver && isOn;
}

function useAreaTaker(isOn: boolean, take: (transfer: DataTransfer) => void): Taker {
  const [isOver, setIsOver] = useState(false);
  if (!isOn) return { isOver: false, handlers: {} };
  return {
    isOver,
    handlers: {
      onDragOver: (event) => {
        if (!bringsFiles(event.dataTransfer)) return;
        event.preventDefault();
        setIsOver(true);
      },
      onDragLeave: (event) => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) {
          setIsOver(false);
        }
      },
      onDrop: (event) => {
        setIsOver(false);
        if (!bringsFiles(event.dataTransfer)) return;
        event.preventDefault();
        take(event.dataTransfer);
      },
    },
  };
}

function Cover({ label, isPage }: { readonly label: string; readonly isPage: boolean }) {
  return (
    <div
      aria-hidden
      className={cx(
        "pointer-events-none inset-0 z-40 grid place-items-center rounded-card bg-accent-soft/80 p-6 outline-2 -outline-offset-4 outline-accent outline-dashed",
        isPage ? "fixed" : "absolute",
      )}
    >
      <span className="flex items-center gap-2 rounded-card bg-raised px-4 py-3 text-base font-semibold shadow-high">
        <Upload className="size-5 text-accent" />
        <span className="line-clamp-2 wrap-anywhere">{label}</span>
      </span>
    </div>
  );
}

/** Files dropped here are uploaded to `target`, or handed to `onFiles`. */
export function AssetDrop(props: AssetDropProps) {
  const { target, children, label = "Drop files to upload them", reach = "page", disabledReason, className } = props;
  const take = (transfer: DataTransfer): void => {
    if (disabledReason !== undefined) {
      toast({ tone: "caution", title: "Files cannot be added here", description: disabledReason });
      return;
    }
    void filesOf(transfer).then((files) => {
      if (files.length === 0) return;
      if (props.onFiles) props.onFiles(files);
      else if (target) uploads.add(files, target, { onDone: props.onUploaded });
    });
  };
  const isPage = reach === "page";
  const isOverPage = usePageTaker(isPage, take);
  const area = useAreaTaker(!isPage, take);
  return (
    <div {...area.handlers} className={cx("relative", className)}>
      {children}
      {(isOverPage || area.isOver) && disabledReason === undefined && <Cover label={label} isPage={isPage} />}
    </div>
  );
}
