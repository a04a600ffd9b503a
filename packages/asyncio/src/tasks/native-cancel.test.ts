// The four rules of DESIGN's "Cancellation" for native tasks, and helpers that nobody awaits.
import { describe, expect, it } from "vitest";
import {
  type CancelledError,
  createTask,
  type ExceptionContext,
  type Future,
  gather,
  getRunningLoop,
  isCancelled,
  run,
  sleep,
  TimeoutError,
  taskGroup,
  timeout,
} from "../index.ts";
import { runTest, TestLoop } from "../testing/index.ts";

/** Browsers have no AsyncLocalStorage: foreign awaits and several scopes at once are inexact there. */
const itExact = it.skipIf("document" in globalThis);

/** A promise of nobody's. */
function deferred<T = void>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

async function errorOf(awaitable: PromiseLike<unknown>): Promise<unknown> {
  try {
    await awaitable;
  } catch (error) {
    return error;
  }
  throw new Error("no error");
}

/** Runs `body` on a virtual clock and gives what was reported meanwhile and at the loop's end. */
async function reportsOf(body: () => Promise<unknown>): Promise<ExceptionContext[]> {
  const reports: ExceptionContext[] = [];
  const loop = new TestLoop();
  loop.setExceptionHandler((_, context) => reports.push(context));
  await run(body, { loopFactory: () => loop });
  return reports;
}

describe("rule 1: cancellation is delivered at waits of ours", () => {
  it("a task that sleeps gets CancelledError at its sleep, with the message", () =>
    runTest(async () => {
      const seen: unknown[] = [];
      const task = createTask(async () => {
        try {
          await sleep(10);
        } catch (error) {
          seen.push(error);
          throw error;
        }
      });
      await sleep(1);
      task.cancel("enough");
      const error = await errorOf(task);
      expect(seen).toHaveLength(1);
      expect((seen[0] as CancelledError).reason).toBe("enough");
      expect(isCancelled(error)).toBe(true);
      expect(task.cancelled()).toBe(true);
      expect(getRunningLoop().time()).toBe(1);
    }));

  itExact("a task in a foreign await is not interrupted there, but at its next wait", () =>
    runTest(async () => {
      const foreign = deferred();
      const said: string[] = [];
      const task = createTask(async () => {
        try {
          await foreign.promise;
          said.push("after the foreign await");
          await sleep(0);
          said.push("never");
        } catch (error) {
          said.push(isCancelled(error) ? "cancelled" : "other");
          throw error;
        }
      });
      await sleep(0);
      task.cancel();
      await sleep(0);
      await sleep(0);
      expect(said).toEqual([]);
      foreign.resolve();
      await errorOf(task);
      expect(said).toEqual(["after the foreign await", "cancelled"]);
      expect(task.cancelled()).toBe(true);
    }),
  );

  itExact("the wait after a foreign await ends at once, not when it is due", () =>
    runTest(async () => {
      const foreign = deferred();
      const task = createTask(async () => {
        await foreign.promise;
        await sleep(1000);
      });
      await sleep(1);
      task.cancel();
      foreign.resolve();
      await errorOf(task);
      expect(getRunningLoop().time()).toBe(1);
    }),
  );

  it("a cancelled task that returns from its foreign await without another wait is cancelled", () =>
    runTest(async () => {
      const foreign = deferred<number>();
      const task = createTask(async () => await foreign.promise);
      await sleep(0);
      task.cancel();
      foreign.resolve(1);
      expect(isCancelled(await errorOf(task))).toBe(true);
      expect(task.cancelled()).toBe(true);
    }));

  it("the cancellation of a foreign await can be withdrawn", () =>
    runTest(async () => {
      const foreign = deferred<number>();
      const task = createTask(async () => {
        const value = await foreign.promise;
        await sleep(0);
        return value;
      });
      await sleep(0);
      task.cancel();
      expect(task.uncancel()).toBe(0);
      foreign.resolve(42);
      expect(await task).toBe(42);
    }));

  it("a task that catches the cancellation and waits again is left alone", () =>
    runTest(async () => {
      const task = createTask(async () => {
        try {
          await sleep(10);
        } catch {
          await sleep(5);
        }
        return "went on";
      });
      await sleep(1);
      task.cancel();
      expect(await task).toBe("went on");
      expect(getRunningLoop().time()).toBe(6);
    }));

  it("an await in a nested async function is as good as one in the body", () =>
    runTest(async () => {
      const inner = async (depth: number): Promise<void> => {
        if (depth > 0) return await inner(depth - 1);
        await sleep(100);
      };
      const task = createTask(() => inner(5));
      await sleep(1);
      task.cancel();
      expect(isCancelled(await errorOf(task))).toBe(true);
    }));
});

