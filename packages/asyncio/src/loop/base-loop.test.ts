import { describe, expect, it, vi } from "vitest";
import {
  ContextVar,
  copyContext,
  type EventLoop,
  type ExceptionContext,
  getRunningLoop,
  KeyboardInterrupt,
  newEventLoop,
  run,
  sleep,
} from "../index.ts";
import { runTest, TestLoop } from "../testing/index.ts";

/** Runs until the clock has passed every timer up to `until`. */
async function runUntil(loop: TestLoop, until = 1000): Promise<void> {
  loop.callAt(until, loop.stop);
  await loop.runForever();
}

/** Runs as many iterations as there are callbacks that schedule further ones, but not for ever. */
async function runTurns(loop: EventLoop, turns = 10): Promise<void> {
  const count = (): void => {
    if (--turns > 0) loop.callSoon(count);
    else loop.stop();
  };
  loop.callSoon(count);
  await loop.runForever();
}

/** What is written to console.error while `body` runs. */
async function errorsOf(body: () => unknown): Promise<unknown[][]> {
  const spy = vi.spyOn(console, "error").mockImplementation(() => {});
  try {
    await body();
    return spy.mock.calls.map((call) => [...call]);
  } finally {
    spy.mockRestore();
  }
}

function collectReports(loop: EventLoop): ExceptionContext[] {
  const reports: ExceptionContext[] = [];
  loop.setExceptionHandler((_, context) => reports.push(context));
  return reports;
}

describe("iterations", () => {
  it("a callback scheduled by a callback runs in the next iteration", async () => {
    const loop = new TestLoop();
    const seen: string[] = [];
    const note = (name: string): void => void seen.push(`${name}@${loop.iteration}`);
    loop.callSoon(() => {
      note("a");
      loop.callSoon(() => note("c"));
    });
    loop.callSoon(() => note("b"));
    await runTurns(loop);
    expect(seen).toEqual(["a@1", "b@1", "c@2"]);
  });

  it("stop() before runForever() runs exactly one iteration", async () => {
    const loop = new TestLoop();
    const seen: number[] = [];
    const again = (): void => {
      seen.push(loop.iteration);
      loop.callSoon(again);
    };
    loop.callSoon(again);
    loop.stop();
    await loop.runForever();
    expect(seen).toEqual([1]);
    loop.close();
  });

  it("stop() lets the callbacks of its iteration run, and no later one", async () => {
    const loop = new TestLoop();
    const seen: string[] = [];
    loop.callSoon(() => {
      loop.stop();
      loop.callSoon(() => seen.push("next iteration"));
    });
    loop.callSoon(() => seen.push("same iteration"));
    await loop.runForever();
    expect(seen).toEqual(["same iteration"]);
    await runTurns(loop);
    expect(seen).toEqual(["same iteration", "next iteration"]);
  });

  it("negative delays fire in the order of their due times", async () => {
    const loop = new TestLoop();
    const seen: string[] = [];
    loop.callLater(-1, () => seen.push("a"));
    loop.callLater(-2, () => seen.push("b"));
    await runTurns(loop);
    expect(seen).toEqual(["b", "a"]);
  });

  it("timers due at one instant fire in the order in which they were set, after what was ready", async () => {
    const loop = new TestLoop();
    const seen: string[] = [];
    for (const name of ["a", "b", "c", "d", "e"]) loop.callAt(1, () => seen.push(name));
    loop.callAt(0.5, () => {
      loop.callAt(1, () => seen.push("set later"));
    });
    await runUntil(loop);
    expect(seen.join(" ")).toBe("a b c d e set later");
  });

  it("a timer whose time has come joins the iteration in which it is seen, after what was ready", async () => {
    const loop = new TestLoop();
    const seen: string[] = [];
    loop.callLater(0, () => seen.push(`timer@${loop.iteration}`));
    loop.callSoon(() => seen.push(`soon@${loop.iteration}`));
    await runTurns(loop);
    expect(seen).toEqual(["soon@1", "timer@1"]);
  });

  it("tiny delays do not make the loop spin", async () => {
    const loop = new TestLoop();
    await run(
      async () => {
        for (const delay of [1e-2, 1e-4, 1e-6, 1e-8, 1e-10]) await sleep(delay);
      },
      { loopFactory: () => loop },
    );
    expect(loop.iteration).toBeLessThan(20);
  });

  it("tiny delays do not make a real loop spin either", async () => {
    const loop = newEventLoop();
    let ticks = 0;
    loop._orderTick = () => void ticks++;
    await run(
      async () => {
        for (const delay of [1e-2, 1e-4, 1e-6, 1e-8, 1e-10]) await sleep(delay);
      },
      { loopFactory: () => loop, handleSignals: false },
    );
    expect(ticks).toBeLessThan(30);
  });

  it("100,000 callbacks run in their order", async () => {
    const loop = newEventLoop();
    let next = 0;
    let inOrder = true;
    for (let i = 0; i < 100_000; i++) {
      loop.callSoon((number: number) => {
        inOrder &&= number === next++;
      }, i);
    }
    loop.callSoon(loop.stop);
    await loop.runForever();
    loop.close();
    expect(next).toBe(100_000);
    expect(inOrder).toBe(true);
  });
});

