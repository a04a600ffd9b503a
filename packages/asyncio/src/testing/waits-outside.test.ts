import { describe, expect, it } from "vitest";
import { bodyOf, type Script } from "../../../../tests/support/both-kinds.ts";
import {
  createTask,
  ensureFuture,
  type Future,
  fromCallback,
  gather,
  run,
  sleep,
  type Task,
  timeout,
  wait,
  wrapPromise,
} from "../index.ts";
import { inForeignAwait } from "../tasks/native-step.ts";
import { waitsFor } from "../tasks/open-waits.ts";
import { TestLoop } from "./test-loop.ts";

/** Compares, whenever the loop is about to sleep, what the clock is told with a look at all tasks. */
class CheckedLoop extends TestLoop {
  readonly seen: { readonly told: boolean; readonly looked: boolean }[] = [];

  override _onIdle(): void {
    super._onIdle();
    const told = (this as unknown as { waitsOutside(): boolean }).waitsOutside();
    const waits = (task: Task<unknown>): boolean => waitsFor(task).some((future) => future._isOutside);
    this.seen.push({ told, looked: [...this._tasks].some((task) => inForeignAwait(task) || waits(task)) });
  }
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

describe("a virtual clock knows whether a task waits for the outside", () => {
  const programs: Record<string, (body: <T>(script: Script<[], T>) => () => never) => Script<[], unknown>> = {
    "a promise that is wrapped": () =>
      function* () {
        yield wrapPromise(pause);
        yield sleep(1);
        yield wrapPromise(pause);
      },
    "a callback that is not called before the task is cancelled": () =>
      function* () {
        const task = createTask(() => fromCallback(() => {}));
        yield sleep(1);
        task.cancel();
        yield wait([task]);
        yield sleep(1);
      },
    "a deadline around it": () =>
      function* () {
        try {
          yield timeout(1, () => fromCallback(() => {}));
        } catch {}
        yield sleep(1);
      },
    "nobody but a callback waits": () =>
      function* () {
        const future = ensureFuture(pause()) as Future<unknown>;
        future.addDoneCallback(() => {});
        yield sleep(1);
        yield future;
        yield sleep(1);
      },
    "several tasks wait, and leave one by one": (body) =>
      function* () {
        let resolve = (): void => {};
        const promise = new Promise<void>((settle) => {
          resolve = settle;
        });
        const future = ensureFuture(promise) as Future<unknown>;
        const waits = body(function* () {
          yield future;
        });
        const tasks = [createTask(waits), createTask(waits), createTask(() => timeout(1, waits))];
        yield sleep(2);
        resolve();
        yield wait(tasks);
        tasks[2]!.exception();
        yield sleep(1);
      },
    "it is gathered": () =>
      function* () {
        yield gather([wrapPromise(pause), () => sleep(1)]);
      },
    "native code awaits a promise, again and again": () =>
      function* () {
        const native = createTask(async () => {
          for (let i = 0; i < 3; i++) {
            await pause();
            await sleep(1);
          }
        });
        const cancelled = createTask(async () => await new Promise<void>((resolve) => setTimeout(resolve, 5)));
        yield sleep("500ms");
        cancelled.cancel();
        yield wait([native, cancelled]);
        yield sleep(1);
      },
    "a helper outlives its task": () =>
      function* () {
        yield createTask(async () => {
          void (async () => await wrapPromise(pause))();
          await sleep(0);
        });
        yield sleep(1);
        yield wrapPromise(pause);
        yield sleep(1);
      },
  };

  it.each(
    Object.entries(programs).flatMap(([name, program]) =>
      ["generator", "native"].map((kind) => ({ name, kind, program })),
    ),
  )("$name ($kind)", async ({ kind, program }) => {
    const loop = new CheckedLoop();
    const body = (<T>(script: Script<[], T>) => bodyOf(kind, script)) as never;
    await run(bodyOf(kind, program(body)), { loopFactory: () => loop, handleSignals: false });
    expect(loop.seen.filter(({ told, looked }) => told !== looked)).toEqual([]);
    expect(new Set(loop.seen.map(({ told }) => told))).toEqual(new Set([true, false]));
    expect(loop._foreignAwaits).toBe(0);
  });
});
