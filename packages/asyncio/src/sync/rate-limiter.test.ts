import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  allTasks,
  type Coroutine,
  createTask,
  gather,
  getRunningLoop,
  isCancelled,
  RateLimiter,
  run,
  sleep,
  type Task,
  TimeoutError,
  taskGroup,
  timeout,
} from "../index.ts";
import { runTest, TestLoop } from "../testing/index.ts";

/** Without the stacks that a test loop keeps of everything. */
class QuickLoop extends TestLoop {
  constructor() {
    super();
    this._keepsPlaces = false;
  }
}

const now = (): number => getRunningLoop().time();

async function errorOf(awaitable: PromiseLike<unknown>): Promise<Error> {
  try {
    await awaitable;
  } catch (error) {
    return error as Error;
  }
  throw new Error("no error");
}

const kinds: Record<string, (limiter: RateLimiter, count?: number) => Task<number>> = {
  generator: (limiter, count) =>
    createTask(function* () {
      yield* limiter.acquire(count);
      return now();
    }),
  native: (limiter, count) =>
    createTask(async () => {
      await limiter.acquire(count);
      return now();
    }),
};

for (const [kind, start] of Object.entries(kinds)) {
  describe(`RateLimiter, ${kind}`, () => {
    it("lets them pass at even distances, exactly, in the order of arrival", () =>
      runTest(async () => {
        const limiter = new RateLimiter({ limit: 10 });
        const times = await gather(Array.from({ length: 100 }, () => start(limiter)));
        expect(times).toEqual(Array.from({ length: 100 }, (_, i) => i / 10));
        const thirds = new RateLimiter({ limit: 3, interval: "1m" });
        const before = now();
        expect(await gather([1, 2, 3, 4].map(() => start(thirds)))).toEqual([0, 20, 40, 60].map((t) => before + t));
      }));

    it("lets a burst pass at once; after a pause it is there again, and not more of it", () =>
      runTest(async () => {
        const limiter = new RateLimiter({ limit: 2, burst: 3 });
        const wave = async (): Promise<number[]> => {
          const times = await gather(Array.from({ length: 5 }, () => start(limiter)));
          return times.map((time) => time - waveAt);
        };
        let waveAt = now();
        expect(await wave()).toEqual([0, 0, 0, 0.5, 1]);
        await sleep(100);
        waveAt = now();
        expect(await wave()).toEqual([0, 0, 0, 0.5, 1]);
        await sleep(0.75);
        expect(limiter.statistics()).toEqual({ limit: 2, interval: 1, burst: 3, available: 1.5, waiters: 0 });
      }));

    it("who asks for several waits for several, and those behind wait longer", () =>
      runTest(async () => {
        const limiter = new RateLimiter({ limit: 1, burst: 4 });
        expect(await gather([start(limiter, 3), start(limiter, 4), start(limiter, 1), start(limiter, 0.5)])).toEqual([
          0, 3, 4, 4.5,
        ]);
      }));

    it("one that is cancelled takes nothing with it", () =>
      runTest(async () => {
        const limiter = new RateLimiter({ limit: 1, burst: 4 });
        const tasks = [4, 4, 1, 1].map((count) => start(limiter, count));
        await sleep(0.5);
        expect(limiter.statistics()).toMatchObject({ available: 0, waiters: 3 });
        tasks[1]!.cancel();
        expect(await gather(tasks, { returnExceptions: true })).toMatchObject([0, {}, 1, 2]);
        const last = start(limiter, 2);
        await sleep(0);
        last.cancel();
        await sleep(10);
        expect([limiter.statistics().available, allTasks().size]).toEqual([4, 1]);
      }));

    it("one that is cancelled when it has just been let through gives it to the next", () =>
      runTest(async () => {
        const limiter = new RateLimiter({ limit: 1 });
        const [first, second, third] = [start(limiter), start(limiter), start(limiter)];
        await first;
        // At the moment of its wake-up, before it goes on.
        getRunningLoop().callAt(1, () => second!.cancel());
        expect([await errorOf(second!), await third]).toMatchObject([{ name: "CancelledError" }, 1]);
        await sleep(0.25);
        expect(limiter.statistics().available).toBe(0.25);
      }));
  });
}

