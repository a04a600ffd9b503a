import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  allTasks,
  any,
  type Body,
  CancelledError,
  coroutine,
  createTask,
  ExceptionGroup,
  getRunningLoop,
  isCancelled,
  race,
  run,
  sleep,
  type Task,
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

function reports(): unknown[] {
  const seen: unknown[] = [];
  getRunningLoop().setExceptionHandler((_loop, context) => seen.push(context.exception ?? context.message));
  return seen;
}

/** Gives its name after a delay (a negative one: fails), and takes a second to clean up. */
function runners(log: string[]): Record<string, (name: string, delay: number) => () => Body<string>> {
  return {
    generator: (name, delay) =>
      function* () {
        try {
          yield* sleep(Math.abs(delay));
          if (delay < 0) throw new RangeError(name);
          return name;
        } catch (error) {
          if (!isCancelled(error)) throw error;
          yield* sleep(1);
          log.push(name);
          throw error;
        }
      },
    native: (name, delay) => async () => {
      try {
        await sleep(Math.abs(delay));
        if (delay < 0) throw new RangeError(name);
        return name;
      } catch (error) {
        if (!isCancelled(error)) throw error;
        await sleep(1);
        log.push(name);
        throw error;
      }
    },
  };
}

for (const kind of ["generator", "native"]) {
  describe(`race, ${kind}`, () => {
    it("gives the first result after the losers have cleaned up", () =>
      runTest(async () => {
        const log: string[] = [];
        const runner = runners(log)[kind]!;
        expect(await race([runner("slow", 9), runner("fast", 1), runner("slower", 10)])).toBe("fast");
        expect([log, getRunningLoop().time(), allTasks().size]).toEqual([["slow", "slower"], 2, 1]);
        const inGenerator = createTask(function* () {
          return yield* race([runner("slow", 9), runner("fast", 1)]);
        });
        expect(await inGenerator).toBe("fast");
      }));

    it("throws the first error", () =>
      runTest(async () => {
        const log: string[] = [];
        const runner = runners(log)[kind]!;
        const error = await errorOf(race([runner("slow", 9), runner("bad", -1)]));
        expect([String(error), log, getRunningLoop().time()]).toEqual(["RangeError: bad", ["slow"], 2]);
      }));

    it("cancelled, cancels all and waits for them", () =>
      runTest(async () => {
        for (const contest of [race, any]) {
          const log: string[] = [];
          const runner = runners(log)[kind]!;
          const start = getRunningLoop().time();
          const limited = timeout(1, () => contest([runner("a", 9), runner("b", 8)]));
          expect(await errorOf(limited)).toBeInstanceOf(TimeoutError);
          expect([log, getRunningLoop().time() - start, allTasks().size]).toEqual([["a", "b"], 2, 1]);
        }
      }));

    it("any gives the first success, whatever failed before", () =>
      runTest(async () => {
        const seen = reports();
        const log: string[] = [];
        const runner = runners(log)[kind]!;
        expect(await any([runner("bad", -1), runner("good", 2), runner("slow", 9)])).toBe("good");
        expect([log, seen, getRunningLoop().time()]).toEqual([["slow"], [], 3]);
      }));

    it("any throws all errors when nothing succeeds, in the order of the arguments", () =>
      runTest(async () => {
        const runner = runners([])[kind]!;
        const error = await errorOf(any([runner("last", -3), runner("first", -1), runner("middle", -2)]));
        expect(error).toBeInstanceOf(ExceptionGroup);
        expect((error as ExceptionGroup).errors.map((each) => (each as Error).message)).toEqual([
          "last",
          "first",
          "middle",
        ]);
      }));
  });
}

