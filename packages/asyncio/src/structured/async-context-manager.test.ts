import { describe, expect, it } from "vitest";
import {
  AsyncExitStack,
  asyncContextManager,
  asyncWith,
  CancelledError,
  createTask,
  getRunningLoop,
  isCoroutineFunction,
  provide,
  RuntimeError,
  sleep,
  taskGroup,
  timeout,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

const kinds = {
  native: (log: unknown[]) =>
    asyncContextManager(async function* connection(name: string) {
      log.push(`open ${name}`);
      await sleep(1);
      try {
        yield name;
        log.push("well");
      } finally {
        await sleep(1);
        log.push(`close ${name}`);
      }
    }),
  generator: (log: unknown[]) =>
    asyncContextManager(function* connection(name: string) {
      log.push(`open ${name}`);
      yield* sleep(1);
      try {
        const value = yield* provide(name);
        log.push("well");
        return value;
      } finally {
        yield* sleep(1);
        log.push(`close ${name}`);
      }
    }),
};

describe.each(["native", "generator"] as const)("asyncContextManager() of a %s generator", (kind) => {
  it("gives a function with the name of its own; nothing runs before it is entered", () =>
    runTest(async () => {
      const log: unknown[] = [];
      const connection = kinds[kind](log);
      expect([connection.name, connection.length]).toEqual(["connection", 1]);
      const manager = connection("a");
      expect([String(manager), isCoroutineFunction(manager.aenter)]).toEqual(["<context manager connection>", true]);
      expect(log).toEqual([]);
      expect(await asyncWith(manager, async (name) => name.toUpperCase())).toBe("A");
      expect(log).toEqual(["open a", "well", "close a"]);
      expect(getRunningLoop().time()).toBe(2);
    }));

  it("serves once", () =>
    runTest(async () => {
      const manager = kinds[kind]([])("a");
      await expect(manager.aexit()).rejects.toThrow("<context manager connection> has not been entered");
      await asyncWith(manager, async () => {});
      await expect(asyncWith(manager, async () => {})).rejects.toThrow("has been entered already");
      await expect(manager.aexit()).rejects.toThrow("has been left already");
    }));

  it("with `await using` semantics: entered by hand, left by the disposer; unentered there is nothing to leave", () =>
    runTest(async () => {
      const log: unknown[] = [];
      const manager = kinds[kind](log)("a");
      expect(await manager.aenter()).toBe("a");
      await manager[Symbol.asyncDispose]();
      await manager[Symbol.asyncDispose]();
      expect(log).toEqual(["open a", "well", "close a"]);
      const unentered = kinds[kind](log)("b");
      await unentered[Symbol.asyncDispose]();
      await expect(unentered.aenter()).rejects.toBeInstanceOf(RuntimeError);
      expect(log.length).toBe(3);
    }));

  it("the same error thrown again is the body's error itself", () =>
    runTest(async () => {
      const error = new RangeError("body");
      const log: unknown[] = [];
      await expect(
        asyncWith(kinds[kind](log)("a"), function* () {
          throw error;
        }),
      ).rejects.toBe(error);
      expect(error.cause).toBe(undefined);
      expect(log).toEqual(["open a", "close a"]);
    }));

  it("cancelled while it opens: the generator's own finally does not run a try that it has not come to", () =>
    runTest(async () => {
      const log: unknown[] = [];
      const task = createTask(asyncWith(kinds[kind](log)("a"), async () => {}));
      await sleep(0.5);
      task.cancel();
      await expect(task).rejects.toBeInstanceOf(CancelledError);
      expect(log).toEqual(["open a"]);
    }));
});

describe("asyncContextManager()", () => {
  it("keeps `this`", () =>
    runTest(async () => {
      class Pool {
        size = 3;
        lease = asyncContextManager(async function* (this: Pool) {
          yield this.size--;
          this.size++;
        });
      }
      const pool = new Pool();
      expect(await asyncWith(pool.lease(), async (n) => [n, pool.size])).toEqual([3, 2]);
      expect(pool.size).toBe(3);
    }));

  it("a timeout in the generator surrounds the body, of either kind", () =>
    runTest(async () => {
      const limited = asyncContextManager(function* () {
        yield* timeout(2, function* () {
          yield* provide("x");
        });
      });
      for (const body of [() => sleep(100), async () => await sleep(100)]) {
        const before = getRunningLoop().time();
        await expect(asyncWith(limited(), body)).rejects.toThrow(
          expect.objectContaining({ name: "TimeoutError" }) as never,
        );
        expect(getRunningLoop().time()).toBe(before + 2);
      }
      // Its scope has been left with it.
      await sleep(10);
      expect(await asyncWith(limited(), async (x) => x)).toBe("x");
    }));

  it("a group in the generator, used through an exit stack of generators", () =>
    runTest(async () => {
      const background = asyncContextManager(function* () {
        return yield* taskGroup(function* (group) {
          return yield* provide(group);
        });
      });
      const task = createTask(function* () {
        yield* asyncWith(new AsyncExitStack(), function* (stack) {
          const group = yield* stack.enterContext(background());
          group.createTask(async () => {
            await sleep(1);
            throw new RangeError("child");
          });
          yield* sleep(100);
        });
      });
      await expect(task).rejects.toThrow("unhandled errors in a TaskGroup");
      expect(getRunningLoop().time()).toBe(1);
    }));

  it("a generator that ignores its being closed is reported", () =>
    runTest(async () => {
      const stubborn = asyncContextManager(function* () {
        try {
          yield* provide(1);
          yield* provide(2);
        } finally {
          yield* provide(3);
        }
      });
      const error = await asyncWith(stubborn(), async () => {}).catch((caught: unknown) => caught as Error);
      expect((error as Error).message).toBe("async generator ignored GeneratorExit");
      expect(((error as Error).cause as Error).message).toBe("generator didn't stop");
    }));

  it("closes a generator coroutine that waits while it is closed", () =>
    runTest(async () => {
      const log: unknown[] = [];
      const twice = asyncContextManager(function* () {
        try {
          yield* provide(1);
          yield* provide(2);
        } finally {
          yield* sleep(1);
          log.push(getRunningLoop().time());
        }
      });
      await expect(asyncWith(twice(), async () => {})).rejects.toThrow("generator didn't stop");
      expect(log).toEqual([1]);
    }));

  it("says what it cannot take", () =>
    runTest(async () => {
      expect(() => asyncContextManager(5 as never)).toThrow(TypeError);
      const notOne = asyncContextManager((() => 5) as never) as () => ReturnType<ReturnType<typeof kinds.native>>;
      await expect(asyncWith(notOne(), async () => {})).rejects.toThrow("not one that returns 5");
      const nowhere = createTask(function* () {
        yield* provide(5);
      });
      await expect(nowhere).rejects.toThrow(
        "Task got bad yield: provide(5), which belongs into the generator of an asyncContextManager()",
      );
    }));

  it("closed by hand in the middle, the generator is closed with it", () => {
    const log: string[] = [];
    const manager = asyncContextManager(function* () {
      try {
        yield* sleep(0);
        yield* provide(1);
      } finally {
        log.push("closed");
      }
    });
    const it = asyncWith(manager(), function* () {});
    it.send(undefined);
    it.close();
    expect(log).toEqual(["closed"]);
  });
});