describe("rule 2: a wait that a race has left behind does not swallow a cancellation", () => {
  itExact("the cancellation stays due for the code that waits elsewhere", () =>
    runTest(async () => {
      const foreign = deferred();
      const said: string[] = [];
      const task = createTask(async () => {
        // The race's loser is still a wait of the task, but nobody hears what becomes of it.
        await Promise.race([sleep(1000).catch(() => {}), Promise.resolve()]);
        await foreign.promise;
        said.push("foreign over");
        await sleep(0);
        said.push("swallowed");
      });
      await sleep(1);
      task.cancel();
      await sleep(1);
      foreign.resolve();
      expect(isCancelled(await errorOf(task))).toBe(true);
      expect(said).toEqual(["foreign over"]);
    }),
  );

  it("a cancellation that the racing code handles is delivered once", () =>
    runTest(async () => {
      let caught = 0;
      const task = createTask(async () => {
        try {
          await Promise.race([sleep(1000), sleep(2000)]);
        } catch (error) {
          if (isCancelled(error)) caught++;
        }
        await sleep(1);
        await sleep(1);
        return "went on";
      });
      await sleep(1);
      task.cancel();
      expect(await task).toBe("went on");
      expect(caught).toBe(1);
    }));
});

describe("rule 3: what a cancellation ends when several waits are open", () => {
  it("a child task that is the only wait is cancelled with its parent", () =>
    runTest(async () => {
      const child = createTask(() => sleep(10));
      const parent = createTask(async () => await child);
      await sleep(1);
      parent.cancel();
      await errorOf(parent);
      expect(child.cancelled()).toBe(true);
    }));

  it("a child that is only raced survives its parent", () =>
    runTest(async () => {
      const child = createTask(() => sleep(10, "child"));
      const parent = createTask(async () => await Promise.race([child, sleep(100)]));
      await sleep(1);
      parent.cancel();
      expect(isCancelled(await errorOf(parent))).toBe(true);
      expect(child.done()).toBe(false);
      expect(await child).toBe("child");
    }));

  it("a future of others that is awaited beside a sleep survives", () =>
    runTest(async () => {
      const shared: Future<number> = getRunningLoop().createFuture();
      const parent = createTask(async () => await Promise.all([shared, sleep(100)]));
      await sleep(1);
      parent.cancel();
      expect(isCancelled(await errorOf(parent))).toBe(true);
      expect(shared.cancelled()).toBe(false);
      shared.setResult(1);
    }));

  it("a listener by then() is no wait: its task survives the listener's", () =>
    runTest(async () => {
      const child = createTask(() => sleep(10, "child"));
      const heard: unknown[] = [];
      const parent = createTask(async () => {
        void child.then((value) => heard.push(value));
        await sleep(100);
      });
      await sleep(1);
      parent.cancel();
      await errorOf(parent);
      expect(child.done()).toBe(false);
      await child;
      await sleep(0);
      expect(heard).toEqual(["child"]);
    }));

  it("a listener alone does not count as the task's only wait either", () =>
    runTest(async () => {
      const child = createTask(() => sleep(10, "child"));
      const foreign = deferred();
      const parent = createTask(async () => {
        void child.then(() => {});
        await foreign.promise;
        await sleep(0);
      });
      await sleep(1);
      parent.cancel();
      foreign.resolve();
      expect(isCancelled(await errorOf(parent))).toBe(true);
      expect(await child).toBe("child");
    }));

  it("all private waits under Promise.all are cancelled", () =>
    runTest(async () => {
      const ended: string[] = [];
      const helper = async (name: string): Promise<void> => {
        try {
          await sleep(100);
        } catch (error) {
          ended.push(name);
          throw error;
        }
      };
      const parent = createTask(async () => {
        await Promise.all([helper("a"), helper("b"), helper("c")]);
      });
      await sleep(1);
      parent.cancel();
      expect(isCancelled(await errorOf(parent))).toBe(true);
      await sleep(0);
      expect(ended).toEqual(["a", "b", "c"]);
      expect(getRunningLoop().time()).toBe(1);
    }));

  it("gather inside a native task cancels its children", () =>
    runTest(async () => {
      const child = createTask(() => sleep(10));
      const parent = createTask(async () => await gather(child, sleep(20)));
      await sleep(1);
      parent.cancel();
      await errorOf(parent);
      expect(child.cancelled()).toBe(true);
    }));

  it("debug mode reports a native task with several open waits, once", async () => {
    const warnings: string[] = [];
    const { warn } = console;
    console.warn = (text: string) => void warnings.push(text);
    try {
      await run(
        async () => {
          await Promise.all([sleep(1), sleep(2)]);
          await Promise.all([sleep(1), sleep(2)]);
        },
        { loopFactory: () => new TestLoop(), debug: true },
      );
    } finally {
      console.warn = warn;
    }
    expect(warnings.filter((text) => text.includes("waits in several places at once"))).toHaveLength(1);
  });
});

