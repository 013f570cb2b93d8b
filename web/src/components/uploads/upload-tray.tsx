/** The tray of files on their way: there on every page, small until it is wanted. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ChevronDown, ChevronUp } from "lucide-react";
import { type RefObject, useEffect, useMemo, useRef, useState } from "react";

import { keys } from "@/api/keys";
import { isBeingRead, type ServerUpload, uploadsQuery } from "@/api/uploads";
import { Button, cx, IconButton, Ring, VisuallyHidden } from "@/components/ui";
import { railOpen } from "@/lib/scope";
import { useStored } from "@/lib/store";
import { plural } from "@/lib/units";

import { isSettled, sumUp, type UploadItem, type UploadSums } from "./manager";
import { UnfinishedRow } from "./unfinished";
import { UploadRow } from "./upload-row";
import { uploads, useUploads } from "./uploads";

/** When this window was opened: what was begun before, and is not done, was left by an earlier visit. */
const OPENED_AT = new Date();
const REFRESH_AFTER_MS = 400;
/** A file that has come and is not an asset after this long was left behind by a killed server: it is sent again. */
const READ_WITHIN_MS = 60_000;
const STAYS_MS = 8_000;

/** What the head of the tray says: the most pressing thing first. */
export function headline(sums: UploadSums, unfinished: number): string {
  if (sums.active > 0) return `Uploading ${plural(sums.active, "file")}`;
  if (sums.troubled > 0) return `${plural(sums.troubled, "file")} not uploaded`;
  if (sums.paused > 0) return `${plural(sums.paused, "upload")} paused`;
  if (sums.done > 0) return `${plural(sums.done, "file")} uploaded`;
  return plural(unfinished, "unfinished upload");
}

/** What was left by an earlier visit and is not being sent again. */
function useUnfinished(items: readonly UploadItem[]): readonly ServerUpload[] {
  const { data } = useQuery(uploadsQuery);
  return useMemo(
    () =>
      (data?.items ?? []).filter(
        (upload) =>
          upload.status === "receiving" &&
          new Date(upload.createdAt) < OPENED_AT &&
          !(isBeingRead(upload) && new Date(upload.createdAt).getTime() > OPENED_AT.getTime() - READ_WITHIN_MS) &&
          !items.some((item) => item.fileName === upload.fileName && item.target.clientId === upload.clientId),
      ),
    [data, items],
  );
}

/** Brings new assets onto whatever page is open, even where live events do not reach it; many at once count as one. */
function useFreshLists(): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = uploads.onUploaded(() => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        void queryClient.invalidateQueries({ queryKey: keys.assets.lists });
        void queryClient.invalidateQueries({ queryKey: keys.uploads.all });
      }, REFRESH_AFTER_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [queryClient]);
}

/** Leaves room below every page for the tray, so that whatever stands at a page's end can be scrolled out from under it. */
function useRoom(isShown: boolean): RefObject<HTMLElement | null> {
  const tray = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!tray.current) return;
    const root = document.documentElement.style;
    const watcher = new ResizeObserver(([entry]) => {
      root.setProperty("--tray-room", `${Math.ceil(entry?.borderBoxSize[0]?.blockSize ?? 0)}px`);
    });
    watcher.observe(tray.current);
    return () => {
      watcher.disconnect();
      root.removeProperty("--tray-room");
    };
  }, [isShown]);
  return tray;
}

/** Asks before the page is left while bytes are on their way. */
function useLeaveWarning(isActive: boolean): void {
  useEffect(() => {
    if (!isActive) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isActive]);
}

/** Takes the tray away some seconds after all has arrived, unless the keyboard is in it: it lies over what may be wanted next. */
function useTidying(isSettledNow: boolean, tray: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (!isSettledNow) return;
    const timer = setInterval(() => {
      if (!tray.current?.contains(document.activeElement)) uploads.clearEnded();
    }, STAYS_MS);
    return () => clearInterval(timer);
  }, [isSettledNow, tray]);
}

interface HeadProps {
  readonly sums: UploadSums;
  readonly title: string;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

function Head({ sums, title, isOpen, onToggle }: HeadProps) {
  const isBusy = sums.active + sums.paused > 0;
  return (
    <div className="flex items-center gap-2 py-1.5 ps-3 pe-1.5">
      {isBusy && <Ring sizePx={20} value={sums.share} label="All uploads" />}
      <h2 className="min-w-0 flex-1 truncate text-sm font-semibold tabular">{title}</h2>
      <IconButton
        size="sm"
        label={isOpen ? "Fold uploads" : "Show uploads"}
        aria-expanded={isOpen}
        icon={isOpen ? <ChevronDown aria-hidden /> : <ChevronUp aria-hidden />}
        onClick={onToggle}
      />
    </div>
  );
}

function Foot({ sums, items }: { readonly sums: UploadSums; readonly items: readonly UploadItem[] }) {
  const hasEnded = items.some(({ state }) => state === "done" || state === "refused");
  return (
    <div className="flex justify-end gap-1 px-2 pt-1 pb-2">
      {sums.active > 0 && (
        <Button size="sm" variant="ghost" onClick={() => uploads.pauseAll()}>
          Pause all
        </Button>
      )}
      {sums.paused > 0 && (
        <Button size="sm" variant="ghost" onClick={() => uploads.resumeAll()}>
          Go on with all
        </Button>
      )}
      {hasEnded && (
        <Button size="sm" variant="ghost" onClick={() => uploads.clearEnded()}>
          Clear finished
        </Button>
      )}
    </div>
  );
}

/** Mounted once by the shell; it stays while pages come and go. */
export function UploadTray() {
  const items = useUploads();
  const unfinished = useUnfinished(items);
  const [isOpen, setIsOpen] = useState(true);
  const [isRailOpen] = useStored(railOpen);
  const sums = useMemo(() => sumUp(items), [items]);
  const count = useRef(items.length);
  useFreshLists();
  useLeaveWarning(sums.active > 0);
  useEffect(() => {
    if (items.length > count.current) setIsOpen(true);
    count.current = items.length;
  }, [items.length]);
  const isShown = items.length + unfinished.length > 0;
  const tray = useRoom(isShown);
  useTidying(isSettled(sums) && unfinished.length === 0, tray);
  const title = headline(sums, unfinished.length);
  if (!isShown) return null;
  return (
    <section
      ref={tray}
      aria-label="Uploads"
      className={cx(
        "fixed z-30 overflow-hidden rounded-card border border-line bg-raised shadow-high dark:border-strong/60",
        "inset-x-3 bottom-[calc(4.5rem+env(safe-area-inset-bottom))] md:inset-x-auto md:bottom-4 md:w-88",
        isRailOpen ? "md:start-60" : "md:start-18",
        !isOpen && "max-md:inset-x-auto max-md:start-3 md:w-auto",
      )}
    >
      <Head sums={sums} title={title} isOpen={isOpen} onToggle={() => setIsOpen(!isOpen)} />
      <VisuallyHidden role="status">{title}</VisuallyHidden>
      {isOpen && (
        <>
          <ul className="max-h-[min(22rem,50dvh)] divide-y divide-line overflow-y-auto border-t border-line scroll-quiet">
            {[...items].reverse().map((item) => (
              <UploadRow key={item.id} item={item} />
            ))}
            {unfinished.map((upload) => (
              <UnfinishedRow key={upload.id} upload={upload} />
            ))}
          </ul>
          <Foot sums={sums} items={items} />
        </>
      )}
    </section>
  );
}
