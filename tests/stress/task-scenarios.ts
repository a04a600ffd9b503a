// Scenarios of tasks and of what stands in `structured/`: everything that a task can wait for without a primitive.

import {
  allTasks,
  asCompleted,
  CancelledError,
  type Coroutine,
  cancelScope,
  createTask,
  eagerTaskFactory,
  ensureFuture,
  FIRST_COMPLETED,
  FIRST_EXCEPTION,
  Future,
  failAfter,
  gather,
  getRunningLoop,
  isCancelled,
  moveOnAfter,
  shield,
  sleep,
  type Task,
  type TaskGroup,
  type Timeout,
  TimeoutError,
  taskGroup,
  timeout,
  timeoutAt,
  wait,
  waitFor,
} from "asyncio-ts";
import { assert, Inside } from "./bookkeeping.ts";
import type { Scenario } from "./cancel-everywhere.ts";
import { of, type Script } from "./kinds.ts";

function* naps(): ReturnType<Script<string>> {
  yield sleep(0);
  yield sleep(1);
  return "rested";
}

export const scenarios: Readonly<Record<string, Scenario>> = {
  sleep: () => {
    const inside = new Inside();
    return {
      tasks: {
        a: inside.around(naps),
        b: inside.around(function* () {
          for (const delay of [0.5, 0, 0.5, 0, 0, 1]) yield sleep(delay);
        }),
      },
      atEnd: inside.expectNone,
    };
  },

  "a clean-up that waits": () => {
    const inside = new Inside();
    let cleanedUp = 0;
    return {
      tasks: {
        a: inside.around(function* () {
          try {
            yield sleep(1);
          } finally {
            yield sleep(0);
            yield sleep(1);
            cleanedUp++;
          }
        }),
      },
      atEnd() {
        inside.expectNone();
        assert(cleanedUp <= 2, "cleaned up twice");
      },
    };
  },

  "a future that another task resolves": () => {
    const futures: Future<number>[] = [];
    return {
      tasks: {
        *consumer() {
          for (let i = 0; i < 3; i++) {
            const future = new Future<number>();
            futures.push(future);
            yield future;
          }
        },
      },
      helpers: {
        *supplier() {
          for (let i = 0; i < 12; i++) {
            yield sleep(i % 2);
            const future = futures.shift();
            if (future?.done() === false) future.setResult(i);
          }
        },
      },
    };
  },

  "a future that is done": () => ({
    tasks: {
      *a() {
        const future = new Future<string>();
        future.setResult("done");
        assert((yield* of(future)) === "done", "the value");
        yield sleep(0);
        assert((yield* of(future)) === "done", "the value");
      },
    },
  }),

  "a chain of tasks": (kind) => {
    const inside = new Inside();
    const link = (depth: number): Script<number> =>
      function* () {
        inside.count++;
        try {
          yield sleep(0);
          if (depth === 0) yield sleep(1);
          else yield createTask(kind(link(depth - 1)));
          yield sleep(0);
          return depth;
        } finally {
          inside.count--;
        }
      };
    return { tasks: { a: link(3) }, atEnd: inside.expectNone };
  },

  "a task that is awaited by two": (kind) => {
    let shared: Task<unknown> | null = null;
    const waiter: Script<void> = function* () {
      if (shared === null || shared.done()) shared = createTask(kind(naps));
      yield shared;
    };
    // Cancelling the one that waits cancels what both wait for: asyncio's rule, and the reason for shield.
    return { tasks: { a: waiter, b: waiter }, mayEnd: (_, error) => isCancelled(error) };
  },

  gather: (kind) => {
    const inside = new Inside();
    const child = kind(inside.around(naps));
    const quick = kind(
      inside.around(function* () {
        yield sleep(0);
        return 1;
      }),
    );
    return {
      tasks: {
        *a() {
          try {
            const results = yield* of(gather(child, quick, () => gather(quick, child)));
            assert(JSON.stringify(results) === '["rested",1,[1,"rested"]]', `gathered ${JSON.stringify(results)}`);
          } finally {
            // Nobody runs on, neither after the results nor after a cancellation.
            inside.expectNone();
          }
        },
      },
      atEnd: inside.expectNone,
    };
  },

  "gather with a failure": (kind) => {
    const inside = new Inside();
    const failing = kind(
      inside.around(function* () {
        yield sleep(1);
        throw new RangeError("failed");
      }),
    );
    const slow = kind(
      inside.around(function* () {
        yield sleep(2);
      }),
    );
    return {
      tasks: {
        *a() {
          const children = [createTask(failing), createTask(slow)] as const;
          try {
            yield gather(...children);
            assert(false, "no error");
          } catch (error) {
            if (!(error instanceof RangeError)) throw error;
          }
          yield gather([...children], { returnExceptions: true });
          // As in asyncio, the failure of a child comes before a cancellation that has reached its sibling.
          if (children[1].cancelled()) throw new CancelledError();
          inside.expectNone();
        },
      },
      atEnd: inside.expectNone,
    };
  },

  "gather, return exceptions": (kind) => {
    const inside = new Inside();
    const failing = kind(
      inside.around(function* () {
        yield sleep(1);
        throw new RangeError("failed");
      }),
    );
    const child = kind(inside.around(naps));
    return {
      tasks: {
        *a() {
          const [error, value] = yield* of(gather([failing, child], { returnExceptions: true }));
          assert(error instanceof RangeError && value === "rested", "the results");
        },
      },
      atEnd: inside.expectNone,
    };
  },

  wait: (kind) => {
    const inside = new Inside();
    const child = (delay: number) =>
      kind(
        inside.around(function* () {
          yield sleep(delay);
          return delay;
        }),
      );
    return {
      tasks: {
        *a() {
          const children = [1, 2, 3].map((delay) => createTask(child(delay), { name: `child ${delay}` }));
          const [first] = yield* of(wait(children, { returnWhen: FIRST_COMPLETED }));
          assert(first.size === 1, "the first");
          const [two, pending] = yield* of(wait(children, { timeout: 1.5 }));
          assert(two.size === 2 && pending.size === 1, `after the timeout: ${two.size} of 3`);
          const [all] = yield* of(wait(children, { returnWhen: FIRST_EXCEPTION }));
          assert(all.size === 3, "all");
        },
      },
      atEnd: inside.expectNone,
    };
  },

  waitFor: (kind) => {
    const inside = new Inside();
    const quick = kind(
      inside.around(function* () {
        yield sleep(1);
        return "in time";
      }),
    );
    const slow = kind(
      inside.around(function* () {
        try {
          yield sleep(10);
        } finally {
          yield sleep(0.5);
        }
      }),
    );
    return {
      tasks: {
        *a() {
          assert((yield* of(waitFor(quick, 2))) === "in time", "the value");
          assert((yield* of(waitFor(createTask(quick), null))) === "in time", "the value of a task");
          try {
            yield waitFor(slow, 1);
            assert(false, "no timeout");
          } catch (error) {
            if (!(error instanceof TimeoutError)) throw error;
          }
          inside.expectNone();
        },
      },
      atEnd: inside.expectNone,
    };
  },

  "waitFor without any time": (kind) => {
    const inside = new Inside();
    const slow = kind(
      inside.around(function* () {
        try {
          yield sleep(10);
        } finally {
          yield sleep(0.5);
        }
      }),
    );
    return {
      tasks: {
        *a() {
          const task = createTask(slow);
          yield sleep(0);
          try {
            yield waitFor(task, 0);
            assert(false, "no timeout");
          } catch (error) {
            if (!(error instanceof TimeoutError)) throw error;
          }
        },
      },
      atEnd: inside.expectNone,
    };
  },

  "waitFor whose deadline and result come together": (kind) => {
    const quick = kind(function* () {
      yield sleep(1);
      return "in time";
    });
    return {
      tasks: {
        *a() {
          for (let i = 0; i < 2; i++) {
            try {
              const value = yield* of(waitFor(i === 0 ? quick : createTask(quick), 1));
              assert(value === "in time", "the value");
            } catch (error) {
              if (!(error instanceof TimeoutError)) throw error;
            }
          }
        },
      },
    };
  },

  timeout: (kind) => {
    const inside = new Inside();
    const slow = kind(
      inside.around(function* () {
        yield sleep(10);
      }),
    );
    const outer = kind(function* () {
      for (const delay of [1, 0]) {
        try {
          yield timeout(delay, slow);
          assert(false, "no timeout");
        } catch (error) {
          if (!(error instanceof TimeoutError)) throw error;
        }
      }
      const value = yield* of(timeoutAt(getRunningLoop().time() + 2, kind(naps)));
      assert(value === "rested", "the value");
    });
    return {
      tasks: {
        *a() {
          yield timeout("1h", outer);
        },
      },
      atEnd: inside.expectNone,
    };
  },

  "timeouts that expire together": (kind) => {
    const inside = new Inside();
    const slow = kind(
      inside.around(function* () {
        yield sleep(10);
      }),
    );
    const both = kind(function* () {
      yield timeout(1, slow);
    });
    return {
      tasks: {
        *a() {
          try {
            yield timeout(1, both);
            assert(false, "no timeout");
          } catch (error) {
            if (!(error instanceof TimeoutError)) throw error;
          }
          yield sleep(0);
        },
        *b() {
          yield timeout(2, kind(naps));
        },
      },
      atEnd: inside.expectNone,
    };
  },

  "a timeout that is moved": (kind) => {
    const body = kind(function* (scope: Timeout) {
      for (let i = 0; i < 3; i++) {
        yield sleep(0.5);
        scope.reschedule(getRunningLoop().time() + 1);
      }
      scope.reschedule(null);
      yield sleep(2);
    });
    return {
      tasks: {
        *a() {
          yield timeout(1, body);
        },
      },
    };
  },

  taskGroup: (kind) => {
    const inside = new Inside();
    const child = kind(inside.around(naps));
    const body = kind(function* (group: TaskGroup) {
      group.createTask(child);
      const second = group.createTask(child);
      yield sleep(0);
      group.createTask(
        kind(
          inside.around(function* () {
            yield sleep(2);
            group.createTask(child);
          }),
        ),
      );
      return yield* of(second);
    });
    return {
      tasks: {
        *a() {
          try {
            yield taskGroup(body);
          } finally {
            inside.expectNone();
          }
        },
      },
      atEnd: inside.expectNone,
    };
  },

  "nested task groups": (kind) => {
    const inside = new Inside();
    const child = kind(
      inside.around(function* () {
        try {
          yield sleep(1);
        } finally {
          yield sleep(0);
        }
      }),
    );
    const inner = kind(function* (group: TaskGroup) {
      group.createTask(child);
      group.createTask(child);
    });
    const outer = kind(function* (group: TaskGroup) {
      group.createTask(() => taskGroup(inner));
      group.createTask(child);
      yield taskGroup(inner);
      yield sleep(0);
    });
    return {
      tasks: {
        *a() {
          try {
            yield taskGroup(outer);
          } finally {
            inside.expectNone();
          }
        },
      },
      atEnd: inside.expectNone,
    };
  },

  "a task group that stops itself": (kind) => {
    const inside = new Inside();
    const child = kind(
      inside.around(function* () {
        yield sleep(10);
      }),
    );
    const body = kind(function* (group: TaskGroup) {
      group.createTask(child);
      group.createTask(
        kind(function* () {
          yield sleep(1);
          group.cancel();
        }),
      );
      yield sleep(5);
    });
    return {
      tasks: {
        *a() {
          yield taskGroup(body);
          inside.expectNone();
          yield sleep(0);
        },
      },
      atEnd: inside.expectNone,
    };
  },

  "a timeout around a group, a group around timeouts": (kind) => {
    const inside = new Inside();
    const slow = kind(
      inside.around(function* () {
        yield sleep(10);
      }),
    );
    const limited = kind(function* () {
      try {
        yield timeout(1, slow);
      } catch (error) {
        if (!(error instanceof TimeoutError)) throw error;
      }
    });
    const body = kind(function* (group: TaskGroup) {
      group.createTask(limited);
      yield* of(
        timeout(
          1,
          kind(function* () {
            yield sleep(0.5);
          }),
        ),
      );
      group.createTask(slow);
    });
    const wrapped = kind(function* () {
      yield taskGroup(body);
    });
    return {
      tasks: {
        *a() {
          try {
            yield timeout(2, wrapped);
            assert(false, "no timeout");
          } catch (error) {
            if (!(error instanceof TimeoutError)) throw error;
          }
          inside.expectNone();
        },
      },
      atEnd: inside.expectNone,
    };
  },

  shield: () => {
    let finished = false;
    let found: Task<unknown> | undefined;
    const theWork = (): Task<unknown> => {
      found ??= [...allTasks()].find((task) => task.getName() === "work");
      return found!;
    };
    return {
      tasks: {
        *a() {
          const work = theWork();
          yield shield(work);
          yield gather(shield(work), shield(work));
        },
        *b() {
          const work = theWork();
          yield gather(shield(work), shield(work));
          assert(finished, "the shields opened before the work was done");
        },
      },
      // Nobody stops it: whoever waits for it waits behind a shield.
      helpers: {
        *work() {
          yield sleep(1);
          yield sleep(0);
          finished = true;
        },
      },
      atEnd: () => assert(finished, "the work was stopped"),
    };
  },

  asCompleted: (kind) => {
    const inside = new Inside();
    const child = (delay: number) =>
      kind(
        inside.around(function* () {
          yield sleep(delay);
          return delay;
        }),
      );
    return {
      tasks: {
        *a() {
          const seen: number[] = [];
          for (const next of asCompleted([child(2), child(1), child(0)])) seen.push((yield* of(next)) as number);
          assert(seen.join() === "0,1,2", `in the order ${seen.join()}`);
          const children = [createTask(child(1)), createTask(child(5))];
          try {
            for (const next of asCompleted(children, { timeout: 2 })) yield next;
            assert(false, "no timeout");
          } catch (error) {
            if (!(error instanceof TimeoutError)) throw error;
          }
          yield wait(children);
        },
      },
      atEnd: inside.expectNone,
    };
  },

  "asCompleted with two consumers": (kind) => {
    const inside = new Inside();
    const child = (delay: number) =>
      kind(
        inside.around(function* () {
          yield sleep(delay);
          return delay;
        }),
      );
    let results: Iterator<unknown> | null = null;
    let taken = 0;
    const consumer: Script<void> = function* () {
      results ??= asCompleted([0, 1, 1, 2].map(child))[Symbol.iterator]();
      for (;;) {
        const step = results.next();
        if (step.done === true) return;
        const value = yield* of(step.value as Coroutine<unknown>);
        assert(value === getRunningLoop().time(), `the result of ${value} came at ${getRunningLoop().time()}`);
        taken++;
      }
    };
    return {
      tasks: { a: consumer, b: consumer },
      mayEnd: (_, error) => isCancelled(error),
      atEnd() {
        inside.expectNone();
        assert(taken <= 4, "a result was given out twice");
      },
    };
  },

  ensureFuture: (kind) => {
    const inside = new Inside();
    return {
      tasks: {
        *a() {
          const future = ensureFuture(kind(inside.around(naps)));
          assert(ensureFuture(future) === future, "a future stays itself");
          assert((yield* of(future)) === "rested", "the value");
        },
      },
      atEnd: inside.expectNone,
    };
  },

  "cancel scopes": (kind) => {
    const inside = new Inside();
    const slow = kind(
      inside.around(function* () {
        yield sleep(10);
      }),
    );
    return {
      tasks: {
        *a() {
          assert((yield* of(moveOnAfter(1, slow))).timedOut, "moved on");
          const moved = yield* of(moveOnAfter(2, kind(naps)));
          assert(!moved.timedOut && moved.value === "rested", "in time");
          try {
            yield failAfter(1, slow);
            assert(false, "no timeout");
          } catch (error) {
            if (!(error instanceof TimeoutError)) throw error;
          }
          const shielded = kind(function* () {
            yield cancelScope(kind(naps), { shield: true });
            yield sleep(10);
          });
          assert((yield* of(moveOnAfter(0.5, shielded))).timedOut, "moved on after the shield");
          inside.expectNone();
        },
      },
      atEnd: inside.expectNone,
    };
  },

  "a scope around a group": (kind) => {
    const inside = new Inside();
    let cleanUps = 0;
    const child = kind(
      inside.around(function* () {
        try {
          yield sleep(10);
        } finally {
          cleanUps++;
          yield cancelScope(kind(naps), { shield: true });
          cleanUps--;
        }
      }),
    );
    const body = kind(function* (group: TaskGroup) {
      group.createTask(child);
      group.createTask(child);
      yield sleep(10);
    });
    const grouped = kind(function* () {
      yield taskGroup(body);
    });
    return {
      tasks: {
        *a() {
          assert((yield* of(moveOnAfter(1, grouped))).timedOut, "moved on");
          inside.expectNone();
          yield sleep(0);
        },
      },
      atEnd() {
        inside.expectNone();
        assert(cleanUps === 0, "a shielded clean-up was cut short");
      },
    };
  },

  "children that tell when they have started": (kind) => {
    const inside = new Inside();
    const server = (started: (port: number) => void) =>
      kind(
        inside.around(function* () {
          yield sleep(1);
          started(80);
          yield sleep(1);
        }),
      )();
    const body = kind(function* (group: TaskGroup) {
      assert((yield* of(group.start<number>(server))) === 80, "the port");
      yield* of(gather(group.start<number>(server), group.start<number>(server)));
    });
    return {
      tasks: {
        *a() {
          try {
            yield taskGroup(body);
          } finally {
            inside.expectNone();
          }
        },
      },
      atEnd: inside.expectNone,
    };
  },

  "a callback that throws": () => ({
    tasks: {
      *a() {
        for (let i = 0; i < 2; i++) {
          const future = new Future<void>();
          future.addDoneCallback(() => {
            throw new Error("in a callback");
          });
          const timer = getRunningLoop().callLater(1, () => future.setResult());
          try {
            yield future;
          } finally {
            timer.cancel();
          }
        }
      },
    },
    mayReport: (message) => message.startsWith("Exception in callback"),
  }),
};