describe("the clock", () => {
  it("time() is monotonic and in seconds", async () => {
    const loop = newEventLoop();
    const before = loop.time();
    await new Promise((resolve) => setTimeout(resolve, 3));
    const passed = loop.time() - before;
    expect(passed).toBeGreaterThan(0.001);
    expect(passed).toBeLessThan(5);
    loop.close();
  });

  it("a timer is never early", async () => {
    const loop = newEventLoop();
    const late: number[] = [];
    for (const delay of [0.0005, 0.001, 0.0015, 0.003]) {
      const due = loop.time() + delay;
      loop.callAt(due, () => late.push(loop.time() - due));
    }
    loop.callLater(0.005, loop.stop);
    await loop.runForever();
    loop.close();
    expect(late).toHaveLength(4);
    expect(Math.min(...late)).toBeGreaterThanOrEqual(-1e-6);
  });

  it("an earlier timer set while the loop sleeps wakes it earlier", async () => {
    const loop = newEventLoop();
    const fired: string[] = [];
    loop.callLater(60, () => fired.push("late"));
    const running = loop.runForever();
    await new Promise((resolve) => setTimeout(resolve, 2));
    loop.callLater(0.002, () => {
      fired.push("early");
      loop.stop();
    });
    await running;
    loop.close();
    expect(fired).toEqual(["early"]);
  });

  it("a callback scheduled from outside wakes the sleeping loop", async () => {
    const loop = newEventLoop();
    loop.callLater(60, () => {});
    const running = loop.runForever();
    await new Promise((resolve) => setTimeout(resolve, 2));
    const called: string[] = [];
    loop.callSoonThreadsafe((text: string) => {
      called.push(text);
      loop.stop();
    }, "outside");
    await running;
    loop.close();
    expect(called).toEqual(["outside"]);
  });

  it("delays over 2³¹ ms neither fire at once nor overflow the host's timer", async () => {
    const loop = newEventLoop();
    const fired: string[] = [];
    for (const delay of [2 ** 31 / 1000, 2 ** 32 / 1000, 1e12, Infinity])
      loop.callLater(delay, () => fired.push("far"));
    const running = loop.runForever();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(fired).toEqual([]);
    loop.stop();
    await running;
    loop.close();
  });

  it("on a virtual clock 100 days pass at once", async () => {
    const loop = new TestLoop();
    const fired: number[] = [];
    loop.callLater("2400h", () => fired.push(loop.time()));
    await runUntil(loop, 1e9);
    expect(fired).toEqual([8_640_000]);
  });
});

