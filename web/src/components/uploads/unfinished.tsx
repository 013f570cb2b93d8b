/** Uploads that an earlier visit left unfinished: their file is chosen again, and they go on where they were. */
import { useMutation, useQueryClient } from "@tanstack/react-query";

import { problemOf } from "@/api/problem";
import { discardUpload, type ServerUpload, UPLOADS_PATH, uploadsQuery } from "@/api/uploads";
import { Button, toast } from "@/components/ui";
import { formatSize } from "@/lib/units";

import { chooseFiles } from "./files";
import { uploads } from "./uploads";

/** Whether a file can be the one that an upload began with. */
export function belongsTo(upload: Pick<ServerUpload, "fileName" | "size">, file: Pick<File, "name" | "size">): boolean {
  return upload.size === null ? upload.fileName === file.name : upload.size === file.size;
}

async function goOn(upload: ServerUpload): Promise<void> {
  const [file] = await chooseFiles({ multiple: false });
  if (!file) return;
  if (belongsTo(upload, file)) {
    uploads.add([file], { clientId: upload.clientId }, { address: `${UPLOADS_PATH}/${upload.id}` });
    return;
  }
  toast({
    tone: "caution",
    title: "That is another file",
    description: `${upload.fileName} has ${formatSize(upload.size ?? 0)}, ${file.name} has ${formatSize(file.size)}.`,
  });
}

export function UnfinishedRow({ upload }: { readonly upload: ServerUpload }) {
  const queryClient = useQueryClient();
  const discard = useMutation({
    mutationFn: () => discardUpload(upload.id),
    onSettled: () => queryClient.invalidateQueries({ queryKey: uploadsQuery.queryKey }),
    onError: (error) =>
      toast({ tone: "critical", title: problemOf(error).title, description: problemOf(error).detail }),
  });
  return (
    <li className="px-3 py-2">
      <span dir="auto" className="block truncate text-sm font-semibold" title={upload.fileName}>
        {upload.fileName}
      </span>
      <p className="text-xs text-faint tabular">
        Unfinished: {formatSize(upload.offset)}
        {upload.size !== null && ` of ${formatSize(upload.size)}`} arrived. Choose the file again to go on.
      </p>
      <div className="mt-1.5 flex gap-2">
        <Button size="sm" onClick={() => void goOn(upload)}>
          Choose file
        </Button>
        <Button size="sm" variant="ghost" busy={discard.isPending} onClick={() => discard.mutate()}>
          Forget it
        </Button>
      </div>
    </li>
  );
}
