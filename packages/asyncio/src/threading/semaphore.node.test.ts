import { describe, expect, it } from "vitest";
import { bodyOf, type Script } from "../../../../tests/support/both-kinds.ts";
import { startWorker } from "../../../../tests/support/worker-thread.ts";
import { createTask, RuntimeError, run, sleep, wait } from "../index.ts";
import type { Guard } from "../sync/guard.ts";
import { BoundedSemaphore, Semaphore, Value } from "./index.ts";

const package_ = new URL("../../", import.meta.url);

describe("a semaphore between threads", () => {
  it("is Python's", () => {
    for (const value of [-1, Number.NaN]) {
      expect(() => new Semaphore(value)).toThrow(new RangeError("semaphore initial value must be >= 0"));
    }
    for (const value of [1.5, Infinity, 2 ** 31]) expect(() => new Semaphore(value)).toThrow(RangeError);
    const semaphore = new Semaphore(2);
    expect([semaphore.acquire(), semaphore.acquire(), semaphore.acquire({ blocking: false })]).toEqual([
      true,
      true,
      false,
    ]);
    expect(semaphore.acquire({ timeout: 0.005 })).toBe(false);
    for (const count of [0, Number.NaN]) expect(() => semaphore.release(count)).toThrow("n must be one or more");
    expect(() => semaphore.release(1.5)).toThrow(RangeError);
    semaphore.release(3);
    expect(semaphore.statistics()).toEqual({ value: 3, waiters: 0 });
    expect(String(semaphore)).toBe("<Semaphore [value:3]>");
    const bounded = new BoundedSemaphore();
    expect(() => bounded.release()).toThrow(new RangeError("Semaphore released too many times"));
    expect(bounded.runExclusive(() => bounded.statistics().value)).toBe(0);
    expect(BoundedSemaphore.from(structuredClone(bounded.share()))).toBe(bounded);
    expect(Semaphore.from(bounded.share())).toBe(bounded);
    expect(() => new Semaphore(2 ** 31 - 1).release()).toThrow(RangeError);
  });

  it("blocks no running loop", () =>
    run(async () => {
      const semaphore = new BoundedSemaphore(1);
      expect(() => semaphore.acquire()).toThrow(RuntimeError);
      expect(() => semaphore.acquire()).toThrow("BoundedSemaphore.acquire() would block");
      expect(semaphore.statistics().value).toBe(1);
    }));

  it.each(["generator", "native"])("serves %s coroutines in order, and loses no permit by a cancellation", (kind) =>
    run(async () => {
      const body = <A extends unknown[], T>(script: Script<A, T>) => bodyOf(kind, script);
      const semaphore = new Semaphore(0);
      const order: number[] = [];
      const use = body(function* (number: number) {
        const guard = (yield semaphore.acquireAsync()) as Guard;
        order.push(number);
        yield sleep(0);
        guard.release();
        guard.release();
      });
      const tasks = [0, 1, 2, 3, 4].map((number) => createTask(() => use(number)));
      while (semaphore.statistics().waiters < 5) await sleep(0);
      tasks[1]!.cancel();
      await sleep(0);
      semaphore.release(2);
      expect(semaphore.acquire({ blocking: false })).toBe(false); // Those who wait have them.
      tasks[0]!.cancel();
      await wait(tasks);
      expect(order).toEqual([2, 3, 4]);
      expect(semaphore.statistics()).toEqual({ value: 2, waiters: 0 });
    }),
  );

  it("100,000 tasks wait for it and all get on", { timeout: 60_000 }, () =>
    run(async () => {
      const semaphore = new Semaphore(0);
      const tasks = Array.from({ length: 100_000 }, () => createTask(semaphore.acquireAsync()));
      while (semaphore.statistics().waiters < tasks.length) await sleep(0);
      for (let i = 0; i < 30_000; i++) tasks[i]!.cancel();
      semaphore.release(tasks.length);
      await wait(tasks);
      expect(semaphore.statistics()).toEqual({ value: 30_000, waiters: 0 });
    }),
  );

  it("never lets more in than it has permits, in several threads", async () => {
    const data = { semaphore: new Semaphore(2), inside: new Value("int32", 0), most: new Value("int32", 0) };
    const use = `const now = data.inside.add(1) + 1;
      for (let most = data.most.value; now > most; most = data.most.value) data.most.compareExchange(most, now);`;
    const blocking = `for (let i = 0; i < 500; i++) data.semaphore.runExclusive(() => { ${use} data.inside.add(-1); });`;
    const awaiting = `await asyncio.run(async () => {
      const work = async () => {
        for (let i = 0; i < 100; i++) await data.semaphore.runExclusiveAsync(async () => {
          ${use} await asyncio.sleep(0); data.inside.add(-1);
        });
      };
      await asyncio.gather(work, work, work);
    });`;
    const workers = [blocking, awaiting, blocking].map((source) => startWorker(source, data, package_));
    await Promise.all(workers.map(({ result }) => result));
    expect(data.inside.value).toBe(0);
    expect(data.most.value).toBeLessThanOrEqual(2);
    expect(data.semaphore.statistics()).toEqual({ value: 2, waiters: 0 });
    await Promise.all(workers.map(({ exit }) => exit));
  }, 60_000);
});
