import { describe, expect, it, vi } from "vitest";
import { InvalidStateError } from "../loop/errors.ts";
import { run } from "../structured/runner.ts";
import { FIRST_COMPLETED, FIRST_EXCEPTION } from "../structured/wait.ts";
import { TestLoop } from "../testing/test-loop.ts";
import { asCompleted } from "./as-completed.ts";
import { Future } from "./future.ts";
import { waitAsync } from "./wait.ts";

const done = (value: number): Future<number> => {
  const future = new Future<number>();
  future.setResult(value);
  return future;
};

describe("a future of an executor", () => {
  it("is cancelled only while it is pending", () => {
    const future = new Future<number>();
    expect([future.done(), future.running(), future.cancelled()]).toEqual([false, false, false]);
    expect(future.cancel()).toBe(true);
    expect(future.cancel()).toBe(true);
    expect([future.done(), future.cancelled()]).toEqual([true, true]);
    expect(() => future.result()).toThrow(expect.objectContaining({ name: "CancelledError" }));
    expect(future.setRunningOrNotifyCancel()).toBe(false);
    expect(() => future.setRunningOrNotifyCancel()).toThrow("Future in unexpected state: <Future state=cancelled");

    const running = new Future<number>();
    expect(running.setRunningOrNotifyCancel()).toBe(true);
    expect([running.running(), running.cancel(), running.done()]).toEqual([true, false, false]);
    running.setResult(1);
    expect([running.running(), running.cancel(), running.result(), running.exception()]).toEqual([
      false,
      false,
      1,
      null,
    ]);
  });

  it("is settled once", () => {
    const future = done(1);
    expect(() => future.setResult(2)).toThrow(InvalidStateError);
    expect(() => future.setException(new Error())).toThrow("FINISHED: <Future state=finished returned number>");
    const error = new RangeError("no");
    const failed = new Future<number>();
    failed.setException(error);
    expect(() => failed.result()).toThrow(error);
    expect(failed.exception()).toBe(error);
  });

  it("calls callbacks in order, reports what they throw, and calls late ones at once", () => {
    const report = vi.spyOn(console, "error").mockImplementation(() => {});
    const future = new Future<number>();
    const calls: unknown[] = [];
    future.addDoneCallback((given) => calls.push(given === future));
    future.addDoneCallback(() => {
      throw new RangeError("a callback's");
    });
    future.addDoneCallback(() => calls.push("last"));
    future.setResult(1);
    future.addDoneCallback(() => calls.push("late"));
    expect(calls).toEqual([true, "last", "late"]);
    expect(String(report.mock.calls[0]?.[0])).toContain("exception calling callback for <Future state=finished");
    report.mockRestore();
  });

  it("can be awaited outside of any loop, as a promise can", async () => {
    expect(await done(3)).toBe(3);
    const future = new Future<number>();
    const seen = future.then((value) => value + 1);
    future.setResult(1);
    expect(await seen).toBe(2);
    const failed = new Future<number>();
    failed.setException("a text");
    expect(await failed.catch((error) => error)).toBe("a text");
  });

  it("is cancelled by the cancellation of a task that waits for it, in both kinds of coroutine", async () => {
    for (const kind of ["native", "generator"]) {
      const future = new Future<number>();
      await run(
        async () => {
          const { createTask } = await import("../tasks/create-task.ts");
          const { sleep } = await import("../structured/sleep.ts");
          const task = createTask(
            kind === "native"
              ? async () => {
                  await future;
                }
              : function* () {
                  yield* future;
                },
          );
          await sleep(0);
          await sleep(0);
          task.cancel();
          await expect(task.then()).rejects.toThrow(expect.objectContaining({ name: "CancelledError" }));
        },
        { loopFactory: () => new TestLoop() },
      );
      expect(future.cancelled()).toBe(true);
    }
  });
});

describe("waitAsync and asCompleted", () => {
  it("wait for all, for the first, or for the first error", async () => {
    await run(async () => {
      const pending = new Future<number>();
      const failed = new Future<number>();
      failed.setException(new RangeError("no"));
      const first = await waitAsync([pending, done(1), done(2)], { returnWhen: FIRST_COMPLETED });
      expect([first.done.size, first.notDone.size]).toEqual([2, 1]);
      const error = await waitAsync([pending, failed], { returnWhen: FIRST_EXCEPTION });
      expect([error.done.size, error.done.has(failed), error.notDone.has(pending)]).toEqual([1, true, true]);
      const late = waitAsync([pending, pending]);
      queueMicrotask(() => pending.setResult(5));
      expect((await late).done.size).toBe(1);
    });
  });

  it("time out, and a future that is cancelled counts when its executor knows", async () => {
    await run(
      async () => {
        const future = new Future<number>();
        const { notDone } = await waitAsync([future], { timeout: 1 });
        expect(notDone.has(future)).toBe(true);
        future.cancel();
        expect((await waitAsync([future], { timeout: 1 })).notDone.size).toBe(1);
        future.setRunningOrNotifyCancel();
        expect((await waitAsync([future])).done.size).toBe(1);
      },
      { loopFactory: () => new TestLoop() },
    );
  });

  it("gives futures as they end, each once, without blocking", async () => {
    const [a, b] = [new Future<number>(), new Future<number>()];
    const order: number[] = [];
    queueMicrotask(() => b.setResult(2));
    setTimeout(() => a.setResult(1), 0);
    for await (const { future } of asCompleted([a, b, b, done(0)])) order.push(future.result());
    expect(order).toEqual([0, 2, 1]);
    expect([...asCompleted([a, b])].map((future) => future.result())).toEqual([1, 2]);
  });

  it("tell in time what is missing", async () => {
    const futures = asCompleted([new Future<number>(), done(1)], { timeout: "1ms" });
    const iterator = futures[Symbol.asyncIterator]();
    expect((await iterator.next()).done).toBe(false);
    await expect(iterator.next()).rejects.toThrow("1 (of 2) futures unfinished");
  });
});
