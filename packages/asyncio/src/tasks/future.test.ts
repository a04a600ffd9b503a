import { describe, expect, it } from "vitest";
import {
  CancelledError,
  ContextVar,
  createTask,
  Future,
  getRunningLoop,
  InvalidStateError,
  isFuture,
  newEventLoop,
  StopIteration,
  sleep,
} from "../index.ts";
import { runTest, TestLoop } from "../testing/index.ts";

const future = <T = number>(): Future<T> => getRunningLoop().createFuture<T>();

describe("a future's state", () => {
  it("pending: no result, no error", () =>
    runTest(async () => {
      const pending = future();
      expect([pending.done(), pending.cancelled()]).toEqual([false, false]);
      expect(() => pending.result()).toThrow(new InvalidStateError("Result is not ready."));
      expect(() => pending.exception()).toThrow(new InvalidStateError("Exception is not set."));
    }));

  it("finished: its result, no error", () =>
    runTest(async () => {
      const finished = future();
      finished.setResult(1);
      expect([finished.done(), finished.cancelled(), finished.result(), finished.exception()]).toEqual([
        true,
        false,
        1,
        null,
      ]);
    }));

  it("failed: its error, thrown by result()", () =>
    runTest(async () => {
      const failed = future();
      const error = new RangeError("mine");
      failed.setException(error);
      expect(failed.exception()).toBe(error);
      expect(() => failed.result()).toThrow(error);
      expect(failed.cancelled()).toBe(false);
    }));

  it("cancelled: CancelledError from both, with the message", () =>
    runTest(async () => {
      const cancelled = future();
      const reason = { any: "type" };
      expect(cancelled.cancel(reason)).toBe(true);
      expect(cancelled.cancelled()).toBe(true);
      for (const ask of [() => cancelled.result(), () => cancelled.exception()]) {
        expect(ask).toThrow(CancelledError);
        try {
          ask();
        } catch (error) {
          expect((error as CancelledError).reason).toBe(reason);
        }
      }
    }));

  it("changes once: later changes are InvalidStateErrors that show the future, cancel() is false", () =>
    runTest(async () => {
      const finished = future();
      finished.setResult(1);
      expect(() => finished.setResult(2)).toThrow(InvalidStateError);
      expect(() => finished.setResult(2)).toThrow(/^FINISHED: <Future finished result=1/);
      expect(() => finished.setException(new Error())).toThrow(InvalidStateError);
      expect(finished.cancel()).toBe(false);
      expect(finished.result()).toBe(1);
      const cancelled = future();
      cancelled.cancel();
      expect(cancelled.cancel()).toBe(false);
      expect(() => cancelled.setResult(1)).toThrow(/^CANCELLED: /);
    }));

  it("setException() instantiates a class, refuses StopIteration, takes any other value", () =>
    runTest(async () => {
      const byClass = future();
      byClass.setException(RangeError);
      expect(byClass.exception()).toBeInstanceOf(RangeError);
      const refused = future();
      expect(() => refused.setException(new StopIteration(1))).toThrow(TypeError);
      expect(refused.done()).toBe(false);
      const text = future();
      text.setException("text");
      expect(text.exception()).toBe("text");
    }));

  it("knows its loop", () =>
    runTest(async () => {
      expect(future().getLoop()).toBe(getRunningLoop());
      expect(new Future().getLoop()).toBe(getRunningLoop());
    }));

  it("its form tells state, result, error and callbacks", () => {
    const loop = newEventLoop();
    const make = (): Future<unknown> => loop.createFuture<unknown>();
    const finished = make();
    finished.setResult("x");
    const failed = make();
    failed.setException(new RangeError("bad"));
    failed.exception();
    const cancelled = make();
    cancelled.cancel();
    const listened = make();
    listened.addDoneCallback(function one() {});
    listened.addDoneCallback(function two() {});
    expect([make(), finished, failed, cancelled, listened].map(String)).toEqual([
      "<Future pending>",
      "<Future finished result='x'>",
      "<Future finished exception=RangeError('bad')>",
      "<Future cancelled>",
      "<Future pending cb=[one(), two()]>",
    ]);
    loop.close();
  });

  it("isFuture() knows futures and tasks, nothing else", () =>
    runTest(async () => {
      const task = createTask(() => sleep(0));
      expect([future(), task].map(isFuture)).toEqual([true, true]);
      const coroutine = sleep(0);
      expect([Promise.resolve(), coroutine, null, {}, () => {}].map(isFuture)).toEqual(Array(5).fill(false));
      coroutine.close();
      await task;
    }));
});

