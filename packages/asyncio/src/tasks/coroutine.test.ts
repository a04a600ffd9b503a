import { describe, expect, it } from "vitest";
import {
  Coroutine,
  type CoroutineGenerator,
  coroutine,
  createTask,
  gather,
  getRunningLoop,
  isAwaitable,
  isCoroutine,
  isCoroutineFunction,
  RuntimeError,
  run,
  StopIteration,
  type Suspension,
  sleep,
} from "../index.ts";
import { runTest, TestLoop } from "../testing/index.ts";

const native = coroutine(async (value: number) => {
  await sleep(0);
  return value;
});
const generator = coroutine(function* (value: number) {
  yield* sleep(0);
  return value;
});
const kinds = [
  ["native", native],
  ["generator", generator],
] as const;

describe("coroutine()", () => {
  it("keeps name and length, and passes this and the arguments on", () =>
    runTest(async () => {
      const named = coroutine(async function fetchAll(_a: number, _b: string) {
        await sleep(0);
      });
      expect([named.name, named.length]).toEqual(["fetchAll", 2]);
      class Service {
        base: number = 40;
        add: (this: Service, n: number) => Coroutine<number> = coroutine(function* (this: Service, n: number) {
          yield* sleep(0);
          return this.base + n;
        }) as (n: number) => Coroutine<number>;
      }
      expect(await new Service().add(2)).toBe(42);
    }));

  it.each([null, 5, "x", {}])("of %s is a TypeError", (value) => {
    expect(() => coroutine(value as never)).toThrow(
      new TypeError("coroutine() takes an async function or a function*"),
    );
  });

  it("a function that returns something else fails when it is awaited", () =>
    runTest(async () => {
      const wrong = coroutine(function compute() {
        return 5;
      } as never) as () => Coroutine<number>;
      await expect(createTask(wrong())).rejects.toThrow(
        "a coroutine was expected, but compute() returned 5; write async or function*",
      );
    }));

  it("isCoroutine, isCoroutineFunction and isAwaitable tell", () => {
    const made = native(1);
    expect([made, generator, function* () {}, null, Promise.resolve()].map(isCoroutine)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
    expect([native, async () => {}, function* () {}, () => {}, made, null].map(isCoroutineFunction)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect([made, Promise.resolve(), [], null].map(isAwaitable)).toEqual([true, false, false, false]);
    expect(made).toBeInstanceOf(Coroutine);
    made.close();
  });
});

describe.each(kinds)("a %s coroutine object", (_, make) => {
  it("runs nothing before it is awaited", () =>
    runTest(async () => {
      let runs = 0;
      const lazy =
        make === native
          ? coroutine(async () => void runs++)
          : coroutine(function* () {
              runs++;
            });
      const made = lazy();
      await sleep(1);
      expect(runs).toBe(0);
      await made;
      expect(runs).toBe(1);
    }));

  it("awaited again is a RuntimeError, by await, yield* and createTask", () =>
    runTest(async () => {
      const made = make(1);
      expect(await made).toBe(1);
      const reused = "cannot reuse already awaited coroutine";
      await expect(made).rejects.toThrow(new RuntimeError(reused));
      await expect(
        createTask(function* () {
          return yield* made;
        }),
      ).rejects.toThrow(reused);
      await expect(createTask(made)).rejects.toThrow(reused);
    }));

  it("awaited while somebody else awaits it is a RuntimeError, and the first goes on", () =>
    runTest(async () => {
      const slow =
        make === native
          ? coroutine(async () => await sleep(5, 1))
          : coroutine(function* () {
              return yield* sleep(5, 1);
            });
      const made = slow();
      const first = createTask(made);
      await sleep(1);
      await expect(createTask(async () => await made)).rejects.toThrow(
        new RuntimeError("coroutine is being awaited already"),
      );
      expect(await first).toBe(1);
    }));

  it("tells its state", () =>
    runTest(async () => {
      const states: string[] = [];
      const made = make(1);
      states.push(made.state);
      const task = createTask(made);
      states.push(made.state);
      await sleep(0);
      states.push(made.state);
      await task;
      states.push(made.state);
      const closed = make(2);
      closed.close();
      states.push(closed.state);
      expect(states).toEqual(["created", "created", "suspended", "closed", "closed"]);
    }));

  it("is running while its own code asks", () =>
    runTest(async () => {
      const states: string[] = [];
      const self: { coroutine?: Coroutine<void> } = {};
      const asks =
        make === native
          ? coroutine(async () => {
              states.push(self.coroutine!.state);
              await sleep(0);
              states.push(self.coroutine!.state);
            })
          : coroutine(function* () {
              states.push(self.coroutine!.state);
              yield* sleep(0);
              states.push(self.coroutine!.state);
            });
      self.coroutine = asks();
      await createTask(self.coroutine);
      expect(states).toEqual(["running", "running"]);
    }));

  it("closed before its start never runs and is refused", () =>
    runTest(async () => {
      const made = make(1);
      made.close();
      made.close();
      await expect(made).rejects.toThrow("cannot reuse already awaited coroutine");
    }));

  it("cannot be closed while a task runs it", () =>
    runTest(async () => {
      const made = make(1);
      const task = createTask(made);
      await sleep(0);
      expect(() => made.close()).toThrow(/belongs to a task: cancel the task/);
      expect(await task).toBe(1);
    }));

  it("outside of run() its await says what to do", async () => {
    const made = make(1);
    await expect(made).rejects.toThrow("no running event loop: await it inside run(), or hand it to loop.createTask()");
    made.close();
  });

  it("its form names it", () => {
    const made = make(1);
    expect(String(made)).toBe("<coroutine <anonymous>>");
    made.close();
    const named = coroutine(async function fetchAll() {})();
    expect([named.name, String(named)]).toEqual(["fetchAll", "<coroutine fetchAll>"]);
    named.close();
  });
});

describe("driven by hand", () => {
  it("send() gives suspensions, then throws StopIteration with the value", () => {
    const made = coroutine(function* () {
      const first: unknown = yield;
      const second: unknown = yield;
      return [first, second];
    })();
    expect(made.send(undefined)).toBeUndefined();
    expect(made.send("one")).toBeUndefined();
    expect(() => made.send("two")).toThrow(StopIteration);
    expect(made.state).toBe("closed");
  });

  it("StopIteration carries what the coroutine returned", () => {
    const made = coroutine(function* () {
      yield* sleep(0);
      return 42;
    })();
    made.send(null);
    try {
      made.send(null);
      expect.unreachable();
    } catch (error) {
      expect((error as StopIteration).value).toBe(42);
    }
    expect(() => made.send(null)).toThrow("cannot reuse already awaited coroutine");
  });

  it("the first send() must be empty", () => {
    const made = generator(1);
    expect(() => made.send("value")).toThrow(new TypeError("can't send non-None value to a just-started coroutine"));
    expect(made.state).toBe("created");
    made.close();
  });

  it("throw() raises at the suspension; the coroutine may handle it", () => {
    const made = coroutine(function* () {
      try {
        yield;
      } catch (error) {
        yield;
        return (error as Error).message;
      }
      return "no error";
    })();
    made.send(null);
    made.throw(new RangeError("mine"));
    expect(made.state).toBe("suspended");
    try {
      made.send(null);
    } catch (stop) {
      expect((stop as StopIteration).value).toBe("mine");
    }
  });

  it("throw() before the start ends the coroutine with that error", () => {
    const made = generator(1);
    const error = new RangeError("mine");
    expect(() => made.throw(error)).toThrow(error);
    expect(made.state).toBe("closed");
  });

  it("close() runs finally and is no error; a second close() does nothing", () => {
    const seen: string[] = [];
    const made = coroutine(function* () {
      try {
        yield;
      } finally {
        seen.push("finally");
      }
    })();
    made.send(null);
    made.close();
    made.close();
    expect(seen).toEqual(["finally"]);
    expect(made.state).toBe("closed");
  });

  it("close() of a coroutine that yields on is an error", () => {
    const made = coroutine(function* () {
      try {
        yield;
      } finally {
        yield;
      }
    })();
    made.send(null);
    expect(() => made.close()).toThrow("coroutine ignored GeneratorExit");
  });

  it("passes through nested coroutines", () => {
    const made = coroutine(function* () {
      return (yield* generator(1)) + (yield* generator(2));
    })();
    made.send(null);
    made.send(null);
    try {
      made.send(null);
      expect.unreachable();
    } catch (stop) {
      expect((stop as StopIteration).value).toBe(3);
    }
  });

  it("an async function cannot be driven by hand", () => {
    const made = native(1);
    expect(() => made.send(null)).toThrow(/is an async function: only a task can run it/);
    made.close();
  });
});

describe("iterating an awaitable by mistake", () => {
  const mistake = /an awaitable is awaited with `await` or `yield\*`, not iterated/;

  it.each<[string, (awaitable: Iterable<unknown>) => unknown]>([
    ["spread", (awaitable) => [...awaitable]],
    [
      "for...of",
      (awaitable) => {
        for (const each of awaitable) void each;
      },
    ],
    ["Array.from", (awaitable) => Array.from(awaitable)],
    ["new Set", (awaitable) => new Set(awaitable)],
    [
      "destructuring",
      (awaitable) => {
        const [first] = awaitable;
        return first;
      },
    ],
  ])("%s throws for a sleep, a turn, a future, a task and a coroutine, in both kinds", (_, iterate) =>
    runTest(async () => {
      const makers: (() => Iterable<unknown>)[] = [
        () => sleep(1),
        () => sleep(0),
        () => getRunningLoop().createFuture(),
        () => createTask(() => sleep(0)),
        () => generator(1),
      ];
      for (const make of makers) {
        await createTask(async () => {
          expect(() => iterate(make())).toThrow(mistake);
          await sleep(0);
        });
        await createTask(function* () {
          expect(() => iterate(make())).toThrow(mistake);
          yield* sleep(0);
        });
      }
    }),
  );

  it("Promise.all(coroutine) rejects and says what to write", () =>
    runTest(async () => {
      getRunningLoop().setExceptionHandler(() => {}); // They are never awaited, which is reported as well.
      for (const made of [sleep(1), sleep(0)]) {
        await expect(Promise.all(made as never)).rejects.toThrow("write `yield* gather(...)` instead of Promise.all");
      }
    }));

  it("the task goes on undisturbed after the mistake", () =>
    runTest(function* () {
      const future = getRunningLoop().createFuture<number>();
      try {
        void [...future];
      } catch {
        // Expected.
      }
      getRunningLoop().callSoon(() => future.setResult(1));
      expect(yield* future).toBe(1);
      expect(yield* gather(sleep(1, "a"), sleep(0, "b"))).toEqual(["a", "b"]);
    }));
});

describe("a generator without coroutine()", () => {
  function* bare(value: number): CoroutineGenerator<number> {
    yield* sleep(1);
    return value;
  }

  it("runs as a task, in gather and under run()", async () => {
    expect(await runTest(() => bare(1))).toBe(1);
    expect(await run(bare(2), { loopFactory: () => new TestLoop() })).toBe(2);
    await runTest(async () => {
      expect(await createTask(bare(3))).toBe(3);
      expect(await gather(bare(4), bare(5))).toEqual([4, 5]);
    });
  });

  it("a bare yield is one turn of the loop", async () => {
    const loop = new TestLoop();
    await run(
      function* () {
        const before = loop.iteration;
        yield;
        yield undefined as Suspension | undefined;
        expect(loop.iteration - before).toBe(2);
      },
      { loopFactory: () => loop },
    );
  });
});
