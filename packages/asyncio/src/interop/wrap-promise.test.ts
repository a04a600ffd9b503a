import { describe, expect, it } from "vitest";
import {
  CancelledError,
  createTask,
  currentTask,
  type ExceptionContext,
  getRunningLoop,
  isCancelled,
  run,
  sleep,
  type Task,
  TimeoutError,
  timeout,
  wait,
  waitFor,
  wrapPromise,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

/** A promise that is settled by hand, and rejects in the way of `fetch` when its signal is aborted. */
class Request {
  readonly signal: AbortSignal;
  resolve: (value: string) => void = () => {};
  reject: (error: unknown) => void = () => {};
  readonly promise: Promise<string>;

  constructor(signal: AbortSignal, onAbort: (request: Request) => void = (self) => self.reject(self.signal.reason)) {
    this.signal = signal;
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    signal.addEventListener("abort", () => onAbort(this));
  }
}

function abortError(cause?: unknown): Error {
  return Object.assign(new Error("aborted", { cause }), { name: "AbortError" });
}

/** Both kinds of task that wait for a wrapped request. */
const kinds: Record<string, (begin: (signal: AbortSignal) => PromiseLike<string>) => Task<string>> = {
  generator: (begin) =>
    createTask(function* () {
      return yield* wrapPromise(begin);
    }),
  native: (begin) => createTask(async () => await wrapPromise(begin)),
  bare: (begin) => createTask(wrapPromise(begin)),
};

function recordReports(): ExceptionContext[] {
  const reports: ExceptionContext[] = [];
  getRunningLoop().setExceptionHandler((_, context) => void reports.push(context));
  return reports;
}

describe.each(Object.keys(kinds))("wrapPromise() in a %s task", (kind) => {
  const begin = (onAbort?: (request: Request) => void): [Task<string>, () => Request] => {
    let request: Request | null = null;
    const task = kinds[kind]!((signal) => {
      request = new Request(signal, onAbort);
      return request.promise;
    });
    return [task, () => request!];
  };

  it("gives the promise's value, or its error", () =>
    runTest(async () => {
      const [good, request] = begin();
      await sleep(0);
      request().resolve("value");
      expect(await good).toBe("value");
      expect(request().signal.aborted).toBe(false);
      const [bad, second] = begin();
      await sleep(0);
      const error = new RangeError("failed");
      second().reject(error);
      await expect(bad).rejects.toBe(error);
    }));

  it.each([
    ["the signal's reason", (self: Request) => self.reject(self.signal.reason)],
    ["an AbortError whose cause is the reason", (self: Request) => self.reject(abortError(self.signal.reason))],
    ["a bare AbortError", (self: Request) => self.reject(abortError())],
    [
      "an error of another name whose cause is the reason",
      (self: Request) => self.reject(new Error("x", { cause: self.signal.reason })),
    ],
    ["axios's CanceledError", (self: Request) => self.reject(Object.assign(new Error("x"), { name: "CanceledError" }))],
  ])("a cancellation aborts the signal; %s becomes the CancelledError", (_, onAbort) =>
    runTest(async () => {
      const reports = recordReports();
      const [task, request] = begin(onAbort);
      await sleep(0);
      task.cancel("why");
      expect(request().signal.aborted).toBe(true);
      expect(isCancelled(request().signal.reason)).toBe(true);
      await wait([task]);
      expect(task.cancelled()).toBe(true);
      const error = await task.catch((caught: unknown) => caught as CancelledError);
      expect(error).toBe(request().signal.reason);
      expect((error as CancelledError).reason).toBe("why");
      expect(reports).toEqual([]);
    }),
  );

  it("the task ends only when the promise has settled", () =>
    runTest(async () => {
      const [task, request] = begin(() => {});
      await sleep(1);
      task.cancel();
      await sleep(2);
      expect(task.done()).toBe(false);
      request().reject(abortError());
      await wait([task]);
      expect([task.cancelled(), getRunningLoop().time()]).toEqual([true, 3]);
    }));

  it("an error of the work's own cleanup comes out, with the CancelledError as its cause", () =>
    runTest(async () => {
      const failure = new TypeError("cleanup");
      const [task, request] = begin((self) => self.reject(failure));
      await sleep(1);
      task.cancel();
      await expect(task).rejects.toBe(failure);
      expect(failure.cause).toBe(request().signal.reason);
      expect(task.cancelled()).toBe(false);
    }));

  it("work that ignores its signal is reported after the grace, and left", () =>
    runTest(async () => {
      const reports = recordReports();
      const [task, request] = begin(() => {});
      await sleep(1);
      task.cancel("why");
      await wait([task]);
      expect([task.cancelled(), getRunningLoop().time()]).toEqual([true, 6]);
      expect(reports.map(({ message }) => message.replace("the work", "begin()"))).toEqual([
        "wrapPromise(): begin() did not stop within 5 s after it was cancelled; it is left running",
      ]);
      request().resolve("late");
      await sleep(1);
      expect(reports.length).toBe(2);
      expect(reports[1]!.message).toContain("which was left running, has ended; its value is lost");
    }));

  it("a second cancellation lets go at once; what fails later is reported, unless it comes of the abort", () =>
    runTest(async () => {
      const reports = recordReports();
      for (const late of [new RangeError("late"), abortError()]) {
        const [task, request] = begin(() => {});
        await sleep(1);
        task.cancel();
        await sleep(1);
        task.cancel("at once");
        const before = getRunningLoop().time();
        const error = await task.catch((caught: unknown) => caught as CancelledError);
        expect([task.cancelled(), getRunningLoop().time()]).toEqual([true, before]);
        expect((error as CancelledError).reason).toBe("at once");
        request().reject(late);
        await sleep(1);
      }
      expect(reports.map(({ message }) => message.replace(/.*?(was cancelled|which was)/, "$1"))).toEqual([
        "was cancelled twice, and did not wait for it; it is left running",
        "which was left running, has failed",
        "was cancelled twice, and did not wait for it; it is left running",
      ]);
      expect(reports[1]!.exception).toBeInstanceOf(RangeError);
    }));
});

describe("wrapPromise()", () => {
  it.each(["generator", "native"])(
    "in a %s task a value that arrives all the same is given, and the cancellation comes at the next wait",
    (kind) =>
      runTest(async () => {
        const log: unknown[] = [];
        // Before the abort, in its very iteration, and after it.
        for (const arrival of ["before", "after"]) {
          let request: Request | null = null;
          const begin = (signal: AbortSignal): Promise<string> => {
            request = new Request(signal, () => {});
            return request.promise;
          };
          const bodies: Record<string, () => Task<void>> = {
            generator: () =>
              createTask(function* () {
                const value = yield* wrapPromise(begin);
                try {
                  log.push(value);
                  yield* sleep(100);
                  log.push("never");
                } finally {
                  log.push(`closed ${value}`);
                }
              }),
            native: () =>
              createTask(async () => {
                const value = await wrapPromise(begin);
                try {
                  log.push(value);
                  await sleep(100);
                  log.push("never");
                } finally {
                  log.push(`closed ${value}`);
                }
              }),
          };
          const task = bodies[kind]!();
          await sleep(1);
          if (arrival === "before") {
            request!.resolve(arrival);
            await Promise.resolve();
            await Promise.resolve();
            task.cancel("why");
            expect(request!.signal.aborted).toBe(false);
          } else {
            task.cancel("why");
            await sleep(1);
            request!.resolve(arrival);
          }
          await wait([task]);
          expect([task.cancelled(), task.cancelling()]).toEqual([true, 1]);
          const error = await task.catch((caught: unknown) => caught as CancelledError);
          expect((error as CancelledError).reason).toBe("why");
        }
        expect(log).toEqual(["before", "closed before", "after", "closed after"]);
      }),
  );

  it("a value that arrives after a deadline is given, as by every body that goes on", () =>
    runTest(async () => {
      const late = (signal: AbortSignal): Promise<string> =>
        new Promise((resolve) => signal.addEventListener("abort", () => resolve("late")));
      expect(await timeout(1, () => wrapPromise(late))).toBe("late");
      expect(await waitFor(wrapPromise(late), 1)).toBe("late");
      await sleep(1);
      expect(currentTask()!.cancelling()).toBe(0);
      const then = timeout(1, async () => {
        await wrapPromise(late);
        await sleep(100);
      });
      await expect(then).rejects.toBeInstanceOf(TimeoutError);
      expect(currentTask()!.cancelling()).toBe(0);
    }));

  it("a timeout becomes a TimeoutError", () =>
    runTest(async () => {
      const hangs = (signal: AbortSignal): Promise<string> => new Request(signal).promise;
      const error = await timeout(1, () => wrapPromise(hangs)).catch((caught: unknown) => caught as Error);
      expect(error).toBeInstanceOf(TimeoutError);
      expect(isCancelled((error as Error).cause)).toBe(true);
    }));

  it("with a grace of null it waits for ever, with 0 not at all", () =>
    runTest(async () => {
      const reports = recordReports();
      let finish = (): void => {};
      const slow = (): Promise<void> =>
        new Promise((resolve) => {
          finish = resolve;
        });
      const patient = createTask(wrapPromise(slow, { grace: null }));
      await sleep(1);
      patient.cancel();
      await sleep(10_000);
      expect(patient.done()).toBe(false);
      finish();
      await patient.catch(() => {});
      expect(reports).toEqual([]);
      const before = getRunningLoop().time();
      const hasty = createTask(wrapPromise(slow, { grace: 0 }));
      await sleep(0);
      hasty.cancel();
      await wait([hasty]);
      expect([hasty.cancelled(), getRunningLoop().time()]).toEqual([true, before]);
      expect(reports.length).toBe(1);
      expect(() => wrapPromise(slow, { grace: Number.NaN })).toThrow(RangeError);
    }));

  it("starts nothing before it is awaited, and nothing when it is cancelled before", () =>
    runTest(async () => {
      let calls = 0;
      const begin = async (): Promise<number> => ++calls;
      const lazy = wrapPromise(begin);
      await sleep(1);
      expect(calls).toBe(0);
      expect(await lazy).toBe(1);
      const task = createTask(wrapPromise(begin));
      task.cancel();
      await expect(task).rejects.toBeInstanceOf(CancelledError);
      expect(calls).toBe(1);
    }));

  it("a function that throws, one that gives a plain value, one that gives an awaitable of ours", () =>
    runTest(async () => {
      const error = new RangeError("at once");
      const throwing = wrapPromise(() => {
        throw error;
      });
      await expect(throwing).rejects.toBe(error);
      expect(await wrapPromise(() => 5)).toBe(5);
      expect(await wrapPromise(() => sleep(2, "ours"))).toBe("ours");
      const task = createTask(function* () {
        return yield* wrapPromise(() => sleep(2, "ours"));
      });
      expect(await task).toBe("ours");
      const signals: AbortSignal[] = [];
      const cancelled = createTask(
        wrapPromise((signal) => {
          signals.push(signal);
          return sleep(100);
        }),
      );
      await sleep(1);
      cancelled.cancel();
      await expect(cancelled).rejects.toBeInstanceOf(CancelledError);
      expect(signals[0]!.aborted).toBe(true);
    }));

  it("a thenable that settles twice, or throws, is as good as a promise", () =>
    runTest(async () => {
      const twice = {
        then: (resolve: (value: number) => void) => {
          resolve(1);
          resolve(2);
        },
      };
      expect(await wrapPromise(() => twice as PromiseLike<number>)).toBe(1);
      const broken = {
        then: () => {
          throw new RangeError("broken");
        },
      };
      await expect(wrapPromise(() => broken as PromiseLike<number>)).rejects.toThrow("broken");
    }));

  it("the code that it starts belongs to the task", () =>
    runTest(async () => {
      const task: Task<boolean> = createTask(function* () {
        const here = wrapPromise(async () => {
          await Promise.resolve();
          return currentTask() === task;
        });
        return yield* here;
      });
      expect(await task).toBe(true);
    }));

  it("a task that cancels itself in the function aborts the signal at the wait", () =>
    runTest(async () => {
      let aborted = false;
      const task = createTask(
        wrapPromise((signal) => {
          currentTask()!.cancel();
          const { promise } = new Request(signal, (self) => {
            aborted = true;
            self.reject(signal.reason);
          });
          return promise;
        }),
      );
      await expect(task).rejects.toBeInstanceOf(CancelledError);
      expect(aborted).toBe(true);
    }));

  it("in Promise.all with others, a cancellation reaches them all", () =>
    runTest(async () => {
      const signals: AbortSignal[] = [];
      const begin = (signal: AbortSignal): Promise<string> => {
        signals.push(signal);
        return new Request(signal).promise;
      };
      const task = createTask(async () => await Promise.all([wrapPromise(begin), sleep(100), wrapPromise(begin)]));
      await sleep(1);
      task.cancel();
      await expect(task).rejects.toBeInstanceOf(CancelledError);
      expect(signals.map((signal) => signal.aborted)).toEqual([true, true]);
    }));

  it("says what it cannot take", () => {
    expect(() => wrapPromise(Promise.resolve(1) as never)).toThrow(
      "it is running already: give the function that makes it",
    );
    expect(() => wrapPromise(5 as never)).toThrow(TypeError);
  });

  it("the end of run() stops what still runs", async () => {
    const signals: AbortSignal[] = [];
    await run(async () => {
      createTask(
        wrapPromise((signal) => {
          signals.push(signal);
          return new Request(signal).promise;
        }),
      );
      await sleep(0);
      await sleep(0);
    });
    expect(signals.map((signal) => signal.aborted)).toEqual([true]);
  });

  it("20,000 at once, and their cancellation", () =>
    run(async () => {
      let aborted = 0;
      const begin = (signal: AbortSignal): Promise<string> =>
        new Request(signal, (self) => {
          aborted++;
          self.reject(signal.reason);
        }).promise;
      const tasks = Array.from({ length: 20_000 }, () => createTask(wrapPromise(begin)));
      await sleep(0);
      for (const task of tasks) task.cancel();
      await wait(tasks);
      expect([aborted, tasks.every((task) => task.cancelled())]).toEqual([20_000, true]);
    }));
});