describe("running, stopping, closing", () => {
  it("runs again after stop(), with what was left", async () => {
    const loop = new TestLoop();
    const seen: string[] = [];
    loop.callAt(1, () => seen.push("one"));
    loop.callAt(5, () => seen.push("five"));
    await runUntil(loop, 2);
    expect(seen).toEqual(["one"]);
    expect(loop.isRunning()).toBe(false);
    await runUntil(loop, 10);
    expect(seen).toEqual(["one", "five"]);
    loop.close();
  });

  it("isRunning() and isClosed() tell the state", async () => {
    const loop = new TestLoop();
    const states: boolean[] = [loop.isRunning()];
    loop.callSoon(() => states.push(loop.isRunning()));
    await runTurns(loop);
    states.push(loop.isRunning(), loop.isClosed());
    loop.close();
    states.push(loop.isClosed());
    expect(states).toEqual([false, true, false, false, true]);
  });

  it("a closed loop refuses every use with the same error", async () => {
    const loop = newEventLoop();
    loop.close();
    loop.close();
    const closed = "Event loop is closed";
    expect(() => loop.callSoon(() => {})).toThrow(closed);
    expect(() => loop.callLater(1, () => {})).toThrow(closed);
    expect(() => loop.callAt(1, () => {})).toThrow(closed);
    expect(() => loop.callSoonThreadsafe(() => {})).toThrow(closed);
    expect(() => loop.createTask(async () => {})).toThrow(closed);
    await expect(loop.runForever()).rejects.toThrow(closed);
    await expect(loop.runUntilComplete(async () => {})).rejects.toThrow(closed);
  });

  it("a running loop cannot be closed", async () => {
    const loop = new TestLoop();
    const errors: unknown[] = [];
    loop.callSoon(() => {
      try {
        loop.close();
      } catch (error) {
        errors.push((error as Error).message);
      }
    });
    await runTurns(loop);
    expect(errors).toEqual(["Cannot close a running event loop"]);
    loop.close();
  });

  it("a running loop cannot be run again, nor another one from inside it", async () => {
    const loop = new TestLoop();
    const other = newEventLoop();
    const errors: Promise<string>[] = [];
    const message = (promise: Promise<unknown>): Promise<string> =>
      promise.then(
        () => "no error",
        (error: Error) => error.message,
      );
    loop.callSoon(() => {
      errors.push(message(loop.runForever()), message(other.runForever()));
    });
    await runTurns(loop);
    expect(await Promise.all(errors)).toEqual([
      "This event loop is already running",
      "Cannot run the event loop while another loop is running",
    ]);
    other.close();
    loop.close();
  });

  it("close() drops what is scheduled", async () => {
    const loop = newEventLoop();
    let calls = 0;
    loop.callSoon(() => calls++);
    loop.callLater(0, () => calls++);
    loop.close();
    await new Promise((resolve) => setTimeout(resolve, 3));
    expect(calls).toBe(0);
  });

  it("two loops run side by side without mixing their callbacks", async () => {
    const seen: string[] = [];
    const turns = async (name: string): Promise<void> => {
      const loop = newEventLoop();
      for (let i = 0; i < 3; i++) loop.callSoon(() => seen.push(name + i));
      loop.callLater(0.001, loop.stop);
      await loop.runForever();
      loop.close();
    };
    await Promise.all([turns("a"), turns("b")]);
    expect(seen.filter((each) => each.startsWith("a"))).toEqual(["a0", "a1", "a2"]);
    expect(seen.filter((each) => each.startsWith("b"))).toEqual(["b0", "b1", "b2"]);
  });

  it("runUntilComplete() on a loop that is stopped first rejects, and the task stays pending", async () => {
    const loop = new TestLoop();
    const task = loop.createTask(() => sleep(10, "value"));
    loop.callLater(1, loop.stop);
    await expect(loop.runUntilComplete(task)).rejects.toThrow("Event loop stopped before Future completed.");
    expect(task.done()).toBe(false);
    expect(await loop.runUntilComplete(task)).toBe("value");
    loop.close();
  });

  it("its form tells running, closed and debug", () => {
    const loop = newEventLoop();
    expect(String(loop)).toBe("<EventLoop running=false closed=false debug=false>");
    loop.close();
    expect(String(loop)).toBe("<EventLoop running=false closed=true debug=false>");
  });
});

