import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { GripVertical, X } from "lucide-react";

import type { BrandColour } from "@/api/clients";
import { COLOUR_ROLES, colourName, type ColourRole, roleWord } from "@/components/brand/contrast";
import { ColorInput, cx, IconButton, Select, TextInput } from "@/components/ui";

type RoleChoice = ColourRole | "none";

const ROLE_OPTIONS: { value: RoleChoice; label: string }[] = [
  ...COLOUR_ROLES.map((role) => ({ value: role, label: roleWord(role) })),
  { value: "none", label: "No role" },
];

export interface ColourRowProps {
  readonly id: string;
  readonly colour: BrandColour;
  readonly disabled: boolean;
  readonly onChange: (part: Partial<BrandColour>) => void;
  readonly onRemove: () => void;
}

/** One colour of a brand: its place among the others, hex, role and name. */
export function ColourRow({ id, colour, disabled, onChange, onRemove }: ColourRowProps) {
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, transform, transition, isDragging } = useSortable({
    id,
    disabled,
  });
  const name = colourName(colour);
  return (
    <li
      ref={setNodeRef}
      style={{ transform: CSS.Transform.toString(transform), transition }}
      className={cx(
        "flex min-w-0 items-start gap-2 rounded-control py-1.5",
        isDragging && "relative z-1 bg-raised shadow-high",
      )}
    >
      <button
        type="button"
        ref={setActivatorNodeRef}
        {...attributes}
        {...listeners}
        disabled={disabled}
        aria-label={`Move ${name}`}
        className="grid h-8 w-6 shrink-0 cursor-grab touch-none place-items-center rounded-sm text-faint hover:text-ink disabled:invisible pointer-coarse:h-10"
      >
        <GripVertical aria-hidden className="size-4" />
      </button>
      <div className="grid min-w-0 flex-1 grid-cols-2 gap-2 sm:grid-cols-[8rem_8.5rem_minmax(0,1fr)]">
        <ColorInput
          value={colour.hex}
          disabled={disabled}
          label={`Hex of ${name}`}
          pickLabel={`Pick ${name}`}
          onValueChange={(hex) => onChange({ hex })}
        />
        <Select<RoleChoice>
          label={`Role of ${name}`}
          value={colour.role ?? "none"}
          disabled={disabled}
          options={ROLE_OPTIONS}
          onValueChange={(role) => onChange({ role: role === "none" ? null : role })}
        />
        <TextInput
          aria-label={`Name of ${name}`}
          value={colour.name ?? ""}
          disabled={disabled}
          maxLength={60}
          placeholder="Name, as the brand calls it"
          onValueChange={(text) => onChange({ name: text })}
          className="max-sm:col-span-2"
        />
      </div>
      {!disabled && <IconButton label={`Remove ${name}`} icon={<X aria-hidden />} onClick={onRemove} />}
    </li>
  );
}
