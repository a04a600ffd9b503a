import { afterEach, describe, expect, it } from "vitest";
import { UncloneableError } from "../border/uncloneable-error.ts";
import { QueueFull, RuntimeError, TimeoutError } from "../loop/errors.ts";
import { run } from "../structured/runner.ts";
import "../tasks/event-loop.ts";
import { BrokenThreadPool } from "./executor-errors.ts";
import { inline } from "./inline.ts";
import { ThreadPoolExecutor, type ThreadPoolOptions } from "./thread-pool-executor.ts";
import { transfer } from "./transfer.ts";
import { workerModule } from "./worker-task.ts";

const folder = new URL("../../../../tests/support/jobs/", import.meta.url);
const jobs = workerModule<typeof import("../../../../tests/support/jobs/plain.mjs")>(new URL("plain.mjs", folder));
const typed = workerModule<typeof import("../../../../tests/support/jobs/typed.ts")>(new URL("typed.js", folder));

/** Bun and Deno ignore `resourceLimits`. */
const limitsMemory = !("Bun" in globalThis || "Deno" in globalThis);

const pools: ThreadPoolExecutor[] = [];
function makePool(options: ThreadPoolOptions = {}): ThreadPoolExecutor {
  const pool = new ThreadPoolExecutor({ maxWorkers: 1, ...options });
  pools.push(pool);
  return pool;
}
afterEach(async () => {
  for (const pool of pools.splice(0)) {
    pool.terminateWorkers();
    await pool.shutdown();
  }
});

/** A job that a test holds: it tells when it runs, and ends when it is told to. */
class Gate {
  readonly shared = new SharedArrayBuffer(8);
  private readonly words = new Int32Array(this.shared);
  get entered(): number {
    return Atomics.load(this.words, 0);
  }
  async untilEntered(count = 1): Promise<void> {
    while (this.entered < count) await new Promise((resolve) => setImmediate(resolve));
  }
  open(): void {
    Atomics.store(this.words, 1, 1);
    Atomics.notify(this.words, 1);
  }
}

