import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  allTasks,
  type Body,
  CancelledError,
  ContextVar,
  type CoroutineGenerator,
  cancelScope,
  coroutine,
  createTask,
  currentTask,
  ExceptionGroup,
  each,
  gather,
  getRunningLoop,
  isCancelled,
  type MapConcurrentOptions,
  mapConcurrent,
  moveOnAfter,
  Queue,
  run,
  sleep,
  TimeoutError,
  timeout,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

async function errorOf(awaitable: PromiseLike<unknown>): Promise<Error> {
  try {
    await awaitable;
  } catch (error) {
    return error as Error;
  }
  throw new Error("no error");
}

/** What the loop's exception handler is told. */
function reports(): unknown[] {
  const seen: unknown[] = [];
  getRunningLoop().setExceptionHandler((_loop, context) => seen.push(context.exception ?? context.message));
  return seen;
}

function* identity(i: number): CoroutineGenerator<number> {
  yield;
  return i;
}

type Delayed = (delay: number) => Body<number>;
const kinds: Record<string, Delayed> = {
  generator: function* (delay) {
    return yield* sleep(delay, delay);
  },
  native: async (delay) => await sleep(delay, delay),
  plain: (delay) => sleep(delay, delay),
};

async function* asyncItems<T>(items: Iterable<T>, closed: { value: string } = { value: "" }): AsyncGenerator<T> {
  closed.value = "open";
  try {
    for (const item of items) {
      await sleep(0.1);
      yield item;
    }
  } finally {
    await sleep(0.5);
    closed.value = "closed";
  }
}

async function taken<R>(results: AsyncIterable<R>, most = Infinity): Promise<R[]> {
  const found: R[] = [];
  for await (const result of results) if (found.push(result) >= most) break;
  return found;
}

for (const [kind, work] of Object.entries(kinds)) {
  describe(`mapConcurrent, ${kind}`, () => {
    const step = coroutine(work);

    it("gives the results in the order of the items, at most limit at the same time", () =>
      runTest(async () => {
        let running = 0;
        let most = 0;
        const results = await mapConcurrent(
          [3, 1, 2, 1, 1],
          async (delay, index) => {
            most = Math.max(most, ++running);
            const value = await step(delay);
            running--;
            return `${index}:${value}`;
          },
          { limit: 2 },
        );
        expect(results).toEqual(["0:3", "1:1", "2:2", "3:1", "4:1"]);
        expect([most, getRunningLoop().time()]).toEqual([2, 4]);
      }));

    it("unordered, gives them in the order in which they come", () =>
      runTest(async () => {
        expect(await mapConcurrent([3, 1, 2], work, { limit: 3, ordered: false })).toEqual([1, 2, 3]);
        expect(await taken(mapConcurrent([3, 1, 2], work, { limit: 3, ordered: false }))).toEqual([1, 2, 3]);
      }));

    it("gives them one by one, as soon as the next one is there", () =>
      runTest(async () => {
        const seen: [number, number][] = [];
        for await (const value of mapConcurrent([2, 1, 4], work, { limit: 3 })) {
          seen.push([value, getRunningLoop().time()]);
        }
        expect(seen).toEqual([
          [2, 2],
          [1, 2],
          [4, 4],
        ]);
      }));

    it("takes async iterables, whose own waits are part of it", () =>
      runTest(async () => {
        expect(await mapConcurrent(asyncItems([3, 1, 2]), work, { limit: 2 })).toEqual([3, 1, 2]);
        expect(await taken(mapConcurrent(asyncItems([3, 1, 2]), work, { limit: 2 }))).toEqual([3, 1, 2]);
        const late = mapConcurrent(asyncItems([1, 1]), () => work(0), { limit: 1 });
        expect(await errorOf(timeout(0.15, () => late))).toBeInstanceOf(TimeoutError);
      }));

    it("the first error cancels the rest, waits for it, closes the items and is thrown", () =>
      runTest(async () => {
        const log: string[] = [];
        const closed = { value: "" };
        const first = new RangeError("first");
        const error = await errorOf(
          mapConcurrent(
            asyncItems([5, 5, -1, 5], closed),
            async (delay) => {
              if (delay < 0) throw first;
              try {
                await step(delay);
              } catch (caught) {
                log.push(isCancelled(caught) ? "cancelled" : "failed");
                await sleep(2);
                log.push("cleaned up");
                throw caught;
              }
              return 0;
            },
            { limit: 10 },
          ),
        );
        expect(error).toBe(first);
        expect(log).toEqual(["cancelled", "cancelled", "cleaned up", "cleaned up"]);
        expect([closed.value, getRunningLoop().time()]).toEqual(["closed", 0.1 + 0.1 + 0.1 + 2]);
        expect(allTasks().size).toBe(1);
      }));

    it("cancelled, cancels and waits for what runs", () =>
      runTest(async () => {
        const closed = { value: "" };
        let ended = 0;
        const slow = async (): Promise<void> => {
          try {
            await step(100);
          } finally {
            await sleep(1);
            ended++;
          }
        };
        const collected = createTask(() => mapConcurrent(asyncItems([1, 2], closed), slow, { limit: 2 }));
        await sleep(3);
        collected.cancel("enough");
        expect(isCancelled(await errorOf(collected))).toBe(true);
        expect([ended, closed.value, getRunningLoop().time()]).toEqual([2, "closed", 4]);

        const iterated = createTask(async () => await taken(mapConcurrent([1, 2, 3], slow, { limit: 2 })));
        await sleep(1);
        iterated.cancel();
        expect(isCancelled(await errorOf(iterated))).toBe(true);
        expect([ended, allTasks().size, currentTask()!.cancelling()]).toEqual([4, 1, 0]);
      }));

    it("leaving the iteration cancels and waits for what runs", () =>
      runTest(async () => {
        const closed = { value: "" };
        const ended: number[] = [];
        const found = await taken(
          mapConcurrent(
            asyncItems([0, 9, 8, 7], closed),
            async (delay) => {
              try {
                return await step(delay);
              } finally {
                await sleep(1);
                ended.push(delay);
              }
            },
            { limit: 3 },
          ),
          1,
        );
        expect([found, ended.sort(), closed.value, allTasks().size]).toEqual([[0], [0, 8, 9], "closed", 1]);
      }));
  });
}

