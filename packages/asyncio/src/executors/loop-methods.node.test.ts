import { afterEach, describe, expect, it, vi } from "vitest";
import { RuntimeError } from "../loop/errors.ts";
import { run } from "../structured/runner.ts";
import { sleep } from "../structured/sleep.ts";
import { timeout } from "../structured/timeout.ts";
import { getRunningLoop, newEventLoop } from "../tasks/default-loop.ts";
import { runTest } from "../testing/run-test.ts";
import "./loop-methods.ts";
import { ProcessPoolExecutor } from "./process-pool-executor.ts";
import { runCoroutineThreadsafe } from "./run-coroutine-threadsafe.ts";
import { ThreadPoolExecutor } from "./thread-pool-executor.ts";
import { toThread } from "./to-thread.ts";
import { waitAsync } from "./wait.ts";
import { workerModule } from "./worker-task.ts";
import { wrapFuture } from "./wrap-future.ts";

const folder = new URL("../../../../tests/support/jobs/", import.meta.url);
const jobs = workerModule<typeof import("../../../../tests/support/jobs/plain.mjs")>(new URL("plain.mjs", folder));

const pools: ThreadPoolExecutor[] = [];
function makePool(): ThreadPoolExecutor {
  const pool = new ThreadPoolExecutor({ maxWorkers: 1 });
  pools.push(pool);
  return pool;
}
afterEach(async () => {
  for (const pool of pools.splice(0)) {
    pool.terminateWorkers();
    await pool.shutdown();
  }
});

const entered = async (gate: SharedArrayBuffer): Promise<void> => {
  while (Atomics.load(new Int32Array(gate), 0) === 0) await new Promise((resolve) => setImmediate(resolve));
};
const open = (gate: SharedArrayBuffer): void => {
  Atomics.store(new Int32Array(gate), 1, 1);
  Atomics.notify(new Int32Array(gate), 1);
};

describe("runInExecutor", () => {
  it("runs in the loop's own threads, which the run's end takes down", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      expect(await loop.runInExecutor(null, jobs.add, 1, 2)).toBe(3);
      expect(await loop.runInExecutor(null, jobs.workerName)).toBe("asyncio_0");
      await expect(loop.runInExecutor(null, jobs.fail, "no").then()).rejects.toThrow(RangeError);
      expect(() => loop.runInExecutor(null, (() => 1) as never)).toThrow(/workerModule<typeof import.*inline/s);
    });
  });

  it("works in generator coroutines, also on the virtual clock", async () => {
    const result = await runTest(function* () {
      const loop = getRunningLoop();
      const one = yield* loop.runInExecutor(null, jobs.add, 1, 2);
      const two = yield* toThread(jobs.greet, "you");
      const before = loop.time();
      yield* toThread(jobs.later, "x");
      return [one, two, loop.time() - before];
    });
    expect(result).toEqual([3, "hello you", 0]);
  });

  it("takes other executors, whose futures can be awaited in both kinds of coroutine", async () => {
    const pool = makePool();
    const processes = new ProcessPoolExecutor({ maxWorkers: 1 });
    await run(async () => {
      expect(await getRunningLoop().runInExecutor(pool, jobs.square, 3)).toBe(9);
      expect(await getRunningLoop().runInExecutor(processes, jobs.square, 4)).toBe(16);
      expect(await pool.submit(jobs.square, 5)).toBe(25);
    });
    await run(function* () {
      const value: number = yield* pool.submit(jobs.square, 6);
      expect(value).toBe(36);
      const { done, notDone } = yield* waitAsync([pool.submit(jobs.nothing), pool.submit(jobs.nothing)]);
      expect([done.size, notDone.size]).toEqual([2, 0]);
      yield* processes.shutdown();
    });
  });

  it("a timeout stops the work: a job that waits is taken back, one that runs is told", async () => {
    const pool = makePool();
    const gate = new SharedArrayBuffer(8);
    await run(async () => {
      const queued = timeout("30ms", async () => {
        await pool.submit(jobs.pollUntilCancelled, gate);
      });
      await expect(queued.then()).rejects.toThrow(expect.objectContaining({ name: "TimeoutError" }));
      expect(await pool.submit(jobs.add, 1, 1)).toBe(2);
    });
    expect(pool.statistics()).toMatchObject({ cancelled: 1, started: 1 });
  });

  it("a task that is cancelled before its job begins leaves nothing behind", async () => {
    const pool = makePool();
    const gate = new SharedArrayBuffer(8);
    await run(function* () {
      const loop = getRunningLoop();
      const held = loop.runInExecutor(pool, jobs.enter, gate);
      const waiting = loop.createTask(function* () {
        return yield* pool.submit(jobs.enter, gate);
      });
      yield* loop.createTask(() => entered(gate));
      expect(waiting.cancel()).toBe(true);
      yield* sleep(0);
      yield* sleep(0);
      expect(waiting.cancelled()).toBe(true);
      open(gate);
      expect(yield* held).toBe("through");
    });
    expect(Atomics.load(new Int32Array(gate), 0)).toBe(1);
  });

  it("never calls back into a loop that has been closed", async () => {
    const pool = makePool();
    const loop = newEventLoop();
    const gate = new SharedArrayBuffer(8);
    const future = loop.runInExecutor(pool, jobs.enter, gate);
    await entered(gate);
    loop.close();
    open(gate);
    expect(await pool.submit(jobs.add, 1, 1)).toBe(2);
    expect(future.done()).toBe(false);
    expect(() => loop.runInExecutor(null, jobs.nothing)).toThrow("Event loop is closed");
  });
});

