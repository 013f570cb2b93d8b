import type { KeyboardEvent } from "react";

import type { Schemas } from "@/api/types";
import { cx } from "@/components/ui/cx";
import { formatTimecode } from "@/lib/units";

import { xOf } from "../model/axis";
import type { WordsField } from "../model/edits";
import { fieldOf } from "../model/film";
import type { Desk, Typing } from "../use-desk";
import { wordsOf } from "../words";
import { rowsOf } from "./layout";
import type { TracksView } from "./use-view";
import { WordsInput } from "./WordsInput";

type Block = Schemas["TypeBlock"];

const ROW_PX = 26;

interface TypeTrackProps {
  readonly desk: Desk;
  readonly view: TracksView;
}

/** The words on screen. Enter or a double click types over them. */
export function TypeTrack({ desk, view }: TypeTrackProps) {
  const blocks = desk.film.tracks.type;
  const rows = rowsOf(blocks);
  const { typing } = desk;
  const typed = typing === null ? -1 : blocks.findIndex((block) => isTyped(desk, block, typing));
  return (
    <div role="group" aria-label="Type" className="relative" style={{ height: heightOf(rows) }}>
      {blocks.map((block, index) => (
        <div
          key={index}
          className={cx("absolute h-6 pe-px", index === typed && "z-10")}
          style={{
            left: xOf(block.startFrame, view.scale),
            width: xOf(block.frames, view.scale),
            top: 2 + (rows[index] ?? 0) * ROW_PX,
          }}
        >
          {typing !== null && index === typed ? (
            <Typed desk={desk} typing={typing} />
          ) : (
            <BlockButton desk={desk} block={block} />
          )}
        </div>
      ))}
      {typing !== null && typed < 0 && <NewWords desk={desk} typing={typing} view={view} />}
    </div>
  );
}

export function heightOf(rows: readonly number[]): number {
  return 4 + (Math.max(0, ...rows) + 1) * ROW_PX;
}

function isTyped(desk: Desk, block: Block, typing: Typing): boolean {
  return block.scene === typing.scene && fieldIn(desk, block) === typing.field;
}

function fieldIn(desk: Desk, block: Block): WordsField | null {
  const clip = desk.film.tracks.picture[block.scene - 1];
  return clip ? fieldOf(block, clip) : null;
}

/** Words that are not on screen yet are typed at the beginning of their scene. */
function NewWords({ desk, typing, view }: TypeTrackProps & { readonly typing: Typing }) {
  const clip = desk.film.tracks.picture[typing.scene - 1];
  if (!clip) return null;
  return (
    <div className="absolute top-0.5 z-10 h-6" style={{ left: xOf(clip.startFrame, view.scale) }}>
      <Typed desk={desk} typing={typing} />
    </div>
  );
}

function Typed({ desk, typing }: { readonly desk: Desk; readonly typing: Typing }) {
  const clip = desk.film.tracks.picture[typing.scene - 1];
  if (!clip) return null;
  const initial = wordsOf(clip, typing.field);
  const done = (words: string | null): void => {
    desk.setTyping(null);
    const next = words?.trim();
    if (next === undefined || next === initial) return;
    // A call to action cannot be taken away, only said otherwise.
    if (typing.field === "callToAction" && next === "") return;
    desk.edits.make({ kind: "words", scene: typing.scene, [typing.field]: next });
  };
  return (
    <WordsInput
      key={`${typing.scene} ${typing.field}`}
      scene={typing.scene}
      field={typing.field}
      initial={initial}
      onDone={done}
    />
  );
}

function BlockButton({ desk, block }: { readonly desk: Desk; readonly block: Block }) {
  const field = fieldIn(desk, block);
  const isSelected = desk.selected?.scene === block.scene;
  const type = (): void => {
    if (field !== null) desk.setTyping({ scene: block.scene, field });
  };
  const press = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === "ArrowUp" || event.key === "ArrowLeft" || event.key === "ArrowRight") {
      const step = event.key === "ArrowUp" ? 0 : event.key === "ArrowLeft" ? -1 : 1;
      const lanes = event.currentTarget.closest("[data-lanes]");
      const other = step === 0 ? "data-clip" : "data-type-of";
      lanes?.querySelector<HTMLElement>(`[${other}="${block.scene + step}"]`)?.focus();
    } else if (event.key === "Enter") type();
    else return;
    event.preventDefault();
  };
  return (
    <button
      type="button"
      tabIndex={-1}
      data-type-of={block.scene}
      aria-label={`${block.role} of scene ${block.scene}, from ${formatTimecode(block.startFrame, desk.film.fps)}: ${block.words}`}
      onClick={() => desk.select(block.scene)}
      onFocus={() => desk.select(block.scene)}
      onDoubleClick={type}
      onKeyDown={press}
      className={cx(
        "block size-full min-w-0 overflow-clip rounded-sm px-1.5 text-start text-xs transition-colors",
        isSelected ? "bg-accent-soft text-accent" : "bg-sunken text-muted hover:text-ink dark:bg-raised",
        field === null && "italic",
      )}
    >
      <span dir="auto" className="sticky left-1.5 block w-fit max-w-full truncate">
        {block.words}
      </span>
    </button>
  );
}
