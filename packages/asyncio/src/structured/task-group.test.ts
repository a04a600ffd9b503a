import { describe, expect, it } from "vitest";
import {
  CancelledError,
  coroutine,
  createTask,
  currentTask,
  ExceptionGroup,
  getRunningLoop,
  isCancelled,
  KeyboardInterrupt,
  RuntimeError,
  run,
  sleep,
  type Task,
  type TaskGroup,
  taskGroup,
} from "../index.ts";
import { runTest, TestLoop } from "../testing/index.ts";

async function errorOf(awaitable: PromiseLike<unknown>): Promise<Error> {
  try {
    await awaitable;
  } catch (error) {
    return error as Error;
  }
  throw new Error("no error");
}
const failAfter = (delay: number, error: Error) => async () => {
  await sleep(delay);
  throw error;
};
const membersOf = (error: unknown): unknown[] => (error as ExceptionGroup).errors;

describe("a task group", () => {
  it("waits for its children and gives the body's value, in both kinds", () =>
    runTest(async () => {
      const done: string[] = [];
      const native = await taskGroup(async (group) => {
        group.createTask(async () => {
          await sleep(2);
          done.push("child");
        });
        return "native";
      });
      const generator = await createTask(function* () {
        return yield* taskGroup(function* (group) {
          const child = group.createTask(() => sleep(1, "generator"));
          return yield* child;
        });
      });
      expect([native, generator, ...done]).toEqual(["native", "generator", "child"]);
    }));

  it("the first failure cancels siblings and body; all errors come out in one group", () =>
    runTest(async () => {
      const first = new RangeError("first");
      const second = new TypeError("second");
      let sibling: Task<void> | undefined;
      let body: unknown;
      const error = await errorOf(
        taskGroup(async (group) => {
          group.createTask(failAfter(1, first));
          group.createTask(async () => {
            try {
              await sleep(10);
            } catch {
              throw second;
            }
          });
          sibling = group.createTask(() => sleep(10));
          try {
            await sleep(20);
          } catch (caught) {
            body = caught;
            throw caught;
          }
        }),
      );
      expect(error).toBeInstanceOf(ExceptionGroup);
      expect(error.message).toMatch(/^unhandled errors in a TaskGroup/);
      expect(membersOf(error)).toEqual([first, second]);
      expect(sibling!.cancelled()).toBe(true);
      expect(isCancelled(body)).toBe(true);
      expect([getRunningLoop().time(), currentTask()!.cancelling()]).toEqual([1, 0]);
    }));

  it("the body's error joins the group", () =>
    runTest(async () => {
      const own = new RangeError("body");
      const error = await errorOf(
        taskGroup(async (group) => {
          group.createTask(() => sleep(10));
          throw own;
        }),
      );
      expect(membersOf(error)).toEqual([own]);
      expect(getRunningLoop().time()).toBe(0);
    }));

  it("a child that is cancelled by itself is no failure", () =>
    runTest(async () => {
      const value = await taskGroup(async (group) => {
        const child = group.createTask(() => sleep(10));
        group.createTask(() => sleep(2));
        await sleep(1);
        child.cancel();
        return "went on";
      });
      expect([value, getRunningLoop().time()]).toEqual(["went on", 2]);
    }));

  it("a cancellation from outside cancels the children and comes out plain", () =>
    runTest(async () => {
      const children: Task<void>[] = [];
      const task = createTask(() =>
        taskGroup(async (group) => {
          children.push(
            group.createTask(() => sleep(10)),
            group.createTask(() => sleep(10)),
          );
          await sleep(5);
        }),
      );
      await sleep(1);
      task.cancel("outside");
      await expect(task).rejects.toMatchObject({ name: "CancelledError", reason: "outside" });
      expect(children.every((child) => child.cancelled())).toBe(true);
    }));

  it("the same while the block is being left", () =>
    runTest(async () => {
      const task = createTask(() => taskGroup(async (group) => void group.createTask(() => sleep(10))));
      await sleep(1);
      task.cancel();
      await expect(task).rejects.toBeInstanceOf(CancelledError);
      expect(getRunningLoop().time()).toBe(1);
    }));

  it("errors win over a cancellation, which comes at the next wait", () =>
    runTest(async () => {
      const seen: unknown[] = [];
      const task = createTask(async () => {
        try {
          await taskGroup(async (group) => {
            group.createTask(async () => {
              try {
                await sleep(10);
              } catch {
                throw new RangeError("cleanup");
              }
            });
          });
        } catch (error) {
          seen.push((error as Error).name, currentTask()!.cancelling());
        }
        await sleep(0);
        seen.push("never");
      });
      await sleep(1);
      task.cancel();
      await expect(task).rejects.toBeInstanceOf(CancelledError);
      expect(seen).toEqual(["ExceptionGroup", 1]);
    }));

  it("nested: an inner group's error nests; an outer child's error cancels the inner one without wrapping", () =>
    runTest(async () => {
      const inner = new RangeError("inner");
      const nested = await errorOf(
        taskGroup(async () => {
          await taskGroup(async (group) => void group.createTask(failAfter(1, inner)));
        }),
      );
      expect((membersOf(nested)[0] as ExceptionGroup).errors).toEqual([inner]);
      const outer = new TypeError("outer");
      let innerError: unknown;
      const error = await errorOf(
        taskGroup(async (group) => {
          group.createTask(failAfter(1, outer));
          innerError = await errorOf(taskGroup(async (within) => void within.createTask(() => sleep(10))));
          throw innerError;
        }),
      );
      expect(membersOf(error)).toEqual([outer]);
      expect(isCancelled(innerError)).toBe(true);
    }));

  it("KeyboardInterrupt of the body comes out bare", async () => {
    const interrupt = new KeyboardInterrupt();
    const loop = new TestLoop();
    loop.setExceptionHandler(() => {});
    await expect(
      run(
        async () => {
          await taskGroup(async (group) => {
            group.createTask(() => sleep(10));
            throw interrupt;
          });
        },
        { loopFactory: () => loop },
      ),
    ).rejects.toBe(interrupt);
  });

  it("children may add children while the block is being left", () =>
    runTest(async () => {
      const done: string[] = [];
      await taskGroup(async (group) => {
        group.createTask(async () => {
          await sleep(1);
          group.createTask(async () => {
            await sleep(1);
            done.push("grandchild");
          });
        });
      });
      expect(done).toEqual(["grandchild"]);
    }));

  it("finished or shutting down it refuses children and closes their coroutines", () =>
    runTest(async () => {
      let group: TaskGroup | undefined;
      const work = coroutine(async () => {});
      await taskGroup(async (g) => void (group = g));
      const late = work();
      expect(() => group!.createTask(late)).toThrow(/^TaskGroup <TaskGroup entered> is finished$/);
      expect(late.state).toBe("closed");
      const refused = work();
      await errorOf(
        taskGroup(async (g) => {
          g.createTask(async () => {
            await sleep(1).catch(() => {});
            expect(() => g.createTask(refused)).toThrow(/is shutting down$/);
          });
          await sleep(0);
          throw new RangeError("abort");
        }),
      );
      expect(refused.state).toBe("closed");
    }));

  it("knows its pending children in the order of their creation, and drops finished ones at once", () =>
    runTest(async () => {
      await taskGroup(async (group) => {
        const children = [group.createTask(() => sleep(1)), group.createTask(() => sleep(3))];
        expect([...group.tasks].map((task) => children.indexOf(task as never))).toEqual([0, 1]);
        expect(String(group)).toBe("<TaskGroup tasks=2 entered>");
        await sleep(2);
        expect([...group.tasks].map((task) => children.indexOf(task as never))).toEqual([1]);
      });
    }));

  it("an eager child that fails inside createTask cancels the group afterwards", () =>
    runTest(async () => {
      const bad = new RangeError("eager");
      const seen: string[] = [];
      const error = await errorOf(
        taskGroup(async (group) => {
          const child = group.createTask(
            function* () {
              throw bad;
            },
            { eagerStart: true },
          );
          seen.push(String(child.done()), String(currentTask()!.cancelling()));
          await sleep(5);
          seen.push("never");
        }),
      );
      expect(membersOf(error)).toEqual([bad]);
      expect(seen).toEqual(["true", "0"]);
    }));

  it("cancel() ends body and children without an error; twice and late it does nothing", () =>
    runTest(async () => {
      let group: TaskGroup | undefined;
      const children: Task<void>[] = [];
      const value = await taskGroup(async (g) => {
        group = g;
        children.push(g.createTask(() => sleep(10)));
        await sleep(1);
        g.cancel();
        g.cancel();
        await sleep(5);
        return "never";
      });
      group!.cancel();
      expect(value).toBeUndefined();
      expect(children[0]!.cancelled()).toBe(true);
      expect([getRunningLoop().time(), currentTask()!.cancelling()]).toEqual([1, 0]);
      await sleep(1);
    }));

  it("a cancellation from outside during cancel() still comes out", () =>
    runTest(async () => {
      const task = createTask(() =>
        taskGroup(async (group) => {
          group.createTask(async () => {
            try {
              await sleep(10);
            } finally {
              await sleep(3);
            }
          });
          await sleep(1);
          group.cancel();
          await sleep(10);
        }),
      );
      await sleep(2);
      task.cancel();
      await expect(task).rejects.toBeInstanceOf(CancelledError);
    }));

  it("an eager child that cancels the group is cancelled itself", () =>
    runTest(async () => {
      let child: Task<void> | undefined;
      await taskGroup(async (group) => {
        child = group.createTask(
          function* () {
            group.cancel();
            yield* sleep(10);
          },
          { eagerStart: true },
        );
        await sleep(10);
      });
      expect(child!.cancelled()).toBe(true);
      expect(getRunningLoop().time()).toBe(0);
    }));

  it("its signal is aborted when it is", () =>
    runTest(async () => {
      let signal: AbortSignal | undefined;
      await errorOf(
        taskGroup(async (group) => {
          ({ signal } = group);
          group.createTask(failAfter(1, new RangeError()));
          await sleep(5);
        }),
      );
      expect(signal!.aborted).toBe(true);
      expect(isCancelled(signal!.reason)).toBe(true);
    }));

  it("a child of it is a task with its options", () =>
    runTest(async () => {
      await taskGroup(async (group) => {
        expect(group.createTask(() => sleep(0), { name: "child" }).getName()).toBe("child");
      });
      expect(() => taskGroup(5 as never)).toThrow(TypeError);
      expect(RuntimeError.prototype).toBeInstanceOf(Error);
    }));
});