describe("bad input", () => {
  it.each([null, undefined, 5, "text", {}])("callSoon(%s) is a TypeError that names the method", (value) => {
    const loop = newEventLoop();
    expect(() => loop.callSoon(value as never)).toThrow(/^a callable object was expected by callSoon\(\), got /);
    expect(() => loop.callLater(1, value as never)).toThrow("expected by callLater()");
    expect(() => loop.callAt(1, value as never)).toThrow("expected by callAt()");
    loop.close();
  });

  it("a coroutine or coroutine function is a TypeError", () => {
    const loop = newEventLoop();
    const coroutine = sleep(0);
    for (const value of [async () => {}, function* () {}, async function* () {}, coroutine]) {
      expect(() => loop.callSoon(value as never)).toThrow(new TypeError("coroutines cannot be used with callSoon()"));
    }
    expect(() => loop.callLater(1, async () => {})).toThrow("coroutines cannot be used with callLater()");
    expect(() => loop.callAt(1, async () => {})).toThrow("coroutines cannot be used with callAt()");
    expect(() => loop.callSoonThreadsafe(async () => {})).toThrow(
      "coroutines cannot be used with callSoonThreadsafe()",
    );
    coroutine.close();
    loop.close();
  });

  it("NaN and missing times are refused before anything is scheduled", () => {
    const loop = newEventLoop();
    expect(() => loop.callLater(NaN, () => {})).toThrow(RangeError);
    expect(() => loop.callAt(NaN, () => {})).toThrow(RangeError);
    expect(() => loop.callLater(null as never, () => {})).toThrow(new TypeError("delay must not be null"));
    expect(() => loop.callAt(undefined as never, () => {})).toThrow(new TypeError("when cannot be null"));
    expect(() => loop.callLater("soon" as never, () => {})).toThrow(RangeError);
    expect(loop._timers.size).toBe(0);
    loop.close();
  });

  it.each([5, "handler", {}])("setExceptionHandler(%s) is a TypeError", (value) => {
    const loop = newEventLoop();
    expect(() => loop.setExceptionHandler(value as never)).toThrow("A callable object or null is expected");
    loop.close();
  });
});

