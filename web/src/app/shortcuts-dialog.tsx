import { useState } from "react";

import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { keyParts } from "@/lib/key-names";
import { currentShortcuts, type Shortcut } from "@/lib/shortcuts";

function Keys({ keys }: { readonly keys: string }) {
  return (
    <span className="flex shrink-0 items-center gap-1 text-xs text-faint">
      {keyParts(keys).map((chord, index) => (
        <span key={index} className="flex items-center gap-1">
          {index > 0 && "then"}
          {chord.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </span>
      ))}
    </span>
  );
}

/** Shortcuts by their headings; of two with the same keys the one that works now, which came last. */
function grouped(shortcuts: readonly Shortcut[]): [string, Shortcut[]][] {
  const byKeys = new Map(shortcuts.map((shortcut) => [shortcut.keys, shortcut]));
  const groups = new Map<string, Shortcut[]>();
  for (const shortcut of byKeys.values()) groups.set(shortcut.group, [...(groups.get(shortcut.group) ?? []), shortcut]);
  return [...groups];
}

/** All keys that do something on the page that is open. */
export function ShortcutsDialog({ onOpenChange }: { readonly onOpenChange: (open: boolean) => void }) {
  const [groups] = useState(() => grouped(currentShortcuts()));
  return (
    <Dialog open onOpenChange={onOpenChange} title="Keyboard shortcuts" size="lg">
      <div className="grid gap-x-10 gap-y-6 pb-5 sm:grid-cols-2">
        {groups.map(([group, shortcuts]) => (
          <section key={group}>
            <h3 className="mb-2 text-sm text-faint">{group}</h3>
            <ul className="flex flex-col gap-1.5">
              {shortcuts.map((shortcut) => (
                <li key={shortcut.keys} className="flex min-h-6 items-center justify-between gap-4 text-sm">
                  <span>{shortcut.label}</span>
                  <Keys keys={shortcut.keys} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
