import { describe, expect, it } from "vitest";

import { noAnswer, readProblem } from "@/api/problem";

import { isSettled, type Listener, PARALLEL, sumUp, type Transport, UploadManager } from "./manager";
import { assetIdOf, fingerprintOf, isPassing, metadataOf } from "./tus-transport";

const TARGET = { clientId: "c1" };

function file(name: string, size = 4): File {
  return new File(["x".repeat(size)], name, { lastModified: 1 });
}

/** A wire that does what the test says. */
function wire() {
  const begun: { name: string; listener: Listener; address: string | null; stopped: string[] }[] = [];
  const transport: Transport = (given, _target, listener, address) => {
    const sending = { name: given.name, listener, address, stopped: [] as string[] };
    begun.push(sending);
    return Promise.resolve({
      stop: (how) => {
        sending.stopped.push(how);
        return Promise.resolve();
      },
    });
  };
  const manager = new UploadManager(transport, (tell) => tell());
  const states = () => manager.items().map((item) => item.state);
  const at = (index: number) => begun[index] ?? expect.fail(`Upload ${index} has not begun.`);
  return { begun, manager, states, at };
}

describe("the queue", () => {
  it("sends a few at once and the next when one has ended", () => {
    const { begun, manager, at } = wire();
    manager.add(
      ["a", "b", "c", "d"].map((name) => file(name)),
      TARGET,
    );
    expect(begun).toHaveLength(PARALLEL);
    at(0).listener.onDone("asset-a");
    expect(begun.map(({ name }) => name)).toEqual(["a", "b", "c", "d"]);
  });

  it("does not send the same file twice to the same place, but to another", () => {
    const { begun, manager } = wire();
    manager.add([file("a")], TARGET);
    manager.add([file("a")], TARGET);
    manager.add([file("a")], { clientId: "c2" });
    expect(begun).toHaveLength(2);
  });

  it("tells of the asset that a file became", () => {
    const { manager, at, states } = wire();
    const told: string[] = [];
    manager.onUploaded((item) => told.push(item.fileName));
    manager.add([file("a")], TARGET, { onDone: (assetId) => told.push(assetId) });
    at(0).listener.onDone("asset-a");
    expect(told).toEqual(["asset-a", "a"]);
    expect(states()).toEqual(["done"]);
  });

  it("says that the server looks at a file once all of it has gone", () => {
    const { manager, at, states } = wire();
    manager.add([file("a", 10)], TARGET);
    at(0).listener.onProgress(5);
    expect(states()).toEqual(["sending"]);
    at(0).listener.onProgress(10);
    expect(states()).toEqual(["checking"]);
  });
});

describe("stopping and going on", () => {
  it("keeps what was sent of a paused file, gives its place away and goes on later", async () => {
    const { begun, manager, at, states } = wire();
    const [id = ""] = manager.add(
      ["a", "b", "c", "d"].map((name) => file(name)),
      TARGET,
    );
    manager.pause(id);
    await Promise.resolve();
    expect(at(0).stopped).toEqual(["keep"]);
    expect(begun.at(-1)?.name).toBe("d");
    manager.resume(id);
    expect(states()[0]).toBe("waiting");
    at(1).listener.onDone("asset-b");
    expect(begun.at(-1)?.name).toBe("a");
  });

  it("hears nothing more of a try that was stopped", () => {
    const { manager, at, states } = wire();
    const [id = ""] = manager.add([file("a")], TARGET);
    manager.pause(id);
    at(0).listener.onDone("late");
    expect(states()).toEqual(["paused"]);
  });

  it("forgets a canceled file on the server, too", async () => {
    const { manager, at } = wire();
    const [id = ""] = manager.add([file("a")], TARGET);
    manager.cancel(id);
    await Promise.resolve();
    expect(manager.items()).toEqual([]);
    expect(at(0).stopped).toEqual(["forget"]);
  });

  it("goes on with an upload of an earlier visit at its address", () => {
    const { manager, at } = wire();
    manager.add([file("a")], TARGET, { address: "/api/v2/uploads/u1" });
    expect(at(0).address).toBe("/api/v2/uploads/u1");
  });
});

describe("what goes wrong", () => {
  it("keeps a refused file with its reason and offers no other try", () => {
    const { manager, at, states } = wire();
    const [id = ""] = manager.add([file("a")], TARGET);
    at(0).listener.onProblem(readProblem(415, { code: "unsupported_media", detail: "Not taken here." }).problem);
    expect(states()).toEqual(["refused"]);
    expect(manager.items()[0]?.problem?.detail).toBe("Not taken here.");
    manager.resume(id);
    expect(states()).toEqual(["refused"]);
  });

  it("tries again what a broken line stopped", () => {
    const { begun, manager, at, states } = wire();
    const [id = ""] = manager.add([file("a")], TARGET);
    at(0).listener.onProblem(noAnswer().problem);
    expect(states()).toEqual(["failed"]);
    manager.resume(id);
    expect(begun).toHaveLength(2);
    expect(states()).toEqual(["sending"]);
  });

  it("reports a transport that cannot begin", async () => {
    const manager = new UploadManager(
      () => Promise.reject(new Error("No such chunk.")),
      (tell) => tell(),
    );
    manager.add([file("a")], TARGET);
    await Promise.resolve();
    await Promise.resolve();
    expect(manager.items()[0]?.state).toBe("failed");
  });

  it("leaves refused files out of the sum", () => {
    const { manager, at } = wire();
    manager.add([file("a", 10), file("b", 10)], TARGET);
    at(0).listener.onProgress(5);
    at(1).listener.onProblem(readProblem(413, { code: "too_large", detail: "Too large." }).problem);
    expect(sumUp(manager.items())).toMatchObject({ active: 1, troubled: 1, share: 0.5 });
  });

  it("is settled once all has arrived, and not while a refusal is to be read", () => {
    const { manager, at } = wire();
    manager.add([file("a"), file("b")], TARGET);
    at(0).listener.onDone("asset-a");
    expect(isSettled(sumUp(manager.items()))).toBe(false);
    at(1).listener.onDone("asset-b");
    expect(isSettled(sumUp(manager.items()))).toBe(true);
    manager.add([file("c")], TARGET);
    at(2).listener.onProblem(readProblem(413, { code: "too_large", detail: "Too large." }).problem);
    expect(isSettled(sumUp(manager.items()))).toBe(false);
  });
});

describe("tus", () => {
  it("says where a file is to live and what it is called", () => {
    expect(metadataOf(file("ünï.png"), { clientId: "c1", campaignId: null, tags: ["brand_logo", "a,b"] })).toEqual({
      clientId: "c1",
      filename: "ünï.png",
      tags: '["brand_logo","a,b"]',
    });
  });
  it("takes the same file for another place as another upload", () => {
    expect(fingerprintOf(file("a"), { clientId: "c1" })).not.toBe(fingerprintOf(file("a"), { clientId: "c2" }));
  });
  it("repeats what passes and not what was refused", () => {
    expect([0, 409, 423, 429, 460, 500, 503].every(isPassing)).toBe(true);
    expect([400, 401, 403, 404, 410, 413, 415, 422].some(isPassing)).toBe(false);
  });
  it("reads the asset out of its address", () => {
    expect([assetIdOf("/api/v2/assets/a-1"), assetIdOf(undefined)]).toEqual(["a-1", null]);
  });
});
