import { describe, expect, it, vi } from "vitest";
import {
  allTasks,
  ContextVar,
  type CoroutineGenerator,
  copyContext,
  coroutine,
  createEagerTaskFactory,
  createTask,
  currentTask,
  eagerTaskFactory,
  gather,
  getRunningLoop,
  newEventLoop,
  RuntimeError,
  run,
  sleep,
  Task,
  wait,
} from "../index.ts";
import { runTest, TestLoop } from "../testing/index.ts";

const number = (task: Task<unknown>): number => Number(task.getName().replace("Task-", ""));

describe("names", () => {
  it("are Task-N by default, counting up, in the order of creation", () =>
    runTest(async () => {
      const tasks = [createTask(() => sleep(0)), createTask(() => sleep(0)), createTask(() => sleep(0))];
      const [first, second, third] = tasks.map(number) as [number, number, number];
      expect([second - first, third - second]).toEqual([1, 1]);
      await gather(tasks);
    }));

  it("a given name is used, changed by setName(), made a string", () =>
    runTest(async () => {
      const task = createTask(() => sleep(0), { name: "mine" });
      expect(task.getName()).toBe("mine");
      task.setName("other");
      expect(task.getName()).toBe("other");
      task.setName(5);
      expect(task.getName()).toBe("5");
      expect(createTask(() => sleep(0), { name: 7 as never }).getName()).toBe("7");
      await task;
    }));
});

describe("forms", () => {
  // Browsers: after an await of a promise of the page's own, whose code goes on is a guess.
  it.skipIf("document" in globalThis)("tell state, name, coroutine, what it waits for, result or error", async () => {
    const texts: string[] = [];
    const failing = async (): Promise<void> => {
      throw new RangeError("bad");
    };
    await run(
      async () => {
        const note = (task: Task<unknown>): void => void texts.push(String(task));
        const task = createTask(
          coroutine(async function hello() {
            await getRunningLoop().createFuture();
          })(),
          { name: "one" },
        );
        await sleep(0);
        note(task);
        task.cancel();
        note(task);
        await task.catch(() => {});
        note(task);
        const finished = createTask(async function quick() {
          return 5;
        });
        finished.setName("two");
        await finished;
        note(finished);
        const failed = createTask(failing, { name: "three" });
        await failed.catch(() => {});
        note(failed);
      },
      { handleSignals: false },
    );
    expect(texts[0]).toMatch(/^<Task pending name='one' coro=<hello\(\) running at .+:\d+> wait_for=<Future pending/);
    expect(texts[1]).toMatch(/^<Task cancelling name='one'/);
    expect(texts[2]).toMatch(/^<Task cancelled name='one' coro=<hello\(\) done, defined at .+:\d+>>$/);
    expect(texts[3]).toBe("<Task finished name='two' coro=<quick() done> result=5>");
    expect(texts[4]).toBe("<Task finished name='three' coro=<failing() done> exception=RangeError('bad')>");
  });
});

describe("what a task is made of", () => {
  it.each([123, null, undefined, "text", {}, []])("createTask(%s) is a TypeError that shows it", (value) =>
    runTest(async () => {
      expect(() => createTask(value as never)).toThrow(TypeError);
      expect(() => createTask(value as never)).toThrow(/^a coroutine was expected, got /);
      expect(allTasks().size).toBe(1);
    }),
  );

  it("a promise is a TypeError that says what to write", () =>
    runTest(async () => {
      expect(() => createTask(Promise.resolve() as never)).toThrow(
        "it is running already and cannot be stopped: give the function that makes it, `() => …`, or wrapPromise",
      );
    }));

  it("a future or a task is a TypeError", () =>
    runTest(async () => {
      const task = createTask(() => sleep(0));
      expect(() => createTask(task as never)).toThrow(TypeError);
      expect(() => createTask(getRunningLoop().createFuture() as never)).toThrow(TypeError);
      await task;
    }));

  it("outside of a running loop createTask() is a RuntimeError and closes the coroutine", () => {
    const made = sleep(0);
    expect(() => createTask(made)).toThrow("no running event loop");
    expect(made.state).toBe("closed");
  });

  it("on a closed loop it is a RuntimeError and closes the coroutine", () => {
    const loop = newEventLoop();
    loop.close();
    const made = coroutine(async () => {})();
    expect(() => loop.createTask(made)).toThrow("Event loop is closed");
    expect(made.state).toBe("closed");
  });

  it("getCoro() gives it back", () =>
    runTest(async () => {
      const made = sleep(0);
      const body = async (): Promise<void> => {};
      const tasks = [createTask(made), createTask(body)];
      expect(tasks[0]!.getCoro()).toBe(made);
      expect(tasks[1]!.getCoro()).toBe(body);
      await gather(tasks);
    }));

  it("setResult() and setException() are RuntimeErrors", () =>
    runTest(async () => {
      const task = createTask(() => sleep(0));
      expect(() => task.setResult(1 as never)).toThrow(new RuntimeError("Task does not support setResult operation"));
      expect(() => task.setException(1 as never)).toThrow("Task does not support setException operation");
      await task;
    }));
});

