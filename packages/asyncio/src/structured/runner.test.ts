import { describe, expect, it } from "vitest";
import {
  allTasks,
  CancelledError,
  ContextVar,
  createTask,
  type ExceptionContext,
  getRunningLoop,
  newEventLoop,
  Runner,
  RuntimeError,
  run,
  sleep,
} from "../index.ts";
import { TestLoop } from "../testing/index.ts";

const virtual = { loopFactory: () => new TestLoop(), handleSignals: false };

describe("run()", () => {
  it("gives the result and passes the error on", async () => {
    expect(await run(async () => 1)).toBe(1);
    const error = new RangeError("mine");
    await expect(
      run(function* () {
        throw error;
      }),
    ).rejects.toBe(error);
  });

  it("takes a coroutine, a generator, a function of either, and an awaitable", async () => {
    expect(await run(sleep(0.001, "coroutine"), virtual)).toBe("coroutine");
    expect(
      await run(
        (function* () {
          return yield* sleep(0, "generator");
        })(),
        virtual,
      ),
    ).toBe("generator");
  });

  it.each([5, null, Promise.resolve(), {}])("of %s rejects with a TypeError", async (value) => {
    await expect(run(value as never)).rejects.toThrow("a coroutine was expected, got");
  });

  it("inside a running loop rejects, and says what to do instead", async () => {
    await run(async () => {
      const made = sleep(0);
      await expect(run(made)).rejects.toThrow(
        new RuntimeError(
          "asyncio.run() cannot be called from a running event loop; await the coroutine, or createTask() it",
        ),
      );
      await made;
    }, virtual);
  });

  it("cancels what is left, waits for it, and reports its errors", async () => {
    const seen: string[] = [];
    const reports: ExceptionContext[] = [];
    const loop = new TestLoop();
    loop.setExceptionHandler((_, context) => reports.push(context));
    await run(
      async () => {
        createTask(async () => {
          try {
            await sleep(100);
          } finally {
            await sleep(2);
            seen.push("cleaned up");
          }
        });
        createTask(async () => {
          try {
            await sleep(100);
          } catch {
            throw new RangeError("cleanup");
          }
        });
        await sleep(1);
      },
      { ...virtual, loopFactory: () => loop },
    );
    expect(seen).toEqual(["cleaned up"]);
    expect(reports.map(({ message }) => message)).toEqual(["unhandled exception during asyncio.run() shutdown"]);
    expect([loop.time(), loop.isClosed()]).toEqual([3, true]);
  });

  it("cancels what is left also when the main coroutine fails", async () => {
    const seen: string[] = [];
    await expect(
      run(async () => {
        createTask(async () => {
          try {
            await sleep(100);
          } catch {
            seen.push("cancelled");
          }
        });
        await sleep(1);
        throw new RangeError("main");
      }, virtual),
    ).rejects.toThrow("main");
    expect(seen).toEqual(["cancelled"]);
  });

  // Browsers have no AsyncLocalStorage: code after a foreign await may be taken for another run's.
  it.skipIf("document" in globalThis)("two may run side by side", async () => {
    const program = async (name: string): Promise<string> => {
      const loop = getRunningLoop();
      for (let i = 0; i < 5; i++) {
        await sleep(0.001);
        if (getRunningLoop() !== loop || allTasks().size !== 1) throw new Error("mixed up");
      }
      return name;
    };
    expect(await Promise.all([run(() => program("a")), run(() => program("b"))])).toEqual(["a", "b"]);
  });

  it("a signal that is aborted cancels the main task with its reason", async () => {
    const controller = new AbortController();
    const seen: string[] = [];
    const running = run(
      async () => {
        try {
          await sleep(60);
        } finally {
          seen.push("cleaned up");
        }
      },
      { signal: controller.signal },
    );
    setTimeout(() => controller.abort("enough"), 2);
    await expect(running).rejects.toMatchObject({ name: "CancelledError", reason: "enough" });
    expect(seen).toEqual(["cleaned up"]);
  });

  it("a signal that is aborted already cancels before the first step", async () => {
    let runs = 0;
    await expect(run(async () => runs++, { ...virtual, signal: AbortSignal.abort() })).rejects.toBeInstanceOf(
      CancelledError,
    );
    expect(runs).toBe(0);
  });

  it("leaves no listener at the signal", async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = ((...args: Parameters<typeof addEventListener>) => {
      listeners++;
      addEventListener.apply(signal, args);
    }) as typeof addEventListener;
    signal.removeEventListener = ((...args: Parameters<typeof removeEventListener>) => {
      listeners--;
      removeEventListener.apply(signal, args);
    }) as typeof removeEventListener;
    await run(async () => {}, { ...virtual, signal });
    expect(listeners).toBe(0);
  });

  it("a program that nothing can wake rejects with the names of its waiting tasks", async () => {
    const waits = async (): Promise<void> => {
      await getRunningLoop().createFuture();
    };
    const error = await run(async () => {
      createTask(waits, { name: "other" });
      await waits();
    }, virtual).catch((caught: Error) => caught.message);
    expect(error).toMatch(/^deadlock: nothing is left that could wake the event loop; still waiting:\n/);
    expect(error).toMatch(/ {2}Task-\d+ \(.*\) waits for <Future pending/);
    expect(error).toMatch(/ {2}other \(waits\) waits for <Future pending/);
  });

  it("loopFactory and debug decide about the loop", async () => {
    const loop = newEventLoop();
    const seen = await run(async () => [getRunningLoop() === loop, getRunningLoop().getDebug()], {
      loopFactory: () => loop,
      debug: true,
    });
    expect(seen).toEqual([true, true]);
  });
});

describe("Runner", () => {
  it("runs several programs in one loop and one context", async () => {
    const variable = new ContextVar("v", { default: 0 });
    const runner = new Runner({ loopFactory: () => new TestLoop() });
    const loop = runner.getLoop();
    await runner.run(async () => void variable.set(1));
    expect(await runner.run(async () => [variable.get(), getRunningLoop() === loop])).toEqual([1, true]);
    expect(variable.get()).toBe(0);
    await runner.close();
  });

  it("tasks of one run go on in the next and are cancelled by close()", async () => {
    const seen: string[] = [];
    const runner = new Runner({ loopFactory: () => new TestLoop() });
    await runner.run(async () => {
      createTask(async () => {
        try {
          await sleep(1);
          seen.push("went on");
          await sleep(100);
        } catch {
          seen.push("cancelled");
        }
      });
      await sleep(0);
    });
    await runner.run(() => sleep(5));
    expect(seen).toEqual(["went on"]);
    await runner.close();
    await runner.close();
    expect(seen).toEqual(["went on", "cancelled"]);
    expect(() => runner.getLoop()).toThrow(new RuntimeError("Runner is closed"));
    await expect(runner.run(async () => {})).rejects.toThrow("Runner is closed");
  });

  it("refuses a grace that is no time", () => {
    expect(() => new Runner({ shutdownGrace: Number.NaN })).toThrow(RangeError);
    expect(() => new Runner({ shutdownGrace: null })).not.toThrow();
  });

  it("is asynchronously disposable", async () => {
    const runner = new Runner();
    const loop = runner.getLoop();
    await runner[Symbol.asyncDispose]();
    expect(loop.isClosed()).toBe(true);
  });

  it("inside a running loop rejects", async () => {
    const runner = new Runner();
    await run(async () => {
      await expect(runner.run(async () => {})).rejects.toThrow("cannot be called from a running event loop");
    }, virtual);
    await runner.close();
  });
});
