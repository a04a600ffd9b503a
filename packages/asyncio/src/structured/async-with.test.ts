import { describe, expect, it } from "vitest";
import {
  asyncWith,
  type Body,
  CancelledError,
  coroutine,
  createTask,
  type ExceptionContext,
  getRunningLoop,
  isCancelled,
  run,
  sleep,
  taskGroup,
  timeout,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

/** The same manager with methods of each kind. */
const managers = {
  native: (log: unknown[], swallow = false) => ({
    async aenter() {
      await sleep(1);
      log.push("enter");
      return 5;
    },
    async aexit(error?: unknown) {
      await sleep(1);
      log.push(error);
      return swallow;
    },
  }),
  generator: (log: unknown[], swallow = false) => ({
    *aenter() {
      yield* sleep(1);
      log.push("enter");
      return 5;
    },
    *aexit(error?: unknown) {
      yield* sleep(1);
      log.push(error);
      return swallow;
    },
  }),
  coroutine: (log: unknown[], swallow = false) => ({
    aenter: coroutine(async () => {
      await sleep(1);
      log.push("enter");
      return 5;
    }),
    aexit: coroutine(function* (error?: unknown) {
      yield* sleep(1);
      log.push(error);
      return swallow;
    }),
  }),
};

describe.each(Object.keys(managers) as (keyof typeof managers)[])("asyncWith() and a manager of %s methods", (kind) => {
  const make = managers[kind];
  const bodies: Record<string, (value: number) => Body<number>> = {
    native: async (value) => {
      await sleep(1);
      return value + 1;
    },
    generator: function* (value) {
      yield* sleep(1);
      return value + 1;
    },
  };

  it.each(Object.keys(bodies))("a %s body gets the value and gives its own", (name) =>
    runTest(async () => {
      const log: unknown[] = [];
      expect(await asyncWith(make(log), bodies[name]!)).toBe(6);
      expect(log).toEqual(["enter", undefined]);
      expect(getRunningLoop().time()).toBe(3);
      const inGenerator = createTask(function* () {
        return yield* asyncWith(make(log), bodies[name]!);
      });
      expect(await inGenerator).toBe(6);
    }),
  );

  it("aexit sees the body's error, which comes out, or is swallowed", () =>
    runTest(async () => {
      const log: unknown[] = [];
      const error = new RangeError("body");
      const fails = async (): Promise<number> => {
        throw error;
      };
      await expect(asyncWith(make(log), fails)).rejects.toBe(error);
      expect(await asyncWith(make(log, true), fails)).toBe(undefined);
      expect(log).toEqual(["enter", error, "enter", error]);
    }));

  it("aexit sees the cancellation", () =>
    runTest(async () => {
      const log: unknown[] = [];
      const task = createTask(asyncWith(make(log), () => sleep(100)));
      await sleep(5);
      task.cancel("why");
      await expect(task).rejects.toBeInstanceOf(CancelledError);
      expect((log[1] as CancelledError).reason).toBe("why");
      expect(getRunningLoop().time()).toBe(6);
    }));
});

describe("asyncWith()", () => {
  it("only `true` swallows: what else is truthy would swallow errors by accident", () =>
    runTest(async () => {
      const manager = { aenter: async () => 1, aexit: async () => "closed" as never };
      await expect(
        asyncWith(manager, async () => {
          throw new RangeError("seen");
        }),
      ).rejects.toThrow("seen");
    }));

  it("disposes objects, asynchronously or not, and waits for it", () =>
    runTest(async () => {
      const log: string[] = [];
      const both = {
        name: "both",
        async [Symbol.asyncDispose]() {
          await sleep(2);
          log.push("async");
        },
        [Symbol.dispose]() {
          log.push("never");
        },
      };
      expect(await asyncWith(both, async ({ name }) => name)).toBe("both");
      const plain = { [Symbol.dispose]: () => void log.push("sync") };
      const generator = createTask(function* () {
        return yield* asyncWith(plain, function* (it) {
          yield* sleep(1);
          return it === plain;
        });
      });
      expect(await generator).toBe(true);
      const coroutineDisposer = { [Symbol.asyncDispose]: () => sleep(3) };
      await asyncWith(coroutineDisposer, () => sleep(1));
      expect(log).toEqual(["async", "sync"]);
      expect(getRunningLoop().time()).toBe(2 + 1 + 4);
    }));

  it("a disposer that fails keeps the body's error as its cause", () =>
    runTest(async () => {
      const resource = {
        [Symbol.dispose]() {
          throw new TypeError("disposer");
        },
      };
      const body = new RangeError("body");
      const error = await asyncWith(resource, async () => {
        throw body;
      }).catch((caught: unknown) => caught as Error);
      expect(error).toBeInstanceOf(TypeError);
      expect((error as Error).cause).toBe(body);
    }));

  it("an error of aexit goes to the end of its own chain of causes, and no circle is closed", () =>
    runTest(async () => {
      const body = new RangeError("body");
      const root = new Error("root");
      const leave = new TypeError("leave", { cause: root });
      const manager = (error: unknown) => ({
        aenter: async () => {},
        aexit: async () => {
          throw error;
        },
      });
      const fails = (error: unknown) => async () => {
        throw error;
      };
      await expect(asyncWith(manager(leave), fails(body))).rejects.toBe(leave);
      expect([leave.cause, root.cause]).toEqual([root, body]);
      // The same once more, and the other way around.
      await expect(asyncWith(manager(leave), fails(body))).rejects.toBe(leave);
      await expect(asyncWith(manager(body), fails(leave))).rejects.toBe(body);
      expect(body.cause).toBe(undefined);
      await expect(asyncWith(manager(body), fails(body))).rejects.toBe(body);
      expect(body.cause).toBe(undefined);
    }));

  it("a body's error that cannot be kept is reported, unless it is a cancellation", () =>
    runTest(async () => {
      const reports: ExceptionContext[] = [];
      getRunningLoop().setExceptionHandler((_, context) => void reports.push(context));
      const manager = {
        aenter: async () => {},
        aexit: async () => {
          throw "a string";
        },
      };
      const body = new RangeError("body");
      const fails = async (): Promise<void> => {
        throw body;
      };
      await expect(asyncWith(manager, fails)).rejects.toBe("a string");
      expect(reports.map(({ exception }) => exception)).toEqual([body]);
      const frozen = Object.freeze(new TypeError("frozen"));
      await expect(asyncWith({ ...manager, aexit: () => Promise.reject(frozen) }, fails)).rejects.toBe(frozen);
      expect(reports.length).toBe(2);
      const task = createTask(asyncWith(manager, () => sleep(9)));
      await sleep(1);
      task.cancel();
      await expect(task).rejects.toBe("a string");
      expect(reports.length).toBe(2);
    }));

  it("says what it cannot take, before anything runs", () => {
    const body = async (): Promise<void> => {};
    const enter = async (): Promise<void> => {};
    const message = "object does not support the asynchronous context manager protocol";
    expect(() => asyncWith(5 as never, body)).toThrow(`'number' ${message}`);
    expect(() => asyncWith(null as never, body)).toThrow(`'null' ${message}`);
    expect(() => asyncWith({} as never, body)).toThrow(`'Object' ${message}`);
    expect(() => asyncWith({ aenter: enter } as never, body)).toThrow(`${message} (missed aexit() method)`);
    expect(() => asyncWith({ aexit: enter } as never, body)).toThrow(`${message} (missed aenter() method)`);
    expect(() => asyncWith({ aenter: enter, aexit: enter }, undefined as never)).toThrow(TypeError);
  });

  it("a method that is no coroutine is an error that names it", () =>
    runTest(async () => {
      const left: unknown[] = [];
      const manager = {
        aenter: () => 5 as never,
        aexit: async (error?: unknown) => void left.push(error),
      };
      await expect(asyncWith(manager, async () => {})).rejects.toThrow("aenter() returned 5");
      expect(left).toEqual([]);
    }));

  it("cancelled before its first step it enters nothing", () =>
    runTest(async () => {
      const log: unknown[] = [];
      const task = createTask(asyncWith(managers.native(log), () => sleep(1)));
      task.cancel();
      await expect(task).rejects.toBeInstanceOf(CancelledError);
      expect(log).toEqual([]);
    }));

  it("what aenter has acquired is left, though the task was cancelled in that very iteration", () =>
    runTest(async () => {
      for (const kind of ["native", "generator", "coroutine"] as const) {
        const log: unknown[] = [];
        const task = createTask(asyncWith(managers[kind](log), () => sleep(100)));
        getRunningLoop().callLater(1, () => task.cancel());
        await expect(task).rejects.toBeInstanceOf(CancelledError);
        // Cancelled before or after it was entered, never in between.
        expect(log.length === 0 || isCancelled(log[1])).toBe(true);
      }
    }));

  it("a timeout and a group in the manager's place and in the body", () =>
    runTest(async () => {
      const log: unknown[] = [];
      const error = await timeout(5, () =>
        asyncWith(managers.native(log), () =>
          taskGroup(async (group) => {
            group.createTask(() => sleep(100));
          }),
        ),
      ).catch((caught: unknown) => caught as Error);
      expect((error as Error).name).toBe("TimeoutError");
      expect(isCancelled(log[1])).toBe(true);
    }));

  it("runs by hand as far as it needs no task", () => {
    const it = asyncWith(managers.generator([]), function* (value) {
      return value;
    });
    it.close();
    const native = asyncWith({ aenter: async () => 1, aexit: async () => {} }, async () => 2);
    expect(() => native.send(undefined)).toThrow("only a task can run 'aenter'");
    const immediate = asyncWith(
      {
        *aenter() {
          return 1;
        },
        *aexit() {},
      },
      function* (value) {
        return value + 1;
      },
    );
    expect(() => immediate.send(undefined)).toThrow(expect.objectContaining({ value: 2 }) as never);
  });

  it("100,000 of them, one after the other", () =>
    run(async () => {
      let entered = 0;
      const manager = {
        *aenter() {
          entered++;
        },
        *aexit() {
          entered--;
        },
      };
      const task = createTask(function* () {
        for (let i = 0; i < 100_000; i++) yield* asyncWith(manager, function* () {});
      });
      await task;
      expect(entered).toBe(0);
    }));

  it("outside of run() it says so", async () => {
    const log: unknown[] = [];
    await expect((async () => await asyncWith(managers.native(log), async () => {}))()).rejects.toThrow(
      "no running event loop",
    );
    await run(async () => {});
  });
});