describe("errors in callbacks", () => {
  it("go to the handler with message, exception and handle, and the loop goes on", async () => {
    const loop = new TestLoop();
    const reports = collectReports(loop);
    const error = new RangeError("mine");
    const seen: string[] = [];
    const handle = loop.callSoon(function work() {
      throw error;
    });
    loop.callSoon(() => seen.push("after"));
    await runTurns(loop);
    expect(seen).toEqual(["after"]);
    expect(reports).toHaveLength(1);
    expect(reports[0]!.message).toMatch(/^Exception in callback work\(\)/);
    expect(reports[0]!.exception).toBe(error);
    expect(reports[0]!.handle).toBe(handle);
  });

  it.each(["text", 0, null, undefined])("a thrown %s is reported as well", async (thrown) => {
    const loop = new TestLoop();
    const reports = collectReports(loop);
    loop.callSoon(() => {
      throw thrown;
    });
    await runTurns(loop);
    expect(reports.map((report) => report.exception)).toEqual([thrown]);
  });

  it("without a handler they are printed with message, handle and stack", async () => {
    const loop = newEventLoop();
    const printed = await errorsOf(async () => {
      loop.callSoon(function work() {
        throw new RangeError("mine");
      });
      await runTurns(loop);
    });
    loop.close();
    expect(printed).toHaveLength(1);
    expect(printed[0]![0]).toMatch(/^Exception in callback work\(\)\nhandle: <Handle work\(\)>$/);
    expect(printed[0]!.at(-1)).toBeInstanceOf(RangeError);
  });

  it("a handler that throws is itself reported by the default handler, with the first error's context", async () => {
    const loop = newEventLoop();
    const broken = new Error("broken handler");
    loop.setExceptionHandler(() => {
      throw broken;
    });
    const seen: string[] = [];
    const printed = await errorsOf(async () => {
      loop.callSoon(() => {
        throw new RangeError("first");
      });
      loop.callSoon(() => seen.push("after"));
      await runTurns(loop);
    });
    loop.close();
    expect(seen).toEqual(["after"]);
    expect(printed).toHaveLength(1);
    expect(printed[0]![0]).toMatch(/^Unhandled error in exception handler\ncontext: /);
    expect(printed[0]!.at(-1)).toBe(broken);
  });

  it("a default handler that throws is only printed", async () => {
    class BrokenLoop extends TestLoop {
      override defaultExceptionHandler(): void {
        throw new Error("broken default");
      }
    }
    const loop = new BrokenLoop();
    const printed = await errorsOf(async () => {
      loop.callSoon(() => {
        throw new RangeError("first");
      });
      await runTurns(loop);
    });
    expect(printed).toHaveLength(1);
    expect(printed[0]![0]).toBe("Exception in default exception handler");
  });

  it("the handler runs in the context of the callback that failed", async () => {
    const loop = new TestLoop();
    const variable = new ContextVar("v", { default: "outside" });
    const seen: string[] = [];
    loop.setExceptionHandler(() => seen.push(variable.get()));
    copyContext().run(() => {
      variable.set("inside");
      loop.callSoon(() => {
        throw new Error();
      });
    });
    loop.callSoon(() => {
      throw new Error();
    });
    await runTurns(loop);
    expect(seen).toEqual(["inside", "outside"]);
  });

  it("the handler runs in the context of the task that is reported", async () => {
    const loop = new TestLoop();
    const variable = new ContextVar("v", { default: "outside" });
    const seen: string[] = [];
    await run(
      async () => {
        const task = loop.createTask(async () => {
          variable.set("task");
          await sleep(1);
        });
        await sleep(0);
        loop.setExceptionHandler(() => seen.push(variable.get()));
        loop.callExceptionHandler({ message: "by hand", task });
        await task;
        loop.setExceptionHandler(null);
      },
      { loopFactory: () => loop },
    );
    expect(seen).toEqual(["task"]);
  });

  it("getExceptionHandler() gives what was set; null restores the default", async () => {
    const loop = newEventLoop();
    expect(loop.getExceptionHandler()).toBeNull();
    const handler = (): void => {};
    loop.setExceptionHandler(handler);
    expect(loop.getExceptionHandler()).toBe(handler);
    loop.setExceptionHandler(null);
    const printed = await errorsOf(() => loop.callExceptionHandler({ message: "hello" }));
    expect(printed).toEqual([["hello"]]);
    loop.close();
  });

  it("a report without a message gets one, and shows every other key", async () => {
    const loop = newEventLoop();
    const printed = await errorsOf(() => loop.defaultExceptionHandler({ message: "", zebra: 1, apple: "a" }));
    expect(printed).toEqual([["Unhandled exception in event loop\napple: 'a'\nzebra: 1"]]);
    loop.close();
  });

  it("KeyboardInterrupt leaves the loop at once and leaves no stale stop behind", async () => {
    const loop = new TestLoop();
    const reports = collectReports(loop);
    const interrupt = new KeyboardInterrupt();
    const seen: string[] = [];
    loop.callSoon(() => {
      throw interrupt;
    });
    loop.callSoon(() => seen.push("left over"));
    await expect(loop.runForever()).rejects.toBe(interrupt);
    expect(seen).toEqual([]);
    expect(loop.isRunning()).toBe(false);
    await runTurns(loop);
    expect(seen).toEqual(["left over"]);
    let turns = 0;
    loop.callAt(5, () => turns++);
    await runUntil(loop, 6);
    expect(turns).toBe(1);
    expect(reports).toEqual([]);
  });

  it("KeyboardInterrupt in a task leaves the loop and is the task's error", async () => {
    const loop = new TestLoop();
    const interrupt = new KeyboardInterrupt();
    const task = loop.createTask(function* () {
      throw interrupt;
    });
    await expect(loop.runUntilComplete(task)).rejects.toBe(interrupt);
    expect(task.done()).toBe(true);
    expect(task.exception()).toBe(interrupt);
    loop.close();
  });

  it("KeyboardInterrupt in a native task does the same", async () => {
    const interrupt = new KeyboardInterrupt();
    const reports: unknown[] = [];
    const loop = new TestLoop();
    loop.setExceptionHandler((_, context) => reports.push(context.message));
    const running = run(
      async () => {
        loop.createTask(async () => {
          await sleep(1);
          throw interrupt;
        });
        await sleep(10);
      },
      { loopFactory: () => loop },
    );
    await expect(running).rejects.toBe(interrupt);
  });
});

