import { describe, expect, it } from "vitest";
import { bodyOf, type Script } from "../../../../tests/support/both-kinds.ts";
import { startWorker } from "../../../../tests/support/worker-thread.ts";
import {
  cancelScope,
  createTask,
  gather,
  getRunningLoop,
  newEventLoop,
  RuntimeError,
  run,
  sleep,
  timeout,
  wait,
} from "../index.ts";
import type { Guard } from "../sync/guard.ts";
import { AbandonedLockError, Lock, RLock, threadEnded, watchThread } from "./index.ts";

const package_ = new URL("../../", import.meta.url);
const free = { locked: false, owner: null, abandoned: false, waiters: 0 };

describe("a lock between threads, on one thread", () => {
  it("is Python's: not reentrant, released by anybody, with a timeout", () => {
    const lock = new Lock();
    expect(() => lock.release()).toThrow(new RuntimeError("release unlocked lock"));
    expect(lock.acquire()).toBe(true);
    expect(lock.locked()).toBe(true);
    expect(lock.acquire({ blocking: false })).toBe(false);
    expect(lock.acquire({ timeout: 0 })).toBe(false);
    expect(lock.acquire({ timeout: "5ms" })).toBe(false);
    expect(lock.statistics()).toEqual({ locked: true, owner: 0, abandoned: false, waiters: 0 });
    expect(String(lock)).toBe("<Lock [locked by thread 0]>");
    lock.release();
    expect(lock.statistics()).toEqual(free);
    expect(String(lock)).toBe("<Lock [unlocked]>");
    expect(lock.runExclusive(() => lock.locked())).toBe(true);
    expect(() =>
      lock.runExclusive(() => {
        throw new RangeError("of the body");
      }),
    ).toThrow("of the body");
    expect(lock.locked()).toBe(false);
  });

  it("refuses senseless timeouts", () => {
    const lock = new Lock();
    expect(() => lock.acquire({ timeout: Number.NaN })).toThrow(RangeError);
    expect(() => lock.acquire({ timeout: -1 })).toThrow(new RangeError("timeout value must be a non-negative number"));
    expect(() => lock.acquire({ blocking: false, timeout: 1 })).toThrow(
      new RangeError("can't specify a timeout for a non-blocking call"),
    );
    expect(lock.statistics()).toEqual(free);
  });

  it("blocks no running loop, unless one insists", () =>
    run(async () => {
      const lock = new Lock();
      const message =
        "Lock.acquire() would block the running event loop: await acquireAsync(), or give allowBlocking: true to insist";
      expect(() => lock.acquire()).toThrow(new RuntimeError(message));
      await sleep(0);
      expect(() => lock.runExclusive(() => 1)).toThrow(message);
      expect(lock.acquire({ blocking: false })).toBe(true);
      expect(lock.acquire({ timeout: 0.001, allowBlocking: true })).toBe(false);
    }));

  it("is one object for all handles of it", () => {
    const lock = new Lock();
    const handle = structuredClone(lock.share());
    expect(Lock.from(handle)).toBe(lock);
    expect(() => RLock.from(handle as never)).toThrow("the handle of a RLock was expected, got a Lock's");
    expect(() => Lock.from({} as never)).toThrow(new TypeError("the handle of a Lock was expected, got {}"));
  });
});

