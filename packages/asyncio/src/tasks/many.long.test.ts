// What must work in the large: a million of anything, and every order.
import { describe, expect, it } from "vitest";
import {
  createTask,
  gather,
  getRunningLoop,
  isCancelled,
  newEventLoop,
  run,
  sleep,
  taskGroup,
  timeout,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

const MILLION = 1_000_000;
const heap = (): number => {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed;
};

describe("a million", () => {
  it("generator tasks sleep at once, in less than 1 KB each", async () => {
    const before = heap();
    let bytes = 0;
    let woken = 0;
    await run(
      function* () {
        const body = function* () {
          yield* sleep(30);
          woken++;
        };
        const tasks = new Array(MILLION);
        for (let i = 0; i < MILLION; i++) tasks[i] = createTask(body);
        yield* sleep(0);
        bytes = (heap() - before) / MILLION;
        for (const task of tasks) yield* task;
      },
      { handleSignals: false },
    );
    expect(woken).toBe(MILLION);
    expect(bytes).toBeLessThan(1000);
  });

  it("timers are set and cancelled without the heap growing past twice the live ones", async () => {
    const loop = newEventLoop();
    let most = 0;
    const live: unknown[] = [];
    for (let i = 0; i < MILLION; i++) {
      const handle = loop.callLater(100 + (i % 977), () => {});
      if (i % 1000 === 0) live.push(handle);
      else handle.cancel();
      most = Math.max(most, loop._timers.size - 2 * live.length);
    }
    expect(most).toBeLessThanOrEqual(101);
    loop.close();
  });

  it("timers fire in order", async () => {
    const loop = newEventLoop();
    let last = -1;
    let fired = 0;
    let ordered = true;
    const base = loop.time();
    for (let i = 0; i < MILLION; i++) {
      const when = (i * 7919) % 1000;
      loop.callAt(base + when / 1e5, () => {
        ordered &&= when >= last;
        last = when;
        fired++;
      });
    }
    loop.callAt(base + 0.02, loop.stop);
    await loop.runForever();
    loop.close();
    expect(fired).toBe(MILLION);
    expect(ordered).toBe(true);
  });

  it("waiters of one future are woken in order", async () => {
    let next = 0;
    let ordered = true;
    await run(
      function* () {
        const future = getRunningLoop().createFuture<void>();
        const tasks = Array.from({ length: MILLION }, (_, i) =>
          createTask(function* () {
            yield* future;
            ordered &&= i === next++;
          }),
        );
        yield* sleep(0);
        future.setResult();
        for (const task of tasks) yield* task;
      },
      { handleSignals: false },
    );
    expect([next, ordered]).toEqual([MILLION, true]);
  });

  it("turns of a native task do not grow the memory", async () => {
    await run(
      async () => {
        for (let i = 0; i < 10_000; i++) await sleep(0);
        const before = heap();
        for (let i = 0; i < MILLION; i++) await sleep(0);
        expect(heap() - before).toBeLessThan(5_000_000);
      },
      { handleSignals: false },
    );
  });
});

describe("500 seeds", () => {
  it("structured programs end with nothing left, whatever the order", async () => {
    for (let seed = 0; seed < 500; seed++) {
      const outcome = await runTest(
        async () => {
          const ended: string[] = [];
          const child = (delay: number, fails: boolean) => async () => {
            try {
              await sleep(delay);
              if (fails) throw new RangeError("child");
            } finally {
              ended.push("child");
            }
          };
          const group = createTask(() =>
            timeout(2.5, () =>
              taskGroup(async (g) => {
                for (let i = 0; i < 5; i++) g.createTask(child(i, (seed + i) % 11 === 0));
                await gather(sleep(1), function* () {
                  yield* sleep(0);
                  yield* sleep(0.5);
                });
              }),
            ),
          );
          if (seed % 3 === 0) getRunningLoop().callLater(1, () => group.cancel());
          try {
            await group;
          } catch (error) {
            ended.push((error as Error).name);
          }
          const cancelledFromOutside = seed % 3 === 0 && group.cancelled();
          return { ended, cancelledFromOutside, left: getRunningLoop()._tasks };
        },
        { seed },
      );
      expect([...outcome.left]).toHaveLength(0);
      expect(["TimeoutError", "ExceptionGroup", "CancelledError"]).toContain(outcome.ended.at(-1));
    }
  });

  it("a cancellation is never lost and never delivered twice", async () => {
    for (let seed = 0; seed < 500; seed++) {
      await runTest(
        async () => {
          let delivered = 0;
          const body =
            seed % 2 === 0
              ? async () => {
                  for (let i = 0; i < 20; i++) {
                    try {
                      await (i % 3 === 0 ? Promise.all([sleep(0), sleep(0)]) : sleep(i % 2));
                    } catch (error) {
                      if (!isCancelled(error)) throw error;
                      delivered++;
                    }
                  }
                }
              : function* () {
                  for (let i = 0; i < 20; i++) {
                    try {
                      yield* sleep(i % 2);
                    } catch (error) {
                      if (!isCancelled(error)) throw error;
                      delivered++;
                    }
                  }
                };
          const task = createTask(body as () => Promise<void>);
          await sleep(seed % 5);
          const turns = seed % 7;
          for (let i = 0; i < turns; i++) await sleep(0);
          const requested = task.cancel();
          try {
            await task;
          } catch (error) {
            if (!isCancelled(error)) throw error;
          }
          if (requested && !task.cancelled()) expect(delivered).toBe(1);
        },
        { seed },
      );
    }
  });
});