describe("mistakes inside a coroutine", () => {
  it("awaiting oneself is a RuntimeError, in both kinds", () =>
    runTest(async () => {
      const self: { task?: Task<unknown> } = {};
      self.task = createTask(async () => await self.task);
      await expect(self.task).rejects.toThrow(/^Task cannot await on itself: <Task/);
      self.task = createTask(function* (): CoroutineGenerator<unknown> {
        return yield* self.task!;
      });
      await expect(self.task).rejects.toThrow(/^Task cannot await on itself: <Task/);
    }));

  it("a future of another loop is a RuntimeError, in both kinds, and the future goes on", () =>
    runTest(async () => {
      const other = newEventLoop();
      const future = other.createFuture<number>();
      const message = /^Task <Task .*> got Future <Future pending.*> attached to a different loop$/;
      await expect(createTask(async () => await future)).rejects.toThrow(message);
      await expect(
        createTask(function* () {
          return yield* future;
        }),
      ).rejects.toThrow(message);
      expect(future.done()).toBe(false);
      other.close();
    }));

  it.each<[string, () => unknown, RegExp]>([
    ["5", () => 5, /^Task got bad yield: 5$/],
    ["text", () => "text", /^Task got bad yield: 'text'$/],
    ["null", () => null, /^Task got bad yield: null$/],
    ["a promise", () => Promise.resolve(), /^yield was used instead of yield\* in task/],
    ["a future", () => getRunningLoop().createFuture(), /^yield was used instead of yield\* in task/],
    ["a coroutine", () => sleep(0), /^yield was used instead of yield\* in task/],
    ["a generator", () => (function* () {})(), /^yield was used instead of yield\* for generator in task/],
  ])("yield of %s is a RuntimeError at that place, which can be handled", (_, make, message) =>
    runTest(async () => {
      const caught: unknown[] = [];
      const task = createTask(function* () {
        const made = make();
        try {
          yield made as never;
        } catch (error) {
          caught.push(error);
        } finally {
          if (typeof (made as { close?(): void } | null)?.close === "function") (made as { close(): void }).close();
        }
        yield* sleep(1);
        return "went on";
      });
      expect(await task).toBe("went on");
      expect(caught).toHaveLength(1);
      expect(caught[0]).toBeInstanceOf(RuntimeError);
      expect((caught[0] as Error).message).toMatch(message);
    }),
  );
});

