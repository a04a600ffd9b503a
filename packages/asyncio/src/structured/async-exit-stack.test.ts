import { describe, expect, it } from "vitest";
import { AsyncExitStack, asyncWith, getRunningLoop, run, sleep } from "../index.ts";
import { runTest } from "../testing/index.ts";

describe("AsyncExitStack", () => {
  it("takes managers, disposables, exit functions and callbacks of every kind, and returns what it is given", () =>
    runTest(async () => {
      const log: unknown[] = [];
      const stack = new AsyncExitStack();
      const resource = { [Symbol.asyncDispose]: async () => void log.push("disposed") };
      expect(await stack.enterContext(resource)).toBe(resource);
      const exit = function* (error?: unknown) {
        yield* sleep(1);
        log.push(["exit", error]);
      };
      expect(stack.push(exit)).toBe(exit);
      const callback = (a: number, b: string): void => void log.push([a, b]);
      expect(stack.callback(callback, 1, "x")).toBe(callback);
      stack.pushAsyncCallback(async (a: number) => void log.push(await sleep(1, a)), 7);
      stack.pushAsyncCallback(() => sleep(1));
      stack.push({ [Symbol.dispose]: () => void log.push("pushed") });
      expect(await stack.aclose()).toBe(undefined);
      expect(log).toEqual(["pushed", 7, [1, "x"], ["exit", undefined], "disposed"]);
      expect(getRunningLoop().time()).toBe(3);
    }));

  it("is a disposable itself, and can hold another stack", () =>
    runTest(async () => {
      const log: string[] = [];
      const outer = new AsyncExitStack();
      const inner = await outer.enterContext(new AsyncExitStack());
      inner.callback(() => void log.push("inner"));
      outer.callback(() => void log.push("outer"));
      await outer[Symbol.asyncDispose]();
      expect(log).toEqual(["outer", "inner"]);
    }));

  it("what is added while it is left is left as well", () =>
    runTest(async () => {
      const log: string[] = [];
      const stack = new AsyncExitStack();
      stack.callback(() => {
        log.push("first");
        stack.callback(() => void log.push("late"));
      });
      await stack.aclose();
      expect(log).toEqual(["first", "late"]);
    }));

  it("an error that was swallowed is no cause of what comes later", () =>
    runTest(async () => {
      const body = new RangeError("body");
      const later = new TypeError("later");
      const stack = new AsyncExitStack();
      stack.callback(() => {
        throw later;
      });
      stack.push(async () => true);
      await expect(
        asyncWith(stack, async () => {
          throw body;
        }),
      ).rejects.toBe(later);
      expect(later.cause).toBe(undefined);
    }));

  it("errors are chained also when the body has ended well", () =>
    runTest(async () => {
      const [first, second] = [new RangeError("first"), new TypeError("second")];
      const stack = new AsyncExitStack();
      for (const error of [second, first]) {
        stack.pushAsyncCallback(async () => {
          throw error;
        });
      }
      await expect(stack.aclose()).rejects.toBe(second);
      expect(second.cause).toBe(first);
      await stack.aclose();
    }));

  it("says what it cannot take", () => {
    const stack = new AsyncExitStack();
    expect(() => stack.enterContext({} as never)).toThrow("'Object' object does not support");
    expect(() => stack.push(5 as never)).toThrow("'number' object does not support");
    expect(() => stack.callback(undefined as never)).toThrow("a callback was expected, got undefined");
    expect(() => stack.pushAsyncCallback(null as never)).toThrow(TypeError);
  });

  it("leaves 100,000 callbacks, 10,000 of which fail", () =>
    run(async () => {
      const stack = new AsyncExitStack();
      let called = 0;
      for (let i = 0; i < 100_000; i++) {
        stack.callback(() => {
          called++;
          if (i % 10 === 0) throw new Error(String(i));
        });
      }
      const error = (await stack.aclose().catch((caught: unknown) => caught)) as Error;
      let depth = 0;
      let last = error;
      for (; last.cause !== undefined; last = last.cause as Error) depth++;
      expect([called, depth, error.message, last.message]).toEqual([100_000, 9_999, "0", "99990"]);
    }));

  it("two errors that are thrown in turns close no circle", () =>
    runTest(async () => {
      const errors = [new RangeError("a"), new TypeError("b")];
      const stack = new AsyncExitStack();
      for (let i = 0; i < 5; i++) {
        stack.callback(() => {
          throw errors[i % 2];
        });
      }
      await expect(stack.aclose()).rejects.toBe(errors[0]);
      expect([errors[0]!.cause, errors[1]!.cause]).toEqual([undefined, errors[0]]);
    }));
});
