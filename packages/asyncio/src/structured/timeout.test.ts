import { describe, expect, it } from "vitest";
import {
  CancelledError,
  createTask,
  currentTask,
  getRunningLoop,
  isCancelled,
  RuntimeError,
  sleep,
  type Timeout,
  TimeoutError,
  taskGroup,
  timeout,
  timeoutAt,
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

describe.each(["native", "generator"])("timeout() of a %s body", (kind) => {
  const sleeps = (delay: number, note: (t: Timeout) => void = () => {}) =>
    kind === "native"
      ? async (t: Timeout) => {
          note(t);
          await sleep(delay);
          return "in time";
        }
      : function* (t: Timeout) {
          note(t);
          yield* sleep(delay);
          return "in time";
        };
  const run = (delay: number | null, body: (t: Timeout) => never) => timeout(delay, body) as PromiseLike<string>;

  it("in time: the value; expired() is false", () =>
    runTest(async () => {
      let state: Timeout | undefined;
      expect(await run(5, sleeps(1, (t) => (state = t)) as never)).toBe("in time");
      expect(state!.expired()).toBe(false);
      expect(String(state)).toBe("<Timeout [finished]>");
    }));

  it("too late: TimeoutError with the CancelledError as cause; expired() is true", () =>
    runTest(async () => {
      let state: Timeout | undefined;
      const error = await errorOf(run(1, sleeps(5, (t) => (state = t)) as never));
      expect(error).toBeInstanceOf(TimeoutError);
      expect(isCancelled(error.cause)).toBe(true);
      expect(state!.expired()).toBe(true);
      expect(String(state)).toBe("<Timeout [expired]>");
      expect([getRunningLoop().time(), currentTask()!.cancelling()]).toEqual([1, 0]);
    }));

  it("null never ends it", () =>
    runTest(async () => {
      expect(await run(null, sleeps(1e6) as never)).toBe("in time");
    }));

  it.each([0, -1])("%d fires at the first wait", (delay) =>
    runTest(async () => {
      expect(await errorOf(run(delay, sleeps(0) as never))).toBeInstanceOf(TimeoutError);
      expect(getRunningLoop().time()).toBe(0);
    }),
  );

  it("a cancellation from outside before the deadline stays one", () =>
    runTest(async () => {
      let state: Timeout | undefined;
      const task = createTask(() => run(5, sleeps(9, (t) => (state = t)) as never));
      await sleep(1);
      task.cancel("outside");
      await expect(task).rejects.toMatchObject({ name: "CancelledError", reason: "outside" });
      expect(state!.expired()).toBe(false);
    }));

  it("reschedule() moves, removes and restores the deadline", () =>
    runTest(async () => {
      expect(await run(1, sleeps(3, (t) => t.reschedule(5)) as never)).toBe("in time");
      expect(await run(1, sleeps(3, (t) => t.reschedule(null)) as never)).toBe("in time");
      const late = sleeps(30, (t) => {
        t.reschedule(null);
        t.reschedule(getRunningLoop().time() + 2);
      });
      const start = getRunningLoop().time();
      expect(await errorOf(run(null, late as never))).toBeInstanceOf(TimeoutError);
      expect(getRunningLoop().time()).toBe(start + 2);
    }));
});

describe("timeouts", () => {
  it("timeoutAt() takes a time on the loop's clock; the past fires at once", () =>
    runTest(async () => {
      await sleep(10);
      expect(await errorOf(timeoutAt(12, async () => await sleep(5)))).toBeInstanceOf(TimeoutError);
      expect(getRunningLoop().time()).toBe(12);
      expect(await errorOf(timeoutAt(3, async () => await sleep(5)))).toBeInstanceOf(TimeoutError);
      expect(getRunningLoop().time()).toBe(12);
    }));

  it("when() is the deadline", () =>
    runTest(async () => {
      const seen = await timeout(5, async (t) => {
        const before = t.when();
        t.reschedule(7);
        return [before, t.when(), String(t)];
      });
      expect(seen).toEqual([5, 7, "<Timeout [active] when=7>"]);
    }));

  it("the clock starts when it is awaited", () =>
    runTest(async () => {
      const later = timeout(2, async () => await sleep(1, "in time"));
      await sleep(10);
      expect(await later).toBe("in time");
    }));

  it("reschedule() of one that is over, or has fired, is a RuntimeError that names the state", () =>
    runTest(async () => {
      let state: Timeout | undefined;
      const messages: string[] = [];
      const attempt = (): void => {
        try {
          state!.reschedule(1);
        } catch (error) {
          expect(error).toBeInstanceOf(RuntimeError);
          messages.push((error as Error).message);
        }
      };
      await errorOf(
        timeout(1, async (t) => {
          state = t;
          try {
            await sleep(5);
          } finally {
            attempt();
          }
        }),
      );
      attempt();
      await timeout(1, async (t) => void (state = t));
      attempt();
      expect(messages).toEqual([
        "Cannot change state of expiring Timeout",
        "Cannot change state of expired Timeout",
        "Cannot change state of finished Timeout",
      ]);
    }));

  it("nested with the same deadline: the inner sees a cancellation, the outermost converts, both expired", () =>
    runTest(async () => {
      const states: Timeout[] = [];
      let inner: unknown;
      const error = await errorOf(
        timeout(1, async (outer) => {
          states.push(outer);
          inner = await errorOf(
            timeout(1, async (t) => {
              states.push(t);
              await sleep(5);
            }),
          );
          throw inner;
        }),
      );
      expect(error).toBeInstanceOf(TimeoutError);
      expect(isCancelled(inner)).toBe(true);
      expect(states.map((state) => state.expired())).toEqual([true, true]);
    }));

  it("an inner one that expires first is handled; the outer goes on", () =>
    runTest(async () => {
      const value = await timeout(10, async () => {
        const error = await errorOf(timeout(1, async () => await sleep(5)));
        await sleep(2);
        return error.name;
      });
      expect(value).toBe("TimeoutError");
      expect(getRunningLoop().time()).toBe(3);
    }));

  it("the body's own error comes out; raised while it expires it names the timeout in its causes", () =>
    runTest(async () => {
      const early = await errorOf(
        timeout(5, async () => {
          throw new RangeError("early");
        }),
      );
      expect([early.message, early.cause]).toEqual(["early", undefined]);
      const late = await errorOf(
        timeout(1, async () => {
          try {
            await sleep(5);
          } catch (cause) {
            throw new RangeError("late", { cause });
          }
        }),
      );
      expect(late.message).toBe("late");
      expect(late.cause).toBeInstanceOf(TimeoutError);
      expect(isCancelled((late.cause as Error).cause)).toBe(true);
    }));

  it("after a swallowed cancellation a new timeout still works", () =>
    runTest(async () => {
      const task = createTask(async () => {
        await sleep(5).catch(() => {});
        return await errorOf(timeout(1, async () => await sleep(5)));
      });
      await sleep(1);
      task.cancel();
      expect(await task).toBeInstanceOf(TimeoutError);
    }));

  it("a cancellation from outside while it expires wins", () =>
    runTest(async () => {
      const task = createTask(() =>
        timeout(1, async () => {
          try {
            await sleep(5);
          } finally {
            await sleep(1);
          }
        }),
      );
      await sleep(1.5);
      task.cancel();
      await expect(task).rejects.toBeInstanceOf(CancelledError);
    }));

  it("around a task group: the group's children end, TimeoutError comes out", () =>
    runTest(async () => {
      const children: { cancelled(): boolean }[] = [];
      const error = await errorOf(
        timeout(1, () =>
          taskGroup(async (group) => {
            children.push(
              group.createTask(() => sleep(5)),
              group.createTask(() => sleep(9)),
            );
          }),
        ),
      );
      expect(error).toBeInstanceOf(TimeoutError);
      expect(children.map((child) => child.cancelled())).toEqual([true, true]);
    }));

  it("its signal is aborted when it expires, not when it is in time", () =>
    runTest(async () => {
      const signals: AbortSignal[] = [];
      await errorOf(
        timeout(1, async (t) => {
          signals.push(t.signal);
          await sleep(5);
        }),
      );
      await timeout(1, async (t) => void signals.push(t.signal));
      expect(signals.map((signal) => signal.aborted)).toEqual([true, false]);
      expect(isCancelled(signals[0]!.reason)).toBe(true);
    }));

  it("takes a function, and only a delay", () => {
    expect(() => timeout(1, Promise.resolve() as never)).toThrow(TypeError);
    expect(() => timeoutAt(1, 5 as never)).toThrow(TypeError);
    expect(() => timeout(NaN, async () => {})).toThrow(RangeError);
  });

  it("outside of a task it is an error", async () => {
    const made = timeout(1, async () => {});
    await expect(made).rejects.toThrow("no running event loop");
    made.close();
  });

  it("leaves no timer behind", () =>
    runTest(async () => {
      for (let i = 0; i < 200; i++) await timeout(1000, async () => await sleep(0));
      expect(getRunningLoop()._timers.size).toBeLessThanOrEqual(100);
      expect(getRunningLoop()._timers.nextTime()).toBe(Infinity);
    }));
});