describe("done callbacks", () => {
  it("never run synchronously; in the order of registration; with the future", () =>
    runTest(async () => {
      const seen: unknown[] = [];
      const one = future();
      one.addDoneCallback((done) => seen.push("first", done === one));
      one.addDoneCallback(() => seen.push("second"));
      one.setResult(1);
      one.addDoneCallback(() => seen.push("third"));
      expect(seen).toEqual([]);
      await sleep(0);
      expect(seen).toEqual(["first", true, "second", "third"]);
    }));

  it("removeDoneCallback() removes all registrations of one callback and counts them", () =>
    runTest(async () => {
      const seen: string[] = [];
      const a = (): void => void seen.push("a");
      const b = (): void => void seen.push("b");
      const one = future();
      for (const each of [a, b, a, b, a]) one.addDoneCallback(each);
      expect(one.removeDoneCallback(a)).toBe(3);
      expect(one.removeDoneCallback(a)).toBe(0);
      one.setResult(1);
      await sleep(0);
      expect(seen).toEqual(["b", "b"]);
    }));

  it("the list may change while callbacks run", () =>
    runTest(async () => {
      const seen: string[] = [];
      const one = future();
      const second = (): void => void seen.push("second");
      one.addDoneCallback(() => {
        seen.push("first");
        one.removeDoneCallback(second);
        one.addDoneCallback(() => seen.push("added"));
      });
      one.addDoneCallback(second);
      one.setResult(1);
      await sleep(0);
      await sleep(0);
      expect(seen).toEqual(["first", "second", "added"]);
    }));

  it("one that throws does not keep the others from running", async () => {
    const loop = new TestLoop();
    const reports: unknown[] = [];
    loop.setExceptionHandler((_, context) => reports.push(context.exception));
    const seen: string[] = [];
    const error = new Error("callback");
    const one = loop.createFuture<number>();
    one.addDoneCallback(() => {
      throw error;
    });
    one.addDoneCallback(() => seen.push("second"));
    one.setResult(1);
    await loop.runUntilComplete(one);
    expect(seen).toEqual(["second"]);
    expect(reports).toEqual([error]);
    loop.close();
  });

  it("run in the context of their registration, or in the one that is given", () =>
    runTest(async () => {
      const variable = new ContextVar("v", { default: "none" });
      const seen: string[] = [];
      const one = future();
      variable.set("registration");
      one.addDoneCallback(() => seen.push(variable.get()));
      const task = createTask(async () => {
        variable.set("given");
        await sleep(0);
      });
      one.addDoneCallback(() => seen.push(variable.get()), { context: task.getContext() });
      variable.set("later");
      await task;
      one.setResult(1);
      await sleep(0);
      expect(seen).toEqual(["registration", "given"]);
    }));
});

describe("awaiting a future", () => {
  it("both kinds get the result and the error", () =>
    runTest(async () => {
      const finished = future();
      const failed = future();
      const error = new RangeError();
      getRunningLoop().callSoon(() => {
        finished.setResult(1);
        failed.setException(error);
      });
      const generator = createTask(function* () {
        const got: unknown[] = [yield* finished];
        try {
          yield* failed;
        } catch (caught) {
          got.push(caught);
        }
        return got;
      });
      const native = createTask(async () => {
        const got: unknown[] = [await finished];
        try {
          await failed;
        } catch (caught) {
          got.push(caught);
        }
        return got;
      });
      expect(await generator).toEqual([1, error]);
      expect(await native).toEqual([1, error]);
    }));

  it("several may wait; they go on in the order in which they began to wait", () =>
    runTest(async () => {
      const one = future();
      const seen: string[] = [];
      const tasks = ["a", "b", "c", "d"].map((name, index) =>
        createTask(
          index % 2 === 0
            ? async () => void seen.push(`${name}${await one}`)
            : function* () {
                seen.push(`${name}${yield* one}`);
              },
        ),
      );
      await sleep(0);
      one.setResult(1);
      for (const task of tasks) await task;
      expect(seen).toEqual(["a1", "b1", "c1", "d1"]);
    }));

  it("then, catch and finally work as a promise's", () =>
    runTest(async () => {
      const finished = future();
      finished.setResult(20);
      const failed = future();
      failed.setException(new RangeError("mine"));
      const calls: string[] = [];
      expect(await finished.then((value) => value + 1)).toBe(21);
      expect(await finished.then().finally(() => calls.push("finally"))).toBe(20);
      expect(await finished.finally(() => calls.push("own finally"))).toBe(20);
      expect(await failed.catch((error) => (error as Error).message)).toBe("mine");
      expect(await failed.then(null, () => "handled")).toBe("handled");
      expect(calls).toEqual(["finally", "own finally"]);
      expect(finished.then()).toBeInstanceOf(Promise);
    }));

  it("outside of any task a future can be awaited as well", async () => {
    const loop = new TestLoop();
    const one = loop.createFuture<number>();
    loop.callLater(1, () => {
      one.setResult(5);
      loop.callSoon(() => loop.callSoon(loop.stop));
    });
    const running = loop.runForever();
    expect(await one).toBe(5);
    await running;
    loop.close();
  });

  it("a future that is resolved with a thenable gives it by yield*, unwrapped by await", () =>
    runTest(async () => {
      const inner = Promise.resolve(3);
      const one = future<Promise<number>>();
      one.setResult(inner);
      expect(
        await createTask(function* () {
          return (yield* one) === inner;
        }),
      ).toBe(true);
      expect(await one).toBe(3);
    }));

  it("cancelling a future cancels the tasks that wait for it, with its message", () =>
    runTest(async () => {
      const one = future();
      const tasks = [
        createTask(async () => await one),
        createTask(function* () {
          return yield* one;
        }),
      ];
      await sleep(0);
      one.cancel("shared");
      for (const task of tasks) {
        await expect(task).rejects.toMatchObject({ name: "CancelledError", reason: "shared" });
        expect(task.cancelled()).toBe(true);
      }
    }));
});