describe("rule 4: scopes are a tree", () => {
  itExact("two timeouts under one Promise.allSettled do not cancel each other", () =>
    runTest(async () => {
      const outcomes = await Promise.allSettled([
        timeout(1, async () => await sleep(10)),
        timeout(5, async () => await sleep(3, "in time")),
      ]);
      expect(outcomes[0]).toMatchObject({ status: "rejected" });
      expect((outcomes[0] as PromiseRejectedResult).reason).toBeInstanceOf(TimeoutError);
      expect(outcomes[1]).toEqual({ status: "fulfilled", value: "in time" });
      expect(getRunningLoop().time()).toBe(3);
    }),
  );

  it("both of two timeouts with one deadline expire by themselves", () =>
    runTest(async () => {
      const outcomes = await Promise.allSettled([
        timeout(1, async () => await sleep(10)),
        timeout(1, async () => await sleep(10)),
      ]);
      for (const outcome of outcomes) {
        expect((outcome as PromiseRejectedResult).reason).toBeInstanceOf(TimeoutError);
      }
    }));

  it("an outer timeout cancels both inner ones, each sees a cancellation and no timeout of its own", () =>
    runTest(async () => {
      const inner: unknown[] = [];
      const helper = async (delay: number): Promise<void> => {
        try {
          await timeout(delay, async () => await sleep(10));
        } catch (error) {
          inner.push((error as Error).name);
          throw error;
        }
      };
      const error = await errorOf(timeout(1, async () => void (await Promise.all([helper(5), helper(7)]))));
      expect(error).toBeInstanceOf(TimeoutError);
      await sleep(0);
      expect(inner).toEqual(["CancelledError", "CancelledError"]);
      expect(getRunningLoop().time()).toBe(1);
    }));

  it("Promise.allSettled handles the cancellation of an outer timeout: the body's value stands", () =>
    runTest(async () => {
      const value = await timeout(1, async () => {
        const outcomes = await Promise.allSettled([sleep(10), sleep(20)]);
        await sleep(0);
        return outcomes.map(({ status }) => status);
      });
      expect(value).toEqual(["rejected", "rejected"]);
    }));

  it("a timeout that is over leaves the count of cancellations as it was", () =>
    runTest(async () => {
      const task = createTask(async () => {
        await Promise.allSettled([timeout(1, async () => await sleep(10)), timeout(2, async () => await sleep(10))]);
        await sleep(1);
        return "left alone";
      });
      expect(await task).toBe("left alone");
      expect(task.cancelling()).toBe(0);
    }));

  itExact("two task groups under one Promise.allSettled do not cancel each other", () =>
    runTest(async () => {
      const failing = new RangeError("child");
      const outcomes = await Promise.allSettled([
        taskGroup(async (group) => {
          group.createTask(async () => {
            await sleep(1);
            throw failing;
          });
          await sleep(10);
        }),
        taskGroup(async (group) => {
          group.createTask(async () => await sleep(3));
          return await sleep(5, "whole");
        }),
      ]);
      expect((outcomes[0] as PromiseRejectedResult).reason.errors).toEqual([failing]);
      expect(outcomes[1]).toEqual({ status: "fulfilled", value: "whole" });
    }),
  );

  it("two task groups under Promise.all: the failure of one reaches the task, the other ends by itself", () =>
    runTest(async () => {
      const ended: string[] = [];
      const error = await errorOf(
        Promise.all([
          taskGroup(async (group) => {
            group.createTask(async () => {
              await sleep(1);
              throw new RangeError("child");
            });
          }),
          taskGroup(async (group) => {
            group.createTask(async () => {
              await sleep(3);
              ended.push("child of the other");
            });
          }).then(() => ended.push("the other")),
        ]),
      );
      expect((error as AggregateError).errors).toHaveLength(1);
      expect(ended).toEqual([]);
      await sleep(4);
      expect(ended).toEqual(["child of the other", "the other"]);
    }));

  it("cancelling the task reaches the bodies of both groups", () =>
    runTest(async () => {
      const task = createTask(async () => {
        await Promise.all([
          taskGroup(async (group) => {
            group.createTask(() => sleep(10));
            await sleep(20);
          }),
          taskGroup(async (group) => {
            group.createTask(() => sleep(30));
          }),
        ]);
      });
      await sleep(1);
      task.cancel();
      expect(isCancelled(await errorOf(task))).toBe(true);
      await sleep(0);
      expect(getRunningLoop().time()).toBe(1);
    }));

  itExact("a timeout inside one helper leaves the code beside it alone", () =>
    runTest(async () => {
      const helper = async (): Promise<string> => {
        try {
          await timeout(1, async () => await sleep(10));
        } catch (error) {
          return (error as Error).name;
        }
        return "no timeout";
      };
      expect(await Promise.all([helper(), sleep(3, "beside")])).toEqual(["TimeoutError", "beside"]);
    }),
  );
});