describe("the default executor", () => {
  it("must be a thread pool", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      expect(() => loop.setDefaultExecutor({} as never)).toThrow("executor must be ThreadPoolExecutor instance");
      loop.setDefaultExecutor(new ThreadPoolExecutor({ maxWorkers: 1, threadNamePrefix: "mine" }));
      expect(await toThread(jobs.workerName)).toBe("mine_0");
    });
  });

  it("can be shut down, after which there is none", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      const last = toThread(jobs.add, 1, 2);
      await expect(last).resolves.toBe(3);
      await loop.shutdownDefaultExecutor();
      expect(() => loop.runInExecutor(null, jobs.nothing)).toThrow(RuntimeError);
      expect(() => loop.runInExecutor(null, jobs.nothing)).toThrow("Executor shutdown has been called");
    });
  });

  it("is given up after the timeout, with a warning", async () => {
    await run(async () => {
      const loop = getRunningLoop();
      const warn = vi.spyOn(loop, "_warn").mockImplementation(() => {});
      const gate = new SharedArrayBuffer(8);
      const stuck = loop.runInExecutor(null, jobs.burn, gate);
      await entered(gate);
      await loop.shutdownDefaultExecutor("10ms");
      expect(warn.mock.calls).toEqual([["The executor did not finishing joining its threads within 0.01 seconds."]]);
      await expect(stuck.then()).rejects.toThrow(/workers were terminated/);
    });
  });
});

describe("runCoroutineThreadsafe", () => {
  it("runs a coroutine in a loop from outside of it", async () => {
    const loop = newEventLoop();
    const future = runCoroutineThreadsafe(async () => {
      await sleep(0);
      return getRunningLoop() === loop;
    }, loop);
    const failing = runCoroutineThreadsafe(function* () {
      yield* sleep(0);
      throw new RangeError("no");
    }, loop);
    const slow = runCoroutineThreadsafe(() => sleep(1000), loop);
    await loop.runUntilComplete(async () => {
      expect(await future).toBe(true);
      await expect(failing.then()).rejects.toThrow("no");
      slow.cancel();
      await expect(slow.then()).rejects.toThrow(expect.objectContaining({ name: "CancelledError" }));
    });
    expect(slow.cancelled()).toBe(true);
    loop.close();
    expect(() => runCoroutineThreadsafe(5 as never, loop)).toThrow(TypeError);
  });
});

describe("wrapFuture", () => {
  it("gives a future of the loop, and the loop's own futures as they are", async () => {
    const pool = makePool();
    await run(async () => {
      const own = getRunningLoop().createFuture<number>();
      expect(wrapFuture(own)).toBe(own);
      own.cancel();
      expect(await wrapFuture(pool.submit(jobs.add, 1, 2))).toBe(3);
      expect(() => wrapFuture(5 as never)).toThrow("concurrent Future is expected, got 5");
    });
  });
});
