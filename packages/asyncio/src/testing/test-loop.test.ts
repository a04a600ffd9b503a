import { describe, expect, it } from "vitest";
import {
  createTask,
  ensureFuture,
  gather,
  getEventLoop,
  getRunningLoop,
  newEventLoop,
  RuntimeError,
  run,
  sleep,
  TimeoutError,
  timeout,
} from "../index.ts";
import { runTest, TestLoop, useVirtualTime } from "./index.ts";

describe("virtual time", () => {
  it("starts at 0 and jumps to the next timer", () =>
    runTest(async () => {
      const loop = getRunningLoop();
      expect(loop).toBeInstanceOf(TestLoop);
      const times = [loop.time()];
      for (const delay of ["250ms", 1, "3h"] as const) {
        await sleep(delay);
        times.push(loop.time());
      }
      expect(times).toEqual([0, 0.25, 1.25, 10801.25]);
    }));

  it("a year of retries takes no time", async () => {
    const start = performance.now();
    await runTest(async () => {
      for (let day = 0; day < 365; day++) await sleep("24h");
    });
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it("stands still while anything is ready", () =>
    runTest(async () => {
      const timer = createTask(() => sleep(1));
      for (let i = 0; i < 100; i++) await sleep(0);
      expect([timer.done(), getRunningLoop().time()]).toEqual([false, 0]);
      await timer;
    }));

  it("iteration counts the ticks", async () => {
    const loop = new TestLoop();
    expect(loop.iteration).toBe(0);
    const counted: number[] = [];
    await run(
      function* () {
        counted.push(loop.iteration);
        yield;
        counted.push(loop.iteration);
        yield* sleep(5);
        counted.push(loop.iteration);
      },
      { loopFactory: () => loop },
    );
    expect(counted[1]! - counted[0]!).toBe(1);
    expect(counted[2]! - counted[1]!).toBeGreaterThanOrEqual(1);
    expect(counted[2]! - counted[1]!).toBeLessThanOrEqual(3);
  });

  // Browsers: native code of two loops at once cannot be told apart.
  it.skipIf("document" in globalThis)("each test loop has its own clock", async () => {
    const times = await Promise.all(
      [1, 2, 3].map((delay) =>
        runTest(async () => {
          await sleep(delay);
          return getRunningLoop().time();
        }),
      ),
    );
    expect(times).toEqual([1, 2, 3]);
  });
});

describe("promises of the outside", () => {
  const outside = <T>(milliseconds: number, value: T): Promise<T> =>
    new Promise((resolve) => setTimeout(resolve, milliseconds, value));

  it.skipIf("document" in globalThis)(
    "a timer that is pending does not fire before a quick promise of the outside",
    () =>
      runTest(async () => {
        const value = await timeout(5, async () => await outside(2, "outside"));
        expect(value).toBe("outside");
        expect(getRunningLoop().time()).toBe(0);
      }),
  );

  it("a promise that takes long does not hold the clock for ever", () =>
    runTest(async () => {
      let settle = (): void => {};
      const task = createTask(async () => {
        await new Promise<void>((resolve) => {
          settle = resolve;
        });
      });
      const other = createTask(() => sleep(5, "woke"));
      expect(await other).toBe("woke");
      expect(task.done()).toBe(false);
      settle();
      await task;
    }));

  it("without any timer the loop waits for it in real time", () =>
    runTest(async () => {
      expect(await outside(2, "outside")).toBe("outside");
    }));

  it("a future that follows a promise counts as one, for both kinds of coroutine", () =>
    runTest(async () => {
      expect(await ensureFuture(outside(2, "native"))).toBe("native");
      const generator = createTask(function* () {
        return yield* ensureFuture(outside(2, "generator"));
      });
      expect(await generator).toBe("generator");
    }));

  it("a wait of another task for a timer is not disturbed by settled promises", () =>
    runTest(async () => {
      const [a, b] = await gather(
        async () => {
          for (let i = 0; i < 10; i++) await Promise.resolve();
          return "settled";
        },
        () => sleep(5, "slept"),
      );
      expect([a, b, getRunningLoop().time()]).toEqual(["settled", "slept", 5]);
    }));

  it("a real deadline can still be missed: the timeout fires after the grace", () =>
    runTest(async () => {
      await expect(timeout(5, async () => await outside(300, "late").then(() => sleep(0)))).rejects.toBeInstanceOf(
        TimeoutError,
      );
    }));
});

describe("deadlocks", () => {
  it("name the tasks, what they wait for and where", async () => {
    const error = await runTest(async function main() {
      const future = getRunningLoop().createFuture();
      createTask(
        function* worker() {
          yield* future;
        },
        { name: "worker" },
      );
      await future;
    }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RuntimeError);
    const { message } = error as Error;
    expect(message).toMatch(/^deadlock: nothing is left that could wake the event loop; still waiting:\n/);
    expect(message).toMatch(/ {2}Task-\d+ \(main\) waits for <Future pending/);
    expect(message).toMatch(/ {2}worker \(worker\) waits for <Future pending.*> at .+:\d+/);
  });

  // Bundles know no lines of sources.
  it.skipIf(!import.meta.url.includes("/packages/asyncio/"))(
    "name each native task's own place, though several wait for one future",
    async () => {
      const error = (await runTest(async () => {
        const future = getRunningLoop().createFuture<void>();
        const first = async (): Promise<void> => await future;
        createTask(first, { name: "first" });
        const second = async (): Promise<void> => await future;
        createTask(second, { name: "second" });
        await sleep(1);
        await future;
      }).catch((caught: unknown) => caught)) as Error;
      const lineOf = (name: string): number => Number(new RegExp(`${name} .*:(\\d+)$`, "m").exec(error.message)?.[1]);
      expect(lineOf("first")).toBeGreaterThan(0);
      expect(lineOf("second")).toBeGreaterThan(lineOf("first"));
    },
  );

  // In browsers the place of native code after a foreign await is a guess.
  const itExact = it.skipIf("document" in globalThis);
  itExact("wait for code that a promise of the loop has woken: the clock does not jump over it", () =>
    runTest(async () => {
      createTask(() => sleep(100));
      const foreign = (delay: number) =>
        new Promise<void>((resolve) => void getRunningLoop().callLater(delay, () => resolve()));
      await foreign(2);
      expect(await createTask(async () => getRunningLoop().time())).toBe(2);
    }),
  );

  it("name the place where a native task waits, too", async () => {
    const error = await runTest(async function main() {
      await getRunningLoop().createFuture();
    }).catch((caught: Error) => caught.message);
    expect(error).toMatch(/\(main\) waits for <Future pending.*> at .+:\d+/);
  });

  it("are seen after a foreign await, too", { timeout: 2000 }, async () => {
    await expect(
      runTest(async () => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        await getRunningLoop().createFuture();
      }),
    ).rejects.toThrow("deadlock");
  });

  it("cleanups run before the error comes out", async () => {
    const seen: string[] = [];
    await expect(
      runTest(async () => {
        try {
          await getRunningLoop().createFuture();
        } finally {
          await sleep(1);
          seen.push("cleaned up");
        }
      }),
    ).rejects.toThrow("deadlock");
    expect(seen).toEqual(["cleaned up"]);
  });
});

describe("seeds", () => {
  async function order(seed?: number): Promise<string> {
    const seen: string[] = [];
    await runTest(
      async () => {
        await gather(
          ...Array.from({ length: 8 }, (_, id) => async () => {
            for (let i = 0; i < 3; i++) {
              seen.push(String.fromCharCode(97 + id));
              await sleep(0);
            }
          }),
        );
      },
      seed === undefined ? {} : { seed },
    );
    return seen.join("");
  }

  it("without one the order is first in, first out", async () => {
    expect(await order()).toBe("abcdefgh".repeat(3));
  });

  it("one seed gives one order, always", async () => {
    for (const seed of [0, 1, 42, 2 ** 31]) expect(await order(seed)).toBe(await order(seed));
  });

  it("seeds give different orders, each a permutation", async () => {
    const orders = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      const each = await order(seed);
      expect([...each].sort().join("")).toBe("aaabbbcccdddeeefffggghhh");
      orders.add(each);
    }
    expect(orders.size).toBeGreaterThan(15);
  });

  it("find a race that first in, first out hides", async () => {
    const lost = async (seed: number): Promise<boolean> =>
      await runTest(
        async () => {
          let balance = 0;
          const deposit = async (): Promise<void> => {
            const read = balance;
            await sleep(0);
            balance = read + 1;
          };
          const late = async (): Promise<void> => {
            await sleep(0);
            await deposit();
          };
          await gather(deposit, late);
          return balance !== 2;
        },
        { seed },
      );
    const results = [];
    for (let seed = 0; seed < 30; seed++) results.push(await lost(seed));
    expect(new Set(results)).toEqual(new Set([true, false]));
  });
});

