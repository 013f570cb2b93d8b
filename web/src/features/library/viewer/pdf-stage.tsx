/** The pages of a PDF, drawn when they come into view; its scripts and links do nothing. */
import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy, type PDFPageProxy } from "pdfjs-dist";
import workerUrl from "pdfjs-dist/build/pdf.worker.min.mjs?url";
import { useEffect, useRef, useState } from "react";

import { bytesOf, thumbnailOf } from "@/api/assets";
import type { DocumentAsset } from "@/api/types";
import { Skeleton } from "@/components/ui";

import { DocumentFallback } from "./document-fallback";

GlobalWorkerOptions.workerSrc = workerUrl;

const A4 = 210 / 297;
const PAGE_MAX_PX = 900;
/** Finer than this nobody sees, and a page takes too much memory. */
const DENSITY_MAX = 2;

type Opened = { readonly pdf: PDFDocumentProxy } | "failed" | null;

function usePdf(url: string): Opened {
  const [opened, setOpened] = useState<Opened>(null);
  useEffect(() => {
    const task = getDocument({ url, isEvalSupported: false, enableXfa: false });
    let isGone = false;
    task.promise.then(
      (pdf) => !isGone && setOpened({ pdf }),
      () => !isGone && setOpened("failed"),
    );
    return () => {
      isGone = true;
      void task.destroy();
    };
  }, [url]);
  return opened;
}

/** Whether an element has been near the window once. */
function useSeen(ref: React.RefObject<HTMLElement | null>): boolean {
  const [isSeen, setIsSeen] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setIsSeen(true);
      },
      { rootMargin: "600px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return isSeen;
}

async function draw(page: PDFPageProxy, canvas: HTMLCanvasElement, widthPx: number): Promise<void> {
  const density = Math.min(window.devicePixelRatio, DENSITY_MAX);
  const viewport = page.getViewport({ scale: (widthPx / page.getViewport({ scale: 1 }).width) * density });
  canvas.width = Math.round(viewport.width);
  canvas.height = Math.round(viewport.height);
  await page.render({ canvas, viewport }).promise;
}

interface PageProps {
  readonly pdf: PDFDocumentProxy;
  readonly number: number;
  readonly firstPicture: string | undefined;
}

function PdfPage({ pdf, number, firstPicture }: PageProps) {
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const isSeen = useSeen(place);
  const [aspect, setAspect] = useState(A4);
  const [state, setState] = useState<"waiting" | "drawn" | "failed">("waiting");
  useEffect(() => {
    if (!isSeen) return;
    let isGone = false;
    const show = async (): Promise<void> => {
      const page = await pdf.getPage(number);
      if (isGone || !canvas.current || !place.current) return;
      const { width, height } = page.getViewport({ scale: 1 });
      setAspect(width / height);
      await draw(page, canvas.current, place.current.clientWidth);
    };
    show().then(
      () => !isGone && setState("drawn"),
      () => !isGone && setState("failed"),
    );
    return () => {
      isGone = true;
    };
  }, [isSeen, pdf, number]);
  return (
    <div
      ref={place}
      role="img"
      aria-label={`Page ${number} of ${pdf.numPages}`}
      className="relative mx-auto w-full shrink-0 overflow-hidden rounded-sm bg-white shadow-low"
      style={{ aspectRatio: aspect, maxWidth: PAGE_MAX_PX }}
    >
      {state === "waiting" && firstPicture !== undefined && (
        <img src={firstPicture} alt="" className="absolute inset-0 size-full object-contain" />
      )}
      {state === "failed" && (
        <p className="absolute inset-0 grid place-items-center text-sm text-black">This page cannot be drawn.</p>
      )}
      <canvas ref={canvas} className="absolute inset-0 size-full" />
    </div>
  );
}

export function PdfStage({ asset }: { readonly asset: DocumentAsset }) {
  const opened = usePdf(bytesOf(asset));
  const picture = thumbnailOf(asset);
  if (opened === "failed") return <DocumentFallback asset={asset} reason="It may need a password, or be damaged." />;
  if (opened === null) {
    return (
      <div className="mx-auto p-4" style={{ maxWidth: PAGE_MAX_PX }} aria-busy>
        {picture === undefined ? (
          <Skeleton shape="media" aspect={A4} />
        ) : (
          <img src={picture} alt="" className="w-full rounded-sm bg-white shadow-low" style={{ aspectRatio: A4 }} />
        )}
      </div>
    );
  }
  return (
    <section
      aria-label={asset.name}
      tabIndex={0}
      className="flex h-full flex-col gap-4 overflow-y-auto p-4 scroll-quiet"
    >
      {Array.from({ length: opened.pdf.numPages }, (_, index) => (
        <PdfPage key={index} pdf={opened.pdf} number={index + 1} firstPicture={index === 0 ? picture : undefined} />
      ))}
    </section>
  );
}

export default PdfStage;