describe("contexts", () => {
  const variable = new ContextVar("v", { default: "default" });

  it("a task copies the current context; what it sets does not leak out", () =>
    runTest(async () => {
      variable.set("parent");
      const task = createTask(async () => {
        const before = variable.get();
        variable.set("child");
        await sleep(0);
        return [before, variable.get()];
      });
      variable.set("changed after creation");
      expect(await task).toEqual(["parent", "child"]);
      expect(variable.get()).toBe("changed after creation");
      expect(task.getContext().get(variable)).toBe("child");
    }));

  it("a given context is shared, not copied", () =>
    runTest(async () => {
      const context = copyContext();
      const write = createTask(async () => void variable.set("written"), { context });
      await write;
      const read = createTask(async () => variable.get(), { context });
      expect(await read).toBe("written");
      expect(write.getContext()).toBe(context);
    }));

  it("100 tasks never see each other's values, in native code also after foreign awaits", () =>
    runTest(async () => {
      const own = new ContextVar<number>("own");
      const tasks = Array.from({ length: 100 }, (_, id) =>
        createTask(
          id % 2 === 0
            ? async () => {
                for (let i = 0; i < 10; i++) {
                  own.set(id * 100 + i);
                  await (i % 3 === 0 ? Promise.resolve() : sleep(0));
                  if (own.get() !== id * 100 + i) throw new Error("another task's value");
                }
              }
            : function* () {
                for (let i = 0; i < 10; i++) {
                  own.set(id * 100 + i);
                  yield* sleep(0);
                  if (own.get() !== id * 100 + i) throw new Error("another task's value");
                }
              },
        ),
      );
      await gather(tasks);
      expect(tasks.every((task) => task.exception() === null)).toBe(true);
    }));
});

describe("eager tasks", () => {
  it("a generator that does not wait is done at once", () =>
    runTest(async () => {
      const task = createTask(
        function* () {
          return 1;
        },
        { eagerStart: true },
      );
      expect(task.done()).toBe(true);
      expect(task.result()).toBe(1);
      expect(allTasks().has(task)).toBe(false);
    }));

  it("one that waits runs to its first suspension and is then a normal task", () =>
    runTest(async () => {
      const seen: string[] = [];
      const task = createTask(
        function* () {
          seen.push("eager");
          yield* sleep(1);
          seen.push("later");
        },
        { eagerStart: true },
      );
      expect(seen).toEqual(["eager"]);
      expect(allTasks().has(task)).toBe(true);
      await task;
      expect(seen).toEqual(["eager", "later"]);
    }));

  it("an eager native task runs its first part at once", () =>
    runTest(async () => {
      const seen: string[] = [];
      const task = createTask(
        async () => {
          seen.push("eager");
          await sleep(0);
          seen.push("later");
        },
        { eagerStart: true },
      );
      seen.push("created");
      await task;
      expect(seen).toEqual(["eager", "created", "later"]);
    }));

  it.each(["generator", "native"])("in its step it is the current task, has its name and its context: %s", (kind) =>
    runTest(async () => {
      const variable = new ContextVar("v", { default: "outer" });
      const seen: unknown[] = [];
      const note = (): void => {
        seen.push(currentTask()?.getName(), allTasks().has(currentTask()!));
        variable.set("inner");
      };
      const outer = currentTask();
      const task = createTask(
        kind === "native"
          ? async () => note()
          : function* () {
              note();
            },
        { eagerStart: true, name: "eager" },
      );
      expect(currentTask()).toBe(outer);
      expect(variable.get()).toBe("outer");
      expect(seen).toEqual(["eager", true]);
      await task;
      expect(variable.get()).toBe("outer");
    }),
  );

  it("an eager native task created by a generator keeps the step of neither from being exact", () =>
    runTest(function* () {
      const seen: string[] = [];
      getRunningLoop().callSoon(() => seen.push("callback"));
      const task = createTask(
        async () => {
          seen.push("native 1");
          await null;
          seen.push("native 2");
        },
        { eagerStart: true },
      );
      seen.push("generator");
      yield* task;
      expect(seen).toEqual(["native 1", "generator", "native 2", "callback"]);
    }));

  it("an error in the eager step is the task's, not createTask's", () =>
    runTest(async () => {
      const error = new RangeError("mine");
      const task = createTask(
        function* () {
          throw error;
        },
        { eagerStart: true },
      );
      expect(task.exception()).toBe(error);
    }));

  it("cancel() before, during and after: no-op when done, delivered with its message otherwise", () =>
    runTest(async () => {
      const done = createTask(
        function* () {
          return 1;
        },
        { eagerStart: true },
      );
      expect(done.cancel()).toBe(false);
      const waiting = createTask(
        function* () {
          yield* sleep(10);
        },
        { eagerStart: true },
      );
      waiting.cancel("late");
      await expect(waiting).rejects.toMatchObject({ reason: "late" });
    }));

  it("the eager factory makes all tasks eager, unless a task asks otherwise", () =>
    runTest(async () => {
      const loop = getRunningLoop();
      loop.setTaskFactory(eagerTaskFactory);
      expect(loop.getTaskFactory()).toBe(eagerTaskFactory);
      const body = function* (): CoroutineGenerator<number> {
        return 1;
      };
      expect(createTask(body).done()).toBe(true);
      expect(createTask(body, { eagerStart: false }).done()).toBe(false);
      loop.setTaskFactory(null);
      expect(createTask(body).done()).toBe(false);
      await sleep(0);
    }));

  it("gather of eagerly finished children is done without an iteration", () =>
    runTest(async () => {
      getRunningLoop().setTaskFactory(eagerTaskFactory);
      const one = function* (): CoroutineGenerator<number> {
        return 1;
      };
      const gathered = gather(one, one, one);
      expect(gathered.done()).toBe(true);
      expect(gathered.result()).toEqual([1, 1, 1]);
    }));

  it("a factory may make tasks of a class of its own", () =>
    runTest(async () => {
      class MyTask<T> extends Task<T> {}
      const loop = getRunningLoop();
      loop.setTaskFactory(createEagerTaskFactory((source, owner, options) => new MyTask(source, owner, options)));
      const task = createTask(() => sleep(0));
      expect(task).toBeInstanceOf(MyTask);
      await task;
      expect(() => loop.setTaskFactory(5 as never)).toThrow(new TypeError("task factory must be a callable or null"));
    }));
});

