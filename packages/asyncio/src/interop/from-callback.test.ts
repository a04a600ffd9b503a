import { describe, expect, it } from "vitest";
import {
  type Callback,
  CancelledError,
  createTask,
  type ExceptionContext,
  fromCallback,
  getRunningLoop,
  run,
  sleep,
  timeout,
  wait,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

function recordReports(): ExceptionContext[] {
  const reports: ExceptionContext[] = [];
  getRunningLoop().setExceptionHandler((_, context) => void reports.push(context));
  return reports;
}

describe("fromCallback()", () => {
  const later = (error: unknown, value?: string) => (callback: Callback<string>) => {
    getRunningLoop().callLater(1, () => callback(error, value));
  };

  it("gives the callback's value, or throws its error, in both kinds of coroutine", () =>
    runTest(async () => {
      expect(await fromCallback(later(null, "value"))).toBe("value");
      const error = new RangeError("failed");
      await expect(fromCallback(later(error))).rejects.toBe(error);
      const generator = createTask(function* () {
        return yield* fromCallback(later(undefined, "value"));
      });
      expect(await generator).toBe("value");
      await expect(
        createTask(function* () {
          yield* fromCallback(later("a string"));
        }),
      ).rejects.toBe("a string");
    }));

  it("the callback may be called at once: no iteration is spent", () =>
    runTest(async () => {
      let turns = 0;
      const count = (): void => {
        turns++;
        getRunningLoop().callSoon(count);
      };
      const handle = getRunningLoop().callSoon(count);
      expect(await fromCallback<number>((callback) => callback(null, 5))).toBe(5);
      await expect(fromCallback((callback) => callback(new RangeError("at once")))).rejects.toThrow("at once");
      expect(turns).toBe(0);
      handle.cancel();
    }));

  it("calls what it was given for cleaning up in every case, once, and waits for it", () =>
    runTest(async () => {
      const log: string[] = [];
      const begin = (act: (callback: Callback<string>) => void, name: string) => (callback: Callback<string>) => {
        act(callback);
        return async () => {
          await sleep(1);
          log.push(name);
        };
      };
      expect(await fromCallback(begin((callback) => callback(null, "x"), "value"))).toBe("x");
      await expect(fromCallback(begin((callback) => callback(new RangeError("e")), "error"))).rejects.toThrow("e");
      const task = createTask(fromCallback(begin(() => {}, "cancelled")));
      await sleep(1);
      task.cancel();
      await expect(task).rejects.toBeInstanceOf(CancelledError);
      expect(log).toEqual(["value", "error", "cancelled"]);
      expect(getRunningLoop().time()).toBe(4);
    }));

  it("an error of cleaning up comes out, and keeps the first one", () =>
    runTest(async () => {
      const first = new RangeError("first");
      const second = new TypeError("second");
      await expect(
        fromCallback((callback) => {
          callback(first);
          return () => {
            throw second;
          };
        }),
      ).rejects.toBe(second);
      expect(second.cause).toBe(first);
    }));

  it("never called, it waits until it is cancelled", () =>
    runTest(async () => {
      await expect(timeout(60, () => fromCallback(() => {}))).rejects.toMatchObject({ name: "TimeoutError" });
      expect(getRunningLoop().time()).toBe(60);
    }));

  it("called again, an error is reported, and a value in debug mode", () =>
    runTest(async () => {
      const reports = recordReports();
      let callback: Callback<string> = () => {};
      const again = async (): Promise<void> => {
        await fromCallback<string>((given) => {
          callback = given;
          given(null, "first");
          given(null, "second");
        });
        callback(new RangeError("third"));
      };
      await again();
      expect(reports.map(({ message }) => message)).toEqual(["fromCallback(): the callback was called again"]);
      getRunningLoop().setDebug(true);
      await again();
      expect(reports.slice(1).map(({ message }) => message)).toEqual([
        "fromCallback(): the callback was called again, with 'second'",
        "fromCallback(): the callback was called again",
      ]);
    }));

  it("called after a cancellation it is not heard, and after the loop's end nothing breaks", async () => {
    let callback: Callback<string> = () => {};
    await runTest(async () => {
      const reports = recordReports();
      const task = createTask(
        fromCallback<string>((given) => {
          callback = given;
        }),
      );
      await sleep(1);
      task.cancel();
      await expect(task).rejects.toBeInstanceOf(CancelledError);
      callback(new RangeError("stopped"));
      callback(null, "late");
      expect(reports).toEqual([]);
    });
    callback(new RangeError("later still"));
    callback(null, "later still");
  });

  it("a value that came before the cancellation is given; the cancellation comes at the next wait", () =>
    runTest(async () => {
      const log: unknown[] = [];
      let callback: Callback<string> = () => {};
      const task = createTask(async () => {
        log.push(
          await fromCallback<string>((given) => {
            callback = given;
          }),
        );
        await sleep(1);
        log.push("never");
      });
      await sleep(1);
      callback(null, "value");
      task.cancel();
      await wait([task]);
      expect([log, task.cancelled()]).toEqual([["value"], true]);
    }));

  it("a function that throws, an async function that fails, and one that is none", () =>
    runTest(async () => {
      const throwing = fromCallback(() => {
        throw new RangeError("at once");
      });
      await expect(throwing).rejects.toThrow("at once");
      const failing = fromCallback(async () => {
        throw new RangeError("soon");
      });
      await expect(failing).rejects.toThrow("soon");
      expect(() => fromCallback(5 as never)).toThrow(TypeError);
    }));

  it("100,000 at once", () =>
    run(async () => {
      const callbacks: Callback<number>[] = [];
      const tasks = Array.from({ length: 100_000 }, () =>
        createTask(fromCallback<number>((callback) => void callbacks.push(callback))),
      );
      await sleep(0);
      callbacks.forEach((callback, i) => {
        callback(null, i);
      });
      await wait(tasks);
      expect(tasks.every((task, i) => task.result() === i)).toBe(true);
    }));
});
