import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Body,
  CancelledError,
  catchGroup,
  coroutine,
  createTask,
  currentTask,
  ExceptionGroup,
  getRunningLoop,
  isCancelled,
  KeyboardInterrupt,
  RetryError,
  type RetryOptions,
  retry,
  run,
  sleep,
  TimeoutError,
  timeout,
} from "../index.ts";
import { runTest } from "../testing/index.ts";
import { Backoff } from "./backoff.ts";

async function errorOf(awaitable: PromiseLike<unknown>): Promise<Error> {
  try {
    await awaitable;
  } catch (error) {
    return error as Error;
  }
  throw new Error("no error");
}

/** Fails so often, then succeeds; each attempt takes a second. */
const bodies: Record<string, (failures: number) => (attempt: number) => Body<string>> = {
  generator: (failures) =>
    function* (attempt) {
      yield* sleep(1);
      if (attempt <= failures) throw new Error(`failure ${attempt}`);
      return `attempt ${attempt}`;
    },
  native: (failures) => async (attempt) => {
    await sleep(1);
    if (attempt <= failures) throw new Error(`failure ${attempt}`);
    return `attempt ${attempt}`;
  },
  coroutine: (failures) =>
    coroutine(async (attempt: number) => {
      await sleep(1);
      if (attempt <= failures) throw new Error(`failure ${attempt}`);
      return `attempt ${attempt}`;
    }),
};
const plain: RetryOptions = { jitter: "none" };

for (const [kind, failing] of Object.entries(bodies)) {
  describe(`retry, ${kind}`, () => {
    it("tries again after growing pauses, in the calling task", () =>
      runTest(async () => {
        const told: unknown[] = [];
        const task = currentTask();
        const onRetry: RetryOptions["onRetry"] = (error, info) =>
          told.push([String(error), info, currentTask() === task]);
        const options = { attempts: 5, delay: 0.5, maxDelay: "1.5s", ...plain, onRetry } as const;
        expect(await retry(failing(3), options)).toBe("attempt 4");
        expect(told).toEqual([
          ["Error: failure 1", { attempt: 1, delay: 0.5 }, true],
          ["Error: failure 2", { attempt: 2, delay: 1 }, true],
          ["Error: failure 3", { attempt: 3, delay: 1.5 }, true],
        ]);
        expect(getRunningLoop().time()).toBe(4 + 3);
        const inGenerator = createTask(function* () {
          return yield* retry(failing(1));
        });
        expect(await inGenerator).toBe("attempt 2");
      }));

    it("gives up with an error that holds those of all attempts", () =>
      runTest(async () => {
        const error = await errorOf(retry(failing(9), { ...plain, attempts: 3 }));
        expect(error).toBeInstanceOf(RetryError);
        expect(error).toBeInstanceOf(ExceptionGroup);
        expect([error.name, error.message]).toEqual([
          "RetryError",
          "gave up after 3 attempts; the last error: Error: failure 3",
        ]);
        const { errors } = error as RetryError;
        expect(errors.map(String)).toEqual(["Error: failure 1", "Error: failure 2", "Error: failure 3"]);
        expect(error.cause).toBe(errors[2]);
        const caught: unknown[] = [];
        catchGroup(error, [Error, (group) => caught.push(...group.exceptions)]);
        expect(caught).toEqual(errors);
        expect((await errorOf(retry(failing(9), { attempts: 1 }))).message).toMatch(/^gave up after 1 attempt;/);
      }));

    it("is cancelled in an attempt as well as in a pause, and does not go on", () =>
      runTest(async () => {
        for (const when of [0, 0.5, 1.5]) {
          let attempts = 0;
          const body = failing(9);
          const task = createTask(() =>
            retry(
              (attempt) => {
                attempts = attempt;
                return body(attempt);
              },
              { ...plain, delay: 1 },
            ),
          );
          await sleep(when);
          task.cancel("stop");
          const error = await errorOf(task);
          expect([isCancelled(error), attempts]).toEqual([true, 1]);
        }
        const start = getRunningLoop().time();
        expect(await errorOf(timeout(2.25, () => retry(failing(9), { ...plain, attempts: Infinity })))).toBeInstanceOf(
          TimeoutError,
        );
        expect(getRunningLoop().time() - start).toBe(2.25);
      }));
  });
}