describe("stacks in debug mode", () => {
  it("getStack() and printStack() of a waiting generator task name it; a done one has none", async () => {
    const loop = new TestLoop();
    loop.setDebug(true);
    await run(
      async () => {
        const task = createTask(
          function* () {
            yield* getRunningLoop().createFuture();
          },
          { name: "waiting" },
        );
        await sleep(0);
        expect(task.getStack().length).toBeGreaterThan(0);
        expect(task.getStack({ limit: 1 })).toHaveLength(1);
        const texts: string[] = [];
        task.printStack({ file: { write: (text) => texts.push(text) } });
        expect(texts.join("")).toMatch(/^Stack for <Task pending name='waiting'.*\(innermost call first\):\n {2}at /);
        task.cancel();
        await task.catch(() => {});
        expect(task.getStack()).toEqual([]);
      },
      { loopFactory: () => loop },
    );
  });

  it("a failed task has its error's frames", () =>
    runTest(async () => {
      const task = createTask(async () => {
        throw new RangeError("bad");
      });
      await task.catch(() => {});
      const texts: string[] = [];
      task.printStack({ file: { write: (text) => texts.push(text) } });
      expect(texts.join("")).toMatch(/^Traceback for <Task finished/);
      expect(texts.join("")).toMatch(/RangeError\('bad'\)\n$/);
    }));

  it("printStack() without a file goes to console.warn", () =>
    runTest(async () => {
      const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
      try {
        currentTask()!.printStack();
        expect(String(warn.mock.calls[0]?.[0])).toMatch(/^(No stack|Stack) for <Task/);
      } finally {
        warn.mockRestore();
      }
    }));
});

describe("the signal", () => {
  it("is aborted with the CancelledError when the task is cancelled", () =>
    runTest(async () => {
      const task = createTask(() => sleep(10));
      const { signal } = task;
      expect(signal.aborted).toBe(false);
      task.cancel("why");
      expect(signal.aborted).toBe(true);
      expect(signal.reason).toMatchObject({ name: "CancelledError", reason: "why" });
      await task.catch(() => {});
    }));

  it("asked for after the cancellation it is aborted; after uncancel() a fresh one is not", () =>
    runTest(async () => {
      const task: Task<boolean[]> = createTask(async (): Promise<boolean[]> => {
        await sleep(10).catch(() => {});
        const before = task.signal.aborted;
        task.uncancel();
        return [before, task.signal.aborted];
      });
      await sleep(1);
      task.cancel();
      expect(await task).toEqual([true, false]);
    }));

  it("of a task that ended by itself is not aborted", () =>
    runTest(async () => {
      const task = createTask(() => sleep(1));
      const { signal } = task;
      await task;
      task.cancel();
      expect(signal.aborted).toBe(false);
    }));
});

