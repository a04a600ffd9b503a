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
  wait,
} from "../index.ts";
import { runTest, TestLoop } from "../testing/index.ts";

describe("task.signal", () => {
  it("is one signal, made when asked for, and aborted by cancel() at once, with the reason", () =>
    runTest(async () => {
      const task = createTask(() => sleep(100));
      const { signal } = task;
      expect([task.signal === signal, signal.aborted]).toEqual([true, false]);
      let heard = 0;
      signal.addEventListener("abort", () => heard++);
      const why = { why: 1 };
      task.cancel(why);
      expect([signal.aborted, heard, isCancelled(signal.reason)]).toEqual([true, 1, true]);
      expect((signal.reason as CancelledError).reason).toBe(why);
      task.cancel("again");
      expect(heard).toBe(1);
      await wait([task]);
    }));

  it("asked for after the cancellation it is aborted already; after the task's end it stays as it is", () =>
    runTest(async () => {
      const task = createTask(() => sleep(100));
      await sleep(0);
      task.cancel("why");
      expect(isCancelled(task.signal.reason) && task.signal.reason.reason).toBe("why");
      await wait([task]);
      expect(task.signal.aborted).toBe(true);
      const done = createTask(async () => 1);
      await done;
      expect([done.cancel(), done.signal.aborted]).toEqual([false, false]);
    }));

  it.each(["generator", "native"])("a %s task that withdraws the cancellation has a fresh one", (kind) =>
    runTest(async () => {
      const signals: AbortSignal[] = [];
      const note = (task: Task<unknown>): void => void signals.push(task.signal);
      const generator = function* () {
        note(currentTask()!);
        try {
          yield* sleep(100);
        } catch {
          note(currentTask()!);
          currentTask()!.uncancel();
        }
        note(currentTask()!);
        yield* sleep(100);
      };
      const native = async (): Promise<void> => {
        note(currentTask()!);
        try {
          await sleep(100);
        } catch {
          note(currentTask()!);
          currentTask()!.uncancel();
        }
        note(currentTask()!);
        await sleep(100);
      };
      const task = createTask(kind === "generator" ? generator : native);
      await sleep(1);
      task.cancel();
      await sleep(1);
      expect(signals[0]).toBe(signals[1]);
      expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, false]);
      task.cancel();
      expect(signals[2]!.aborted).toBe(true);
      await wait([task]);
    }),
  );

  it("requested twice and withdrawn once it stays aborted", () =>
    runTest(async () => {
      const task = createTask(() => sleep(100));
      const { signal } = task;
      task.cancel();
      task.cancel();
      task.uncancel();
      expect([task.signal === signal, task.signal.aborted]).toEqual([true, true]);
      await wait([task]);
    }));

  it("stops what waits outside, whose AbortError then ends the task as cancelled", () =>
    runTest(async () => {
      // What fetch does, and what Node's own functions do.
      for (const rejection of [
        (signal: AbortSignal) => signal.reason as unknown,
        (signal: AbortSignal) =>
          Object.assign(new Error("The operation was aborted", { cause: signal.reason }), { name: "AbortError" }),
      ]) {
        const request = (signal: AbortSignal): Promise<void> =>
          new Promise((_, reject) => signal.addEventListener("abort", () => reject(rejection(signal))));
        const task = createTask(async () => await request(currentTask()!.signal));
        await sleep(1);
        task.cancel("why");
        await wait([task]);
        expect(task.cancelled()).toBe(true);
      }
    }));
});

describe("run() with a signal", () => {
  const loopFactory = (): TestLoop => new TestLoop();

  it("aborted while the program cleans up, it interrupts that as well", async () => {
    const controller = new AbortController();
    const log: unknown[] = [];
    const error = await run(
      async () => {
        const main = currentTask()!;
        getRunningLoop().callLater(1, () => main.cancel("first"));
        getRunningLoop().callLater(2, () => controller.abort("second"));
        try {
          await sleep(100);
        } finally {
          try {
            await sleep(100);
          } catch (interruption) {
            log.push((interruption as CancelledError).reason, getRunningLoop().time());
          }
        }
      },
      { signal: controller.signal, loopFactory },
    ).catch((caught: unknown) => caught as CancelledError);
    expect((error as CancelledError).reason).toBe("first");
    expect(log).toEqual(["second", 2]);
  });

  it("aborted while it is left, the result stands and the other tasks clean up", async () => {
    const controller = new AbortController();
    const log: unknown[] = [];
    const value = await run(
      async () => {
        createTask(async () => {
          try {
            await sleep(100);
          } finally {
            controller.abort();
            await sleep(1);
            log.push("cleaned up");
          }
        });
        await sleep(1);
        return "result";
      },
      { signal: controller.signal, loopFactory },
    );
    expect([value, log]).toEqual(["result", ["cleaned up"]]);
  });

  it("a program that handles the cancellation gives its value", async () => {
    const controller = new AbortController();
    const value = await run(
      function* () {
        getRunningLoop().callLater(1, () => controller.abort("enough"));
        try {
          yield* sleep(100);
        } catch (error) {
          return (error as CancelledError).reason;
        }
        return "never";
      },
      { signal: controller.signal, loopFactory },
    );
    expect(value).toBe("enough");
  });

  it("aborted already, nothing runs and nothing is reported", async () => {
    const reports: ExceptionContext[] = [];
    let ran = false;
    const main = async (): Promise<void> => {
      ran = true;
    };
    const error = await run(main, {
      signal: AbortSignal.abort("no"),
      loopFactory: () => {
        const loop = new TestLoop();
        loop.setExceptionHandler((_, context) => void reports.push(context));
        return loop;
      },
    }).catch((caught: unknown) => caught as CancelledError);
    expect([isCancelled(error), (error as CancelledError).reason, ran, reports]).toEqual([true, "no", false, []]);
  });

  it("a task's signal stops a program of its own loop with it", async () => {
    const controller = new AbortController();
    const outer = run(async () => await sleep(0).then(() => "over"), { signal: controller.signal, loopFactory });
    expect(await outer).toBe("over");
    controller.abort();
    await expect(run(() => sleep(1), { signal: controller.signal, loopFactory })).rejects.toBeInstanceOf(
      CancelledError,
    );
  });
});