describe.each(["generator", "native"])("a lock between threads, awaited by %s coroutines", (kind) => {
  const body = <A extends unknown[], T>(script: Script<A, T>) => bodyOf(kind, script);

  it("is had in the order in which tasks asked, newcomers last", () =>
    run(async () => {
      const lock = new Lock();
      const order: number[] = [];
      const use = body(function* (number: number) {
        const guard = (yield lock.acquireAsync()) as Guard;
        order.push(number);
        if (number === 0) createTask(() => use(9));
        yield sleep(0);
        guard.release();
        guard.release();
      });
      await gather(...[0, 1, 2, 3].map((number) => () => use(number)));
      while (order.length < 5) await sleep(0);
      expect(order).toEqual([0, 1, 2, 3, 9]);
    }));

  it("goes to the next when the one that was to have it is cancelled before it goes on", () =>
    run(async () => {
      const lock = new Lock();
      const order: string[] = [];
      const use = body(function* (name: string) {
        yield lock.acquireAsync();
        order.push(name);
        lock.release();
      });
      const first = await lock.acquireAsync();
      const b = createTask(() => use("b"));
      const c = createTask(() => use("c"));
      while (lock.statistics().waiters < 2) await sleep(0);
      first.release();
      b.cancel();
      await wait([b, c]);
      expect([b.cancelled(), c.cancelled(), order]).toEqual([true, false, ["c"]]);
      expect(lock.statistics()).toEqual(free);
    }));

  it("is left in line by a timeout and by a cancel scope, before the first step and later", () =>
    run(async () => {
      const lock = new Lock();
      lock.acquire({ blocking: false });
      const use = body(function* () {
        yield lock.acquireAsync();
      });
      await expect(timeout("2ms", () => use()).then()).rejects.toThrow();
      await cancelScope(async (scope) => {
        getRunningLoop().callSoon(() => scope.cancel());
        await createTask(() => use());
      });
      const early = createTask(() => use());
      early.cancel();
      await wait([early]);
      expect(lock.statistics()).toEqual({ locked: true, owner: 0, abandoned: false, waiters: 0 });
      lock.release();
      await createTask(() => use());
      expect(lock.locked()).toBe(true);
    }));

  it("a reentrant one belongs to a task", () =>
    run(async () => {
      const lock = new RLock();
      const order: string[] = [];
      const use = body(function* (name: string) {
        yield lock.acquireAsync();
        const again = (yield lock.acquireAsync()) as Guard;
        order.push(`${name} ${lock.statistics().depth}`);
        yield sleep(0);
        again.release();
        expect(lock.locked()).toBe(true);
        lock.release();
      });
      await gather(
        () => use("a"),
        () => use("b"),
      );
      expect(order).toEqual(["a 2", "b 2"]);
      expect(() => lock.release()).toThrow(new RuntimeError("cannot release un-acquired lock"));
      await lock.acquireAsync();
      const other = createTask(
        body(function* () {
          expect(() => lock.release()).toThrow("cannot release un-acquired lock");
          expect(lock.acquire({ blocking: false })).toBe(false);
          yield sleep(0);
        }),
      );
      await other;
      expect(lock.acquire()).toBe(true); // It need not wait.
      expect(await lock.runExclusiveAsync(async () => lock.statistics().depth)).toBe(3);
    }));

  it("runs a body", () =>
    run(async () => {
      const lock = new Lock();
      expect(
        await lock.runExclusiveAsync(
          body(function* () {
            yield sleep(0);
            return lock.locked();
          }),
        ),
      ).toBe(true);
      await expect(
        lock
          .runExclusiveAsync(
            body(function* () {
              yield sleep(0);
              throw new RangeError("of the body");
            }),
          )
          .then(),
      ).rejects.toThrow("of the body");
      expect(lock.statistics()).toEqual(free);
    }));
});