describe("retry", () => {
  it("throws what retryIf refuses as it is", () =>
    runTest(async () => {
      const fatal = new RangeError("fatal");
      const seen: number[] = [];
      const error = await errorOf(
        retry(
          async (attempt) => {
            throw attempt === 2 ? fatal : new TypeError("transient");
          },
          {
            retryIf: (each, attempt) => {
              seen.push(attempt);
              return each instanceof TypeError;
            },
          },
        ),
      );
      expect([error, seen, fatal.cause]).toEqual([fatal, [1, 2], undefined]);
    }));

  it("never retries a cancellation, not even one of something that it waits for", () =>
    runTest(async () => {
      let attempts = 0;
      const error = await errorOf(
        retry(async () => {
          attempts++;
          const other = createTask(() => sleep(9));
          other.cancel();
          await other;
        }),
      );
      expect([error instanceof CancelledError, attempts, currentTask()!.cancelling()]).toEqual([true, 1, 0]);
    }));

  it("never retries an interrupt", async () => {
    let attempts = 0;
    const interrupted = run(() =>
      retry(async () => {
        attempts++;
        throw new KeyboardInterrupt();
      }),
    );
    await expect(interrupted).rejects.toBeInstanceOf(KeyboardInterrupt);
    expect(attempts).toBe(1);
  });

  it("a timeout around an attempt is retried", () =>
    runTest(async () => {
      const slowAtFirst = (attempt: number) => timeout(1, () => sleep(attempt === 1 ? 60 : 0.5, attempt));
      expect(await retry(slowAtFirst, { ...plain, delay: 1 })).toBe(2);
      expect(getRunningLoop().time()).toBe(2.5);
    }));

  it("the pause may come from the error", () =>
    runTest(async () => {
      const delay = (error: unknown, attempt: number): number => Number((error as Error).message) + attempt;
      const body = async (attempt: number): Promise<void> => {
        if (attempt < 3) throw new Error("10");
      };
      await retry(body, { delay });
      expect(getRunningLoop().time()).toBe(11 + 12);
      const bad = await errorOf(retry(body, { delay: () => Number.NaN }));
      expect([bad instanceof RangeError, String(bad.cause)]).toEqual([true, "Error: 10"]);
    }));

  it("callbacks that throw end it; the attempt's error becomes the cause", () =>
    runTest(async () => {
      const first = new Error("attempt");
      const second = new Error("callback");
      const fail = async (): Promise<never> => {
        throw first;
      };
      const throwing = (): never => {
        throw second;
      };
      for (const options of [{ onRetry: throwing }, { retryIf: throwing }, { delay: throwing }]) {
        second.cause = undefined;
        expect(await errorOf(retry(fail, options))).toBe(second);
        expect(second.cause).toBe(first);
      }
      const seen: unknown[] = [];
      getRunningLoop().setExceptionHandler((_loop, context) => seen.push(context.exception));
      const frozen = Object.freeze(new Error("frozen"));
      const options = {
        onRetry: () => {
          throw frozen;
        },
      };
      expect(await errorOf(retry(fail, options))).toBe(frozen);
      const own = Object.assign(new Error("own cause"), { cause: 1 });
      options.onRetry = () => {
        throw own;
      };
      expect([await errorOf(retry(fail, options)), own.cause]).toEqual([own, 1]);
      expect(seen).toEqual([first, first]); // These two cannot name it.
    }));

  it("fn that throws at once counts as an attempt", () =>
    runTest(async () => {
      let attempts = 0;
      const body = (): Body<number> => {
        if (++attempts < 3) throw new Error("at once");
        return sleep(0, attempts);
      };
      expect(await retry(body, { delay: 0 })).toBe(3);
    }));

  it("can be used once, and not outside of tasks", () =>
    runTest(async () => {
      const once = retry(async () => 1);
      await once;
      expect((await errorOf(once)).message).toBe("cannot reuse already awaited coroutine");
      const byHand = retry(function* () {
        return 1;
      });
      expect(() => byHand.send(undefined)).toThrow();
    }));

  it("refuses bad options", () => {
    const body = async (): Promise<void> => {};
    for (const attempts of [0, -1, 1.5, Number.NaN]) expect(() => retry(body, { attempts })).toThrow(RangeError);
    for (const factor of [0, 0.5, Number.NaN, Infinity]) expect(() => retry(body, { factor })).toThrow(RangeError);
    for (const delay of [-1, Number.NaN, "1x" as never]) {
      expect(() => retry(body, { delay })).toThrow(RangeError);
      expect(() => retry(body, { maxDelay: delay })).toThrow(RangeError);
    }
    expect(() => retry(body, { jitter: "some" as never })).toThrow(RangeError);
    expect(() => retry(Promise.resolve() as never)).toThrow(TypeError);
  });

  it("100,000 attempts in linear time", () =>
    run(async () => {
      const error = await errorOf(
        retry(
          function* () {
            yield;
            throw 1;
          },
          { attempts: 100_000, delay: 0 },
        ),
      );
      expect((error as RetryError).errors.length).toBe(100_000);
    }));
});

