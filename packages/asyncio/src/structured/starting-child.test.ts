import { describe, expect, it } from "vitest";
import { bodyOf, type Script } from "../../../../tests/support/both-kinds.ts";
import {
  allTasks,
  cancelScope,
  createTask,
  ExceptionGroup,
  getRunningLoop,
  moveOnAfter,
  RuntimeError,
  sleep,
  type TaskGroup,
  TimeoutError,
  taskGroup,
  timeout,
  wait,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

async function outcome(awaitable: PromiseLike<unknown>): Promise<unknown> {
  try {
    return await awaitable;
  } catch (error) {
    return error;
  }
}
const now = (): number => getRunningLoop().time();
type Started<V = void> = (value: V) => void;

describe.each(["generator", "native"])("start() of a group with %s children", (kind) => {
  const body = <A extends unknown[], T>(script: Script<A, T>) => bodyOf(kind, script);

  it("waits for started(value); then the child goes on as the group's", () =>
    runTest(async () => {
      const log: unknown[] = [];
      await taskGroup(async (group) => {
        const port = await group.start<number>(
          body(function* (started: Started<number>) {
            yield sleep(2);
            started(8080);
            yield sleep(3);
            log.push(["served until", now()]);
          }),
        );
        log.push([port, now(), group.tasks.size]);
      });
      expect(log).toEqual([
        [8080, 2, 1],
        ["served until", 5],
      ]);
    }));

  it("a child that starts eagerly may say so in its first step", () =>
    runTest(async () => {
      const log: unknown[] = [];
      await taskGroup(async (group) => {
        const first = body(function* (started: Started<number>) {
          started(1);
          yield sleep(1);
          log.push("child done");
        });
        log.push(await group.start(first, { eagerStart: true }), group.tasks.size);
      });
      expect(log).toEqual([1, 1, "child done"]);
    }));

  it("an error before is thrown as it is, and the group goes on; one after stops the group", () =>
    runTest(async () => {
      const early = new RangeError("early");
      const late = new RangeError("late");
      const fails = body(function* (_started: Started) {
        yield sleep(1);
        throw early;
      });
      const error = await outcome(
        taskGroup(async (group) => {
          expect(await outcome(group.start(fails))).toBe(early);
          await group.start(
            body(function* (started: Started) {
              started();
              yield sleep(1);
              throw late;
            }),
          );
          await sleep("1h");
        }),
      );
      expect(error).toBeInstanceOf(ExceptionGroup);
      expect((error as ExceptionGroup).errors).toEqual([late]);
      expect(now()).toBe(2);
    }));

  it("a child that ends or is cancelled without started() is an error; a second started(), too", () =>
    runTest(async () => {
      let second: unknown;
      await taskGroup(async (group) => {
        const ended = await outcome(group.start(body(function* () {})));
        expect(String(ended)).toContain("ended without having called started()");
        expect(ended).toBeInstanceOf(RuntimeError);
        const starting = createTask(() =>
          group.start(
            body(function* () {
              yield sleep("1h");
            }),
            { name: "the child" },
          ),
        );
        await sleep(1);
        for (const task of [...allTasks()]) if (task.getName() === "the child") task.cancel();
        expect(String(await outcome(starting))).toContain("was cancelled before it had called started()");
        await group.start(
          body(function* (started: Started) {
            started();
            try {
              started();
            } catch (error) {
              second = error;
            }
          }),
        );
      });
      expect(String(second)).toContain("started() has been called already");
    }));

  it("cancelling the starter cancels the child and waits for it", () =>
    runTest(async () => {
      const log: unknown[] = [];
      const child = body(function* (started: Started) {
        try {
          yield sleep("1h");
        } finally {
          yield sleep(2);
          log.push(["child out", now()]);
          started(); // Too late: it belongs to nobody.
        }
      });
      await taskGroup(async (group) => {
        const starting = createTask(() => group.start(child));
        await sleep(1);
        starting.cancel();
        await wait([starting]);
        log.push([starting.cancelled(), group.tasks.size, now()]);
        log.push((await outcome(timeout(1, () => group.start(child)))) instanceof TimeoutError);
        log.push(await moveOnAfter(1, () => group.start(child)));
      });
      expect(log).toEqual([["child out", 3], [true, 0, 3], ["child out", 6], true, { timedOut: true }]);
      expect(now()).toBe(7);
    }));

  it("the child's own failure on the way out has priority over the cancellation", () =>
    runTest(async () => {
      const failure = new RangeError("while cleaning up");
      let second: unknown;
      const task = createTask(() =>
        taskGroup(async (group) => {
          const error = await outcome(
            group.start(
              body(function* () {
                try {
                  yield sleep("1h");
                } finally {
                  throw failure;
                }
              }),
            ),
          );
          second = await outcome(sleep(1));
          throw error;
        }),
      );
      await sleep(1);
      task.cancel();
      await wait([task]);
      expect((task.exception() as ExceptionGroup).errors).toEqual([failure]);
      expect((second as Error).name).toBe("CancelledError");
    }));

  it("until it has started the child is in the starter's scopes, afterwards in the group's", () =>
    runTest(async () => {
      const log: unknown[] = [];
      await taskGroup(async (group) => {
        await cancelScope(async (scope) => {
          await group.start(
            body(function* (started: Started) {
              started();
              try {
                yield sleep(5);
                log.push("survived the starter's scope");
                yield sleep("1h");
              } catch (error) {
                log.push(String(error));
              }
            }),
          );
          scope.cancel();
          await sleep(0);
        });
        await sleep(10);
        group.cancel();
      });
      expect(log).toEqual(["survived the starter's scope", "CancelledError"]);
      const outcomes: unknown[] = [];
      await moveOnAfter(1, () =>
        taskGroup(function* (group: TaskGroup) {
          yield* cancelScope(
            () =>
              group.start(
                body(function* (started: Started) {
                  started();
                  for (let i = 0; i < 2; i++) {
                    try {
                      yield sleep("1h");
                    } catch {
                      outcomes.push(now());
                    }
                  }
                }),
              ),
            { shield: true },
          );
          yield* sleep("1h");
        }),
      );
      expect(outcomes).toEqual([11, 11]); // Out of the shield, it is reached.
    }));

  it("the group waits for children that are still starting, and adopts them while it is left", () =>
    runTest(async () => {
      const log: unknown[] = [];
      let starting: PromiseLike<unknown> | undefined;
      await taskGroup(async (group) => {
        starting = createTask(() =>
          group.start(
            body(function* (started: Started<string>) {
              yield sleep(2);
              started("up");
              yield sleep(2);
              log.push("child done");
            }),
          ),
        );
        await sleep(1);
      });
      expect([now(), ...log, await starting]).toEqual([4, "child done", "up"]);
    }));

  it("a group that takes no more children refuses before the child begins", () =>
    runTest(async () => {
      let finished: TaskGroup | undefined;
      await taskGroup(async (group) => {
        finished = group;
      });
      let began = false;
      const error = await outcome(
        finished!.start(
          body(function* () {
            began = true;
          }),
        ),
      );
      expect(String(error)).toContain("is finished");
      expect(began).toBe(false);
      expect(() => finished!.start(5 as never)).toThrow(TypeError);
    }));
});
