import { cleanup } from "@testing-library/react";
import { afterEach, vi } from "vitest";

// jsdom knows no media queries: nothing matches there.
vi.stubGlobal("matchMedia", (media: string) => ({
  media,
  matches: false,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
}));

afterEach(() => {
  cleanup();
});
