import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";

import type { FrameView, JobDetail } from "@/api/types";

import { TimingEditor } from "./timing-editor";

const job = { id: 7, storyboardVersion: 2, brief: null } as JobDetail;
const frame = { scene: 1, duration: 3 } as FrameView;

function open(durationS = frame.duration): void {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <TimingEditor job={job} frame={{ ...frame, duration: durationS }} editable />
    </QueryClientProvider>,
  );
}

const length = () => screen.getByLabelText<HTMLInputElement>("Length");
const saving = () => screen.queryByRole("button", { name: "Save length" });

function type(value: string): void {
  fireEvent.focus(length());
  fireEvent.change(length(), { target: { value } });
  fireEvent.blur(length());
}

function reload(durationS?: number): void {
  window.dispatchEvent(new Event("pagehide"));
  cleanup();
  open(durationS);
}

function answering(status: number, body: object): void {
  const answer = () => Promise.resolve(new Response(JSON.stringify(body), { status }));
  vi.stubGlobal("fetch", vi.fn(answer));
}

beforeEach(() => {
  localStorage.clear();
});

it("has a typed length after a reload, with what was said beside it", () => {
  open();
  type("4.2");
  fireEvent.click(screen.getByRole("checkbox"));
  reload();
  expect(length().value).toBe("4.2");
  expect(screen.getByRole("checkbox").getAttribute("aria-checked")).toBe("true");
  expect(saving()).not.toBeNull();
});

it("shows the saved length again once the typed one is given up, or typed back", () => {
  open();
  type("4.2");
  fireEvent.click(screen.getByRole("button", { name: "Discard" }));
  expect(length().value).toBe("3");
  type("4.2");
  type("3");
  expect(saving()).toBeNull();
  reload(5);
  expect(length().value).toBe("5");
});

it("keeps what was typed when saving fails, and forgets it when it is saved", async () => {
  open();
  type("4.2");
  answering(503, { code: "busy", title: "Busy", detail: "Busy.", nextStep: null, details: {}, errors: [] });
  fireEvent.click(screen.getByRole("button", { name: "Save length" }));
  await waitFor(() => expect(fetch).toHaveBeenCalled());
  reload();
  expect(length().value).toBe("4.2");
  answering(200, { ...job, storyboardVersion: 3 });
  fireEvent.click(screen.getByRole("button", { name: "Save length" }));
  await waitFor(() => expect(saving()).toBeNull());
  reload(4.2);
  expect(length().value).toBe("4.2");
  expect(saving()).toBeNull();
});
