import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";

import { assetQuery } from "@/api/assets";
import type { Asset } from "@/api/types";

import { AssetTags } from "./asset-fields";

const ID = "0b6c7e4e-0000-4000-8000-000000000001";
let stored: Pick<Asset, "id" | "name" | "tags">;
let isAway: boolean;
let sent: unknown[];
let answers: Promise<void>;

function Shown() {
  const asset = useQuery(assetQuery(ID)).data;
  return asset ? <AssetTags asset={asset} mayEdit /> : null;
}

async function open(): Promise<void> {
  cleanup();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Shown />
    </QueryClientProvider>,
  );
  await screen.findByLabelText("Tags");
}

async function answer(request: Request): Promise<Response> {
  if (request.method === "GET") return Response.json(stored);
  const patch = (await request.json()) as Pick<Asset, "tags">;
  sent.push(patch.tags);
  await answers;
  if (isAway) return Response.json({ code: "busy", title: "Busy", detail: "Busy." }, { status: 503 });
  stored = { ...stored, ...patch };
  return Response.json(stored);
}

function add(tag: string): void {
  fireEvent.change(screen.getByLabelText("Tags"), { target: { value: tag } });
  fireEvent.keyDown(screen.getByLabelText("Tags"), { key: "Enter" });
}

const removers = () => screen.queryAllByRole("button", { name: /^Remove / }).map((each) => each.ariaLabel);
const again = () => screen.queryByRole("button", { name: "Save tags again" });

beforeEach(() => {
  localStorage.clear();
  stored = { id: ID, name: "Lamp", tags: ["winter"] };
  isAway = false;
  sent = [];
  answers = Promise.resolve();
  vi.stubGlobal("fetch", vi.fn(answer));
});

it("keeps a tag that could not be saved, says so, and saves it when it is asked again", async () => {
  await open();
  isAway = true;
  add("sunset");
  expect(await screen.findByText("Not saved: “sunset”.")).toBeTruthy();
  expect(removers()).toEqual(["Remove winter", "Remove sunset"]);
  isAway = false;
  fireEvent.click(screen.getByRole("button", { name: "Save tags again" }));
  await waitFor(() => expect(stored.tags).toEqual(["winter", "sunset"]));
  await waitFor(() => expect(again()).toBeNull());
  expect(removers()).toEqual(["Remove winter", "Remove sunset"]);
  expect(localStorage).toHaveLength(0);
});

it("keeps each of several that were under way together", async () => {
  await open();
  isAway = true;
  let answerAll = (): void => undefined;
  answers = new Promise((resolve) => (answerAll = resolve));
  add("sunset");
  await waitFor(() => expect(removers()).toContain("Remove sunset"));
  add("snow");
  await waitFor(() => expect(sent).toHaveLength(2));
  answerAll();
  const told = await screen.findByText(/^Not saved: .*, /);
  for (const tag of ["sunset", "snow"]) expect(told.textContent).toContain(`“${tag}”`);
});

it("has it still when the asset is opened again, also where it was left before the answer", async () => {
  await open();
  isAway = true;
  add("sunset");
  cleanup();
  await waitFor(() => expect(sent).toHaveLength(1));
  await waitFor(() => expect(localStorage).toHaveLength(1));
  await open();
  expect(screen.getByText("Not saved: “sunset”.")).toBeTruthy();
});

it("gives it up when it is taken away, and sends nothing for that", async () => {
  await open();
  isAway = true;
  add("sunset");
  await screen.findByText("Not saved: “sunset”.");
  fireEvent.click(screen.getByRole("button", { name: "Remove sunset" }));
  expect(removers()).toEqual(["Remove winter"]);
  expect(sent).toHaveLength(1);
});

it("saves what can be saved, and keeps a tag that is too long with the limit", async () => {
  await open();
  const long = "x".repeat(51);
  add(`sunset, ${long}`);
  await waitFor(() => expect(stored.tags).toEqual(["winter", "sunset"]));
  expect(await screen.findByText(`Not saved: “${long}”. A tag has at most 50 characters.`)).toBeTruthy();
  expect(again()).toBeNull();
});