describe("mapConcurrent", () => {
  it("runs nothing before it is awaited, and only once", () =>
    runTest(async () => {
      let calls = 0;
      const count = async (): Promise<number> => ++calls;
      const mapped = mapConcurrent([1, 2], count, { limit: 1 });
      await sleep(1);
      expect(calls).toBe(0);
      expect(await mapped).toEqual([1, 2]);
      await expect(errorOf(mapped)).resolves.toMatchObject({ message: "cannot reuse already awaited coroutine" });
      expect(() => mapped[Symbol.asyncIterator]()).toThrow("cannot reuse already awaited coroutine");
      const iterated = mapConcurrent([1], count, { limit: 1 });
      await taken(iterated);
      await expect(errorOf(iterated)).resolves.toMatchObject({ message: "cannot reuse already awaited coroutine" });
      const given = mapConcurrent([1], count, { limit: 1 });
      const task = createTask(given);
      expect(() => given[Symbol.asyncIterator]()).toThrow("coroutine is being awaited already");
      expect([await task, calls]).toEqual([[4], 4]);
    }));

  it("works in generator tasks, in groups and under timeouts", () =>
    runTest(function* () {
      const [a, b] = yield* gather(
        mapConcurrent([1, 2], (delay) => sleep(delay, delay), { limit: 1 }),
        mapConcurrent(
          new Set(["a", "b"]),
          function* (letter) {
            yield;
            return letter.toUpperCase();
          },
          { limit: 5 },
        ),
      );
      expect([a, b]).toEqual([
        [1, 2],
        ["A", "B"],
      ]);
      let ended = 0;
      try {
        yield* timeout(1, () =>
          mapConcurrent(
            [1, 2, 3],
            function* () {
              try {
                yield* sleep(9);
              } finally {
                ended++;
              }
            },
            { limit: 2 },
          ),
        );
      } catch (error) {
        expect(error).toBeInstanceOf(TimeoutError);
      }
      expect(ended).toBe(2);
    }));

  it("nothing in, nothing out", () =>
    runTest(async () => {
      const never = async (): Promise<never> => expect.unreachable();
      expect(await mapConcurrent([], never, { limit: 3 })).toEqual([]);
      expect(await taken(mapConcurrent([], never, { limit: 3 }))).toEqual([]);
      expect(await mapConcurrent(asyncItems([]), never, { limit: 3 })).toEqual([]);
      const closing = mapConcurrent([1], never, { limit: 3 })[Symbol.asyncIterator]();
      expect(await closing.return?.()).toEqual({ done: true, value: undefined });
      expect(await closing.next()).toEqual({ done: true, value: undefined });
    }));

  it("refuses bad limits, buffers, items and functions", () => {
    const body = async (): Promise<void> => {};
    for (const limit of [0, -1, 1.5, Number.NaN, "2", undefined]) {
      expect(() => mapConcurrent([], body, { limit: limit as number })).toThrow(RangeError);
    }
    for (const buffer of [-1, 0.5, Number.NaN, null]) {
      expect(() => mapConcurrent([], body, { limit: 1, buffer: buffer as number })).toThrow(RangeError);
    }
    expect(() => mapConcurrent([], body, undefined as never)).toThrow(RangeError);
    expect(() => mapConcurrent([], null as never, { limit: 1 })).toThrow(TypeError);
    const nested = sleep(1);
    for (const items of [null, undefined, 5, {}, Promise.resolve([]), nested]) {
      expect(() => mapConcurrent(items as never, body, { limit: 1 })).toThrow(TypeError);
    }
    nested.close();
  });

  it("fn that throws at once, or returns no coroutine, fails it", () =>
    runTest(async () => {
      const error = new TypeError("at once");
      const throwing = (): never => {
        throw error;
      };
      expect(await errorOf(mapConcurrent([1], throwing, { limit: 1 }))).toBe(error);
      const wrong = await errorOf(mapConcurrent([1], () => 5 as never, { limit: 1 }));
      expect(wrong.message).toMatch(/a coroutine was expected/);
    }));

  it("an error of the items is thrown after what runs is cancelled, and the items are not closed", () =>
    runTest(async () => {
      const failure = new RangeError("source");
      let returned = false;
      let cancelled = 0;
      const slow = async (): Promise<void> => {
        try {
          await sleep(9);
        } catch (error) {
          if (isCancelled(error)) cancelled++;
          throw error;
        }
      };
      const failing = (bad: () => IteratorResult<number>): Iterable<number> => {
        let count = 0;
        return {
          [Symbol.iterator]: () => ({
            next: () => (++count < 3 ? { done: false, value: count } : bad()),
            return: () => {
              returned = true;
              return { done: true, value: undefined };
            },
          }),
        };
      };
      const bad = (): never => {
        throw failure;
      };
      expect(await errorOf(mapConcurrent(failing(bad), slow, { limit: 5 }))).toBe(failure);
      expect([cancelled, returned]).toEqual([2, false]);
      async function* late(): AsyncGenerator<number> {
        yield 1;
        await sleep(1);
        throw failure;
      }
      expect(await errorOf(mapConcurrent(late(), slow, { limit: 5 }))).toBe(failure);
      expect(cancelled).toBe(3);
      const unopenable = { [Symbol.asyncIterator]: bad };
      expect(await errorOf(mapConcurrent(unopenable, slow, { limit: 5 }))).toBe(failure);
    }));

  it("an item, or the items, that end by a cancellation of their own end it with that", () =>
    runTest(async () => {
      const own = await errorOf(mapConcurrent([1, 2], async () => void currentTask()!.cancel("own"), { limit: 1 }));
      expect(own).toBeInstanceOf(CancelledError);
      async function* cancelled(): AsyncGenerator<number> {
        yield 1;
        throw new CancelledError("source");
      }
      const error = await errorOf(mapConcurrent(cancelled(), async () => sleep(9), { limit: 2 }));
      expect([isCancelled(error), (error as CancelledError).reason]).toEqual([true, "source"]);
      expect([currentTask()!.cancelling(), getRunningLoop().time()]).toEqual([0, 0]);
    }));

  it("closes a plain iterator that it leaves early", () =>
    runTest(async () => {
      let closed = 0;
      function* items(): Generator<number> {
        try {
          for (let i = 0; ; i++) yield i;
        } finally {
          closed++;
        }
      }
      expect(
        await taken(
          mapConcurrent(items(), async (i) => i, { limit: 2 }),
          5,
        ),
      ).toEqual([0, 1, 2, 3, 4]);
      await errorOf(mapConcurrent(items(), async () => Promise.reject(new Error("x")), { limit: 1 }));
      expect(closed).toBe(2);
    }));

  it("errors besides the first go to the exception handler, as one report", () =>
    runTest(async () => {
      const seen = reports();
      const fail = async (index: number): Promise<never> => {
        try {
          await sleep(index === 0 ? 1 : 2);
        } catch {
          throw new Error(`clean-up ${index}`);
        }
        throw new Error(`first ${index}`);
      };
      expect((await errorOf(mapConcurrent([0, 1, 2], fail, { limit: 3 }))).message).toBe("first 0");
      expect(seen).toHaveLength(1);
      expect((seen[0] as ExceptionGroup).errors.map(String)).toEqual(["Error: clean-up 1", "Error: clean-up 2"]);
      await expect(taken(mapConcurrent([1, 0], fail, { limit: 3, ordered: false }))).rejects.toThrow("first 0");
      expect(String(seen[1])).toBe("Error: clean-up 1");
      // Left by `break`, by an error of the loop's body and by a cancellation.
      const cleaned = [0, 3].map((delay) => async () => {
        try {
          await sleep(delay);
        } catch {
          throw new Error("clean-up");
        }
      });
      const failing = (): AsyncIterable<void> => mapConcurrent(cleaned, (body) => body(), { limit: 2 });
      await taken(failing(), 1);
      await errorOf(
        (async () => {
          for await (const _ of failing()) throw new Error("body");
        })(),
      );
      await errorOf(timeout(1, () => taken(failing())));
      await errorOf(timeout(1, () => failing() as never));
      expect(seen.slice(2).map(String)).toEqual(new Array(4).fill("Error: clean-up"));
    }));

  it("stopOnError: false goes on, and throws all errors as a group at the end", () =>
    runTest(async () => {
      const odd = async (i: number): Promise<number> => {
        await sleep(i);
        if (i % 2 === 1) throw new Error(`odd ${i}`);
        return i;
      };
      const options = { limit: 2, stopOnError: false };
      const error = await errorOf(mapConcurrent([1, 2, 3, 4], odd, options));
      expect(error).toBeInstanceOf(ExceptionGroup);
      expect((error as ExceptionGroup).errors.map(String)).toEqual(["Error: odd 1", "Error: odd 3"]);
      for (const ordered of [true, false]) {
        const found: number[] = [];
        const after = await errorOf(
          (async () => {
            for await (const i of mapConcurrent([3, 2, 4, 1, 6], odd, { ...options, ordered })) found.push(i);
          })(),
        );
        expect([found, (after as ExceptionGroup).errors.length]).toEqual([[2, 4, 6], 2]);
      }
      async function* failing(): AsyncGenerator<number> {
        yield 2;
        throw new Error("source");
      }
      const atLast = await errorOf(mapConcurrent(failing(), odd, options));
      expect((atLast as ExceptionGroup).errors.map(String)).toEqual(["Error: source"]);
      expect(await mapConcurrent([2, 4], odd, options)).toEqual([2, 4]);
    }));

  it("results that are there already come before the error", () =>
    runTest(async () => {
      const found: number[] = [];
      const error = await errorOf(
        (async () => {
          const work = async (i: number): Promise<number> => {
            if (i === 3) throw new Error("third");
            return i;
          };
          for await (const i of mapConcurrent([1, 2, 3, 4], work, { limit: 4 })) {
            await sleep(1);
            found.push(i);
          }
        })(),
      );
      expect([found, error.message]).toEqual([[1, 2], "third"]);
    }));

  it("takes a queue until it shuts down; what is left in it stays there", () =>
    runTest(function* () {
      const queue = new Queue<number>();
      for (const i of [1, 2, 3]) queue.putNowait(i);
      getRunningLoop().callLater(1, () => queue.shutdown());
      const results = yield* mapConcurrent(queue, (i) => sleep(0.1, i * 10), { limit: 2 });
      expect([results, getRunningLoop().time()]).toEqual([[10, 20, 30], 1]);
      const other = new Queue<number>();
      for (const i of [1, 2, 3]) other.putNowait(i);
      const found: number[] = [];
      yield* each(
        mapConcurrent(other, (i) => sleep(1, i), { limit: 1, buffer: 0 }),
        function* (i) {
          found.push(i);
          yield;
          return each.stop;
        },
      );
      expect([found, other.qsize(), allTasks().size]).toEqual([[1], 1, 1]); // The second was under way.
      // Waiting for the next item, it has taken none.
      const empty = new Queue<number>();
      const task = createTask(mapConcurrent(empty, (i) => sleep(1, i), { limit: 1 }));
      yield* sleep(1);
      task.cancel();
      empty.putNowait(1);
      yield* sleep(1);
      expect([task.cancelled(), empty.qsize()]).toEqual([true, 1]);
    }));

  it("inside a cancel scope the items are inside, too; it ends after them all the same", () =>
    runTest(async () => {
      const log: string[] = [];
      const work = async (): Promise<void> => {
        try {
          await sleep(9);
        } finally {
          log.push("cancelled");
          try {
            await sleep(1);
          } catch (error) {
            log.push(`again: ${isCancelled(error)}`);
          }
          await cancelScope(
            async () => {
              await sleep(2);
              log.push("shielded");
            },
            { shield: true },
          );
        }
      };
      for (const collects of [true, false]) {
        log.length = 0;
        const start = getRunningLoop().time();
        const moved = await moveOnAfter(1, async () => {
          const mapped = mapConcurrent([1], work, { limit: 2 });
          if (collects) await mapped;
          else await taken(mapped);
        });
        // Iterated, the next item may be awaited outside of the scope: the items are not inside.
        expect(log).toEqual(["cancelled", ...(collects ? ["again: true"] : []), "shielded"]);
        expect([moved.timedOut, allTasks().size]).toEqual([true, 1]);
        expect(getRunningLoop().time() - start).toBe(collects ? 3 : 4);
      }
    }));

  it("takes items only as far ahead as limit and buffer allow", () =>
    runTest(async () => {
      let pulled = 0;
      function* items(): Generator<number> {
        for (;;) yield pulled++;
      }
      const most: number[] = [];
      for (const options of [{ limit: 3 }, { limit: 3, buffer: 0 }, { limit: 2, buffer: 10, ordered: false }]) {
        pulled = 0;
        for await (const i of mapConcurrent(items(), async (i) => i, options)) {
          await sleep(1);
          if (i === 20) break;
        }
        most.push(pulled - 21);
      }
      expect(most).toEqual([6, 3, 12]);
    }));

  it("several next() at once get the results in turn", () =>
    runTest(async () => {
      const iterator = mapConcurrent([3, 1, 2], (delay) => sleep(delay, delay), { limit: 3 })[Symbol.asyncIterator]();
      const results = await gather([1, 2, 3, 4, 5].map(() => async () => await iterator.next()));
      expect(results.map(({ value }) => value)).toEqual([3, 1, 2, undefined, undefined]);
    }));

  it("return() ends a next() that waits", () =>
    runTest(async () => {
      const iterator = mapConcurrent([9], (delay) => sleep(delay, delay), { limit: 3 })[Symbol.asyncIterator]();
      const next = createTask(async () => await iterator.next());
      await sleep(1);
      expect([await iterator.return!(), await next]).toEqual(new Array(2).fill({ done: true, value: undefined }));
      expect(getRunningLoop().time()).toBe(1);
    }));

  it("every item has a context of its own, a copy of the caller's", () =>
    runTest(async () => {
      const variable = new ContextVar<number>("variable");
      variable.set(1);
      const seen = await mapConcurrent(
        [10, 20, 30],
        async (value) => {
          const before = variable.get();
          variable.set(value);
          await sleep(1);
          return [before, variable.get()];
        },
        { limit: 2 },
      );
      expect([seen, variable.get()]).toEqual([
        [
          [1, 10],
          [1, 20],
          [1, 30],
        ],
        1,
      ]);
    }));

  it("100,000 items: linear time, and no more tasks than the limit", () =>
    run(async () => {
      const items = Array.from({ length: 100_000 }, (_, i) => i);
      expect(await mapConcurrent(items, identity, { limit: 100 })).toEqual(items);
      expect((await mapConcurrent(items, identity, { limit: Infinity })).length).toBe(100_000);
      let sum = 0;
      let most = 0;
      for await (const i of mapConcurrent(items.values(), identity, { limit: 10, ordered: false })) {
        sum += i;
        if (i % 1000 === 0) most = Math.max(most, allTasks().size);
      }
      expect([sum, most <= 12]).toEqual([(100_000 * 99_999) / 2, true]);
    }));
});