describe("a backoff", () => {
  const pauses = (options: ConstructorParameters<typeof Backoff>[0], chance: number): number[] => {
    const backoff = new Backoff({ delay: 1, maxDelay: 10, ...options }, 0.1);
    return [1, 2, 3, 4, 5, 5000].map((count) => backoff.pause(count, { _random: () => chance }));
  };

  it("grows by its factor up to its limit, less what the jitter takes", () => {
    expect(pauses({ jitter: "none" }, 0.5)).toEqual([1, 2, 4, 8, 10, 10]);
    expect(pauses({ factor: 3, jitter: "none" }, 0.5)).toEqual([1, 3, 9, 10, 10, 10]);
    expect(pauses({}, 0.5)).toEqual([0.5, 1, 2, 4, 5, 5]);
    expect(pauses({ jitter: "equal" }, 0.5)).toEqual([0.75, 1.5, 3, 6, 7.5, 7.5]);
    expect(pauses({ random: () => 0.25 }, 0.5)).toEqual([0.25, 0.5, 1, 2, 2.5, 2.5]);
    expect(pauses({ delay: 0, maxDelay: Infinity }, 0.5)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("is never outside of its bounds", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.double({ min: 1, max: 10, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.constantFrom("full" as const, "equal" as const, "none" as const),
        fc.integer({ min: 1, max: 3000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (delay, factor, maxDelay, jitter, count, chance) => {
          const pause = new Backoff({ delay, factor, maxDelay, jitter }, 1).pause(count, { _random: () => chance });
          expect(pause >= 0 && pause <= maxDelay).toBe(true);
        },
      ),
    );
  });

  it("has the chance of its loop: on a test loop one seed gives one sequence", async () => {
    const times = (seed?: number): Promise<number> =>
      runTest(
        async () => {
          await retry(
            async (attempt) => {
              if (attempt < 8) throw new Error("again");
            },
            { attempts: 8, delay: 1 },
          );
          return getRunningLoop().time();
        },
        seed === undefined ? {} : { seed },
      );
    const [first, again, other, fixed, same] = [
      await times(1),
      await times(1),
      await times(2),
      await times(),
      await times(),
    ];
    expect([first === again, first === other, fixed === same]).toEqual([true, false, true]);
  });
});
