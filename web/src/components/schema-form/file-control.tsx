import { useQuery } from "@tanstack/react-query";
import { FolderOpen, ImagePlus, Plus, Sparkles, X } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { ReactNode } from "react";

import { assetQuery } from "@/api/assets";
import { mediumQuery, type MediumType } from "@/api/models";
import type { AssetType } from "@/api/types";
import { AssetThumb } from "@/components/assets/asset-thumb";
import { mediumTitle } from "@/components/media/generation";
import { MediumFrame } from "@/components/media/medium-frame";
import { MediumPicker } from "@/components/media/medium-picker";
import { Button, IconButton } from "@/components/ui/button";
import { MediaFrame } from "@/components/ui/media-frame";
import { Menu, type MenuAction } from "@/components/ui/menu";
import { assertNever } from "@/lib/never";

import type { FileMedium } from "./fields";
import type { FileRef } from "./values";

const AssetPicker = lazy(async () => ({ default: (await import("@/components/assets/asset-picker")).AssetPicker }));

const THUMB_ASPECT = 4 / 3;

interface FileProps {
  readonly file: FileRef;
  readonly onRemove: () => void;
  readonly disabled: boolean;
}

interface RowProps extends Omit<FileProps, "file"> {
  readonly title: string;
  readonly children: ReactNode;
}

function Row({ title, children, onRemove, disabled }: RowProps) {
  return (
    <div className="flex min-w-0 items-center gap-3 rounded-control border border-line p-2">
      <div className="w-18 shrink-0">{children}</div>
      <span dir="auto" title={title} className="line-clamp-2 min-w-0 flex-1 text-sm wrap-anywhere">
        {title}
      </span>
      <IconButton
        label={`Remove ${title.slice(0, 60)}`}
        icon={<X aria-hidden />}
        size="sm"
        disabled={disabled}
        onClick={onRemove}
      />
    </div>
  );
}

function AssetRow({ assetId, ...row }: Omit<FileProps, "file"> & { readonly assetId: string }) {
  const { data, error } = useQuery(assetQuery(assetId));
  return (
    <Row {...row} title={data?.name ?? (error ? "This file is not in the library any more" : "…")}>
      {data ? <AssetThumb asset={data} aspect={THUMB_ASPECT} bare /> : <Waiting failed={error !== null} />}
    </Row>
  );
}

function MediumRow({ type, id, ...row }: Omit<FileProps, "file"> & { readonly type: MediumType; readonly id: number }) {
  const { data, error } = useQuery(mediumQuery(type, id));
  return (
    <Row {...row} title={data ? mediumTitle(data) : error ? `There is no ${type} ${id} any more` : "…"}>
      {data ? <MediumFrame medium={data} aspect={THUMB_ASPECT} bare /> : <Waiting failed={error !== null} />}
    </Row>
  );
}

function Waiting({ failed }: { readonly failed: boolean }) {
  return <MediaFrame aspect={THUMB_ASPECT} alt="" state={failed ? "error" : "loading"} errorLabel="Not there" />;
}

function FileRow({ file, ...row }: FileProps) {
  if (file.assetId !== undefined) return <AssetRow {...row} assetId={file.assetId} />;
  if (file.imageId !== undefined) return <MediumRow {...row} type="image" id={file.imageId} />;
  return <MediumRow {...row} type="video" id={file.videoId} />;
}

function assetTypes(medium: FileMedium): readonly AssetType[] {
  return medium === "any" ? ["image", "video", "audio"] : [medium];
}

function madeTypes(medium: FileMedium): readonly MediumType[] {
  switch (medium) {
    case "image":
      return ["image"];
    case "video":
      return ["video"];
    case "any":
      return ["image", "video"];
    case "audio":
      // Music that was made for an ad has no address of its own.
      return [];
    default:
      return assertNever(medium);
  }
}

type Source = "library" | MediumType;

interface AdderProps {
  readonly label: string;
  readonly medium: FileMedium;
  readonly clientId: string | undefined;
  readonly disabled: boolean;
  readonly isMore: boolean;
  readonly onPick: (file: FileRef) => void;
}

function Adder({ label, medium, clientId, disabled, isMore, onPick }: AdderProps) {
  const [open, setOpen] = useState<Source | null>(null);
  const made = madeTypes(medium);
  const entries = [
    { label: "From the library", icon: <FolderOpen aria-hidden />, onSelect: () => setOpen("library") },
    ...made.map((type): MenuAction => ({
      label: `From made ${type}s`,
      icon: <Sparkles aria-hidden />,
      onSelect: () => setOpen(type),
    })),
  ];
  const take = (file: FileRef): void => {
    setOpen(null);
    onPick(file);
  };
  const toggle = (isOpen: boolean): void => {
    if (!isOpen) setOpen(null);
  };
  const icon = isMore ? <Plus aria-hidden /> : <ImagePlus aria-hidden />;
  return (
    <>
      <Menu
        align="start"
        entries={entries}
        trigger={
          <Button
            icon={icon}
            disabled={disabled || clientId === undefined}
            aria-label={isMore ? `Add another to ${label.toLowerCase()}` : `Choose for ${label.toLowerCase()}`}
            className="w-full border-dashed"
          >
            {isMore ? "Add another" : "Choose…"}
          </Button>
        }
      />
      {clientId !== undefined && open === "library" && (
        <Suspense>
          <AssetPicker
            open
            onOpenChange={toggle}
            clientId={clientId}
            types={assetTypes(medium)}
            onPick={([asset]) => asset && take({ assetId: asset.id })}
          />
        </Suspense>
      )}
      {clientId !== undefined && open !== null && open !== "library" && (
        <MediumPicker
          open
          onOpenChange={toggle}
          type={open}
          clientId={clientId}
          onPick={({ id }) => take(open === "image" ? { imageId: id } : { videoId: id })}
        />
      )}
    </>
  );
}

export interface FileControlProps {
  readonly label: string;
  readonly medium: FileMedium;
  readonly files: readonly FileRef[];
  readonly onFilesChange: (files: readonly FileRef[]) => void;
  readonly max: number;
  /** Whose files may be chosen; without one nothing can be. */
  readonly clientId: string | undefined;
  readonly disabled?: boolean | undefined;
}

/** Files of a client as inputs: out of the library, or made by a model before. */
export function FileControl(props: FileControlProps) {
  const { label, medium, files, onFilesChange, max, clientId, disabled = false } = props;
  return (
    <div role="group" aria-label={label} className="flex flex-col gap-2">
      {files.map((file, place) => (
        <FileRow
          // The same file may stand there twice.
          key={`${place}-${JSON.stringify(file)}`}
          file={file}
          disabled={disabled}
          onRemove={() => onFilesChange(files.filter((_, other) => other !== place))}
        />
      ))}
      {files.length < max && (
        <Adder
          label={label}
          medium={medium}
          clientId={clientId}
          disabled={disabled}
          isMore={files.length > 0}
          onPick={(file) => onFilesChange([...files, file])}
        />
      )}
    </div>
  );
}
