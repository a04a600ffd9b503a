import { describe, expect, it } from "vitest";
import { coroutine, createTask, run, sleep, timeout, wait } from "../index.ts";
import { runTest } from "../testing/index.ts";
import type { CoroutineLike } from "./coroutine-like.ts";

function* waits(log: string[]) {
  try {
    yield* sleep(1);
  } catch (error) {
    log.push("cancelled");
    throw error;
  }
}

/** Cancels an eager task while its maker's step goes on, and says in which order what follows comes. */
function orderOf(make: (log: string[]) => CoroutineLike<void>): Promise<string[]> {
  return runTest(function* () {
    const log: string[] = [];
    const other = createTask(function* () {
      yield* sleep(0);
      log.push("other");
    });
    yield* sleep(0);
    const task = createTask(make(log), { eagerStart: true });
    task.cancel();
    createTask(function* () {
      log.push("made later");
    });
    yield* wait([task, other]);
    return log;
  });
}

describe("a thunk that returns a generator", () => {
  const steps = coroutine(waits);
  const kinds: [string, (log: string[]) => CoroutineLike<void>][] = [
    ["of a generator", (log) => () => waits(log)],
    ["of a coroutine", (log) => () => steps(log)],
    ["inside a timeout", (log) => () => timeout(5, () => waits(log))],
  ];
  const plain = (log: string[]): CoroutineLike<void> =>
    function* () {
      yield* waits(log);
    };

  it.each(kinds)("is an eager task in the order of a plain generator function: %s", async (_, make) => {
    const expected = await orderOf(plain);
    expect(expected).toEqual(["other", "cancelled", "made later"]);
    expect(await orderOf(make)).toEqual(expected);
  });

  it("holds its step open when it has started native code", async () => {
    const log: string[] = [];
    await runTest(function* () {
      const helper = async (): Promise<void> => {
        await null;
        log.push("helper");
      };
      const task = createTask(() => {
        void helper();
        return waits([]);
      });
      createTask(function* () {
        log.push("next");
      });
      yield* sleep(0);
      task.cancel();
      yield* wait([task]);
    });
    expect(log).toEqual(["helper", "next"]);
  });

  it("may make eager native tasks of its own, whose steps go on", async () => {
    const log: string[] = [];
    await runTest(function* () {
      const outer = createTask(
        () => {
          createTask(
            async () => {
              await null;
              log.push("inner");
            },
            { eagerStart: true },
          );
          return waits(log);
        },
        { eagerStart: true },
      );
      outer.cancel();
      createTask(function* () {
        log.push("next");
      });
      yield* wait([outer]);
    });
    expect(log[0]).toBe("inner");
    expect(log).toContain("cancelled");
  });

  it("that throws leaves no step open", async () => {
    await run(function* () {
      const task = createTask(
        () => {
          throw new RangeError("at once");
        },
        { eagerStart: true },
      );
      expect(task.done()).toBe(true);
      const next = createTask(function* () {
        return 1;
      });
      yield* wait([task]);
      expect(() => task.result()).toThrow(RangeError);
      expect(yield* next).toBe(1);
    });
  });
});