describe("submit", () => {
  it("gives results of every kind", async () => {
    const pool = makePool();
    expect(await pool.submit(jobs.add, 1, 2)).toBe(3);
    expect(await pool.submit(jobs.nothing)).toBe(undefined);
    expect(await pool.submit(jobs.later, "x")).toBe("x");
    for (const value of [null, true, false, -0, Number.NaN, 1e300, "", 12n, [1, { a: new Map([[1, 2]]) }]]) {
      expect(Object.is(await pool.submit(jobs.identity, value), value) || typeof value === "object").toBe(true);
      expect(await pool.submit(jobs.identity, value)).toEqual(value);
    }
  });

  it("gives each of many jobs its own result", async () => {
    const pool = makePool({ maxWorkers: 2 });
    const numbers = Array.from({ length: 3000 }, (_, index) => index);
    expect(await Promise.all(numbers.map((n) => pool.submit(jobs.square, n)))).toEqual(numbers.map((n) => n * n));
    const texts = await Promise.all(numbers.map((n) => pool.submit(jobs.greet, `${n}`)));
    expect(texts).toEqual(numbers.map((n) => `hello ${n}`));
  });

  it("carries errors with class, code, cause and the worker's stack", async () => {
    const pool = makePool();
    const error = (await pool.submit(jobs.fail, "too far").then(null, (error) => error)) as RangeError;
    expect(error).toBeInstanceOf(RangeError);
    expect(error).toMatchObject({ message: "too far", code: "E_FAIL", cause: { name: "RemoteTraceback" } });
    expect((error.cause as Error).message).toContain("plain.mjs");
    expect((error.cause as Error).cause).toMatchObject({ name: "TypeError", message: "the cause" });
    expect(await pool.submit(jobs.throwValue, "a text").then(null, (error) => error)).toBe("a text");
    expect(pool.submit(jobs.fail, "x").exception()).toBeInstanceOf(RangeError);
  });

  it("fails the call whose value cannot be cloned, names the path, and goes on", async () => {
    const pool = makePool();
    const bad = pool.submit(jobs.identity as never, { users: [{ onClick() {} }] } as never);
    const others = [1, 2, 3].map((n) => pool.submit(jobs.square, n));
    const error = await bad.then(null, (error) => error);
    expect(error).toBeInstanceOf(UncloneableError);
    expect((error as Error).message).toMatch(/^args\[0\]\.users\[0\]\.onClick is a function/);
    expect(await Promise.all(others)).toEqual([1, 4, 9]);
    const result = await pool.submit(jobs.makeFunction).then(null, (error) => error);
    expect((result as Error).message).toMatch(/^result\.list\[0\]\.run is a function/);
    expect(await pool.submit(jobs.add, 1, 1)).toBe(2);
  });

  it("moves what transfer() says, in both directions", async () => {
    const pool = makePool();
    const bytes = new Uint8Array([1, 2, 3]);
    const back = await pool.submit(jobs.identity, transfer(bytes, [bytes.buffer]));
    expect([...(back as Uint8Array)]).toEqual([1, 2, 3]);
    expect(bytes.byteLength).toBe(0);
    expect((await pool.submit(jobs.moveBack, 100)).byteLength).toBe(100);
  });

  it("refuses functions and says what to write", () => {
    const pool = makePool();
    const task = ((): number => 1) as never;
    expect(() => pool.submit(task)).toThrow(TypeError);
    expect(() => pool.submit(task)).toThrow(/workerModule<typeof import.*inline\(captures/s);
    expect(() => pool.submit({} as never)).toThrow(/a task of workerModule\(\) or inline\(\) is expected/);
  });

  it("runs TypeScript modules, named as JavaScript or as they are", { timeout: 60_000 }, async () => {
    const pool = makePool();
    expect(await pool.submit(typed.factorial, 20n)).toBe(2432902008176640000n);
    expect(await pool.submit(typed.cubes, [1, 2])).toEqual([1, 8]);
  });

  it("runs inline functions with what they capture", async () => {
    const pool = makePool();
    const captures = { k: 3 };
    const times = inline(captures, ({ k }, x: number) => k * x);
    captures.k = 1000;
    expect(await pool.submit(times, 14)).toBe(42);
    const methods = {
      async half(_: null, x: number) {
        return x / 2;
      },
    };
    expect(await pool.submit(inline(null, methods.half), 10)).toBe(5);
  });

  it("says which function a module does not have", async () => {
    const pool = makePool();
    const missing = workerModule<{ missing(): void }>(new URL("plain.mjs", folder)).missing;
    await expect(pool.submit(missing).then()).rejects.toThrow(/plain\.mjs exports no function 'missing'/);
    const nowhere = workerModule<{ missing(): void }>(new URL("nowhere.mjs", folder)).missing;
    await expect(pool.submit(nowhere).then()).rejects.toThrow(/nowhere\.mjs/);
  });
});

describe("blocking", () => {
  it("waits for a result without the event loop, also of a worker that has yet to start", () => {
    const pool = makePool();
    expect(pool.submit(jobs.add, 1, 2).result()).toBe(3);
    expect(pool.submit(jobs.later, "x").result(30)).toBe("x");
    const many = Array.from({ length: 1000 }, (_, n) => pool.submit(jobs.square, n));
    expect(many.map((future) => future.result())).toEqual(many.map((_, n) => n * n));
  });

  it("throws TimeoutError in time, and the result comes later", async () => {
    const pool = makePool();
    const gate = new Gate();
    const future = pool.submit(jobs.enter, gate.shared);
    expect(() => future.result("20ms")).toThrow(TimeoutError);
    gate.open();
    expect(future.result()).toBe("through");
  });

  it("is refused inside of a running loop, unless that is wanted", async () => {
    const pool = makePool();
    await run(async () => {
      const future = pool.submit(jobs.add, 1, 2);
      expect(() => future.result()).toThrow(RuntimeError);
      expect(() => future.result()).toThrow(/would block the thread of a running event loop: await the future/);
      expect(future.result(null, { allowBlocking: true })).toBe(3);
    });
  });

  it("hears of a worker that exits meanwhile", () => {
    const pool = makePool();
    expect(() => pool.submit(jobs.exit, 7).result()).toThrow(BrokenThreadPool);
  });
});

describe("cancel", () => {
  it("takes back a job that has not begun, not one that runs", async () => {
    const pool = makePool({ cancelRunning: "never" });
    const gate = new Gate();
    const first = pool.submit(jobs.enter, gate.shared);
    const second = pool.submit(jobs.enter, gate.shared);
    await gate.untilEntered();
    expect([first.running(), second.running()]).toEqual([true, false]);
    expect([first.cancel(), second.cancel()]).toEqual([false, true]);
    expect([first.cancelled(), second.cancelled()]).toEqual([false, true]);
    gate.open();
    expect(await first).toBe("through");
    await expect(second.then()).rejects.toThrow(expect.objectContaining({ name: "CancelledError" }));
    expect(await pool.submit(jobs.add, 1, 1)).toBe(2);
    expect(gate.entered).toBe(1);
  });

  it("reaches a loop that polls, and a signal", async () => {
    const pool = makePool();
    const gate = new Gate();
    const polling = pool.submit(jobs.pollUntilCancelled, gate.shared);
    await gate.untilEntered();
    expect(polling.cancel()).toBe(false);
    await expect(polling.then()).rejects.toThrow(expect.objectContaining({ name: "CancelledError" }));
    expect(polling.cancelled()).toBe(true);
    const waiting = pool.submit(jobs.waitForSignal, gate.shared);
    await gate.untilEntered(2);
    waiting.cancel();
    await expect(waiting.then()).rejects.toThrow(expect.objectContaining({ name: "CancelledError" }));
    expect(await pool.submit(jobs.add, 1, 1)).toBe(2);
    expect(pool.statistics()).toMatchObject({ cancelled: 2, started: 1 });
  });

  it("ends the worker of a job that does not stop, and only that job", async () => {
    const pool = makePool({ cancelRunning: "terminate", cancelGrace: "10ms" });
    const gate = new Gate();
    const endless = pool.submit(jobs.burn, gate.shared);
    const next = pool.submit(jobs.add, 20, 1);
    await gate.untilEntered();
    endless.cancel();
    await expect(endless.then()).rejects.toThrow(expect.objectContaining({ name: "CancelledError" }));
    expect(await next).toBe(21);
    expect(pool.statistics()).toMatchObject({ cancelled: 1, finished: 1, started: 2, died: 0 });
  });

  it("cancels 100,000 queued jobs in no time", async () => {
    const pool = makePool();
    const gate = new Gate();
    const first = pool.submit(jobs.enter, gate.shared);
    const many = Array.from({ length: 100_000 }, () => pool.submit(jobs.nothing));
    await gate.untilEntered();
    expect(many.every((future) => future.cancel())).toBe(true);
    gate.open();
    expect(await first).toBe("through");
    expect(pool.statistics()).toMatchObject({ queued: 0, cancelled: 100_000 });
    expect(await pool.submit(jobs.add, 1, 1)).toBe(2);
  });
});

describe("workers", () => {
  it("are reused before another is started, and named", async () => {
    const pool = makePool({ maxWorkers: 4, threadNamePrefix: "test" });
    for (let i = 0; i < 10; i++) expect(await pool.submit(jobs.workerName)).toBe("test_0");
    expect(pool.statistics()).toMatchObject({ started: 1, workers: 1, idle: 1, finished: 10 });
  });

  it("share the work, also what one was given too early", async () => {
    const pool = makePool({ maxWorkers: 2 });
    await Promise.all(Array.from({ length: 200 }, () => pool.submit(jobs.nothing)));
    const gate = new Gate();
    const held = pool.submit(jobs.enter, gate.shared);
    await gate.untilEntered();
    const names = await Promise.all(Array.from({ length: 50 }, () => pool.submit(jobs.workerName)));
    expect(new Set(names).size).toBe(1);
    gate.open();
    await held;
  });

  it("run their initializer first", async () => {
    const pool = makePool({ maxWorkers: 2, initializer: jobs.prepare, initargs: ["ready"] });
    const answers = await Promise.all(Array.from({ length: 4 }, () => pool.submit(jobs.isPrepared)));
    expect(new Set(answers)).toEqual(new Set(["ready"]));
  });

  it("break the pool when the initializer fails", async () => {
    const pool = makePool({ initializer: jobs.failToPrepare });
    const futures = [pool.submit(jobs.add, 1, 2), pool.submit(jobs.add, 3, 4)];
    const text = "A thread initializer failed, the thread pool is not usable anymore";
    for (const future of futures) {
      const error = await future.then(null, (error) => error);
      expect(error).toBeInstanceOf(BrokenThreadPool);
      expect((error as Error).message).toContain(text);
      expect((error as Error).cause).toMatchObject({ name: "RangeError", message: "not today" });
    }
    expect(() => pool.submit(jobs.add, 1, 2)).toThrow(text);
  });

  it("are replaced after maxTasksPerWorker jobs", async () => {
    const pool = makePool({ maxTasksPerWorker: 2, threadNamePrefix: "w" });
    const names = await Promise.all(Array.from({ length: 5 }, () => pool.submit(jobs.workerName)));
    expect(names).toEqual(["w_0", "w_0", "w_1", "w_1", "w_2"]);
  });

  it("end when they have been idle for long", async () => {
    const pool = makePool({ idleTimeout: "5ms" });
    await pool.submit(jobs.nothing);
    while (pool.statistics().workers > 0) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(await pool.submit(jobs.add, 1, 1)).toBe(2);
    expect(pool.statistics().started).toBe(2);
  });
});

describe("a worker that dies", () => {
  it("breaks the pool; every error names its job and the exit code", async () => {
    const pool = makePool();
    const futures = [pool.submit(jobs.exit, 7), pool.submit(jobs.add, 1, 2), pool.submit(jobs.add, 3, 4)];
    const errors = await Promise.all(futures.map((future) => future.then(null, (error) => error)));
    const text = "A thread in the thread pool was terminated abruptly while the future was running or pending.";
    expect(new Set(errors).size).toBe(3);
    for (const error of errors) expect((error as Error).message).toContain(text);
    expect(errors[0]).toMatchObject({ exitCode: 7, running: true, job: "job 1, exit of plain.mjs" });
    expect(errors[1]).toMatchObject({ exitCode: 7, running: false, job: "job 2, add of plain.mjs" });
    expect((errors[0] as Error).message).toContain("job 1, exit of plain.mjs, was running; exit code 7");
    expect(() => pool.submit(jobs.nothing)).toThrow(BrokenThreadPool);
    await pool.shutdown();
  });

  it("costs its own job only, with replace", async () => {
    const pool = makePool({ onWorkerDeath: "replace" });
    const futures = [pool.submit(jobs.exit, 7), pool.submit(jobs.add, 1, 2), pool.submit(jobs.add, 3, 4)];
    await expect(futures[0]!.then()).rejects.toThrow(BrokenThreadPool);
    expect(await Promise.all(futures.slice(1))).toEqual([3, 7]);
    expect(pool.statistics()).toMatchObject({ died: 1, started: 2 });
  });

  it.skipIf(!limitsMemory)("may be out of memory; the program goes on", { timeout: 60_000 }, async () => {
    const pool = makePool({ onWorkerDeath: "replace", resourceLimits: { maxOldGenerationSizeMb: 16 } });
    const futures = [pool.submit(jobs.fillMemory), pool.submit(jobs.add, 1, 2)];
    const error = await futures[0]!.then(null, (error) => error);
    expect(error).toBeInstanceOf(BrokenThreadPool);
    expect(error).toMatchObject({ running: true, cause: { code: "ERR_WORKER_OUT_OF_MEMORY" } });
    expect((error as Error).message).toContain("fillMemory of plain.mjs, was running");
    expect(await futures[1]).toBe(3);
  });

  it("may do so between two jobs", async () => {
    const pool = makePool({ onWorkerDeath: "replace" });
    for (let i = 0; i < 5; i++) {
      await pool.submit(jobs.exitLater, 3);
      while (pool.statistics().died <= i) await new Promise((resolve) => setImmediate(resolve));
      expect(await pool.submit(jobs.add, i, 1)).toBe(i + 1);
    }
    const broken = makePool();
    await broken.submit(jobs.exitLater, 3);
    while (broken.statistics().died === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(() => broken.submit(jobs.nothing)).toThrow(/exit code 3/);
  });
});

describe("shutdown", () => {
  it("does what was submitted, and takes no more", async () => {
    const pool = makePool();
    const futures = [1, 2, 3].map((n) => pool.submit(jobs.square, n));
    const end = pool.shutdown();
    expect(() => pool.submit(jobs.nothing)).toThrow("cannot schedule new futures after shutdown");
    expect(await Promise.all(futures)).toEqual([1, 4, 9]);
    await end;
    expect(pool.statistics().workers).toBe(0);
    expect(await pool.shutdown()).toBe(undefined);
  });

  it("cancels what has not begun, if asked to", async () => {
    const pool = makePool();
    const gate = new Gate();
    const running = pool.submit(jobs.enter, gate.shared);
    const waiting = [1, 2, 3].map((n) => pool.submit(jobs.square, n));
    await gate.untilEntered();
    const end = pool.shutdown({ cancelFutures: true });
    expect(waiting.map((future) => future.cancelled())).toEqual([true, true, true]);
    expect(end.done()).toBe(false);
    gate.open();
    expect(await running).toBe("through");
    await end;
  });

  it("can be waited for by a blocked thread, and need not be waited for", () => {
    const pool = makePool();
    const future = pool.submit(jobs.add, 1, 2);
    expect(pool.shutdown({ wait: false }).done()).toBe(true);
    pool.shutdown().result();
    expect(future.result()).toBe(3);
  });

  it("ends a pool that was never used, one whose workers have yet to start, and a broken one", async () => {
    await makePool().shutdown();
    const starting = makePool();
    const future = starting.submit(jobs.nothing);
    future.cancel();
    await starting.shutdown();
    const broken = makePool();
    await broken.submit(jobs.exit, 1).then(null, () => {});
    await broken.shutdown();
  });
});

describe("maxQueue", () => {
  it("throws QueueFull, and room() waits", async () => {
    const pool = makePool({ maxQueue: 2 });
    const gate = new Gate();
    await run(async () => {
      const held = pool.submit(jobs.enter, gate.shared);
      await gate.untilEntered();
      const futures = [];
      let refused = false;
      for (let i = 0; i < 10 && !refused; i++) {
        try {
          futures.push(pool.submit(jobs.square, i));
          await new Promise((resolve) => setImmediate(resolve));
        } catch (error) {
          expect(error).toBeInstanceOf(QueueFull);
          refused = true;
        }
      }
      expect(refused).toBe(true);
      gate.open();
      for (let i = 0; i < 20; i++) {
        await pool.room();
        futures.push(pool.submit(jobs.square, i));
      }
      await Promise.all([held, ...futures].map((future) => future.then()));
    });
  });
});

describe("map", () => {
  it("gives results in order, blocking or not, in chunks or one by one", async () => {
    const pool = makePool({ maxWorkers: 2 });
    const squares = [1, 4, 9, 16, 25];
    expect([...pool.map(jobs.square, [1, 2, 3, 4, 5])]).toEqual(squares);
    expect([...pool.map(jobs.square, [1, 2, 3, 4, 5], { chunksize: 2 })]).toEqual(squares);
    const found: number[] = [];
    for await (const value of pool.map(jobs.square, [1, 2, 3, 4, 5], { buffersize: 2, chunksize: 2 }))
      found.push(value);
    expect(found).toEqual(squares);
    expect([...pool.map(jobs.add, [1, 2, 3], [10, 20])]).toEqual([11, 22]);
  });

  it("throws an error in its place", async () => {
    const pool = makePool();
    const fails = inline(null, (_, n: number) => {
      if (n === 3) throw new RangeError("three");
      return n;
    });
    for (const chunksize of [1, 2, 10]) {
      const found: number[] = [];
      expect(() => {
        for (const value of pool.map(fails, [1, 2, 3, 4], { chunksize })) found.push(value);
      }).toThrow("three");
      expect(found).toEqual([1, 2]);
    }
  });

  it("submits no more than buffersize in advance, also from an endless iterable", () => {
    const pool = makePool();
    let taken = 0;
    function* endless(): Generator<number> {
      for (;;) yield taken++;
    }
    const results = pool.map(jobs.square, endless(), { buffersize: 3 });
    expect(taken).toBe(3);
    expect([results.next().value, results.next().value]).toEqual([0, 1]);
    expect(taken).toBe(5);
    expect(results.return?.()).toEqual({ done: true, value: undefined });
    expect(results.next().done).toBe(true);
  });

  it("times out from its call on, and cancels the rest", async () => {
    const pool = makePool();
    await pool.submit(jobs.nothing);
    const gate = new Gate();
    const results = pool.map(jobs.enter, [gate.shared, gate.shared, gate.shared], { timeout: "20ms" });
    expect(() => results.next()).toThrow(TimeoutError);
    gate.open();
    expect(await pool.submit(jobs.add, 1, 1)).toBe(2);
    expect(gate.entered).toBe(1);
  });
});
