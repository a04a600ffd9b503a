import { afterEach, describe, expect, it, vi } from "vitest";
import { inline } from "../executors/inline.ts";
import { ThreadPoolExecutor } from "../executors/thread-pool-executor.ts";
import { workerModule } from "../executors/worker-task.ts";
import { run } from "../structured/runner.ts";
import "../tasks/event-loop.ts";
import { AbandonedLockError, Event, Lock, Queue, Thread, Value } from "./index.ts";

interface Jobs {
  count(lock: Lock, total: Value<"int32">, times: number): void;
  double(queues: { input: Queue<number | null>; output: Queue<number> }): void;
  giveBack<T>(value: T): { list: T[] };
  keep(lock: Lock, event: Event): void;
  keepForEver(lock: Lock, event: Event): void;
  fail(message: string): never;
  exit(code: number): never;
}
const folder = new URL("../../../../tests/support/jobs/", import.meta.url);
const jobs = workerModule<Jobs>(new URL("shared.mjs", folder));

const threads: Thread<never>[] = [];
function make<A extends readonly unknown[]>(thread: Thread<A>): Thread<A> {
  threads.push(thread as unknown as Thread<never>);
  return thread;
}
afterEach(() => {
  for (const thread of threads.splice(0)) thread.terminate();
});

describe("a thread", () => {
  it("is waited for by blocking, where no loop runs", () => {
    const total = new Value("int32", 0);
    const lock = new Lock();
    const three = [1, 2, 3].map(() => make(new Thread(jobs.count, lock, total, 500)));
    expect(String(three[0])).toMatch(/^<Thread\(Thread-\d+, initial\)>$/);
    for (const thread of three) thread.start();
    expect(three.every((thread) => thread.isAlive())).toBe(true);
    for (const thread of three) thread.join();
    expect(total.value).toBe(1500);
    expect(three.map((thread) => [thread.isAlive(), thread.exitcode])).toEqual(Array(3).fill([false, 0]));
    expect(lock.locked()).toBe(false);
  });

  it("works on queues with tasks of a loop", () =>
    run(async () => {
      const queues = { input: new Queue<number | null>(), output: new Queue<number>() };
      const thread = make(new Thread(jobs.double, queues));
      thread.start();
      expect(() => thread.join()).toThrow(/loop/);
      for (const item of [1, 2, 3, null]) await queues.input.putAsync(item);
      expect([await queues.output.getAsync(), await queues.output.getAsync(), await queues.output.getAsync()]).toEqual([
        2, 4, 6,
      ]);
      await thread.joinAsync();
      expect(thread.exitcode).toBe(0);
    }));

  it("that fails prints its error", () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    try {
      const thread = make(new Thread(jobs.fail, "no way"));
      thread.name = "worker bee";
      thread.start();
      thread.join();
      expect(thread.exitcode).toBe(1);
      expect(error.mock.calls).toMatchObject([["Exception in thread worker bee:\n", { message: "no way" }]]);
    } finally {
      error.mockRestore();
    }
  });

  it("is joined for a time only", () => {
    const thread = make(new Thread(inline({}, () => new Promise(() => {}))));
    expect(() => thread.join()).toThrow("cannot join thread before it is started");
    thread.start();
    expect(() => thread.start()).toThrow("threads can only be started once");
    thread.join("20ms");
    expect([thread.isAlive(), thread.exitcode]).toEqual([true, null]);
  });

  it("that is terminated abandons its locks", () =>
    run(async () => {
      const lock = new Lock();
      const event = new Event();
      const thread = make(new Thread(jobs.keepForEver, lock, event));
      thread.start();
      await event.waitAsync();
      const waiting = lock.acquireAsync();
      thread.terminate();
      await thread.joinAsync();
      await expect(Promise.resolve(waiting)).rejects.toThrow(AbandonedLockError);
      expect(thread.isAlive()).toBe(false);
    }));
});

describe("a pool of threads", () => {
  it("passes shared objects in both directions, also inside of others", () =>
    run(async () => {
      const pool = new ThreadPoolExecutor({ maxWorkers: 1 });
      const lock = new Lock();
      const { list } = await pool.submit(jobs.giveBack, lock);
      expect(list[0]).toBe(lock);
      const total = new Value("int32", 0);
      await pool.submit(jobs.count, lock, total, 10);
      const counted = inline({}, (_, value: Value<"int32">) => value.value);
      expect(await pool.submit(counted as never, total)).toBe(10);
      await pool.shutdown();
    }));
});
