import { Copy, Download, Ellipsis, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "./button";
import { ConfirmDialog, Dialog } from "./dialog";
import { Drawer } from "./drawer";
import { Field } from "./field";
import { longName } from "./gallery-samples";
import { Section } from "./gallery-section";
import { KeyValue } from "./key-value";
import { ContextMenu, Menu } from "./menu";
import type { MenuEntry } from "./menu";
import { Popover } from "./popover";
import { TextInput } from "./text-input";
import { toast } from "./toast";

function nothing() {
  toast({ title: "Done" });
}

const entries: readonly MenuEntry[] = [
  { label: "Rename", icon: <Pencil />, shortcut: "R", onSelect: nothing },
  { label: "Duplicate", icon: <Copy />, checked: true, onSelect: nothing },
  { label: "Download", icon: <Download />, disabled: true, onSelect: nothing },
  { kind: "separator" },
  { label: "Delete", icon: <Trash2 />, danger: true, onSelect: nothing },
];

function Dialogs() {
  const [open, setOpen] = useState<"dialog" | "confirm" | "drawer" | "beside" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Button onClick={() => setOpen("dialog")}>Open dialog</Button>
      <Button onClick={() => setOpen("confirm")}>Open confirmation</Button>
      <Button onClick={() => setOpen("drawer")}>Open drawer</Button>
      <Button onClick={() => setOpen("beside")}>Open drawer beside</Button>
      <Dialog
        open={open === "dialog"}
        onOpenChange={close}
        title="New client"
        description="A brand whose ads are made here."
        footer={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button variant="primary" onClick={close}>
              Create client
            </Button>
          </>
        }
      >
        <form onSubmit={(event) => event.preventDefault()}>
          <Field label="Name" required>
            <TextInput />
          </Field>
        </form>
      </Dialog>
      <ConfirmDialog
        open={open === "confirm"}
        onOpenChange={close}
        title="Delete 3 assets?"
        description="Storyboards that use them keep their own copies. The assets cannot be brought back."
        verb="Delete assets"
        danger
        onConfirm={close}
      />
      <Drawer
        open={open === "drawer" || open === "beside"}
        onOpenChange={close}
        mode={open === "beside" ? "beside" : "modal"}
        title={longName}
        description="Image, 2.4 MB"
        footer={<Button variant="primary">Use in an ad</Button>}
      >
        <KeyValue
          items={[
            { label: "Size", value: "1080 × 1920" },
            { label: "Uploaded by", value: longName },
          ]}
        />
      </Drawer>
    </>
  );
}

function Toasts() {
  return (
    <>
      <Button onClick={() => toast({ title: "Brief saved" })}>Toast</Button>
      <Button onClick={() => toast({ title: "3 assets deleted", tone: "positive", undo: nothing })}>With undo</Button>
      <Button
        onClick={() =>
          toast({
            title: "The film could not be rendered",
            description: "The disk is full. Your storyboard is kept.",
            tone: "critical",
            action: { label: "Open job", href: "#job" },
          })
        }
      >
        Failure
      </Button>
    </>
  );
}

export function FloatingGallery() {
  return (
    <>
      <Section title="Dialogs and drawers">
        <Dialogs />
      </Section>
      <Section title="Menus and popovers">
        <Menu trigger={<IconButton label="More" icon={<Ellipsis aria-hidden />} />} entries={entries} align="start" />
        <Menu trigger={<Button icon={<Plus aria-hidden />}>Open menu</Button>} entries={entries} align="start" />
        <Popover trigger={<Button>Open popover</Button>} title="Safe areas">
          <p className="text-sm text-muted">What a platform puts over the film: names, buttons, the caption.</p>
        </Popover>
        <ContextMenu entries={entries}>
          <div className="grid h-8 place-items-center rounded-control bg-sunken px-3 text-sm text-muted">
            Right-click here
          </div>
        </ContextMenu>
      </Section>
      <Section title="Toasts">
        <Toasts />
      </Section>
    </>
  );
}