describe("a guest of the runtime's loop", () => {
  const hostTimer = (milliseconds: number): Promise<string> =>
    new Promise((resolve) => setTimeout(resolve, milliseconds, "timer"));

  it.each<[string, (loop: EventLoop, over: () => boolean) => void]>([
    [
      "callbacks",
      (loop, over) => {
        const spin = (): void => {
          if (!over()) loop.callSoon(spin);
        };
        spin();
      },
    ],
    [
      "generator tasks",
      (loop, over) => {
        for (let i = 0; i < 10; i++) {
          loop.createTask(function* () {
            while (!over()) yield* sleep(0);
          });
        }
      },
    ],
    [
      "native tasks",
      (loop, over) => {
        for (let i = 0; i < 10; i++) {
          loop.createTask(async () => {
            while (!over()) await sleep(0);
          });
        }
      },
    ],
  ])("spinning %s let the runtime's timers through", async (_, spin) => {
    const loop = newEventLoop();
    const start = performance.now();
    let over = false;
    spin(loop, () => over || performance.now() - start > 2000);
    const running = loop.runForever();
    await hostTimer(1);
    await hostTimer(1);
    await hostTimer(1);
    const passed = performance.now() - start;
    over = true;
    loop.callLater(0.001, loop.stop);
    await running;
    loop.close();
    expect(passed).toBeLessThan(1000);
  });

  it("keeps the order when the budget is spent in the middle of an iteration", async () => {
    const loop = newEventLoop();
    const seen: number[] = [];
    let hostTurns = 0;
    let running = true;
    const count = (): void => {
      hostTurns++;
      if (running) setTimeout(count);
    };
    setTimeout(count);
    for (let i = 0; i < 2000; i++) {
      loop.callSoon(() => {
        seen.push(i);
        if (i % 100 === 0) loop.callSoon(() => seen.push(10_000 + i));
        // 2000 × 10 µs is ten budgets.
        for (const end = performance.now() + 0.01; performance.now() < end; );
      });
    }
    loop.callLater(0.5, loop.stop);
    loop.callSoon(() => loop.callSoon(loop.stop));
    await loop.runForever();
    running = false;
    loop.close();
    const expected = [
      ...Array.from({ length: 2000 }, (_, i) => i),
      ...Array.from({ length: 20 }, (_, i) => 10_000 + i * 100),
    ];
    expect(seen).toEqual(expected);
    expect(hostTurns).toBeGreaterThan(1);
  });

  it("an iteration cut by the budget is not joined by what is scheduled from outside meanwhile", async () => {
    const loop = newEventLoop();
    const seen: string[] = [];
    const busy = (milliseconds: number): void => {
      for (const end = performance.now() + milliseconds; performance.now() < end; );
    };
    for (let i = 0; i < 30; i++) {
      loop.callSoon(() => {
        seen.push(`tick`);
        if (i === 0) setTimeout(() => loop.callSoon(() => seen.push("outside")));
        busy(1);
      });
    }
    loop.callSoon(() => {
      seen.push("end of the iteration");
      loop.callLater(0.005, loop.stop);
    });
    await loop.runForever();
    loop.close();
    expect(seen.indexOf("outside")).toBeGreaterThan(seen.indexOf("end of the iteration"));
  });
});

