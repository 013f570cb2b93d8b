import { describe, expect, it } from "vitest";

import { edited, isHistory, NO_EDITS, redone, undone, withEdit } from "./edits";
import type { Edit } from "./edits";

const retime = (scene: number, frames: number, keepTotal = false): Edit => ({
  kind: "retime",
  scene,
  frames,
  keepTotal,
});

describe("the list of edits", () => {
  it("holds one edit for a length that was changed step by step", () => {
    const list = withEdit(withEdit(withEdit([], retime(2, 61)), retime(2, 62)), retime(3, 70));
    expect(list).toEqual([retime(2, 62), retime(3, 70)]);
  });

  it("keeps edits apart that mean different things", () => {
    expect(withEdit([retime(2, 61)], retime(2, 61, true))).toHaveLength(2);
    expect(
      withEdit([{ kind: "duplicate", scene: 2, keepTotal: false }], { kind: "duplicate", scene: 2, keepTotal: false }),
    ).toHaveLength(2);
  });

  it("joins the fields of words and the roles of colours", () => {
    const words = withEdit([{ kind: "words", scene: 1, headline: "A" }], { kind: "words", scene: 1, supporting: "B" });
    expect(words).toEqual([{ kind: "words", scene: 1, headline: "A", supporting: "B" }]);
    const colours = withEdit([{ kind: "palette", colors: { primary: "#000000" } }], {
      kind: "palette",
      colors: { accent: "#ffffff" },
    });
    expect(colours).toEqual([{ kind: "palette", colors: { primary: "#000000", accent: "#ffffff" } }]);
  });
});

describe("the way back", () => {
  const one = edited(NO_EDITS, [retime(1, 50)]);
  const two = edited(one, [retime(1, 50), retime(2, 50)]);

  it("goes back and forth", () => {
    expect(undone(two).present).toEqual(one.present);
    expect(redone(undone(two)).present).toEqual(two.present);
    expect(undone(NO_EDITS)).toBe(NO_EDITS);
    expect(redone(two)).toBe(two);
  });

  it("forgets what was undone once something else is done", () => {
    expect(edited(undone(two), [retime(3, 50)]).future).toEqual([]);
  });

  it("is told from whatever else a browser may have kept", () => {
    expect([isHistory(two), isHistory(null), isHistory({ past: [] })]).toEqual([true, false, false]);
  });
});
