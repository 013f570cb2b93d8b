import { Download, FileText } from "lucide-react";

import { bytesOf } from "@/api/assets";
import type { DocumentAsset } from "@/api/types";
import { measureOf } from "@/components/assets/facts";
import { buttonClass, EmptyState } from "@/components/ui";

/** A document that a browser does not show: what it is, and the way to have it. */
export function DocumentFallback({ asset, reason }: { readonly asset: DocumentAsset; readonly reason?: string }) {
  return (
    <div className="grid h-full place-items-center">
      <EmptyState
        illustration={<FileText />}
        title={`${asset.format.toUpperCase()} documents are read elsewhere`}
        action={
          <a
            href={bytesOf(asset, "download")}
            download={asset.fileName}
            className={buttonClass({ variant: "primary" })}
          >
            <Download aria-hidden />
            Download document
          </a>
        }
      >
        {reason ?? [measureOf(asset), "Download it to read it."].filter(Boolean).join(". ")}
      </EmptyState>
    </div>
  );
}
