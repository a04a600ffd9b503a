import { describe, expect, it } from "vitest";
import { bodyOf, type Script } from "../../../../tests/support/both-kinds.ts";
import {
  cancelScope,
  createTask,
  getRunningLoop,
  moveOnAfter,
  sleep,
  type TaskGroup,
  taskGroup,
  timeout,
  wait,
  wrapPromise,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

const hour = 3600;
const now = (): number => getRunningLoop().time();
const outcomes = async (all: Iterable<PromiseLike<unknown>>): Promise<unknown[]> =>
  (await Promise.allSettled(all)).map((each) =>
    each.status === "fulfilled" ? each.value : (each.reason as Error).constructor.name,
  );
/** Foreign work that stops when it is told to, with a value. */
const stoppable = () =>
  wrapPromise((signal) => new Promise((resolve) => signal.addEventListener("abort", () => resolve("value"))));

describe.each(["generator", "native"])("requests of scopes, in %s code", (kind) => {
  const body = <A extends unknown[], T>(script: Script<A, T>) => bodyOf(kind, script);

  it("one that comes while a group that was stopped is being left passes on", () =>
    runTest(async () => {
      const slowToStop = (stop: number) =>
        body(function* () {
          yield taskGroup(
            body(function* (group: TaskGroup) {
              getRunningLoop().callLater(stop, () => group.cancel());
              group.createTask(
                body(function* () {
                  try {
                    yield sleep(hour);
                  } finally {
                    yield cancelScope(() => sleep(5), { shield: true });
                  }
                }),
              );
              yield sleep(hour);
            }),
          );
          yield sleep(100);
        });
      expect(await outcomes([timeout(2, slowToStop(1))])).toEqual(["TimeoutError"]);
      expect(now()).toBe(6);
      const task = createTask(slowToStop(1));
      await sleep(2);
      task.cancel("please");
      await wait([task]);
      expect([task.cancelled(), now()]).toEqual([true, 12]);
    }));

  it("a group that is stopped in a task's clean-up keeps its own request", () =>
    runTest(async () => {
      const log: string[] = [];
      const task = createTask(
        body(function* () {
          try {
            yield sleep(hour);
          } finally {
            yield taskGroup(
              body(function* (group: TaskGroup) {
                group.cancel();
                yield sleep(hour);
              }),
            );
            log.push("cleaned up");
          }
        }),
      );
      await sleep(1);
      task.cancel();
      await wait([task]);
      expect([log, task.cancelled(), now()]).toEqual([["cleaned up"], true, 1]);
    }));

  it("one that was never delivered goes with its timeout, whatever else is counted", () =>
    runTest(async () => {
      const task = createTask(
        body(function* () {
          try {
            yield sleep(hour);
          } catch {}
          const value: string = yield timeout(
            1,
            body(function* () {
              yield cancelScope(() => sleep(2), { shield: true });
              return "in spite of it";
            }),
          ) as never;
          yield sleep(1);
          return value;
        }),
      );
      await sleep(1);
      task.cancel();
      expect(await task).toBe("in spite of it");
    }));

  it("a value that came all the same owes nothing when its scope has been left", () =>
    runTest(async () => {
      const log: unknown[] = [];
      const task = createTask(
        body(function* () {
          try {
            yield sleep(hour);
          } finally {
            log.push(yield moveOnAfter(1, stoppable));
            log.push(yield timeout(1, stoppable));
            yield sleep(1);
            log.push("cleaned up");
          }
        }),
      );
      await sleep(1);
      task.cancel();
      await wait([task]);
      expect(log).toEqual([{ timedOut: false, value: "value" }, "value", "cleaned up"]);
      expect(task.cancelled()).toBe(true);
    }));

  it("a scope whose shield was taken away keeps its own cancellation, in a task's clean-up, too", () =>
    runTest(async () => {
      let result: unknown = "not reached";
      const task = createTask(
        body(function* () {
          try {
            yield sleep(hour);
          } finally {
            result = yield cancelScope(
              body(function* (scope) {
                yield sleep(1);
                scope.shield = false;
                scope.deadline = now() + 1;
                yield sleep(hour);
              }),
              { shield: true },
            );
          }
        }),
      );
      await sleep(1);
      task.cancel();
      await wait([task]);
      expect([result, now(), task.cancelled()]).toEqual([undefined, 3, true]);
    }));
});

// In browsers the place of native code after a foreign await is a guess.
describe.skipIf("document" in globalThis)("requests of scopes side by side in one native task", () => {
  it("do not become one, when several are held back", () =>
    runTest(async () => {
      const held = (delay: number) =>
        timeout(1, async () => {
          await cancelScope(() => sleep(delay), { shield: true });
          await sleep(hour);
        }).catch((error) => `${(error as Error).constructor.name} at ${now()}`);
      expect(await Promise.all([held(2), held(3), sleep(10, "bystander")])).toEqual([
        "TimeoutError at 2",
        "TimeoutError at 3",
        "bystander",
      ]);
    }));

  it("are renewed for their scope alone, when errors have priority", () =>
    runTest(async () => {
      const failing = async (): Promise<void> => {
        try {
          await sleep(hour);
        } finally {
          throw new RangeError("cleaning up");
        }
      };
      const groups = [
        timeout(1, () =>
          taskGroup(async (group) => {
            group.createTask(failing);
            await sleep(hour);
          }),
        ),
        timeout(1, () => taskGroup((group) => group.start(failing))),
      ];
      expect(await outcomes([...groups, sleep(10, "bystander")])).toEqual([
        "ExceptionGroup",
        "ExceptionGroup",
        "bystander",
      ]);
    }));

  it("are postponed for their scope alone, when a value came all the same", () =>
    runTest(async () => {
      const late = timeout(1, async () => {
        await stoppable();
        await sleep(hour);
      });
      expect(await outcomes([late, sleep(10, "bystander")])).toEqual(["TimeoutError", "bystander"]);
    }));
});
