import { afterEach, describe, expect, it } from "vitest";
import { UncloneableError } from "../border/uncloneable-error.ts";
import { RuntimeError } from "../loop/errors.ts";
import { BrokenProcessPool } from "./executor-errors.ts";
import { inline } from "./inline.ts";
import { ProcessPoolExecutor, type ProcessPoolOptions } from "./process-pool-executor.ts";
import { workerModule } from "./worker-task.ts";

const folder = new URL("../../../../tests/support/jobs/", import.meta.url);
const jobs = workerModule<typeof import("../../../../tests/support/jobs/plain.mjs")>(new URL("plain.mjs", folder));

const pools: ProcessPoolExecutor[] = [];
function makePool(options: ProcessPoolOptions = {}): ProcessPoolExecutor {
  const pool = new ProcessPoolExecutor({ maxWorkers: 1, ...options });
  pools.push(pool);
  return pool;
}
afterEach(async () => {
  for (const pool of pools.splice(0)) {
    pool.terminateWorkers();
    await pool.shutdown();
  }
});

const processId = inline(null, () => process.pid);
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

describe("a process pool", { timeout: 30_000 }, () => {
  it("gives results and errors of every kind", async () => {
    const pool = makePool();
    expect(await pool.submit(processId)).not.toBe(process.pid);
    for (const value of [undefined, null, 0, "text", 12n, [1, { a: new Map([[1, new Set([2])]]) }]]) {
      expect(await pool.submit(jobs.identity, value)).toEqual(value);
    }
    expect([...((await pool.submit(jobs.identity, new Uint8Array([1, 2]))) as Uint8Array)]).toEqual([1, 2]);
    const error = (await pool.submit(jobs.fail, "too far").then(null, (error) => error)) as RangeError;
    expect(error).toBeInstanceOf(RangeError);
    expect(error).toMatchObject({ message: "too far", code: "E_FAIL", cause: { name: "RemoteTraceback" } });
  });

  it("fails the call whose value cannot be cloned, and goes on", async () => {
    const pool = makePool();
    const bad = pool.submit(jobs.identity, { users: [{ onClick() {} }] }).then(null, (error) => error);
    expect(await bad).toBeInstanceOf(UncloneableError);
    expect(((await bad) as Error).message).toMatch(/^args\[0\]\.users\[0\]\.onClick is a function.*another process/);
    const result = await pool.submit(jobs.makeFunction).then(null, (error) => error);
    expect((result as Error).message).toMatch(/^result\.list\[0\]\.run is a function/);
    expect(await pool.submit(jobs.add, 1, 1)).toBe(2);
  });

  it("shares work between processes, in order and in chunks", async () => {
    const pool = makePool({ maxWorkers: 2 });
    const found: number[] = [];
    for await (const value of pool.map(jobs.square, [1, 2, 3, 4, 5, 6, 7], { chunksize: 3 })) found.push(value);
    expect(found).toEqual([1, 4, 9, 16, 25, 36, 49]);
    expect(pool.statistics().started).toBe(2);
  });

  it("cannot block, and says so", async () => {
    const pool = makePool();
    const future = pool.submit(jobs.add, 1, 2);
    expect(() => future.result()).toThrow(RuntimeError);
    expect(() => future.result()).toThrow(/cannot block for this job.*await it/);
    expect(await future).toBe(3);
    expect(future.result()).toBe(3);
  });

  it("breaks when a process exits; every error names its job", async () => {
    const pool = makePool();
    const futures = [pool.submit(jobs.exit, 7), pool.submit(jobs.add, 1, 2)];
    const errors = await Promise.all(futures.map((future) => future.then(null, (error) => error)));
    const text = "A process in the process pool was terminated abruptly while the future was running or pending.";
    for (const error of errors) {
      expect(error).toBeInstanceOf(BrokenProcessPool);
      expect((error as Error).message).toContain(text);
    }
    expect(errors[0]).toMatchObject({ exitCode: 7, signal: null, running: true, job: "job 1, exit of plain.mjs" });
    expect(errors[1]).toMatchObject({ running: false, job: "job 2, add of plain.mjs" });
    expect(() => pool.submit(jobs.nothing)).toThrow(BrokenProcessPool);
  });

  it("goes on after SIGKILL of a process, with replace", async () => {
    const pool = makePool({ onWorkerDeath: "replace" });
    const killed = pool.submit(jobs.selfKill, "SIGKILL");
    const next = pool.submit(jobs.add, 1, 2);
    const error = await killed.then(null, (error) => error);
    expect(error).toBeInstanceOf(BrokenProcessPool);
    expect(error).toMatchObject({ signal: "SIGKILL", exitCode: null, running: true });
    expect((error as Error).message).toContain("selfKill of plain.mjs, was running; signal SIGKILL");
    expect(await next).toBe(3);
  });

  it("ends an endless loop by cancellation, also in a process that is stopped (SIGSTOP)", async () => {
    const pool = makePool({ cancelRunning: "terminate", cancelGrace: "20ms" });
    for (const isStopped of [false, true]) {
      const pid = await pool.submit(processId);
      const burning = pool.submit(jobs.burn);
      while (!burning.running()) await turn();
      if (isStopped) process.kill(pid, "SIGSTOP");
      burning.cancel();
      await expect(burning.then()).rejects.toThrow(expect.objectContaining({ name: "CancelledError" }));
      expect(await pool.submit(processId)).not.toBe(pid);
    }
    expect(pool.statistics()).toMatchObject({ cancelled: 2, died: 0, started: 3 });
  });

  it("shuts down even when an idle process is stopped", async () => {
    const pool = makePool();
    process.kill(await pool.submit(processId), "SIGSTOP");
    await pool.shutdown();
    expect(pool.statistics().workers).toBe(0);
  });

  it("tells a job by its signal that it is cancelled", async () => {
    const pool = makePool();
    await pool.submit(jobs.nothing);
    const future = pool.submit(jobs.waitForSignal);
    await turn();
    expect(future.cancel()).toBe(false);
    await expect(future.then()).rejects.toThrow(expect.objectContaining({ name: "CancelledError" }));
    expect(pool.statistics()).toMatchObject({ started: 1, cancelled: 1 });
  });

  it("runs its initializer, and breaks when that fails", async () => {
    const pool = makePool({ initializer: jobs.prepare, initargs: ["ready"] });
    expect(await pool.submit(jobs.isPrepared)).toBe("ready");
    const broken = makePool({ initializer: jobs.failToPrepare });
    const error = await broken.submit(jobs.nothing).then(null, (error) => error);
    expect(error).toBeInstanceOf(BrokenProcessPool);
    expect((error as Error).cause).toMatchObject({ message: "not today" });
  });

  it("replaces processes after maxTasksPerWorker jobs, and notices those that die between two", async () => {
    const pool = makePool({ maxTasksPerWorker: 1 });
    expect(await pool.submit(processId)).not.toBe(await pool.submit(processId));
    const other = makePool({ onWorkerDeath: "replace" });
    await other.submit(jobs.exitLater, 3);
    while (other.statistics().died === 0) await turn();
    expect(await other.submit(jobs.add, 1, 1)).toBe(2);
  });

  it("shuts down when its jobs are done, and leaves no process", async () => {
    const pool = makePool({ maxWorkers: 2 });
    const futures = [1, 2, 3, 4].map((n) => pool.submit(jobs.square, n));
    const pids = await Promise.all([pool.submit(processId), pool.submit(processId)]);
    await pool.shutdown();
    expect(await Promise.all(futures)).toEqual([1, 4, 9, 16]);
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow();
  });
});
