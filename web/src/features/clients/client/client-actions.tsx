import { Clapperboard, Ellipsis, FolderOpen, Pencil, Trash2 } from "lucide-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import type { Right } from "@/api/rights";
import type { Client } from "@/api/types";
import { Button, IconButton, Menu, type MenuEntry } from "@/components/ui";
import { clientScope } from "@/lib/scope";

import { DeleteClientDialog } from "./delete-client-dialog";
import { EditClientDialog } from "./edit-client-dialog";

/** What can be done with a client: make an ad for it, look at its things, change or delete it. */
export function ClientActions({ client, right }: { readonly client: Client; readonly right: Right | undefined }) {
  const navigate = useNavigate();
  const [open, setOpen] = useState<"edit" | "delete" | null>(null);
  const mayEdit = right === "owner" || right === "editor";
  const workFor = (to: "/ads/new" | "/library" | "/ads"): void => {
    clientScope.set(client.id);
    void navigate({ to });
  };
  const entries: MenuEntry[] = [
    { label: "Open library", icon: <FolderOpen aria-hidden />, onSelect: () => workFor("/library") },
    { label: "Show all ads", icon: <Clapperboard aria-hidden />, onSelect: () => workFor("/ads") },
    ...(mayEdit ? [{ label: "Edit details", icon: <Pencil aria-hidden />, onSelect: () => setOpen("edit") }] : []),
    ...(right === "owner"
      ? [
          { kind: "separator" as const },
          { label: "Delete client…", icon: <Trash2 aria-hidden />, danger: true, onSelect: () => setOpen("delete") },
        ]
      : []),
  ];
  return (
    <>
      {mayEdit && (
        <Button variant="primary" onClick={() => workFor("/ads/new")}>
          New ad
        </Button>
      )}
      <Menu
        trigger={<IconButton label="More actions" variant="secondary" icon={<Ellipsis aria-hidden />} />}
        entries={entries}
      />
      {open === "edit" && <EditClientDialog client={client} onClose={() => setOpen(null)} />}
      {open === "delete" && <DeleteClientDialog client={client} onClose={() => setOpen(null)} />}
    </>
  );
}