describe("cancellation counts", () => {
  it("each cancel() counts, uncancel() never goes below zero", () =>
    runTest(async () => {
      const task = createTask(() => sleep(10));
      expect(task.cancelling()).toBe(0);
      task.cancel();
      task.cancel();
      expect(task.cancelling()).toBe(2);
      expect([task.uncancel(), task.uncancel(), task.uncancel()]).toEqual([1, 0, 0]);
      await task.catch(() => {});
    }));

  it("cancelled before its first step it never runs", () =>
    runTest(async () => {
      const seen: string[] = [];
      for (const body of [
        async () => void seen.push("native"),
        function* () {
          seen.push("generator");
        },
      ]) {
        const task = createTask(body);
        task.cancel("early");
        await expect(task).rejects.toMatchObject({ reason: "early" });
      }
      expect(seen).toEqual([]);
    }));
});

describe("a chain of 10,000 tasks that wait for each other", () => {
  it("is cancelled from its head, in both kinds", () =>
    runTest(async () => {
      for (const kind of ["generator", "native"] as const) {
        let last: Task<void> = createTask(() => sleep(1000));
        const first = last;
        for (let i = 0; i < 10_000; i++) {
          const next = last;
          last =
            kind === "native"
              ? createTask(async () => await next)
              : createTask(function* () {
                  yield* next;
                });
        }
        const head = last;
        await sleep(1);
        head.cancel("enough");
        await wait([head]);
        expect([head.cancelled(), first.cancelled(), first.cancelling()]).toEqual([true, true, 1]);
      }
    }));
});

describe("tasks that wait for each other in a circle", () => {
  it("are cancelled from any of them, directly and through gather(), in both kinds", () =>
    runTest(async () => {
      for (const kind of ["generator", "native"] as const) {
        for (const through of [<T>(task: Task<T>) => task, <T>(task: Task<T>) => gather([task])]) {
          for (const size of [2, 3]) {
            const tasks: Task<void>[] = [];
            for (let i = 0; i < size; i++) {
              const next = () => through(tasks[(i + 1) % size]!);
              tasks.push(
                kind === "native"
                  ? createTask(async () => void (await next()))
                  : createTask(function* () {
                      yield* next();
                    }),
              );
            }
            await sleep(1);
            tasks[1]!.cancel("enough");
            await wait(tasks, { timeout: 1 });
            expect(tasks.map((task) => task.cancelled())).toEqual(tasks.map(() => true));
          }
        }
      }
    }));

  it.each(["generator", "native"])("through gather() end without a report, unless something fails (%s)", (kind) =>
    runTest(async () => {
      const warn = vi.spyOn(console, "warn").mockImplementation(() => {}); // Debug mode tells of the circle.
      const loop = getRunningLoop();
      loop.setDebug(true);
      const reports: string[] = [];
      loop.setExceptionHandler((_, { message, exception }) => reports.push(`${message}: ${exception}`));
      for (const fails of [false, true]) {
        const cleanUp = (): void => {
          if (fails) throw new RangeError("while cleaning up");
        };
        const tasks: Task<void>[] = [];
        const first = function* () {
          yield* gather([tasks[1]!]);
        };
        const second = function* () {
          try {
            yield* tasks[0]!;
          } finally {
            cleanUp();
          }
        };
        const nativeFirst = async () => void (await gather([tasks[1]!]));
        const nativeSecond = async () => {
          try {
            await tasks[0]!;
          } finally {
            cleanUp();
          }
        };
        tasks.push(createTask(kind === "native" ? nativeFirst : first));
        tasks.push(createTask(kind === "native" ? nativeSecond : second));
        await sleep(1);
        tasks[0]!.cancel();
        await wait(tasks);
        await sleep(1);
        expect(tasks[1]!.cancelled()).toBe(!fails);
        expect(reports).toEqual(
          fails ? ["_GatheringFuture exception was never retrieved: RangeError: while cleaning up"] : [],
        );
      }
      warn.mockRestore();
    }),
  );
});
