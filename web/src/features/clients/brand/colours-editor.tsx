import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { Plus } from "lucide-react";

import type { BrandColour } from "@/api/clients";
import { PaletteStrip } from "@/components/brand/palette-strip";
import { Button } from "@/components/ui";

import { ColourRow } from "./colour-row";
import { COLOURS_MAX, withColour, withMoved, withNewColour } from "./guidelines";

export interface ColoursEditorProps {
  readonly colours: readonly BrandColour[];
  readonly disabled: boolean;
  readonly onChange: (colours: BrandColour[]) => void;
}

/** A brand's colours in their order, by pointer, finger or keys. */
export function ColoursEditor({ colours, disabled, onChange }: ColoursEditorProps) {
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 150, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  // A colour has no identity of its own: it is the one at its place.
  const ids = colours.map((_, place) => `colour-${place}`);
  const drop = ({ active, over }: DragEndEvent): void => {
    if (over === null || over.id === active.id) return;
    onChange(withMoved(colours, ids.indexOf(String(active.id)), ids.indexOf(String(over.id))));
  };
  const isFull = colours.length >= COLOURS_MAX;
  return (
    <div className="flex flex-col gap-2">
      {colours.length > 0 && <PaletteStrip colours={colours} className="h-12 rounded-card ring-1 ring-line" />}
      <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop}>
        <SortableContext items={ids} strategy={verticalListSortingStrategy}>
          <ul aria-label="Colours" className="flex flex-col">
            {colours.map((colour, place) => (
              <ColourRow
                key={ids[place]}
                id={ids[place] ?? ""}
                colour={colour}
                disabled={disabled}
                onChange={(part) => onChange(withColour(colours, place, part))}
                onRemove={() => onChange(colours.filter((_, at) => at !== place))}
              />
            ))}
          </ul>
        </SortableContext>
      </DndContext>
      {!disabled && (
        <Button
          className="self-start"
          size="sm"
          icon={<Plus aria-hidden />}
          disabled={isFull}
          onClick={() => onChange(withNewColour(colours))}
        >
          {isFull ? `At most ${COLOURS_MAX} colours` : "Add colour"}
        </Button>
      )}
    </div>
  );
}
