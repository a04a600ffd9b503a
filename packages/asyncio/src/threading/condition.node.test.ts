import { describe, expect, it } from "vitest";
import { bodyOf, type Script } from "../../../../tests/support/both-kinds.ts";
import { startWorker } from "../../../../tests/support/worker-thread.ts";
import { createTask, RuntimeError, run, sleep, wait } from "../index.ts";
import type { Guard } from "../sync/guard.ts";
import { Condition, Lock, RLock, SharedArray, threadEnded } from "./index.ts";

const package_ = new URL("../../", import.meta.url);

describe("a condition between threads", () => {
  it("is Python's", () => {
    expect(() => new Condition({} as never)).toThrow(TypeError);
    for (const lock of [undefined, new Lock(), new RLock()]) {
      const condition = new Condition(lock);
      expect(() => condition.wait()).toThrow(new RuntimeError("cannot wait on un-acquired lock"));
      expect(() => condition.notify()).toThrow(new RuntimeError("cannot notify on un-acquired lock"));
      condition.acquire();
      expect(condition.wait({ timeout: "5ms" })).toBe(false);
      expect(condition.locked()).toBe(true);
      expect(condition.waitFor(() => 0, { timeout: 0.005 })).toBe(0);
      expect(condition.waitFor(() => "now")).toBe("now");
      expect(() => condition.waitFor(async () => true)).toThrow(TypeError);
      expect(() => condition.notify(Number.NaN)).toThrow(RangeError);
      condition.notifyAll();
      expect(condition.statistics()).toMatchObject({ waiters: 0, lock: { locked: true } });
      condition.release();
      expect(condition.runExclusive(() => condition.locked())).toBe(true);
      expect(String(condition)).toBe("<Condition [unlocked]>");
    }
  });

  it("waits with a reentrant lock that was acquired twice", () => {
    const lock = new RLock();
    const condition = new Condition(lock);
    condition.acquire();
    condition.acquire();
    condition.wait({ timeout: 0 });
    expect(lock.statistics().depth).toBe(2);
  });

  it("shares its lock with its other views", () => {
    const condition = new Condition();
    const { parts } = structuredClone(condition.share());
    expect(Condition.from(condition.share())).toBe(condition);
    expect(RLock.from(parts[0] as never).acquire()).toBe(true);
    expect(condition.locked()).toBe(true);
  });
});

describe.each(["generator", "native"])("a condition between threads, awaited by %s coroutines", (kind) => {
  const body = <A extends unknown[], T>(script: Script<A, T>) => bodyOf(kind, script);

  it.each(["Lock", "RLock"])("notifies as many as it is told, in order, who hold the lock again (%s)", (name) =>
    run(async () => {
      const condition = new Condition(name === "Lock" ? new Lock() : new RLock());
      const order: string[] = [];
      const waits = body(function* (name: string) {
        const guard = (yield condition.acquireAsync()) as Guard;
        yield condition.waitAsync();
        order.push(`${name} ${condition.locked()}`);
        guard.release();
      });
      const tasks = ["a", "b", "c"].map((each) => createTask(() => waits(each)));
      while (condition.statistics().waiters < 3) await sleep(0);
      await condition.runExclusiveAsync(async () => condition.notify(2));
      await wait(tasks.slice(0, 2));
      expect(order).toEqual(["a true", "b true"]);
      await condition.runExclusiveAsync(async () => condition.notifyAll());
      await wait(tasks);
      expect(order).toEqual(["a true", "b true", "c true"]);
      expect(condition.locked()).toBe(false);
    }),
  );

  it("a cancelled task has the lock again before it goes on, and its notification goes to another", () =>
    run(async () => {
      const condition = new Condition(new Lock());
      const log: string[] = [];
      const waits = body(function* (name: string) {
        yield condition.acquireAsync();
        try {
          yield condition.waitAsync();
          log.push(`${name} notified`);
        } catch (error) {
          log.push(`${name} ${(error as Error).name} ${condition.locked()}`);
          throw error;
        } finally {
          condition.release();
        }
      });
      const [a, b, c] = ["a", "b", "c"].map((name) => createTask(() => waits(name)));
      while (condition.statistics().waiters < 3) await sleep(0);
      const guard = await condition.acquireAsync();
      c!.cancel(); // While it waits: takes no notification with it.
      while (condition.statistics().waiters > 2) await sleep(0);
      condition.notify();
      a!.cancel(); // Between wake-up and resume: its notification is b's.
      await sleep(0);
      await sleep(0);
      a!.cancel();
      expect(log).toEqual([]);
      guard.release();
      await wait([a!, b!, c!]);
      expect(log.sort()).toEqual(["a CancelledError true", "b notified", "c CancelledError true"]);
      expect(condition.locked()).toBe(false);
    }));

  it("waits for a predicate", () =>
    run(async () => {
      const condition = new Condition();
      let value = 0;
      const waits = body(function* () {
        yield condition.acquireAsync();
        const got = yield condition.waitForAsync(() => value > 2 && value);
        condition.release();
        return got;
      });
      const task = createTask(() => waits());
      while (!task.done()) {
        await condition.runExclusiveAsync(async () => {
          value++;
          condition.notify();
        });
        await sleep(0);
      }
      expect(task.result()).toBeGreaterThan(2);
    }));
});

describe("a condition in several threads", () => {
  it("hands a buffer of one place to and fro", async () => {
    const data = { condition: new Condition(), place: new SharedArray("int32", 1) };
    const count = 500;
    const take = `const got = [];
      for (let i = 0; i < ${count}; i++) {
        data.condition.acquire();
        data.condition.waitFor(() => data.place.view[0] !== 0);
        got.push(data.place.view[0]);
        data.place.view[0] = 0;
        data.condition.notifyAll();
        data.condition.release();
      }
      return got;`;
    const workers = [1, 2].map(() => startWorker<number[]>(take, data, package_));
    await run(async () => {
      for (let i = 1; i <= 2 * count; i++) {
        await data.condition.runExclusiveAsync(function* () {
          yield* data.condition.waitForAsync(() => data.place.at(0) === 0);
          data.place.view[0] = i;
          data.condition.notifyAll();
        });
      }
    });
    const got = (await Promise.all(workers.map(({ result }) => result))).flat().sort((a, b) => a - b);
    expect(got).toEqual(Array.from({ length: 2 * count }, (_, i) => i + 1));
    await Promise.all(workers.map(({ exit }) => exit));
  }, 60_000);

  it("the notification of a thread that has ended goes to another", () =>
    run(async () => {
      const condition = new Condition(new Lock());
      const { worker, exit } = startWorker("data.acquire(); data.wait();", condition, package_);
      const { threadId } = worker;
      while (condition.statistics().waiters < 1) await sleep("1ms");
      const task = createTask(async () => {
        using _guard = await condition.acquireAsync();
        return await condition.waitAsync();
      });
      while (condition.statistics().waiters < 2) await sleep("1ms");
      void worker.terminate();
      await exit;
      threadEnded(threadId);
      await condition.runExclusiveAsync(async () => condition.notify());
      expect(await task).toBe(true);
    }));
});