describe("RateLimiter", () => {
  it("one who comes while another is just being let through passes as well, and leaves nothing behind", () =>
    runTest(async () => {
      const limiter = new RateLimiter({ limit: 1, burst: 2 });
      limiter.tryAcquire(2);
      const [cancelled, second] = [createTask(limiter.acquire(2)), createTask(limiter.acquire())];
      await sleep(1.5);
      cancelled.cancel(); // Its next step lets the second pass; half a token is left.
      const third = createTask(limiter.acquire(0.5));
      expect(await gather([second, third])).toEqual([undefined, undefined]);
      expect([now(), limiter.statistics()]).toMatchObject([1.5, { waiters: 0, available: 0 }]);
    }));

  it("tryAcquire takes what is there, and never overtakes those that wait", () =>
    runTest(async () => {
      const limiter = new RateLimiter({ limit: 1, burst: 2 });
      expect([limiter.tryAcquire(2), limiter.tryAcquire()]).toEqual([true, false]);
      await sleep(1);
      expect([limiter.tryAcquire(2), limiter.tryAcquire()]).toEqual([false, true]);
      const task = createTask(() => limiter.acquire(2));
      await sleep(1.5);
      expect([limiter.tryAcquire(), task.done()]).toEqual([false, false]);
      await task;
      expect(now()).toBe(3);
    }));

  it("does not suspend when one may pass", () =>
    runTest(async () => {
      const limiter = new RateLimiter({ limit: 1 });
      const order: string[] = [];
      const task = createTask(async () => {
        await limiter.acquire();
        order.push("task");
      });
      createTask(async () => void order.push("other"));
      await task;
      expect(order).toEqual(["task", "other"]);
    }));

  it("run: the body of either kind runs in the calling task, when it may", () =>
    runTest(async () => {
      const limiter = new RateLimiter({ limit: 1 });
      const bodies = [
        () => limiter.run(async () => now()),
        () =>
          limiter.run(function* () {
            yield;
            return now();
          }),
      ];
      expect(await gather(bodies)).toEqual([0, 1]);
      expect(await errorOf(limiter.run(async () => Promise.reject(new RangeError("body"))))).toBeInstanceOf(RangeError);
      let ran = false;
      const late = timeout(0.5, () => limiter.run(async () => void (ran = true)));
      expect([(await errorOf(late)) instanceof TimeoutError, ran]).toEqual([true, false]);
      expect(() => limiter.run(null as never)).toThrow(TypeError);
    }));

  it("refuses bad options and counts", () => {
    for (const bad of [0, -1, Number.NaN, Infinity, "5" as never]) {
      if (bad !== ("5" as never)) expect(() => new RateLimiter({ limit: bad })).toThrow(RangeError);
      expect(() => new RateLimiter({ limit: 1, interval: bad })).toThrow(RangeError);
      if (bad !== ("5" as never)) expect(() => new RateLimiter({ limit: 1, burst: bad })).toThrow(RangeError);
    }
    expect(() => new RateLimiter({ limit: 1, burst: 0.5 })).toThrow(RangeError);
    const limiter = new RateLimiter({ limit: 1, burst: 2 });
    for (const count of [0, -1, 3, Number.NaN, Infinity]) {
      expect(() => limiter.acquire(count)).toThrow(RangeError);
      expect(() => limiter.tryAcquire(count)).toThrow(RangeError);
    }
    expect([String(limiter), limiter.statistics().available]).toEqual(["<RateLimiter [limit:1/1s]>", 2]);
  });

  it("belongs to one loop", async () => {
    const limiter = new RateLimiter({ limit: 1 });
    await runTest(() => limiter.acquire());
    expect(await errorOf(runTest(() => limiter.acquire()))).toMatchObject({
      message: "<RateLimiter [limit:1/1s]> is bound to a different event loop",
    });
  });

  it("a loop that was busy for long does not let everybody pass at once", () =>
    runTest(async () => {
      const loop = getRunningLoop();
      let late = 0;
      const time = loop.time.bind(loop);
      loop.time = () => time() + late;
      const limiter = new RateLimiter({ limit: 1, burst: 2 });
      let passed = 0;
      for (let i = 0; i < 20; i++) createTask(() => limiter.acquire()).addDoneCallback(() => passed++);
      await sleep(0.5);
      late = 10; // The timer that is due at 1 fires at 10.5.
      await sleep(0.75);
      expect(passed).toBe(4);
    }));

  it("100,000 wait, half of them pass, most of the others are cancelled: linear time, exact to the last", () =>
    run(
      async () => {
        const limiter = new RateLimiter({ limit: 8, burst: 50_000 });
        const tasks = Array.from({ length: 100_000 }, () => createTask(limiter.acquire()));
        await sleep(0);
        expect(limiter.statistics().waiters).toBe(50_000);
        for (let i = 50_000; i < 99_990; i++) tasks[i]!.cancel();
        await gather(tasks.slice(-1));
        expect(now()).toBe(10 / 8);
        expect([tasks.filter((task) => task.cancelled()).length, allTasks().size]).toEqual([49_990, 1]);
      },
      { loopFactory: () => new QuickLoop() },
    ));

  it("never exceeds its rate in any stretch of time, loses nothing, and keeps the order", async () => {
    const request = fc.record({
      at: fc.integer({ min: 0, max: 30 }),
      count: fc.integer({ min: 1, max: 3 }),
      cancelAfter: fc.option(fc.integer({ min: 0, max: 10 }), { freq: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(request, { maxLength: 25 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 3, max: 6 }),
        fc.option(fc.nat()),
        (requests, limit, burst, seed) =>
          runTest(
            async () => {
              const limiter = new RateLimiter({ limit, interval: 2, burst });
              const passed: { at: number; count: number }[] = [];
              const queued: object[] = [];
              const order: object[] = [];
              await taskGroup(async (group) => {
                for (const each of requests) {
                  group.createTask(async () => {
                    await sleep(each.at);
                    queued.push(each);
                    const acquired = (): Coroutine<void> => limiter.acquire(each.count);
                    try {
                      await (each.cancelAfter === null ? acquired() : timeout(each.cancelAfter, acquired));
                      order.push(each);
                      passed.push({ at: now(), count: each.count });
                    } catch (error) {
                      expect(error instanceof TimeoutError || isCancelled(error)).toBe(true);
                      queued.splice(queued.indexOf(each), 1);
                    }
                  });
                }
              });
              for (let from = 0; from < passed.length; from++) {
                let sum = 0;
                for (let to = from; to < passed.length; to++) {
                  sum += passed[to]!.count;
                  const stretch = passed[to]!.at - passed[from]!.at;
                  expect(sum).toBeLessThanOrEqual(burst + (stretch * limit) / 2 + 1e-9);
                }
              }
              expect([order.length, limiter.statistics().waiters, allTasks().size]).toEqual([queued.length, 0, 1]);
              // A seed shuffles those who are let through in one iteration.
              if (seed === null) expect(order).toEqual(queued);
              await sleep(burst * 2);
              expect(limiter.statistics().available).toBe(burst);
            },
            seed === null ? {} : { seed },
          ),
      ),
      { numRuns: 100, seed: 1 },
    );
  });
});