describe("a lock whose holder has gone", () => {
  it("passes by a task whose loop was closed", async () => {
    const lock = new Lock();
    lock.acquire();
    const loop = newEventLoop();
    void loop.createTask(lock.acquireAsync());
    loop.callSoon(() => loop.callSoon(loop.stop));
    await loop.runForever();
    expect(lock.statistics().waiters).toBe(1);
    loop.setExceptionHandler(() => {});
    loop.close();
    lock.release();
    await run(() => lock.acquireAsync());
    expect(lock.statistics().owner).toBe(0);
  });

  it("a terminated worker abandons what it held, and leaves the line", async () => {
    const [lock, rlock, other] = [new Lock(), new RLock(), new Lock()];
    other.acquire();
    const { worker, exit } = startWorker(
      "data.lock.acquire(); data.rlock.acquire(); data.other.acquire();",
      { lock, rlock, other },
      package_,
    );
    watchThread(worker);
    await run(async () => {
      while (other.statistics().waiters === 0) await sleep("1ms");
      const { owner } = lock.statistics();
      expect(owner).toBeGreaterThan(0);
      const waiting = [createTask(lock.acquireAsync()), createTask(rlock.acquireAsync())];
      while (lock.statistics().waiters + rlock.statistics().waiters < 2) await sleep("1ms");
      void worker.terminate();
      await wait(waiting);
      for (const task of waiting) expect(task.exception()).toBeInstanceOf(AbandonedLockError);
      expect(String(waiting[0]!.exception())).toContain(`thread ${owner} has ended without releasing this lock`);
      expect(lock.statistics()).toEqual({ locked: true, owner, abandoned: true, waiters: 0 });
      expect(() => lock.acquire({ blocking: false })).toThrow(AbandonedLockError);
      await expect(rlock.acquireAsync().then()).rejects.toThrow(AbandonedLockError);
      lock.release();
      rlock.release();
      expect(lock.acquire({ blocking: false })).toBe(true);
      expect(rlock.acquire({ blocking: false })).toBe(true);
      expect(other.statistics().waiters).toBe(0);
      other.release();
      expect(other.locked()).toBe(false);
    });
    await exit;
  });

  it("is unusable when the thread has ended in the middle of a change, and says so", () => {
    const lock = new Lock();
    const words = new Int32Array(lock.share().memory);
    words[0] = (7 + 1) << 1; // Thread 7 is inside.
    threadEnded(7);
    const message = "thread 7 has ended while it changed this object, which is unusable now";
    expect(() => lock.acquire()).toThrow(new RuntimeError(message));
    expect(() => lock.statistics()).toThrow(message);
    threadEnded(0);
    expect(() => lock.release()).toThrow(message);
  });

  it("is abandoned when its thread ends, and only then", () => {
    const lock = new Lock();
    lock.acquire();
    threadEnded(12345);
    expect(lock.statistics().abandoned).toBe(false);
    threadEnded(0);
    expect(lock.statistics().abandoned).toBe(true);
    lock.release();
    expect(lock.statistics()).toEqual(free);
  });
});

describe("a lock between threads, in several of them", () => {
  it.each(["Lock", "RLock"] as const)(
    "a %s: every change counts, whether threads block or await",
    async (name) => {
      const lock = name === "Lock" ? new Lock() : new RLock();
      const counter = new Int32Array(new SharedArrayBuffer(4));
      const rounds = 1000;
      const change = `const before = data.counter[0]; for (let i = 0; i < 20; i++) Math.sqrt(i); data.counter[0] = before + 1;`;
      const blocking = `for (let i = 0; i < ${rounds}; i++) data.lock.runExclusive(() => { ${change} });`;
      const awaiting = `await asyncio.run(async () => {
      const work = async () => {
        for (let i = 0; i < ${rounds / 10}; i++) await data.lock.runExclusiveAsync(async () => { ${change} });
      };
      await asyncio.gather(...Array.from({ length: 10 }, () => work));
    });`;
      const workers = [blocking, awaiting, blocking].map((source) => startWorker(source, { lock, counter }, package_));
      await run(async () => {
        for (let i = 0; i < rounds; i++) {
          using _guard = await lock.acquireAsync();
          const before = counter[0]!;
          if (i % 10 === 0) await sleep(0);
          counter[0] = before + 1;
        }
      });
      for (const { result } of workers) await result;
      expect(counter[0]).toBe(4 * rounds);
      expect(lock.statistics()).toMatchObject(free);
      await Promise.all(workers.map(({ exit }) => exit));
    },
    60_000,
  );
});
