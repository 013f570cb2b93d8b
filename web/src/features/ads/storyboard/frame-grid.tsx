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
import { rectSortingStrategy, SortableContext, sortableKeyboardCoordinates } from "@dnd-kit/sortable";
import { type KeyboardEvent, useRef, useState } from "react";

import { previewFilmUrl } from "@/api/jobs";
import type { JobDetail } from "@/api/types";
import { waitingColor } from "@/components/frames/palette";
import { isWorking, jobAspect } from "@/components/jobs/job-facts";
import { cx, Skeleton } from "@/components/ui";

import { FrameCard } from "./frame-card";
import { movedOrder, neighbour } from "./order";

interface FrameGridProps {
  readonly job: JobDetail;
  readonly editable: boolean;
  readonly selected: number | undefined;
  readonly onOpen: (scene: number, part?: "refine") => void;
  readonly onReorder: (order: number[]) => void;
}

const PLACES = 6;

function columnsOf(grid: HTMLElement | null): number {
  if (grid === null) return 1;
  return getComputedStyle(grid).gridTemplateColumns.split(" ").length;
}

export function gridClass(aspect: number): string {
  return cx(
    "grid gap-x-4 gap-y-6",
    aspect > 1.2
      ? "grid-cols-[repeat(auto-fill,minmax(min(15rem,100%),1fr))]"
      : "grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] max-sm:grid-cols-2",
  );
}

/** The storyboard in reading order. Arrows move, Enter opens, R refines, Alt with an arrow or dragging moves a frame. */
export function FrameGrid({ job, editable, selected, onOpen, onReorder }: FrameGridProps) {
  const grid = useRef<HTMLOListElement>(null);
  const [reachable, setReachable] = useState(selected ?? 1);
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 8 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const frames = job.storyboard;
  const aspect = jobAspect(job);
  const palette = job.brief?.visualDirection.palette;

  const focusFrame = (scene: number): void => {
    setReachable(scene);
    grid.current?.querySelector<HTMLElement>(`[data-scene="${scene}"]`)?.focus();
  };
  const press = (scene: number) => (event: KeyboardEvent) => {
    const at = scene - 1;
    if (event.key.toLowerCase() === "r" && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      onOpen(scene, "refine");
      return;
    }
    const next = neighbour(event.key, at, { count: frames.length, columns: columnsOf(grid.current) });
    if (next === null) return;
    event.preventDefault();
    if (event.altKey && editable) onReorder(movedOrder(frames.length, at, next));
    focusFrame(next + 1);
  };
  const drop = ({ active, over }: DragEndEvent): void => {
    if (over === null || over.id === active.id) return;
    onReorder(movedOrder(frames.length, Number(active.id) - 1, Number(over.id) - 1));
  };

  if (frames.length === 0) return <WaitingGrid job={job} aspect={aspect} />;
  return (
    <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop} accessibility={{ announcements }}>
      <SortableContext items={frames.map((frame) => frame.scene)} strategy={rectSortingStrategy}>
        <ol ref={grid} aria-label="Scenes" className={gridClass(aspect)}>
          {frames.map((frame) => (
            <FrameCard
              key={frame.scene}
              frame={frame}
              aspect={aspect}
              color={waitingColor(palette, frame.scene)}
              camera={job.brief?.scenes[frame.scene - 1]?.cameraMovement}
              filmSrc={
                frame.imageUrl === null || job.storyboardVersion === null
                  ? undefined
                  : previewFilmUrl(job.id, job.storyboardVersion, frame.scene)
              }
              stopped={!isWorking(job)}
              selected={selected === frame.scene}
              reachable={Math.min(reachable, frames.length) === frame.scene}
              movable={editable}
              onOpen={() => onOpen(frame.scene)}
              onFocus={() => setReachable(frame.scene)}
              onKeyDown={press(frame.scene)}
            />
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  );
}

function WaitingGrid({ job, aspect }: { readonly job: JobDetail; readonly aspect: number }) {
  if (!isWorking(job)) return null;
  return (
    <div className={gridClass(aspect)}>
      {Array.from({ length: PLACES }, (_, place) => (
        <div key={place}>
          <Skeleton shape="media" aspect={aspect} color={waitingColor(job.brief?.visualDirection.palette, place + 1)} />
          <Skeleton className="mt-3 w-2/3" />
        </div>
      ))}
    </div>
  );
}

const announcements = {
  onDragStart: ({ active }: { active: { id: string | number } }) => `Scene ${active.id} is picked up.`,
  onDragOver: ({ active, over }: { active: { id: string | number }; over: { id: string | number } | null }) =>
    over ? `Scene ${active.id} is over place ${over.id}.` : `Scene ${active.id} is over no place.`,
  onDragEnd: ({ active, over }: { active: { id: string | number }; over: { id: string | number } | null }) =>
    over ? `Scene ${active.id} is moved to place ${over.id}.` : `Scene ${active.id} stays where it was.`,
  onDragCancel: ({ active }: { active: { id: string | number } }) => `Scene ${active.id} stays where it was.`,
};