describe("debug mode", () => {
  it("reports a callback that took long, with its place", async () => {
    const loop = newEventLoop();
    loop.setDebug(true);
    loop.slowCallbackDuration = 0.003;
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    try {
      loop.callSoon(function slow() {
        for (const end = performance.now() + 5; performance.now() < end; );
      });
      loop.callSoon(function quick() {});
      await runTurns(loop, 2);
      const texts = warn.mock.calls.map(([text]) => String(text));
      expect(texts).toHaveLength(1);
      expect(texts[0]).toMatch(/^Executing <Handle slow\(\) created at .+> took 0\.\d{3} seconds$/);
    } finally {
      warn.mockRestore();
      loop.close();
    }
  });

  it("reports a slow step of a task of each kind", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const busy = (): void => {
      for (const end = performance.now() + 5; performance.now() < end; );
    };
    try {
      const loop = newEventLoop();
      loop.slowCallbackDuration = 0.003;
      await run(
        async () => {
          await loop.createTask(
            function* () {
              yield* sleep(0);
              busy();
            },
            { name: "generator" },
          );
          await loop.createTask(
            async () => {
              await sleep(0);
              await null;
              busy();
            },
            { name: "native" },
          );
        },
        { loopFactory: () => loop, debug: true, handleSignals: false },
      );
      const texts = warn.mock.calls.map(([text]) => String(text)).join("\n");
      expect(texts).toMatch(/Executing <Task .*name='generator'.* took/);
      expect(texts).toMatch(/Executing .*'native'.* took/);
    } finally {
      warn.mockRestore();
    }
  });

  it("getDebug() tells, setDebug() switches, run() takes it", async () => {
    const loop = newEventLoop();
    const seen = [loop.getDebug()];
    loop.setDebug(true);
    seen.push(loop.getDebug());
    loop.setDebug(false);
    seen.push(loop.getDebug());
    loop.close();
    await run(async () => void seen.push(newEventLoop().getDebug()), { handleSignals: false });
    expect(seen).toEqual([false, true, false, false]);
  });

  it("a failed callback's report tells where it was scheduled", async () => {
    const loop = newEventLoop();
    loop.setDebug(true);
    const reports = collectReports(loop);
    loop.callSoon(function work() {
      throw new Error();
    });
    await runTurns(loop);
    loop.close();
    expect(reports[0]!.message).toMatch(/^Exception in callback work\(\) created at .+:\d+$/);
    expect(reports[0]!.sourceTraceback!.length).toBeGreaterThan(0);
  });
});

describe("a loop that nothing can wake", () => {
  it("under a virtual clock runForever() rejects", async () => {
    const loop = new TestLoop();
    await expect(loop.runForever()).rejects.toThrow("deadlock: nothing is left that could wake the event loop");
    expect(loop.isRunning()).toBe(false);
    loop.close();
  });

  it("names the tasks that wait and what for", async () => {
    await expect(
      runTest(async () => {
        await getRunningLoop().createFuture();
      }),
    ).rejects.toThrow(/still waiting:\n {2}Task-\d+ \(.*\) waits for <Future pending/);
  });
});