describe("useVirtualTime()", () => {
  it("lets programs that make their own loop run on virtual time, and ends", async () => {
    const virtual = useVirtualTime();
    try {
      expect(newEventLoop()).toBeInstanceOf(TestLoop);
      const loop = getEventLoop();
      expect(loop).toBeInstanceOf(TestLoop);
      await loop.runUntilComplete(() => sleep(3600));
      expect(loop.time()).toBe(3600);
      loop.close();
      const time = await run(async () => {
        await sleep(60);
        return getRunningLoop().time();
      });
      expect(time).toBe(60);
    } finally {
      virtual.restore();
    }
    const real = newEventLoop();
    expect(real).not.toBeInstanceOf(TestLoop);
    real.close();
  });

  it("restores by its disposer, and passes its seed on", async () => {
    const virtual = useVirtualTime({ seed: 3 });
    const loop = newEventLoop() as TestLoop;
    virtual[Symbol.dispose]();
    expect(loop).toBeInstanceOf(TestLoop);
    expect(newEventLoop()).not.toBeInstanceOf(TestLoop);
  });
});

describe("a deadlock of 3,000 tasks in a chain", () => {
  it("is reported briefly", async () => {
    const error = await runTest(async () => {
      let last = createTask(async () => await getRunningLoop().createFuture<void>());
      for (let i = 0; i < 3000; i++) {
        const next = last;
        last = createTask(async () => await next);
      }
      await last;
    }).catch((caught: unknown) => caught as Error);
    expect((error as Error).message).toContain("deadlock");
    expect((error as Error).message).toContain("more");
    expect((error as Error).message.length).toBeLessThan(20_000);
  });
});
