// AsyncLocalStorage of the program: each task keeps the store it was created in.
import { AsyncLocalStorage } from "node:async_hooks";
import { describe, expect, it } from "vitest";
import { createTask, gather, getRunningLoop, newEventLoop, run, sleep, taskGroup } from "../index.ts";
import { runTest } from "../testing/index.ts";

const storage = new AsyncLocalStorage<string>();
const store = (): string => storage.getStore() ?? "none";

describe("a program's AsyncLocalStorage", () => {
  it("is kept across waits in both kinds", () =>
    runTest(async () => {
      const seen: string[] = [];
      const native = storage.run("native", () =>
        createTask(async () => {
          seen.push(store());
          await sleep(0);
          seen.push(store());
          await sleep(1);
          seen.push(store());
          await Promise.resolve();
          seen.push(store());
        }),
      );
      const generator = storage.run("generator", () =>
        createTask(function* () {
          seen.push(store());
          yield* sleep(0);
          seen.push(store());
          yield* sleep(2);
          seen.push(store());
        }),
      );
      await gather(native, generator);
      expect(seen.filter((each) => each === "native")).toHaveLength(4);
      expect(seen.filter((each) => each === "generator")).toHaveLength(3);
      expect(seen).toHaveLength(7);
    }));

  it("never leaks between tasks that share the ready queue", () =>
    runTest(async () => {
      const wrong: string[] = [];
      const tasks = Array.from({ length: 40 }, (_, id) => {
        const own = `request ${id}`;
        const check = (): void => {
          if (store() !== own) wrong.push(`${own} saw ${store()}`);
        };
        return storage.run(own, () =>
          createTask(
            id % 2 === 0
              ? async () => {
                  for (let i = 0; i < 5; i++) {
                    check();
                    await sleep(0);
                    check();
                    await (i % 2 === 0 ? Promise.resolve() : sleep(0.001 * (id % 3)));
                  }
                }
              : function* () {
                  for (let i = 0; i < 5; i++) {
                    check();
                    yield* sleep(i % 2 === 0 ? 0 : 0.001 * (id % 3));
                  }
                },
          ),
        );
      });
      await gather(tasks);
      expect(wrong).toEqual([]);
      expect(store()).toBe("none");
    }));

  it.each(["native", "generator"])("enterWith() inside a step of a %s task does not leak to others", (kind) =>
    runTest(async () => {
      const seen: string[] = [];
      const enters =
        kind === "native"
          ? async () => {
              storage.enterWith("entered");
              await sleep(0);
            }
          : function* () {
              storage.enterWith("entered");
              yield* sleep(0);
            };
      const task = createTask(enters);
      const others = [
        createTask(async () => void seen.push(store())),
        createTask(function* () {
          seen.push(store());
        }),
      ];
      await gather(task, ...others);
      seen.push(store());
      expect(seen).toEqual(["none", "none", "none"]);
    }),
  );

  it("children inherit the store of the code that makes them", () =>
    runTest(async () => {
      const seen: string[] = [];
      await storage.run("parent", () =>
        createTask(async () => {
          await sleep(0);
          await taskGroup(async (group) => {
            group.createTask(async () => void seen.push(store()));
            group.createTask(function* () {
              seen.push(store());
            });
          });
        }),
      );
      expect(seen).toEqual(["parent", "parent"]);
    }));

  it("what sets a future's result does not lend its store to who waits", () =>
    runTest(async () => {
      const future = getRunningLoop().createFuture<void>();
      const seen: string[] = [];
      const waiters = [
        storage.run("native waiter", () =>
          createTask(async () => {
            await future;
            seen.push(store());
          }),
        ),
        storage.run("generator waiter", () =>
          createTask(function* () {
            yield* future;
            seen.push(store());
          }),
        ),
      ];
      await sleep(0);
      storage.run("resolver", () => future.setResult());
      await gather(waiters);
      expect(seen).toEqual(["native waiter", "generator waiter"]);
    }));

  it("the code around run() keeps its own store", async () => {
    await storage.run("around", async () => {
      const inside = await run(
        async () => {
          await sleep(0);
          const before = store();
          storage.enterWith("inside");
          return before;
        },
        { handleSignals: false },
      );
      expect(inside).toBe("around");
      expect(store()).toBe("around");
    });
  });

  it("two loops side by side keep their stores", async () => {
    const work = async (): Promise<string[]> => {
      const seen: string[] = [];
      for (let i = 0; i < 5; i++) {
        await sleep(0.0005);
        seen.push(store());
      }
      return seen;
    };
    const [one, two] = await Promise.all([
      storage.run("one", () => run(work, { loopFactory: newEventLoop })),
      storage.run("two", () => run(work, { loopFactory: newEventLoop })),
    ]);
    expect(new Set(one)).toEqual(new Set(["one"]));
    expect(new Set(two)).toEqual(new Set(["two"]));
  });
});