describe("race and any", () => {
  it("take coroutines, tasks and futures; those that lose are cancelled", () =>
    runTest(async () => {
      const task = createTask(() => sleep(9, "task"));
      const future = getRunningLoop().createFuture<string>();
      expect(await race([task, future, sleep(1, "sleep")])).toBe("sleep");
      expect([task.cancelled(), future.cancelled()]).toEqual([true, true]);
      const done = createTask(() => sleep(0, 5));
      await done;
      expect(await race([sleep(1), done])).toBe(5);
      expect(await any([sleep(1), done])).toBe(5);
      expect(getRunningLoop().time()).toBe(1);
    }));

  it("the same twice is one", () =>
    runTest(async () => {
      const nap = sleep(1, "woke");
      expect(await race([nap, nap])).toBe("woke");
    }));

  it("of several at the same time the first wins", () =>
    runTest(async () => {
      expect(await race(["a", "b", "c"].map((name) => sleep(1, name)))).toBe("a");
      expect(await any(["a", "b", "c"].map((name) => sleep(1, name)))).toBe("a");
    }));

  it("errors of the losers are reported, once", () =>
    runTest(async () => {
      const seen = reports();
      const bad = (name: string) => async () => {
        try {
          await sleep(9);
        } catch {
          throw new Error(name);
        }
      };
      await race([bad("one"), sleep(1), bad("two")]);
      await any([bad("three"), sleep(1)]);
      await errorOf(timeout(1, () => race([bad("four"), sleep(5)])));
      expect((seen[0] as ExceptionGroup).errors.map(String)).toEqual(["Error: one", "Error: two"]);
      expect(seen.slice(1).map(String)).toEqual(["Error: three", "Error: four"]);
    }));

  it("one that is cancelled by somebody else is done: race throws that, any goes on", () =>
    runTest(async () => {
      const cancelled = (): Task<void> => {
        const task = createTask(() => sleep(9));
        getRunningLoop().callLater(1, () => task.cancel("by somebody"));
        return task;
      };
      const error = await errorOf(race([cancelled(), sleep(5)]));
      expect([error instanceof CancelledError, (error as CancelledError).reason]).toEqual([true, "by somebody"]);
      expect(await any([cancelled(), sleep(5, "good")])).toBe("good");
      expect(await errorOf(any([cancelled()]))).toBeInstanceOf(ExceptionGroup);
    }));

  it("one that refuses to be cancelled is waited for; its result is dropped", () =>
    runTest(async () => {
      const stubborn = coroutine(async () => {
        try {
          await sleep(9);
        } catch {
          await sleep(3);
        }
        return "stubborn";
      });
      expect(await race([stubborn(), sleep(1, "quick")])).toBe("quick");
      expect(getRunningLoop().time()).toBe(4);
    }));

  it("refuse promises, nothing at all, and what cannot be raced", () =>
    runTest(async () => {
      for (const contest of [race, any]) {
        expect(() => contest([])).toThrow(RangeError);
        const promise = Promise.resolve(1);
        expect(() => contest([sleep(1), promise as never])).toThrow(/running already and cannot be stopped/);
        for (const bad of [5, sleep(0), promise, undefined, null]) {
          expect(() => contest(bad as never)).toThrow(TypeError);
          if (bad !== null && typeof bad === "object" && "close" in bad) bad.close();
        }
        expect(() => contest([5] as never)).toThrow(TypeError);
      }
    }));

  it("a future of another loop ends it, and nothing is left running", async () => {
    const [other] = await runTest(async () => [getRunningLoop().createFuture<number>()] as const);
    await runTest(async () => {
      const error = await errorOf(race([() => sleep(5), other, sleep(6)]));
      expect([error instanceof RangeError, allTasks().size]).toEqual([true, 1]);
    });
  });

  it("100,000 racers in linear time", () =>
    run(async () => {
      const racers = Array.from({ length: 100_000 }, (_, i) => () => sleep(i === 77_777 ? 0 : 1000, i));
      expect([await race(racers), allTasks().size]).toEqual([77_777, 1]);
    }));

  it("leave nothing running, wherever they are cancelled", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -6, max: 6 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 0, max: 8 }),
        fc.boolean(),
        fc.boolean(),
        fc.nat(),
        (delays, cancelAt, native, first, seed) =>
          runTest(
            async () => {
              reports();
              const log: string[] = [];
              const runner = runners(log)[native ? "native" : "generator"]!;
              const contest = first ? race : any;
              const task = createTask(async () => await contest(delays.map((delay, i) => runner(String(i), delay))));
              await sleep(cancelAt + 0.5);
              task.cancel();
              try {
                const winner = delays[Number(await task)]!;
                const best = delays.filter((delay) => first || delay >= 0).map(Math.abs);
                expect(winner).toBe(Math.min(...best));
              } catch (error) {
                if (isCancelled(error)) expect(Math.min(...delays.map(Math.abs)) + 1 > cancelAt || !first).toBe(true);
                else expect(error instanceof RangeError || error instanceof ExceptionGroup).toBe(true);
              }
              expect(allTasks().size).toBe(1);
            },
            { seed },
          ),
      ),
      { numRuns: 100, seed: 1 },
    );
  });
});