describe("helpers that nobody awaits", () => {
  it("a floating helper of a cancelled task is cancelled with it", () =>
    runTest(async () => {
      const ended: string[] = [];
      const helper = async (): Promise<void> => {
        try {
          await sleep(100);
        } catch (error) {
          ended.push(isCancelled(error) ? "cancelled" : "other");
        }
      };
      const task = createTask(async () => {
        void helper();
        await sleep(100);
      });
      await sleep(1);
      task.cancel();
      await errorOf(task);
      await sleep(0);
      expect(ended).toEqual(["cancelled"]);
    }));

  it("a helper that a finished task left behind goes on, and is found by the end of run()", async () => {
    const ended: string[] = [];
    const reports = await reportsOf(async () => {
      const task = createTask(async () => {
        void (async () => {
          try {
            await sleep(5);
            ended.push("finished");
          } catch {
            ended.push("cancelled");
          }
        })();
        return "done";
      });
      expect(await task).toBe("done");
      await sleep(1);
      expect(ended).toEqual([]);
    });
    expect(ended).toEqual(["cancelled"]);
    expect(reports).toEqual([]);
  });

  it("a helper of a finished task that has the time ends by itself", () =>
    runTest(async () => {
      const ended: string[] = [];
      await createTask(async () => {
        void (async () => {
          await sleep(5);
          ended.push("finished");
        })();
      });
      await sleep(10);
      expect(ended).toEqual(["finished"]);
    }));

  it("awaiting after the task's end is a mere wait: nothing cancels it", () =>
    runTest(async () => {
      const results: unknown[] = [];
      const child = createTask(() => sleep(5, "child"));
      const parent = createTask(async () => {
        void (async () => {
          await sleep(1);
          results.push(await child);
        })();
      });
      await parent;
      await sleep(2);
      parent.cancel();
      await sleep(10);
      expect(results).toEqual(["child"]);
    }));
});