describe("any schedule of mapConcurrent", () => {
  const delays = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 30 });
  const options = fc.record({
    limit: fc.integer({ min: 1, max: 6 }),
    buffer: fc.integer({ min: 0, max: 4 }),
    ordered: fc.boolean(),
  });

  /** Whatever the schedule: never more than `limit` run, and the sources are never ahead of what is allowed. */
  async function check(
    items: readonly number[],
    { limit, buffer, ordered }: Required<Omit<MapConcurrentOptions, "stopOnError">>,
    pauses: readonly number[],
    native: boolean,
    iterates: boolean,
  ): Promise<void> {
    let running = 0;
    let pulled = 0;
    let finished = 0;
    function* source(): Generator<number> {
      for (const item of items) {
        pulled++;
        yield item;
      }
    }
    async function* slowSource(): AsyncGenerator<number> {
      for (const item of items) {
        await sleep(pauses[pulled % pauses.length] ?? 0);
        pulled++;
        yield item;
      }
    }
    const enter = (): void => {
      running++;
      if (running > limit) throw new Error("too many");
    };
    const leave = (): void => {
      running--;
      finished++;
    };
    const fn = native
      ? async (delay: number, index: number): Promise<number> => {
          enter();
          await sleep(delay);
          leave();
          return index;
        }
      : function* (delay: number, index: number) {
          enter();
          yield* sleep(delay);
          leave();
          return index;
        };
    const mapped = mapConcurrent(pauses.length % 2 === 0 ? source() : slowSource(), fn, { limit, buffer, ordered });
    const results: number[] = [];
    if (iterates) {
      for await (const result of mapped) {
        results.push(result);
        if (pulled - results.length > limit + buffer) throw new Error("too far ahead");
        await sleep(pauses[results.length % pauses.length] ?? 0);
      }
    } else {
      results.push(...(await mapped));
    }
    const all = items.map((_, index) => index);
    expect(ordered ? results : [...results].sort((a, b) => a - b)).toEqual(all);
    expect([finished, running, allTasks().size]).toEqual([items.length, 0, 1]);
  }

  it("keeps limit, order and buffer, and loses nothing", async () => {
    await fc.assert(
      fc.asyncProperty(
        delays,
        options,
        fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 5 }),
        fc.boolean(),
        fc.boolean(),
        fc.nat(),
        (items, chosen, pauses, native, iterates, seed) =>
          runTest(() => check(items, chosen, pauses, native, iterates), { seed }),
      ),
      { numRuns: 150, seed: 1 },
    );
  });

  it("ends everything it has started, wherever it is cancelled or fails", async () => {
    await fc.assert(
      fc.asyncProperty(
        delays,
        options,
        fc.integer({ min: 0, max: 12 }),
        fc.option(fc.nat({ max: 20 })),
        fc.boolean(),
        fc.nat(),
        (items, chosen, cancelAt, failing, iterates, seed) =>
          runTest(
            async () => {
              let open = 0;
              const fn = async (delay: number, index: number): Promise<number> => {
                open++;
                try {
                  await sleep(delay);
                  if (index === failing) throw new RangeError("failing");
                  return index;
                } finally {
                  try {
                    await sleep(1);
                  } finally {
                    open--;
                  }
                }
              };
              reports(); // Clean-ups that fail because they are cancelled in turn.
              const task = createTask(async () => {
                const mapped = mapConcurrent(asyncItems(items), fn, chosen);
                return iterates ? await taken(mapped) : await mapped;
              });
              await sleep(cancelAt);
              task.cancel();
              const [results] = await gather([task], { returnExceptions: true });
              if (isCancelled(results) || results instanceof RangeError) expect(task.done()).toBe(true);
              else expect((results as number[]).length).toBe(items.length);
              expect([open, allTasks().size]).toEqual([0, 1]);
            },
            { seed },
          ),
      ),
      { numRuns: 150, seed: 1 },
    );
  });
});
