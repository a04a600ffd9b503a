import { describe, expect, it } from "vitest";
import {
  ALL_COMPLETED,
  asCompleted,
  createTask,
  FIRST_COMPLETED,
  FIRST_EXCEPTION,
  type Future,
  getRunningLoop,
  sleep,
  TimeoutError,
  wait,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

const after = (delay: number, value: unknown = delay) => createTask(() => sleep(delay, value));
const failAfter = (delay: number) =>
  createTask(async () => {
    await sleep(delay);
    throw new RangeError("bad");
  });

describe("wait()", () => {
  it("bad input is an error with asyncio's message", () =>
    runTest(async () => {
      const task = after(1);
      const made = sleep(1);
      await expect(wait([])).rejects.toThrow(new RangeError("Set of Tasks/Futures is empty."));
      await expect(wait(task as never)).rejects.toThrow(new TypeError("expect a list of futures, not Task"));
      await expect(wait(made as never)).rejects.toThrow(/^expect a list of futures, not /);
      await expect(wait([task], { returnWhen: -1 as never })).rejects.toThrow(
        new RangeError("Invalid returnWhen value: -1"),
      );
      made.close();
      await task;
    }));

  it("takes any iterable; duplicates collapse", () =>
    runTest(async () => {
      const task = after(1);
      const [done, pending] = await wait(
        (function* () {
          yield task;
          yield task;
        })(),
      );
      expect([...done]).toHaveLength(1);
      expect(done.has(task)).toBe(true);
      expect(pending.size).toBe(0);
    }));

  it("ALL_COMPLETED waits for all, also for failed and cancelled ones, and throws nothing", () =>
    runTest(async () => {
      const tasks: Future<unknown>[] = [after(3), failAfter(1), after(9)];
      getRunningLoop().callLater(2, () => tasks[2]!.cancel());
      const [done, pending] = await wait(tasks, { returnWhen: ALL_COMPLETED });
      expect([done.size, pending.size, getRunningLoop().time()]).toEqual([3, 0, 3]);
      expect(tasks[1]!.exception()).toBeInstanceOf(RangeError);
    }));

  it("FIRST_COMPLETED reports everything that is done at the wake-up", () =>
    runTest(async () => {
      const tasks = [after(1, "a"), after(1, "b"), after(5, "c")];
      const [done, pending] = await wait(tasks, { returnWhen: FIRST_COMPLETED });
      expect([...done].map((task) => task.result())).toEqual(["a", "b"]);
      expect(pending.has(tasks[2]!)).toBe(true);
      await tasks[2];
    }));

  it("FIRST_EXCEPTION ignores cancelled ones", () =>
    runTest(async () => {
      const cancelled = after(9);
      const failing = failAfter(3);
      const rest = after(5);
      getRunningLoop().callLater(1, () => cancelled.cancel());
      const [done, pending] = await wait([cancelled, failing, rest], { returnWhen: FIRST_EXCEPTION });
      expect(getRunningLoop().time()).toBe(3);
      expect([done.size, pending.size]).toEqual([2, 1]);
      failing.exception();
      await rest;
    }));

  it("a timeout gives both sets, cancels nothing and throws nothing", () =>
    runTest(async () => {
      const tasks = [after(1), after(5)];
      const [done, pending] = await wait(tasks, { timeout: "2s" });
      expect([done.size, pending.size]).toEqual([1, 1]);
      expect(tasks[1]!.cancelling()).toBe(0);
      expect(await tasks[1]).toBe(5);
    }));

  it("timeout 0 looks once", () =>
    runTest(async () => {
      const tasks = [after(1)];
      const [done, pending] = await wait(tasks, { timeout: 0 });
      expect([done.size, pending.size, getRunningLoop().time()]).toEqual([0, 1, 0]);
      await tasks[0];
    }));

  it("cancelling it leaves the children running and takes its callbacks and timer away", () =>
    runTest(async () => {
      const child = after(5, "child");
      const waiting = createTask(() => wait([child], { timeout: 100 }));
      await sleep(1);
      waiting.cancel();
      await waiting.catch(() => {});
      expect(child.done()).toBe(false);
      expect(String(child)).not.toContain("onDone");
      expect(await child).toBe("child");
      expect(getRunningLoop().time()).toBe(5);
    }));
});

describe("asCompleted()", () => {
  it("for await gives the futures themselves, in the order in which they finish", () =>
    runTest(async () => {
      const tasks = [after(3), after(1), after(2)];
      const seen: unknown[] = [];
      for await (const future of asCompleted(tasks)) {
        seen.push(tasks.indexOf(future as never), (future as Future<unknown>).done());
      }
      expect(seen).toEqual([1, true, 2, true, 0, true]);
    }));

  it("for gives coroutines; each is the next to finish, in whatever order they are awaited", () =>
    runTest(async () => {
      const made = [...asCompleted([after(3, "c"), after(1, "a"), after(2, "b")])];
      expect(made).toHaveLength(3);
      const third = createTask(made[2]!);
      await sleep(0);
      expect(await made[0]!).toBe("b");
      expect(await third).toBe("a");
      expect(await made[1]!).toBe("c");
    }));

  it("an error comes out where the failed one is next", () =>
    runTest(async () => {
      const [first, second] = [...asCompleted([failAfter(1), after(2, "ok")])];
      await expect(first!).rejects.toThrow("bad");
      expect(await second!).toBe("ok");
    }));

  it("a timeout throws TimeoutError from the iteration and cancels nothing", () =>
    runTest(async () => {
      const slow = after(10, "slow");
      const seen: unknown[] = [];
      await expect(
        (async () => {
          for await (const future of asCompleted([after(1, "quick"), slow], { timeout: 5 }))
            seen.push((future as Future<unknown>).result());
        })(),
      ).rejects.toBeInstanceOf(TimeoutError);
      expect(seen).toEqual(["quick"]);
      expect(getRunningLoop().time()).toBe(5);
      expect(await slow).toBe("slow");
    }));

  it("goes on after break", () =>
    runTest(async () => {
      const completions = asCompleted([after(1, "a"), after(2, "b"), after(3, "c")]);
      const seen: unknown[] = [];
      for await (const future of completions) {
        seen.push((future as Future<unknown>).result());
        break;
      }
      for await (const future of completions) seen.push((future as Future<unknown>).result());
      expect(seen).toEqual(["a", "b", "c"]);
    }));

  it("a waiter that is cancelled when it is just woken loses no result", () =>
    runTest(async () => {
      const future = getRunningLoop().createFuture<string>();
      const [first, second] = [...asCompleted([future, after(5, "later")])];
      const waiting = createTask(first!);
      const other = createTask(second!);
      await sleep(0);
      future.setResult("kept");
      await sleep(0);
      waiting.cancel();
      await waiting.catch(() => {});
      const rest = waiting.cancelled() ? "kept" : "later";
      expect(await other).toBe(rest);
    }));

  it("one awaitable alone is a TypeError; none at all gives nothing", () =>
    runTest(async () => {
      const task = after(1);
      expect(() => asCompleted(task as never)).toThrow("expect an iterable of awaitables, not Task");
      expect([...asCompleted([])]).toEqual([]);
      for await (const each of asCompleted([])) expect.unreachable(String(each));
      await task;
    }));
});
