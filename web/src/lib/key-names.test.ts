import { describe, expect, it } from "vitest";

import { keyParts, shownKeys } from "./key-names";

describe("keys in words", () => {
  it("are written as on the keyboard", () => {
    expect(shownKeys("mod+k")).toBe("Ctrl+K");
    expect(shownKeys("shift+arrowleft")).toBe("Shift+←");
    expect(shownKeys("g h")).toBe("G H");
    expect(shownKeys("?")).toBe("?");
  });

  it("keep a plus that is a key of its own", () => {
    expect(keyParts("mod++")).toEqual([["Ctrl", "+"]]);
    expect(keyParts("+")).toEqual([["+"]]);
  });
});
