import { describe, expect, it } from "vitest";
import "../tasks/event-loop.ts";
import { workerModule } from "../executors/worker-task.ts";
import { QueueEmpty, QueueFull } from "../loop/errors.ts";
import { failAfter } from "../structured/cancel-scope.ts";
import { gather } from "../structured/gather.ts";
import { run } from "../structured/runner.ts";
import { sleep } from "../structured/sleep.ts";
import type { Body } from "../tasks/body.ts";
import { createTask } from "../tasks/create-task.ts";
import { hub } from "./hub.ts";
import { Process } from "./process.ts";
import { JoinableQueue, Queue, SimpleQueue } from "./queue.ts";

const jobs = workerModule<typeof import("../../../../tests/support/processes/jobs.ts")>(
  new URL("../../../../tests/support/processes/jobs.ts", import.meta.url),
);
const within = <T>(body: () => Body<T>): Promise<T> => run(failAfter(50, body));

function start<A extends unknown[]>(...args: ConstructorParameters<typeof Process<A>>): Process<A> {
  const process = new Process<A>(...args);
  process.start();
  return process;
}

describe("Queue", { timeout: 60_000 }, () => {
  it("is a queue in its own process, too, which clones its items", () =>
    within(async () => {
      const queue = new Queue<{ n: number }>(2);
      const item = { n: 1 };
      await queue.put(item);
      item.n = 2;
      await queue.put(item);
      expect([await queue.qsize(), await queue.full(), await queue.empty()]).toEqual([2, true, false]);
      await expect(queue.putNowait(item)).rejects.toThrow(QueueFull);
      await expect(queue.put(item, { timeout: "10ms" })).rejects.toThrow(QueueFull);
      expect(await queue.get()).toEqual({ n: 1 });
      expect(await queue.getNowait()).toEqual({ n: 2 });
      await expect(queue.getNowait()).rejects.toThrow(QueueEmpty);
      await expect(queue.get({ timeout: "10ms" })).rejects.toThrow(QueueEmpty);
      expect(() => new Queue(Number.NaN)).toThrow(RangeError);
    }));

  it("passes items in order, through two processes", () =>
    within(async () => {
      const [from, to] = [new Queue<number>(), new Queue<number>(10)];
      const process = start(jobs.double, from, to);
      const count = 2000;
      await gather(
        async () => {
          for (let i = 0; i < count; i++) await from.put(i);
          await from.put(-1);
        },
        async () => {
          for (let i = 0; i < count; i++) expect(await to.get()).toBe(2 * i);
        },
      );
      await process.join();
      expect(process.exitcode).toBe(0);
    }));

  it("holds a producer back when it is full", () =>
    within(async () => {
      const queue = new Queue<number>(3);
      const process = start(jobs.produce, queue, 50);
      while (!(await queue.full())) await sleep(0.001);
      for (let i = 0; i < 20; i++) {
        await sleep(0.001);
        expect(await queue.qsize()).toBeLessThanOrEqual(3);
      }
      for (let i = 0; i < 50; i++) expect(await queue.get()).toBe(i);
      await process.join();
    }));

  it("takes 100,000 items", () =>
    within(async () => {
      const queue = new SimpleQueue<number>();
      const process = start(jobs.produce, queue, 100_000);
      let sum = 0;
      for (let i = 0; i < 100_000; i++) sum += await queue.get();
      expect(sum).toBe((100_000 * 99_999) / 2);
      await process.join();
    }));

  it("wakes 100,000 that wait, and forgets those who have given up", () =>
    within(async () => {
      const queue = new Queue<number>();
      const getters = Array.from({ length: 20_000 }, () => createTask(queue.get()));
      await sleep(0);
      for (let i = 0; i < 10_000; i++) getters[2 * i]!.cancel();
      await sleep(0);
      for (let i = 0; i < 10_000; i++) await queue.put(i);
      for (let i = 0; i < 10_000; i++) expect(await getters[2 * i + 1]).toBe(i);
      expect(await queue.empty()).toBe(true);
    }));

  it("names the path to what cannot be passed, and stays usable", () =>
    within(async () => {
      const queue = new Queue<unknown>();
      await expect(queue.put({ a: [Promise.resolve()] })).rejects.toThrow(
        "args[0].a[0] is a Promise: await it first, which cannot be passed to another process",
      );
      const process = start(jobs.putUncloneable, queue);
      expect(await queue.get()).toBe(
        "args[0].users[0].onClick is a function (onClick), which cannot be passed to another process",
      );
      await process.join();
    }));

  it("loses no item when a get is cancelled, at home or elsewhere", () =>
    within(async () => {
      const queue = new Queue<number>();
      const process = start(jobs.produce, queue, 300);
      const got: number[] = [];
      while (got.length < 300) {
        const task = createTask(queue.get());
        await sleep(0);
        task.cancel();
        try {
          got.push(await task);
        } catch {
          // Cancelled: it has taken nothing.
        }
        await sleep(0.0005);
      }
      expect(got).toEqual(Array.from({ length: 300 }, (_, i) => i));
      await process.join();
    }));

  it("keeps an item whose taker is cancelled between its arrival and his next step", () =>
    within(async () => {
      const queue = new Queue<number>();
      const task = createTask(queue.get());
      await sleep(0);
      hub.call(queue._ref, "put", { value: [7], shared: false }, () => {});
      task.cancel();
      await expect(task).rejects.toMatchObject({ name: "CancelledError" });
      expect(await queue.getNowait()).toBe(7);
    }));

  it("tells those who wait that the last other process has died", () =>
    within(async () => {
      const queue = new Queue<number>();
      const to = new Queue<number>();
      const process = start(jobs.double, queue, to);
      const waiting = createTask(to.get());
      await queue.put(1);
      expect(await waiting).toBe(2);
      const next = createTask(to.get());
      await sleep(0);
      process.kill();
      await expect(next).rejects.toThrow(
        `process '${process.name}' (pid ${process.pid}) was ended by SIGKILL while the queue was waited for`,
      );
      await process.join();
      await to.put(5);
      expect(await to.get()).toBe(5);
    }));

  it("keeps what a dead process has not taken", () =>
    within(async () => {
      const [from, to] = [new Queue<number>(), new Queue<number>(1)];
      const first = start(jobs.double, from, to);
      for (let i = 0; i < 10; i++) await from.put(i);
      expect(await to.get()).toBe(0);
      // It waits for room with the third item; the rest has stayed.
      while ((await from.qsize()) > 7) await sleep(0.001);
      first.kill();
      await first.join();
      const second = start(jobs.double, from, to);
      const left: number[] = [];
      while (left.at(-1) !== 18) left.push(await to.get());
      expect(left.slice(-7)).toEqual([6, 8, 10, 12, 14, 16, 18]);
      second.kill();
      await second.join();
    }));
});

describe("JoinableQueue", { timeout: 60_000 }, () => {
  it("knows when all is done", () =>
    within(async () => {
      const [queue, seen] = [new JoinableQueue<number>(), new Queue<number>()];
      const workers = [start(jobs.workOn, queue, seen), start(jobs.workOn, queue, seen)];
      for (let i = 0; i < 100; i++) await queue.put(i);
      await queue.join();
      const items = new Set<number>();
      while (items.size < 100) items.add(await seen.get());
      await expect(queue.taskDone()).rejects.toThrow("taskDone() called too many times");
      for (const each of workers) each.kill();
      for (const each of workers) await each.join();
      await queue.join();
    }));

  it("tells who waits that a process has died over an item", () =>
    within(async () => {
      const [queue, seen] = [new JoinableQueue<number>(), new Queue<number>()];
      const worker = start(jobs.workOn, queue, seen);
      await queue.put(-1);
      expect(await seen.get()).toBe(-1);
      const joining = createTask(queue.join());
      await sleep(0);
      worker.kill();
      await expect(joining).rejects.toThrow("SIGKILL, and has not called taskDone() for an item of the queue");
      await expect(queue.join()).rejects.toThrow("has not called taskDone()");
    }));
});
