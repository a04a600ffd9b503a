import { describe, expect, it } from "vitest";
import {
  asCompleted,
  type Body,
  CancelledError,
  createTask,
  type EachVerdict,
  each,
  type Future,
  getRunningLoop,
  isCancelled,
  run,
  sleep,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

/** Every body twice: as a generator coroutine and as a native one. */
function bodies<T>(act: (item: T) => EachVerdict): [string, (item: T) => Body<EachVerdict>][] {
  return [
    [
      "generator",
      function* (item) {
        yield* sleep(0);
        return act(item);
      },
    ],
    [
      "native",
      async (item) => {
        await sleep(0);
        return act(item);
      },
    ],
  ];
}

describe("each()", () => {
  it("iterates over what is not asynchronous, and awaits what is awaitable among it", () =>
    runTest(async () => {
      for (const index of [0, 1]) {
        const seen: unknown[] = [];
        const body = bodies<unknown>((item) => void seen.push(item))[index]![1];
        await each([1, sleep(1, "a"), Promise.resolve("b"), createTask(() => sleep(1, "c"))], body);
        await each(new Set("xy"), body);
        await each("zz", body);
        await each(new Map([["k", 1]]), body);
        expect(seen).toEqual([1, "a", "b", "c", "x", "y", "z", "z", ["k", 1]]);
      }
    }));

  it("closes a plain generator on each.stop, error and cancellation", () =>
    runTest(async () => {
      const log: string[] = [];
      function* numbers() {
        try {
          for (let i = 0; ; i++) yield i;
        } finally {
          log.push("closed");
        }
      }
      await each(numbers(), function* (item) {
        return item === 2 ? each.stop : undefined;
      });
      const failing = each(numbers(), async (item) => {
        if (item === 1) throw new RangeError("body");
      });
      await expect(failing).rejects.toThrow("body");
      const task = createTask(each(numbers(), () => sleep(1)));
      await sleep(2.5);
      task.cancel();
      await expect(task).rejects.toBeInstanceOf(CancelledError);
      expect(log).toEqual(["closed", "closed", "closed"]);
    }));

  it("gives the futures of asCompleted(), as `for await` does", () =>
    runTest(async () => {
      const tasks = [createTask(() => sleep(2, "slow")), createTask(() => sleep(1, "fast"))];
      const results: string[] = [];
      await each(asCompleted(tasks), function* (task) {
        results.push((task as unknown as Future<string>).result());
      });
      expect(results).toEqual(["fast", "slow"]);
    }));

  it("awaits return(), of whatever kind, on stop, error and cancellation in the body and in next()", () =>
    runTest(async () => {
      const kinds: Record<string, (log: unknown[]) => unknown> = {
        generator: (log) => ({
          *next() {
            yield* sleep(1);
            return { done: false, value: 1 };
          },
          *return() {
            yield* sleep(1);
            log.push(getRunningLoop().time());
            return {};
          },
        }),
        native: (log) => ({
          async next() {
            await sleep(1);
            return { done: false, value: 1 };
          },
          async return() {
            await sleep(1);
            log.push(getRunningLoop().time());
            return {};
          },
        }),
      };
      for (const kind of ["generator", "native"]) {
        const log: number[] = [];
        const iterable = { [Symbol.asyncIterator]: () => kinds[kind]!(log) } as AsyncIterable<number>;
        const start = getRunningLoop().time();
        await each(iterable, async () => each.stop);
        const error = new RangeError("body");
        await expect(
          each(iterable, function* () {
            throw error;
          }),
        ).rejects.toBe(error);
        for (const delay of [0, 100]) {
          const task = createTask(each(iterable, () => sleep(delay)));
          await sleep(1.5);
          task.cancel();
          await expect(task).rejects.toBeInstanceOf(CancelledError);
        }
        expect(log.map((time) => time - start)).toEqual([2, 4, 6.5, 9]);
      }
    }));

  it("an error of return() comes out, and keeps the one that was on its way", () =>
    runTest(async () => {
      const closing = new TypeError("closing");
      const iterable = {
        [Symbol.asyncIterator]: () => ({
          next: async () => ({ done: false, value: 1 }) as const,
          return: () => Promise.reject(closing),
        }),
      };
      const body = new RangeError("body");
      await expect(
        each(iterable, async () => {
          throw body;
        }),
      ).rejects.toBe(closing);
      expect(closing.cause).toBe(body);
      await expect(each(iterable, async () => each.stop)).rejects.toBe(closing);
    }));

  it("does not call return() after the end, nor after an error of next()", () =>
    runTest(async () => {
      const log: string[] = [];
      const iterable = (last: () => IteratorResult<number, undefined>) => {
        let left = 3;
        return {
          [Symbol.asyncIterator]: () => ({
            next: async (): Promise<IteratorResult<number, undefined>> =>
              left-- > 0 ? { done: false, value: left } : last(),
            return: async (): Promise<never> => log.push("closed") as never,
          }),
        };
      };
      const seen: number[] = [];
      await each(
        iterable(() => ({ done: true, value: undefined })),
        async (item) => void seen.push(item),
      );
      const fails = iterable(() => {
        throw new RangeError("next");
      });
      await expect(each(fails, async (item) => void seen.push(item))).rejects.toThrow("next");
      const wrong = iterable(() => 5 as never);
      await expect(each(wrong, async () => {})).rejects.toThrow("Iterator result 5 is not an object");
      expect([seen, log]).toEqual([[2, 1, 0, 2, 1, 0], []]);
    }));

  it("a cancellation while an asynchronous generator waits for a promise of the outside comes after it", () =>
    runTest(async () => {
      const log: unknown[] = [];
      let release = (): void => {};
      async function* foreign() {
        try {
          await new Promise<void>((resolve) => {
            release = resolve;
          });
          yield "item";
        } finally {
          log.push("closed");
        }
      }
      const task = createTask(
        each(foreign(), function* (item) {
          log.push(item);
          yield* sleep(0);
          log.push("never");
        }),
      );
      await sleep(0);
      await sleep(0);
      task.cancel();
      await sleep(0);
      expect(task.done()).toBe(false);
      release();
      await expect(task).rejects.toBeInstanceOf(CancelledError);
      expect(log).toEqual(["item", "closed"]);
    }));

  it("stops only by its own sign", () =>
    runTest(async () => {
      const seen: number[] = [];
      await each([1, 2], async (item) => {
        seen.push(item);
        return { eachStop: true } as never;
      });
      expect(seen).toEqual([1, 2]);
    }));

  it("says what it cannot take", () =>
    runTest(async () => {
      const body = async (): Promise<void> => {};
      const sleeping = sleep(0);
      for (const wrong of [5, null, undefined, {}, sleeping]) {
        expect(() => each(wrong as never, body)).toThrow(
          "each(iterable, body) takes an iterable or asynchronous iterable",
        );
      }
      sleeping.close();
      expect(() => each([], undefined as never)).toThrow(TypeError);
      await expect(each([1], (() => 5) as never)).rejects.toThrow("a coroutine was expected");
    }));

  it("a generator coroutine is nothing to iterate over, and says so", () =>
    runTest(async () => {
      function* waits() {
        yield* sleep(1);
      }
      await expect(each(waits(), async () => {})).rejects.toThrow("not iterated");
    }));

  it("100,000 items, linear and without recursion", () =>
    run(async () => {
      let sum = 0;
      async function* numbers() {
        for (let i = 0; i < 100_000; i++) yield i;
      }
      await each(numbers(), function* (i) {
        sum += i;
      });
      const items = Array.from({ length: 100_000 }, (_, i) => i);
      await each(items, async (i) => {
        sum -= i;
      });
      expect(sum).toBe(0);
    }));

  it("a cancelled wait is seen as such by the iterator", () =>
    runTest(async () => {
      const seen: unknown[] = [];
      const iterable = {
        [Symbol.asyncIterator]: () => ({
          async next(): Promise<IteratorResult<number>> {
            try {
              await sleep(10);
            } catch (error) {
              seen.push(isCancelled(error));
              throw error;
            }
            return { done: true, value: undefined };
          },
        }),
      };
      const task = createTask(each(iterable, async () => {}));
      await sleep(1);
      task.cancel();
      await expect(task).rejects.toBeInstanceOf(CancelledError);
      expect(seen).toEqual([true]);
    }));
});
