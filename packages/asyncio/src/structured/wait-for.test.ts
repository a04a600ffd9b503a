import { describe, expect, it } from "vitest";
import {
  CancelledError,
  createTask,
  type ExceptionContext,
  getRunningLoop,
  isCancelled,
  shield,
  sleep,
  TimeoutError,
  waitFor,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

describe("waitFor()", () => {
  it("gives the result in time, in the caller's task, for every kind", () =>
    runTest(async () => {
      const future = getRunningLoop().createFuture<string>();
      getRunningLoop().callLater(1, () => future.setResult("future"));
      expect(await waitFor(future, 5)).toBe("future");
      expect(await waitFor(sleep(1, "coroutine"), "5s")).toBe("coroutine");
      expect(await waitFor(async () => await sleep(1, "async"), 5)).toBe("async");
      expect(
        await waitFor(function* () {
          return yield* sleep(1, "generator");
        }, null),
      ).toBe("generator");
      expect(
        await waitFor(
          createTask(() => sleep(1, "task")),
          5,
        ),
      ).toBe("task");
    }));

  it("too late it cancels, waits for the cleanup, and throws TimeoutError with the cancellation as cause", () =>
    runTest(async () => {
      const seen: string[] = [];
      const error = await waitFor(async () => {
        try {
          await sleep(10);
        } finally {
          await sleep(2);
          seen.push("cleaned up");
        }
      }, 1).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(TimeoutError);
      expect(isCancelled((error as Error).cause)).toBe(true);
      expect(seen).toEqual(["cleaned up"]);
      expect(getRunningLoop().time()).toBe(3);
    }));

  it("a task that is too late is cancelled", () =>
    runTest(async () => {
      const task = createTask(() => sleep(10));
      await expect(waitFor(task, 1)).rejects.toBeInstanceOf(TimeoutError);
      expect(task.cancelled()).toBe(true);
    }));

  it.each([0, -1])("with %d: a done future's result, an unstarted coroutine never runs, a task is cancelled", (delay) =>
    runTest(async () => {
      const done = getRunningLoop().createFuture<number>();
      done.setResult(1);
      expect(await waitFor(done, delay)).toBe(1);
      let runs = 0;
      await expect(waitFor(async () => void runs++, delay)).rejects.toBeInstanceOf(TimeoutError);
      expect(runs).toBe(0);
      const ended: string[] = [];
      const task = createTask(async () => {
        try {
          await sleep(10);
        } finally {
          await sleep(1);
          ended.push("cleaned up");
        }
      });
      await sleep(0);
      await expect(waitFor(task, delay)).rejects.toBeInstanceOf(TimeoutError);
      expect(ended).toEqual(["cleaned up"]);
    }),
  );

  it("a body that swallows the cancellation and returns wins", () =>
    runTest(async () => {
      const value = await waitFor(async () => {
        await sleep(10).catch(() => {});
        return "value";
      }, 1);
      expect(value).toBe("value");
    }));

  it("an error of the cleanup comes out instead", () =>
    runTest(async () => {
      const body = async (): Promise<void> => {
        try {
          await sleep(10);
        } catch {
          throw new RangeError("cleanup");
        }
      };
      await expect(waitFor(body, 1)).rejects.toThrow("cleanup");
    }));

  it("cancelling the caller cancels what it waits for", () =>
    runTest(async () => {
      const inner = createTask(() => sleep(10));
      const waiting = createTask(() => waitFor(inner, 100));
      await sleep(1);
      waiting.cancel("caller");
      await expect(waiting).rejects.toMatchObject({ name: "CancelledError", reason: "caller" });
      expect(inner.cancelled()).toBe(true);
      expect(getRunningLoop().time()).toBe(1);
    }));

  it("a caller cancelled in the iteration in which the task finished is cancelled, the task keeps its result", () =>
    runTest(async () => {
      const inner = createTask(() => sleep(1, "result"));
      const waiting = createTask(() => waitFor(inner, 100));
      inner.addDoneCallback(() => waiting.cancel());
      await expect(waiting).rejects.toBeInstanceOf(CancelledError);
      expect(inner.result()).toBe("result");
    }));

  it("a shielded task survives", () =>
    runTest(async () => {
      const inner = createTask(() => sleep(10, "survived"));
      await expect(waitFor(shield(inner), 1)).rejects.toBeInstanceOf(TimeoutError);
      expect(await inner).toBe("survived");
    }));

  it("a promise is a TypeError, nonsense too, NaN a RangeError", () =>
    runTest(async () => {
      expect(() => waitFor(Promise.resolve() as never, 1)).toThrow(/it is running already and cannot be stopped/);
      expect(() => waitFor(5 as never, 1)).toThrow("a coroutine was expected, got 5");
      expect(() => waitFor(async () => {}, NaN)).toThrow(RangeError);
    }));
});

describe("shield()", () => {
  it("a cancellation of the waiting task leaves the inner one running", () =>
    runTest(async () => {
      const inner = createTask(() => sleep(5, "inner"));
      for (const body of [
        async () => await shield(inner),
        function* () {
          return yield* shield(inner);
        },
      ]) {
        const outer = createTask(body as () => Promise<string>);
        await sleep(1);
        outer.cancel();
        await expect(outer).rejects.toBeInstanceOf(CancelledError);
      }
      expect(await inner).toBe("inner");
    }));

  it("passes result, error and the inner one's cancellation on", () =>
    runTest(async () => {
      expect(await shield(sleep(1, "result"))).toBe("result");
      await expect(
        shield(async () => {
          await sleep(1);
          throw new RangeError("bad");
        }),
      ).rejects.toThrow("bad");
      const inner = createTask(() => sleep(10));
      const outer = shield(inner);
      await sleep(1);
      inner.cancel("inner");
      await expect(outer).rejects.toBeInstanceOf(CancelledError);
      expect(outer.cancelled()).toBe(true);
    }));

  it("a done future is given back as it is", () =>
    runTest(async () => {
      const done = getRunningLoop().createFuture<number>();
      done.setResult(1);
      expect(shield(done)).toBe(done);
    }));

  it("an error of the inner one that nobody waits for any more is reported once, however many shields", () =>
    runTest(async () => {
      const reports: ExceptionContext[] = [];
      getRunningLoop().setExceptionHandler((_, context) => reports.push(context));
      const inner = createTask(async () => {
        await sleep(5);
        throw new RangeError("late");
      });
      const shields = [shield(inner), shield(inner), shield(inner)];
      await sleep(1);
      for (const each of shields) each.cancel();
      await sleep(10);
      expect(reports.map(({ message }) => message)).toEqual(["RangeError exception in shielded future"]);
    }));
});
