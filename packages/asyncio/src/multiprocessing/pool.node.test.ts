import { describe, expect, it } from "vitest";
import "../tasks/event-loop.ts";
import { BrokenProcessPool } from "../executors/executor-errors.ts";
import { workerModule } from "../executors/worker-task.ts";
import { asyncWith } from "../structured/async-with.ts";
import { failAfter } from "../structured/cancel-scope.ts";
import { each } from "../structured/each.ts";
import { run } from "../structured/runner.ts";
import { sleep } from "../structured/sleep.ts";
import type { Body } from "../tasks/body.ts";
import { createTask } from "../tasks/create-task.ts";
import { Pool } from "./pool.ts";

const jobs = workerModule<typeof import("../../../../tests/support/processes/jobs.ts")>(
  new URL("../../../../tests/support/processes/jobs.ts", import.meta.url),
);

function withPool(body: (pool: Pool) => Body<void>): Promise<void> {
  return run(failAfter(50, () => asyncWith(new Pool({ processes: 2 }), body)));
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const squares = (count: number): number[] => numbers(count).map((n) => n * n);

describe("Pool", { timeout: 60_000 }, () => {
  it("maps, applies and spreads, for both kinds of coroutine", async () => {
    await withPool(async (pool) => {
      expect(await pool.map(jobs.square, numbers(100))).toEqual(squares(100));
      expect(await pool.map(jobs.square, [])).toEqual([]);
      expect(await pool.map(jobs.square, numbers(10), { chunksize: 3 })).toEqual(squares(10));
      expect(await pool.starmap(jobs.add, [[1, 2] as const, [3, 4] as const])).toEqual([3, 7]);
      expect(await pool.apply(jobs.add, 40, 2)).toBe(42);
    });
    await withPool(function* (pool) {
      expect(yield* pool.map(jobs.square, new Set([2, 3]))).toEqual([4, 9]);
    });
  });

  it("throws the first error of a map, when all is over", () =>
    withPool(async (pool) => {
      const result = pool.mapAsync(jobs.square, [1, -2, 3], { chunksize: 1 });
      await expect(result.get()).rejects.toThrow("-2 is negative");
      expect([result.ready(), result.successful()]).toEqual([true, false]);
      expect(await pool.map(jobs.square, [5])).toEqual([25]);
    }));

  it("gives results later, to those who ask and to callbacks", () =>
    withPool(async (pool) => {
      const heard: unknown[] = [];
      const result = pool.applyAsync(jobs.square, [7], { callback: (value) => heard.push(value) });
      expect(() => result.successful()).toThrow("not ready");
      expect(await result.get()).toBe(49);
      expect(await result.get()).toBe(49);
      const failing = pool.applyAsync(jobs.square, [-1], { errorCallback: (error) => heard.push(String(error)) });
      await failing.wait();
      expect(heard).toEqual([49, "RangeError: -1 is negative"]);
      const slow = pool.applyAsync(jobs.stall, []);
      await expect(slow.get("20ms")).rejects.toMatchObject({ name: "TimeoutError" });
      expect(slow.ready()).toBe(false);
    }));

  it("gives results one by one, and goes on behind an error", () =>
    withPool(async (pool) => {
      const got: number[] = [];
      for await (const value of pool.imap(jobs.square, numbers(40), { chunksize: 3 })) got.push(value);
      expect(got).toEqual(squares(40));
      got.length = 0;
      for await (const value of pool.imapUnordered(jobs.square, numbers(40))) got.push(value);
      expect(got.sort((a, b) => a - b)).toEqual(squares(40));
      const results = pool.imap(jobs.square, [1, -2, 3]);
      expect(await results.next()).toEqual({ done: false, value: 1 });
      await expect(results.next()).rejects.toThrow("-2 is negative");
      expect(await results.next()).toEqual({ done: false, value: 9 });
      expect(await results.next()).toEqual({ done: true, value: undefined });
    }));

  it("takes items as results are taken, and closes them", () =>
    withPool(function* (pool) {
      let taken = 0;
      let closed = false;
      function* endless(): Generator<number> {
        try {
          for (;;) yield taken++;
        } finally {
          closed = true;
        }
      }
      const results = pool.imap(jobs.square, endless());
      for (let i = 0; i < 20; i++) expect((yield* results.next()).value).toBe(i * i);
      expect(taken).toBeLessThan(40);
      yield* results.return();
      expect(closed).toBe(true);
      expect((yield* results.next()).done).toBe(true);
      const seen: number[] = [];
      yield* each(pool.imap(jobs.square, [1, 2]), function* (value) {
        seen.push(value as number);
        yield* sleep(0);
      });
      expect(seen).toEqual([1, 4]);
    }));

  it("replaces a process that dies, and fails its call", () =>
    withPool(async (pool) => {
      await expect(pool.apply(jobs.die)).rejects.toThrow(BrokenProcessPool);
      expect(await pool.map(jobs.square, numbers(20))).toEqual(squares(20));
    }));

  it("ends properly, or at once", () =>
    run(
      failAfter(50, async () => {
        const pool = new Pool({ processes: 1 });
        await expect(pool.join()).rejects.toThrow("Pool is still running");
        const result = pool.mapAsync(jobs.square, numbers(10));
        pool.close();
        expect(() => pool.applyAsync(jobs.square, [1])).toThrow("Pool not running");
        await expect(pool.map(jobs.square, [1])).rejects.toThrow("Pool not running");
        expect(await result.get()).toEqual(squares(10));
        await pool.join();
        const other = new Pool({ processes: 1 });
        const lost = other.applyAsync(jobs.stall, []);
        const waiting = createTask(lost.get());
        await sleep(0);
        other.terminate();
        await expect(waiting).rejects.toThrow(BrokenProcessPool);
        await other.join();
        expect(String(other)).toBe("<Pool state=terminated pool_size=1>");
        expect(() => new Pool({ processes: 0 })).toThrow("Number of processes must be at least 1");
        expect(() => new Pool({ processes: 1 }).mapAsync(jobs.square, [1], { chunksize: 0 })).toThrow("Chunksize");
        expect(() => new Pool({ processes: 1 }).apply((() => 1) as never)).toThrow("is no task for a worker");
      }),
    ));
});
