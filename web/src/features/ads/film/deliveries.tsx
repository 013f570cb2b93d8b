import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";

import { downloadsQuery } from "@/api/jobs";
import { problemOf } from "@/api/problem";
import type { JobDetail, Schemas } from "@/api/types";
import { Banner, Button, buttonClass, FileSize, Skeleton } from "@/components/ui";

type Kind = Schemas["DownloadKind"];

const KINDS: Record<Kind, string> = {
  video: "Film, MP4",
  poster: "Poster, JPEG",
  contact_sheet: "Storyboard, PNG",
  srt: "Captions, SRT",
  vtt: "Captions, VTT",
  manifest: "Manifest, JSON",
};

/** The ad's files, each with its size. */
export function Deliveries({ job }: { readonly job: JobDetail }) {
  const files = useQuery(downloadsQuery(job.id));
  return (
    <section>
      <h2 className="mb-3 text-base">Files</h2>
      {files.isError && (
        <Banner tone="critical" action={<Button onClick={() => void files.refetch()}>Try again</Button>}>
          {problemOf(files.error).detail}
        </Banner>
      )}
      {files.isPending && <Skeleton lines={5} />}
      <ul className="flex flex-col">
        {files.data?.map((file) => (
          <li key={file.kind} className="flex items-center gap-3 border-b border-line py-1.5 last:border-b-0">
            <div className="min-w-0 flex-1">
              <p className="text-sm font-semibold">{KINDS[file.kind]}</p>
              <p dir="auto" className="truncate text-left text-xs text-faint" title={file.fileName}>
                {file.fileName}
              </p>
            </div>
            <FileSize sizeBytes={file.sizeBytes} className="text-sm text-muted" />
            <a
              href={file.url}
              download={file.fileName}
              aria-label={`Download ${KINDS[file.kind]}`}
              className={buttonClass({ variant: file.kind === "video" ? "primary" : "secondary", size: "sm" })}
            >
              <Download aria-hidden /> Download
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
