import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import "../tasks/event-loop.ts";
import { inline } from "../executors/inline.ts";
import { workerModule } from "../executors/worker-task.ts";
import { failAfter } from "../structured/cancel-scope.ts";
import { run } from "../structured/runner.ts";
import { sleep } from "../structured/sleep.ts";
import type { Body } from "../tasks/body.ts";
import { Process } from "./process.ts";
import { Queue } from "./queue.ts";

const jobs = workerModule<typeof import("../../../../tests/support/processes/jobs.ts")>(
  new URL("../../../../tests/support/processes/jobs.ts", import.meta.url),
);
const within = <T>(body: () => Body<T>): Promise<T> => run(failAfter(50, body));

describe("Process", { timeout: 60_000 }, () => {
  it("runs a function and tells how it ended", () =>
    within(async () => {
      const process = new Process(jobs.nothing);
      expect([process.isAlive(), process.pid, process.exitcode]).toEqual([false, null, null]);
      await expect(process.join()).rejects.toThrow("can only join a started process");
      expect(() => process.terminate()).toThrow("the process has not been started");
      process.start();
      expect(process.isAlive()).toBe(true);
      expect(process.pid).toBeGreaterThan(0);
      expect(() => process.start()).toThrow("cannot start a process twice");
      await process.join();
      await process.join();
      expect([process.isAlive(), process.exitcode]).toEqual([false, 0]);
      expect(String(process)).toMatch(/^<Process name='Process-\d+' pid=\d+ stopped exitcode=0>$/);
      process.kill();
    }));

  it("runs inline functions and generators, with cloned arguments", () =>
    within(function* () {
      const queue = new Queue<number>();
      const process = new Process(jobs.produceByGenerator, queue, 3);
      process.start();
      expect([yield* queue.get(), yield* queue.get(), yield* queue.get()]).toEqual([0, 1, 2]);
      yield* process.join();
      const other = new Process(
        inline({ base: 40 }, async ({ base }, to: Queue<number>, n: number) => {
          await to.put(base + n);
        }),
        queue,
        2,
      );
      other.start();
      expect(yield* queue.get()).toBe(42);
      yield* other.join();
    }));

  it("has the exit codes of Python's", () =>
    within(async () => {
      const failing = new Process(jobs.fail, "printed by the child: this is no failure of the test");
      const exiting = new Process(jobs.exit, 7);
      const killed = new Process(jobs.forEver);
      for (const each of [failing, exiting, killed]) each.start();
      killed.kill();
      for (const each of [failing, exiting, killed]) await each.join();
      expect([failing.exitcode, exiting.exitcode, killed.exitcode]).toEqual([1, 7, -9]);
    }));

  it("cleans up when it is terminated", () =>
    within(async () => {
      const queue = new Queue<string>();
      const process = new Process(jobs.clean, queue);
      process.start();
      expect(await queue.get()).toBe("ready");
      process.terminate();
      expect(await queue.get()).toBe("cleaned up");
      await process.join();
      expect(process.exitcode).toBe(-15);
    }));

  it("is waited for so long and no longer", () =>
    within(async () => {
      const process = new Process(jobs.forEver);
      process.start();
      await process.join("50ms");
      expect(process.exitcode).toBe(null);
      process.kill();
      await process.join();
    }));

  it("refuses what is no task, and arguments that cannot be passed", () =>
    within(async () => {
      expect(() => new Process((() => 1) as never)).toThrow("is no task for a worker");
      const process = new Process(jobs.fail, { handler: { fn: () => 1 } } as never);
      expect(() => process.start()).toThrow(
        "args[0].handler.fn is a function (fn), which cannot be passed to another process",
      );
      expect(process.isAlive()).toBe(false);
    }));

  it("starts processes of its own, which reach the first one", () =>
    within(async () => {
      const queue = new Queue<number>();
      const process = new Process(jobs.nested, queue);
      process.start();
      const items = [await queue.get(), await queue.get(), await queue.get(), await queue.get()];
      expect(items).toEqual([0, 1, 2, 100]);
      await process.join();
      expect(process.exitcode).toBe(0);
    }));

  it("as a daemon keeps nobody alive but those who wait", () =>
    within(async () => {
      const queue = new Queue<number>();
      const process = new Process(jobs.produce, queue, 2);
      process.daemon = true;
      process.start();
      expect(await queue.get()).toBe(0);
      await process.join();
      expect(process.exitcode).toBe(0);
    }));

  it("as a daemon dies with a parent that is killed", () =>
    within(async () => {
      const queue = new Queue<number>();
      const parent = new Process(jobs.startDaemon, queue);
      parent.start();
      const pid = await queue.get();
      parent.kill();
      await parent.join();
      while (isThere(pid)) await sleep(0.01);
    }));

  it("may use its channel for messages of its own", () =>
    within(async () => {
      const process = new Process(jobs.babble);
      process.start();
      await process.join();
      expect(process.exitcode).toBe(0);
    }));
});

/** A process that has ended may wait for somebody to ask how (a zombie), in a container for ever. */
function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !existsSync("/proc/self/stat") || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return false;
  }
}
