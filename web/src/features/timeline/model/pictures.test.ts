import { expect, it, vi } from "vitest";

import { createPictureDesk } from "./pictures";

function desk() {
  const pending = new Map<string, (picture: string) => void>();
  const onPicture = vi.fn();
  const onFailure = vi.fn();
  const made = createPictureDesk<string>({ onPicture, onFailure, keep: 3 });
  const asked: string[] = [];
  const wish = (key: string) => ({
    key,
    load: () => {
      asked.push(key);
      return new Promise<string>((resolve) => pending.set(key, resolve));
    },
  });
  const answer = async (key: string): Promise<void> => {
    pending.get(key)?.(`picture ${key}`);
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { made, wish, answer, asked, onPicture, onFailure };
}

it("asks for the newest wish alone when several came while one was drawn", async () => {
  const { made, wish, answer, asked, onPicture } = desk();
  for (const key of ["1", "2", "3", "4"]) made.want(wish(key));
  await answer("1");
  await answer("4");
  expect(asked).toEqual(["1", "4"]);
  expect(onPicture.mock.calls.map(([, key]) => key as string)).toEqual(["1", "4"]);
});

it("fetches neighbours when nothing else is wanted, and shows them only when they are", async () => {
  const { made, wish, answer, asked, onPicture } = desk();
  made.want(wish("5"), [wish("6"), wish("4")]);
  await answer("5");
  await answer("6");
  expect(asked).toEqual(["5", "6", "4"]);
  expect(onPicture).toHaveBeenCalledTimes(1);
  made.want(wish("6"));
  expect(onPicture).toHaveBeenLastCalledWith("picture 6", "6");
});

it("tells of a failure once and goes on", async () => {
  const { made, wish, answer, onFailure, onPicture } = desk();
  made.want({ key: "bad", load: () => Promise.reject(new Error("no")) });
  await new Promise((resolve) => setTimeout(resolve));
  made.want(wish("7"));
  await answer("7");
  expect(onFailure).toHaveBeenCalledTimes(1);
  expect(onPicture).toHaveBeenCalledTimes(1);
});

it("keeps no more pictures than it may", async () => {
  const { made, wish, answer } = desk();
  for (const key of ["1", "2", "3", "4"]) {
    made.want(wish(key));
    await answer(key);
  }
  expect(made.peek("1")).toBeUndefined();
  expect(made.peek("4")).toBe("picture 4");
});