export const eagerScenarios: Readonly<Record<string, Scenario>> = {
  "eager tasks": (kind) => {
    const inside = new Inside();
    const atOnce = kind(
      inside.around(function* () {
        return "at once";
      } as Script<unknown>),
    );
    const later = kind(inside.around(naps));
    return {
      tasks: {
        *a() {
          const first = createTask(atOnce, { eagerStart: true });
          const second = createTask(later, { eagerStart: true });
          assert((yield* of(first)) === "at once", "the first value");
          assert((yield* of(second)) === "rested", "the second value");
          yield taskGroup((group) => {
            group.createTask(later, { eagerStart: true });
            group.createTask(atOnce, { eagerStart: true });
            return kind(naps)();
          });
          inside.expectNone();
        },
      },
      // What an eager child did in its first step it has to end by itself.
      atEnd: inside.expectNone,
    };
  },

  "a loop whose tasks are eager": (kind) => {
    const inside = new Inside();
    const later = kind(inside.around(naps));
    return {
      tasks: {
        *a() {
          getRunningLoop().setTaskFactory(eagerTaskFactory);
          yield gather(later, later);
          yield taskGroup((group) => {
            group.createTask(later);
            return later();
          });
        },
      },
      atEnd: inside.expectNone,
    };
  },
};
