import { describe, expect, it } from "vitest";
import "../tasks/event-loop.ts";
import { workerModule } from "../executors/worker-task.ts";
import { asyncWith } from "../structured/async-with.ts";
import { failAfter } from "../structured/cancel-scope.ts";
import { run } from "../structured/runner.ts";
import { sleep } from "../structured/sleep.ts";
import type { Body } from "../tasks/body.ts";
import { createTask } from "../tasks/create-task.ts";
import { RawArray, RawValue, SharedMemory, setStartMethod } from "./context.ts";
import { getContext } from "./get-context.ts";
import { Manager } from "./manager.ts";
import { Process } from "./process.ts";

const jobs = workerModule<typeof import("../../../../tests/support/processes/jobs.ts")>(
  new URL("../../../../tests/support/processes/jobs.ts", import.meta.url),
);

/** A body with a manager that ends with it. */
function withManager(body: (manager: Manager) => Body<void>): Promise<void> {
  return run(failAfter(50, () => asyncWith(new Manager(), body)));
}

describe("Manager", { timeout: 60_000 }, () => {
  it("keeps a dict", () =>
    withManager(async (manager) => {
      const dict = await manager.dict<string, unknown>([["a", 1]]);
      await dict.set("b", { x: [1] });
      expect(await dict.get("b")).toEqual({ x: [1] });
      expect([await dict.get("c"), await dict.get("c", 5), await dict.has("a")]).toEqual([undefined, 5, true]);
      expect([await dict.setDefault("c", 3), await dict.add("c", 2), await dict.size()]).toEqual([3, 5, 3]);
      await dict.update(new Map([["d", 4]]));
      expect(await dict.keys()).toEqual(["a", "b", "c", "d"]);
      expect(await dict.values()).toEqual([1, { x: [1] }, 5, 4]);
      expect([await dict.pop("a"), await dict.delete("a"), await dict.pop("a", 9)]).toEqual([1, false, 9]);
      await expect(dict.pop("a")).rejects.toMatchObject({ name: "KeyError", message: "a" });
      await expect(dict.set({} as never, 1)).rejects.toThrow("keys of a shared dict are strings");
      expect(await dict.copy()).toEqual(
        new Map<string, unknown>([
          ["b", { x: [1] }],
          ["c", 5],
          ["d", 4],
        ]),
      );
      await dict.clear();
      expect(await dict.size()).toBe(0);
    }));

  it("keeps a list, a value and a namespace", () =>
    withManager(function* (manager) {
      const list = yield* manager.list([1, 2]);
      expect(yield* list.push(3, 4)).toBe(4);
      yield* list.set(-1, 5);
      yield* list.insert(0, 0);
      expect(yield* list.copy()).toEqual([0, 1, 2, 3, 5]);
      expect([yield* list.pop(), yield* list.pop(0), yield* list.get(-1), yield* list.length()]).toEqual([5, 0, 3, 3]);
      expect([yield* list.includes(2), yield* list.includes(9)]).toEqual([true, false]);
      yield* list.clear();
      for (const [call, text] of [
        [() => list.get(0), "list index out of range"],
        [() => list.pop(), "pop from empty list"],
      ] as const) {
        try {
          yield* call();
          expect.unreachable();
        } catch (error) {
          expect(String(error)).toBe(`RangeError: ${text}`);
        }
      }
      const value = yield* manager.value(1);
      yield* value.set(5);
      expect([yield* value.add(2), yield* value.get()]).toEqual([7, 7]);
      const names = yield* manager.namespace({ host: "a", port: 1 });
      yield* names.set("port", 2);
      expect([yield* names.get("port"), yield* names.names()]).toEqual([2, ["host", "port"]]);
      expect(yield* names.delete("host")).toBe(true);
    }));

  it("is shared by several processes, whose changes do not get in each other's way", () =>
    withManager(async (manager) => {
      const [dict, value, lock] = [await manager.dict<string, number>(), await manager.value(0), await manager.lock()];
      const guarded = await manager.value(0);
      const processes = [0, 1].flatMap(() => [
        new Process(jobs.count, dict, value, 200),
        new Process(jobs.countWithLock, lock, guarded, 50),
      ]);
      for (const each of processes) (each as Process).start();
      for (const each of processes) await each.join();
      expect([await dict.get("n"), await value.get(), await guarded.get()]).toEqual([400, 800, 100]);
    }));

  it("has locks, semaphores and events that time out and can be cancelled", () =>
    withManager(async (manager) => {
      const lock = await manager.lock();
      expect(await lock.acquire()).toBe(true);
      expect([await lock.locked(), await lock.acquire({ timeout: "10ms" })]).toEqual([true, false]);
      const waiting = createTask(lock.acquire());
      await sleep(0.01);
      waiting.cancel();
      await expect(waiting).rejects.toMatchObject({ name: "CancelledError" });
      await lock.release();
      await expect(lock.release()).rejects.toThrow("Lock released too many times");
      expect(await lock.acquire()).toBe(true);
      const semaphore = await manager.semaphore(2);
      expect([await semaphore.acquire(), await semaphore.acquire(), await semaphore.locked()]).toEqual([
        true,
        true,
        true,
      ]);
      expect(() => manager.semaphore(-1)).toThrow(RangeError);
      const event = await manager.event();
      expect([await event.isSet(), await event.wait("10ms")]).toEqual([false, false]);
      const until = createTask(event.wait());
      await event.set();
      expect([await until, await event.isSet()]).toEqual([true, true]);
      await event.clear();
      expect(await event.isSet()).toBe(false);
    }));

  it("tells who waits that the holder of a lock has died, and frees it", () =>
    withManager(async (manager) => {
      const [lock, queue] = [await manager.lock(), await manager.queue<string>()];
      const holder = new Process(jobs.holdLock, lock, queue);
      holder.start();
      expect(await queue.get()).toBe("held");
      const waiting = createTask(lock.acquire());
      await lock.locked();
      holder.kill();
      await expect(waiting).rejects.toThrow(
        `process '${holder.name}' (pid ${holder.pid}) was ended by SIGKILL and had the lock`,
      );
      expect(await lock.acquire()).toBe(true);
    }));

  it("fails calls when it is killed, and hangs nobody", () =>
    withManager(async (manager) => {
      const event = await manager.event();
      const waiting = createTask(event.wait());
      await event.isSet();
      process.kill(manager.pid!, "SIGKILL");
      await expect(waiting).rejects.toMatchObject({ name: "ProcessDiedError" });
      await expect(event.set()).rejects.toThrow("was ended by SIGKILL");
      await expect(manager.dict()).rejects.toThrow("was ended by SIGKILL");
    }));
});

describe("what JavaScript's processes cannot do", { timeout: 60_000 }, () => {
  it("is an error that says what to use", () => {
    expect(() => setStartMethod("spawn")).not.toThrow();
    expect(() => setStartMethod("fork")).toThrow("pass them what they need as arguments of Process");
    expect(() => getContext("fork")).toThrow("processes are spawned");
    expect(getContext("spawn").Process).toBe(Process);
    expect(() => setStartMethod("fax")).toThrow("cannot find context for 'fax'");
    for (const use of [() => new SharedMemory(), () => RawArray(), () => RawValue()]) {
      expect(use).toThrow("JavaScript's processes cannot share memory");
    }
  });
});
