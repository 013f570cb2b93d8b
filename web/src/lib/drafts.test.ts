import { act, renderHook } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";

import { useDraft } from "./drafts";

const leave = () => window.dispatchEvent(new Event("pagehide"));
const shown = (initial: string) => renderHook(() => useDraft("sample", initial)).result.current[0];

beforeEach(() => {
  localStorage.clear();
});

it("has what was typed when the page is opened again, until it was sent", () => {
  const { result } = renderHook(() => useDraft("sample", "saved"));
  act(() => result.current[1]("typed"));
  leave();
  expect(shown("saved")).toBe("typed");
  act(() => result.current[2]());
  leave();
  expect(shown("saved")).toBe("saved");
});

it("keeps nothing of a form that nobody touched, so that it shows what was saved elsewhere since", () => {
  renderHook(() => useDraft("sample", "saved"));
  leave();
  expect(localStorage).toHaveLength(0);
  expect(shown("saved since")).toBe("saved since");
});
