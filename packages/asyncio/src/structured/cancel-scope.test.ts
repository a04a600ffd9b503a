import { describe, expect, it } from "vitest";
import { bodyOf, type Script } from "../../../../tests/support/both-kinds.ts";
import {
  type Awaitable,
  type CancelScope,
  type CoroutineGenerator,
  cancelScope,
  createTask,
  currentTask,
  ExceptionGroup,
  failAfter,
  gather,
  getRunningLoop,
  isCancelled,
  moveOnAfter,
  RuntimeError,
  run,
  sleep,
  type Task,
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

describe.each(["generator", "native"])("a cancel scope with a %s body", (kind) => {
  const body = <A extends unknown[], T>(script: Script<A, T>) => bodyOf(kind, script);

  it("gives the body's value", () =>
    runTest(async () => {
      expect(
        await cancelScope(
          body(function* (scope: CancelScope) {
            yield sleep(1);
            return [scope.cancelCalled, scope.cancelledCaught, scope.deadline, scope.shield];
          }),
        ),
      ).toEqual([false, false, Infinity, false]);
    }));

  it("cancelled, interrupts where the body waits; the scope keeps the error", () =>
    runTest(async () => {
      let seen: unknown;
      let scope: CancelScope | undefined;
      const result = await cancelScope(
        body(function* (s: CancelScope) {
          scope = s;
          getRunningLoop().callLater(1, () => s.cancel("enough"));
          try {
            yield sleep("1h");
          } catch (error) {
            seen = error;
            throw error;
          }
        }),
      );
      expect(result).toBeUndefined();
      expect(isCancelled(seen) && seen.reason).toBe("enough");
      expect([scope?.cancelCalled, scope?.cancelledCaught, now()]).toEqual([true, true, 1]);
      expect(currentTask()?.cancelling()).toBe(0);
    }));

  it("the cancellation lasts: every later wait inside is interrupted, a bare turn, too", () =>
    runTest(async () => {
      const log: string[] = [];
      await cancelScope(
        body(function* (scope: CancelScope) {
          scope.cancel();
          for (const [name, make] of [
            ["sleep", () => sleep(1)],
            ["turn", () => sleep(0)],
            ["future", () => getRunningLoop().createFuture()],
            ["inner", () => cancelScope(() => sleep(1))],
            ["timeout", () => timeout(5, () => sleep(1))],
          ] as const) {
            try {
              yield make() as Awaitable<unknown>;
              log.push(`${name} passed`);
            } catch (error) {
              log.push(`${name} ${isCancelled(error)}`);
            }
          }
        }),
      );
      expect(log).toEqual(["sleep true", "turn true", "future true", "inner true", "timeout true"]);
      expect(now()).toBe(0);
      await sleep(1); // Outside all is well again.
    }));

  it("what has come in time is not taken away", () =>
    runTest(async () => {
      const values: unknown[] = [];
      await cancelScope(
        body(function* (scope: CancelScope) {
          const future = getRunningLoop().createFuture<string>();
          getRunningLoop().callLater(1, () => {
            future.setResult("the result");
            scope.cancel();
          });
          values.push(yield future);
          values.push(yield sleep(1)); // The next wait is interrupted.
        }),
      );
      expect(values).toEqual(["the result"]);
    }));

  it("a body that returns although it was cancelled gives its value", () =>
    runTest(async () => {
      let scope: CancelScope | undefined;
      const value = await cancelScope(
        body(function* (s: CancelScope) {
          scope = s;
          s.cancel();
          try {
            yield sleep(1);
          } catch {}
          return "done all the same";
        }),
      );
      expect([value, scope?.cancelCalled, scope?.cancelledCaught]).toEqual(["done all the same", true, false]);
    }));

  it("other errors pass; of a group only the cancellations stay", () =>
    runTest(async () => {
      const failing = (error: unknown) =>
        outcome(
          cancelScope(
            body(function* (scope: CancelScope) {
              scope.cancel();
              try {
                yield sleep(1);
              } catch (cancelled) {
                throw error === null ? new ExceptionGroup("g", [cancelled, new RangeError("r")]) : error;
              }
            }),
          ),
        );
      const plain = new RangeError("plain");
      expect(await failing(plain)).toBe(plain);
      expect(((await failing(null)) as ExceptionGroup).errors.map(String)).toEqual(["RangeError: r"]);
    }));

  it("of two cancelled scopes the outer one keeps the error", () =>
    runTest(async () => {
      let after = "not reached";
      let inner: CancelScope | undefined;
      let outer: CancelScope | undefined;
      await cancelScope(
        body(function* (o: CancelScope) {
          outer = o;
          yield cancelScope(
            body(function* (i: CancelScope) {
              inner = i;
              i.cancel();
              o.cancel();
              yield sleep(1);
            }),
          );
          after = "reached";
        }),
      );
      expect([after, inner?.cancelledCaught, outer?.cancelledCaught]).toEqual(["not reached", false, true]);
    }));

  it("a request to the task passes through, also through a cancelled scope", () =>
    runTest(async () => {
      for (const cancelScopeFirst of [false, true]) {
        const scopes: CancelScope[] = [];
        const task = createTask(
          body(function* () {
            yield cancelScope(
              body(function* (scope: CancelScope) {
                scopes.push(scope);
                yield sleep("1h");
              }),
            );
          }),
        );
        await sleep(1);
        if (cancelScopeFirst) scopes[0]!.cancel();
        task.cancel("from outside");
        await wait([task]);
        expect([task.cancelled(), scopes[0]!.cancelledCaught]).toEqual([true, false]);
      }
    }));

  it("an inner timeout that fires as well leaves the cancellation to the scope", () =>
    runTest(async () => {
      let caught: boolean | undefined;
      await cancelScope(
        body(function* (scope: CancelScope) {
          getRunningLoop().callLater(1, () => scope.cancel());
          try {
            yield timeout(1, () => sleep("1h"));
          } catch (error) {
            caught = isCancelled(error);
            throw error;
          }
        }),
      );
      expect(caught).toBe(true);
    }));

  it("reaches the children of groups inside, for good", () =>
    runTest(async () => {
      const log: string[] = [];
      await cancelScope(
        body(function* (scope: CancelScope) {
          getRunningLoop().callLater(1, () => scope.cancel("all of you"));
          yield taskGroup(
            body(function* (group) {
              group.createTask(
                body(function* () {
                  for (let i = 0; i < 3; i++) {
                    try {
                      yield sleep("1h");
                    } catch (error) {
                      log.push(`child ${i} ${isCancelled(error) && error.reason}`);
                    }
                  }
                }),
              );
              yield sleep("1h");
            }),
          );
        }),
      );
      // The first error comes from the scope or from the group that it stops, whoever is told first.
      expect(log.map((line) => line.slice(0, 7))).toEqual(["child 0", "child 1", "child 2"]);
      expect(now()).toBe(1);
    }));

  it("a child that is added later runs to its first wait", () =>
    runTest(async () => {
      const log: string[] = [];
      await cancelScope(
        body(function* (scope: CancelScope) {
          yield taskGroup(
            body(function* (group) {
              scope.cancel();
              group.createTask(
                body(function* () {
                  log.push("started");
                  yield sleep(0);
                  log.push("never");
                }),
              );
              log.push("body");
              yield cancelScope(() => sleep(0), { shield: true });
            }),
          );
        }),
      );
      expect(log).toEqual(["body", "started"]);
    }));

  it("a shield holds back scopes and requests, which come when it is left", () =>
    runTest(async () => {
      const log: string[] = [];
      const protect = (name: string) =>
        body(function* () {
          try {
            yield cancelScope(
              body(function* () {
                yield sleep(5);
                log.push(`${name}: protected work is done at ${now()}`);
              }),
              { shield: true },
            );
            yield sleep(1);
            log.push("never");
          } finally {
            log.push(`${name}: out at ${now()}`);
          }
        });
      const task = createTask(protect("request"));
      await sleep(1);
      task.cancel();
      task.cancel();
      await wait([task]);
      expect(task.cancelled()).toBe(true);
      await moveOnAfter(1, protect("scope"));
      expect(log).toEqual([
        "request: protected work is done at 5",
        "request: out at 5",
        "scope: protected work is done at 10",
        "scope: out at 10",
      ]);
    }));

  it("a timeout inside a shield is its own, whatever waits outside", () =>
    runTest(async () => {
      const errors: unknown[] = [];
      const task = createTask(
        body(function* () {
          yield cancelScope(
            body(function* () {
              errors.push(yield gather([timeout(5, () => sleep("1h"))], { returnExceptions: true }));
              try {
                yield timeout(5, () => sleep("1h"));
              } catch (error) {
                errors.push(error);
              }
            }),
            { shield: true },
          );
          yield sleep(1);
        }),
      );
      await sleep(1);
      task.cancel();
      await wait([task]);
      expect(errors.flat().map((error) => error instanceof TimeoutError)).toEqual([true, true]);
      expect([task.cancelled(), now()]).toEqual([true, 10]);
    }));

  it("a shield can be taken away and put up while work goes on", () =>
    runTest(async () => {
      const log: unknown[] = [];
      let inner: CancelScope | undefined;
      const task = createTask(() =>
        moveOnAfter(
          1,
          body(function* () {
            yield cancelScope(
              body(function* (scope: CancelScope) {
                inner = scope;
                try {
                  yield sleep("1h");
                } catch {
                  log.push(now());
                }
                scope.shield = true;
                yield sleep(3);
                log.push(now());
              }),
              { shield: true },
            );
          }),
        ),
      );
      await sleep(2);
      expect(log).toEqual([]);
      inner!.shield = false;
      await task;
      expect(log).toEqual([2, 5]);

      const held = createTask(() =>
        cancelScope(
          body(function* (scope: CancelScope) {
            inner = scope;
            yield sleep("1h");
          }),
          { shield: true },
        ),
      );
      await sleep(1);
      held.cancel();
      await sleep(1);
      expect(held.done()).toBe(false);
      inner!.shield = false;
      await wait([held]);
      expect([held.cancelled(), now()]).toEqual([true, 7]);
    }));

  it("a deadline cancels, can be moved and removed; one in the past interrupts the first wait", () =>
    runTest(async () => {
      const result = await cancelScope(
        body(function* (scope: CancelScope) {
          scope.deadline = now() + 10;
          yield sleep(5);
          scope.deadline = Infinity;
          yield sleep(10);
          scope.deadline = now() + 1;
          yield sleep("1h");
        }),
        { deadline: 1 },
      );
      expect([result, now()]).toEqual([undefined, 16]);
      let first = "";
      await cancelScope(
        body(function* (scope: CancelScope) {
          first = `ran ${scope.cancelCalled}`;
          yield sleep(1);
          first = "never";
        }),
        { deadline: now() - 1 },
      );
      expect(first).toBe("ran true");
      await cancelScope(
        body(function* (scope: CancelScope) {
          scope.deadline = now() + 1;
          yield sleep("500ms");
          scope.deadline = Infinity;
          yield sleep(10);
        }),
      );
      expect(now()).toBe(26.5);
    }));

  it("moveOnAfter() says whether the body was in time", () =>
    runTest(async () => {
      const slow = body(function* () {
        yield sleep(2);
        return "value";
      });
      expect(await moveOnAfter(1, slow)).toEqual({ timedOut: true });
      expect(await moveOnAfter("3s", slow)).toEqual({ timedOut: false, value: "value" });
      expect(now()).toBe(3);
    }));

  it("failAfter() throws TimeoutError for a body that was interrupted, and only then", () =>
    runTest(async () => {
      const error = await outcome(
        failAfter(
          1,
          body(function* () {
            yield sleep("1h");
          }),
        ),
      );
      expect(error).toBeInstanceOf(TimeoutError);
      expect(isCancelled((error as Error).cause)).toBe(true);
      const stubborn = body(function* () {
        try {
          yield sleep("1h");
        } catch {}
        return "value";
      });
      expect(await failAfter(1, stubborn)).toBe("value");
      const foreign = new TimeoutError("not mine");
      const failing = body(function* () {
        yield sleep("500ms");
        throw foreign;
      });
      expect(await outcome(failAfter(1, failing))).toBe(foreign);
    }));

  it("the signal is made when asked for and aborts with the reason", () =>
    runTest(async () => {
      const signals: AbortSignal[] = [];
      await cancelScope(
        body(function* (scope: CancelScope) {
          signals.push(scope.signal);
          scope.cancel("why not");
          signals.push(scope.signal);
          yield sleep(0);
        }),
      );
      expect(signals[0]).toBe(signals[1]);
      expect(isCancelled(signals[0]!.reason) && signals[0]!.reason.reason).toBe("why not");
    }));

  it("can be cancelled by another task, before and after its end", () =>
    runTest(async () => {
      let scope: CancelScope | undefined;
      const task = createTask(() =>
        cancelScope(
          body(function* (s: CancelScope) {
            scope = s;
            yield sleep(1);
            return "value";
          }),
        ),
      );
      expect(await task).toBe("value");
      scope!.cancel();
      expect([scope!.cancelCalled, String(scope)]).toEqual([false, "<CancelScope left>"]);
    }));
});

describe("cancel scopes", () => {
  it("side by side in one native task do not touch each other", () =>
    runTest(async () => {
      const results = await Promise.all([
        moveOnAfter(1, async () => {
          try {
            await sleep("1h");
          } catch {}
          await sleep("1h");
        }),
        moveOnAfter(2, async () => {
          await sleep("1500ms");
          await sleep("1h");
        }),
        moveOnAfter(10, async () => {
          await sleep(4);
          return "free";
        }),
      ]);
      expect(results).toEqual([{ timedOut: true }, { timedOut: true }, { timedOut: false, value: "free" }]);
      expect(now()).toBe(4);
    }));

  it("waits that the body has open at once all end; a shared child survives", () =>
    runTest(async () => {
      const child = createTask(() => sleep(10, "child"));
      const log: string[] = [];
      await moveOnAfter(1, async () => {
        const outcomes = await Promise.allSettled([sleep(5), child, sleep(0).then(() => sleep(20))]);
        log.push(...outcomes.map((each) => each.status));
        await sleep(0);
      });
      expect(log).toEqual(["rejected", "rejected", "rejected"]);
      expect(await child).toBe("child");
    }));

  it("a foreign await is not interrupted; the next wait is, and nothing is owed outside", () =>
    runTest(async () => {
      const log: string[] = [];
      await cancelScope(async (scope) => {
        scope.cancel();
        await Promise.race([sleep(5).catch(() => log.push("raced")), Promise.resolve()]);
        await new Promise((resolve) => setTimeout(resolve, 5));
        log.push("foreign");
        await sleep(1);
        log.push("never");
      });
      await sleep(1);
      expect(log).toEqual(["raced", "foreign"]);
    }));

  it("a group inside waits for stubborn children without turning the loop", () =>
    runTest(async () => {
      const loop = getRunningLoop() as unknown as { iteration: number };
      let before = 0;
      let after = 0;
      await moveOnAfter(1, () =>
        taskGroup(function* (group) {
          group.createTask(() =>
            cancelScope(
              function* () {
                yield* sleep(0);
                before = loop.iteration;
                yield* sleep(100);
                after = loop.iteration;
              },
              { shield: true },
            ),
          );
          yield* sleep("1h");
        }),
      );
      expect(now()).toBe(100);
      expect(after - before).toBeLessThan(10);
    }));

  it("a task of createTask() is not part of the scope", () =>
    runTest(async () => {
      let background: Task<string> | undefined;
      await cancelScope(async (scope) => {
        background = createTask(() => sleep(5, "background"));
        scope.cancel();
        await sleep(0);
      });
      expect(await background).toBe("background");
    }));

  it("reach through scopes, groups and tasks at any depth, without recursion", () =>
    runTest(async () => {
      let ended = 0;
      const nest = function* (depth: number): CoroutineGenerator<void> {
        if (depth === 0) {
          try {
            yield* sleep("1h");
          } finally {
            ended++;
          }
          return;
        }
        yield* taskGroup((group) => {
          group.createTask(() => cancelScope(() => nest(depth - 1)));
          return sleep("1h");
        });
      };
      await moveOnAfter(1, () => nest(300));
      expect([ended, now()]).toEqual([1, 1]);
    }));

  it("100,000 children end with their scope", async () => {
    let ended = 0;
    const child = function* () {
      try {
        yield* sleep("1h");
      } finally {
        ended++;
      }
    };
    await run(() =>
      cancelScope((scope) =>
        taskGroup(function* (group) {
          for (let i = 0; i < 100_000; i++) group.createTask(child);
          yield* sleep(0);
          scope.cancel();
          yield* sleep("1h");
        }),
      ),
    );
    expect(ended).toBe(100_000);
  });

  it("mistakes are told", async () => {
    expect(() => cancelScope(5 as never)).toThrow(TypeError);
    expect(() => cancelScope(async () => {}, { deadline: Number.NaN })).toThrow(RangeError);
    expect(() => cancelScope(async () => {}, { deadline: "1s" as never })).toThrow(TypeError);
    expect(() => moveOnAfter(Number.NaN, async () => {})).toThrow(RangeError);
    await runTest(async () => {
      await cancelScope(async (scope) => {
        expect(() => {
          scope.deadline = Number.NaN;
        }).toThrow(RangeError);
        expect(() => {
          scope.shield = 1 as never;
        }).toThrow(TypeError);
        expect(String(scope)).toBe("<CancelScope entered>");
      });
    });
    await expect(async () => await cancelScope(async () => {})).rejects.toThrow(RuntimeError);
  });
});
