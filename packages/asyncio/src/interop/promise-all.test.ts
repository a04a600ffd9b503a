import { describe, expect, it } from "vitest";
import { TestEmitter } from "../../../../tests/support/test-emitter.ts";
import {
  AwaitableBase,
  type CancelledError,
  type CoroutineGenerator,
  coroutine,
  createTask,
  fromCallback,
  fromEvent,
  gather,
  getRunningLoop,
  isCancelled,
  shield,
  sleep,
  type Task,
  wait,
  wrapPromise,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

class Own extends AwaitableBase<string> {
  protected override *awaitSteps(): CoroutineGenerator<string> {
    return yield* sleep(3, "own");
  }
}

const generator = coroutine(function* () {
  return yield* sleep(2, "generator");
});
const native = coroutine(async () => await sleep(1, "native"));

async function cancelled(task: Task<unknown>, message?: unknown): Promise<CancelledError> {
  task.cancel(message);
  await wait([task]);
  expect(task.cancelled()).toBe(true);
  return (await task.catch((error: unknown) => error)) as CancelledError;
}

describe("await Promise.all() of awaitables in a native task", () => {
  it("takes everything that can be awaited, at the same time", () =>
    runTest(async () => {
      const emitter = new TestEmitter();
      const loop = getRunningLoop();
      const future = loop.createFuture<string>();
      loop.callLater(4, () => future.setResult("future"));
      loop.callLater(4, () => emitter.emit("event", "event"));
      const task = createTask(() => sleep(2, "task"));
      const results = await Promise.all([
        generator(),
        native(),
        new Own(),
        future,
        task,
        sleep(1, "sleep"),
        gather(sleep(1, 1), sleep(2, 2)),
        shield(task),
        fromEvent<[string]>(emitter, "event"),
        fromCallback<string>((callback) => void loop.callLater(1, () => callback(null, "callback"))),
        wrapPromise(async () => "promise"),
        Promise.resolve("foreign"),
        "plain",
      ]);
      expect(results).toEqual([
        "generator",
        "native",
        "own",
        "future",
        "task",
        "sleep",
        [1, 2],
        "task",
        ["event"],
        "callback",
        "promise",
        "foreign",
        "plain",
      ]);
      expect(loop.time()).toBe(4);
    }));

  it("a cancellation ends every private wait, with its message, and touches no child and no shared future", () =>
    runTest(async () => {
      const ended: string[] = [];
      const noting = (name: string) =>
        coroutine(function* () {
          try {
            yield* sleep(100);
          } catch (error) {
            ended.push(`${name} ${(error as CancelledError).reason}`);
            throw error;
          }
        })();
      const emitter = new TestEmitter();
      const shared = getRunningLoop().createFuture<string>();
      const child = createTask(() => sleep(10, "child"));
      const signals: AbortSignal[] = [];
      const parent = createTask(
        async () =>
          await Promise.all([
            noting("a"),
            child,
            shared,
            fromEvent(emitter, "never"),
            wrapPromise(
              (signal) =>
                new Promise((_, reject) => {
                  signals.push(signal);
                  signal.addEventListener("abort", () => reject(signal.reason));
                }),
            ),
            Promise.all([noting("b"), child]),
          ]),
      );
      await sleep(1);
      const error = await cancelled(parent, "why");
      expect(error.reason).toBe("why");
      await sleep(0);
      expect(ended.sort()).toEqual(["a why", "b why"]);
      expect([child.done(), shared.done(), emitter.count()]).toEqual([false, false, 0]);
      expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
      shared.setResult("still of use");
      expect([await shared, await child]).toEqual(["still of use", "child"]);
    }));

  it("a child that is left as the only wait is cancelled with its parent", () =>
    runTest(async () => {
      const child = createTask(() => sleep(10));
      const parent = createTask(async () => await Promise.all([child, sleep(1)]));
      await sleep(2);
      await cancelled(parent);
      expect(child.cancelled()).toBe(true);
    }));

  it("several children all survive; so do their children", () =>
    runTest(async () => {
      const grandchild = createTask(() => sleep(10, "grandchild"));
      const children = [createTask(async () => await grandchild), createTask(() => sleep(10, "child"))];
      const parent = createTask(async () => await Promise.all(children));
      await sleep(1);
      await cancelled(parent);
      expect(await Promise.all(children)).toEqual(["grandchild", "child"]);
    }));

  it.each(["race", "any", "allSettled"] as const)(
    "Promise.%s: the private waits are cancelled, the child is not",
    (combine) =>
      runTest(async () => {
        const child = createTask(() => sleep(10, "child"));
        let ended = 0;
        const helper = async (): Promise<void> => {
          try {
            await sleep(100);
          } finally {
            ended++;
          }
        };
        let outcome: unknown;
        const parent = createTask(async () => {
          outcome = await (Promise[combine] as (all: unknown[]) => Promise<unknown>)([child, helper(), helper()]).catch(
            (error: unknown) => error,
          );
        });
        await sleep(1);
        parent.cancel();
        await wait([parent]);
        await sleep(0);
        expect([ended, child.done()]).toEqual([2, false]);
        const causes =
          combine === "race"
            ? [outcome]
            : combine === "any"
              ? (outcome as AggregateError).errors
              : (outcome as PromiseRejectedResult[]).map(({ reason }) => reason);
        expect(causes.every(isCancelled)).toBe(true);
        expect(await child).toBe("child");
      }),
  );

  it("a child that finishes in the iteration of the cancellation has finished", () =>
    runTest(async () => {
      const child = createTask(() => sleep(5, "child"));
      const parent = createTask(async () => await Promise.all([child, sleep(100)]));
      await sleep(1);
      child.addDoneCallback(() => parent.cancel());
      await wait([parent]);
      expect([parent.cancelled(), child.result()]).toEqual([true, "child"]);
    }));

  it("the first error comes out, and the other waits go on as JavaScript has it; a cancellation then reaches them", () =>
    runTest(async () => {
      let state = "waiting";
      const helper = async (): Promise<void> => {
        try {
          await sleep(100);
        } finally {
          state = `ended at ${getRunningLoop().time()}`;
        }
      };
      const fails = coroutine(async () => {
        await sleep(1);
        throw new RangeError("first");
      });
      const parent = createTask(async () => {
        await Promise.all([fails(), helper()]).catch(() => {});
        await sleep(50);
      });
      await sleep(5);
      expect([parent.done(), state]).toEqual([false, "waiting"]);
      await cancelled(parent);
      await sleep(0);
      expect(state).toBe("ended at 5");
    }));

  it("cancelled again while it cleans up, the cleaning up is interrupted", () =>
    runTest(async () => {
      const child = createTask(() => sleep(100));
      const log: unknown[] = [];
      const parent = createTask(async () => {
        try {
          await Promise.all([child, sleep(100)]);
        } finally {
          try {
            await Promise.all([child, sleep(100)]);
          } catch (error) {
            log.push((error as CancelledError).reason);
          }
        }
      });
      await sleep(1);
      parent.cancel("first");
      await sleep(1);
      expect(parent.done()).toBe(false);
      const error = await cancelled(parent, "second");
      expect([error.reason, log, child.done()]).toEqual(["first", ["second"], false]);
      child.cancel();
    }));
});
