// What must work in the large: a million that wait, and many orders.
import { describe, expect, it } from "vitest";
import { createTask, Lock, run, Semaphore, sleep, type Task, wait } from "../index.ts";

const MILLION = 1_000_000;
const heap = (): number => {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed;
};

describe("a million", () => {
  it("tasks wait for a lock, in less than 1 KB each; half of them leave, the others get it in turn", async () => {
    const before = heap();
    let bytes = 0;
    let turns = 0;
    await run(
      function* () {
        const lock = new Lock();
        yield* lock.acquire();
        const body = function* () {
          yield* lock.acquire();
          turns++;
          lock.release();
        };
        const tasks = new Array<Task<void>>(MILLION);
        for (let i = 0; i < MILLION; i++) tasks[i] = createTask(body);
        yield* sleep(0);
        bytes = (heap() - before) / MILLION;
        for (let i = 0; i < MILLION; i += 2) tasks[i]!.cancel();
        lock.release();
        yield* wait(tasks);
        expect(lock.statistics()).toEqual({ locked: false, holder: null, waiters: 0 });
      },
      { handleSignals: false },
    );
    expect(turns).toBe(MILLION / 2);
    expect(bytes).toBeLessThan(1000);
  });

  it("permits come while the first half of those that wait is cancelled", () =>
    run(
      function* () {
        const semaphore = new Semaphore(0);
        const tasks = Array.from({ length: MILLION }, () => createTask(semaphore.acquire()));
        yield* sleep(0);
        for (let i = 0; i < MILLION / 2; i++) {
          semaphore.release();
          tasks[i]!.cancel(); // The permit is there already: it goes on to the next.
        }
        yield* wait(tasks);
        expect(semaphore.statistics()).toEqual({ value: 0, locked: true, waiters: 0 });
      },
      { handleSignals: false },
    ));
});
