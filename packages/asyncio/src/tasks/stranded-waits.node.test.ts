import { AsyncLocalStorage } from "node:async_hooks";
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import v8 from "node:v8";
import { MessageChannel } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bodyOf, type Script } from "../../../../tests/support/both-kinds.ts";
import { canTakeSnapshots } from "../host/heap-snapshot.ts";
import {
  allTasks,
  Barrier,
  type Body,
  Condition,
  ContextVar,
  type CoroutineLike,
  coroutine,
  createTask,
  Event,
  Future,
  gather,
  getRunningLoop,
  Lock,
  openMemoryChannel,
  Queue,
  run,
  Semaphore,
  shield,
  sleep,
  taskGroup,
  timeout,
  wait,
} from "../index.ts";
import { TestLoop } from "../testing/index.ts";
import { Suspects } from "./stranded-search.ts";

type Make = <T>(script: Script<[], T>) => () => Body<T>;
/** Starts the task `name`; a function of its own, for closures of one function hold each other's variables. */
type Case = (name: string, body: Make) => void;

/** What a living program holds. */
const kept: unknown[] = [];
/** What puts an end to it. */
const cleanups: (() => unknown)[] = [];
/** What lets tasks end that cannot be cancelled. */
const releases: (() => void)[] = [];
const storage = new AsyncLocalStorage<unknown>();
const variable = new ContextVar<unknown>("held");

const start = (name: string, body: CoroutineLike<unknown>): unknown => createTask(body, { name });
const waitingFor = (future: Future<unknown>, body: Make) =>
  body(function* () {
    yield future;
  });
/** A task that lives, and has `held` in its frame. */
const living = (body: Make, held: unknown): unknown =>
  createTask(
    body(function* () {
      yield sleep("1h");
      kept.push(held);
    }),
  );
/** The lock can be had from the box once. */
const takenOut = (lock: Lock): { take(): Lock } => {
  const box: Lock[] = [lock];
  return { take: () => box.pop()! };
};
/** A task that acquires a lock, knows it no more, and does something else. */
const holds = (then: () => Body<unknown>, box: { take(): Lock }, body: Make): unknown => {
  const acquire = body(function* () {
    yield box.take().acquire();
  });
  return createTask(
    body(function* () {
      yield coroutine(acquire as never)();
      yield coroutine(then as never)();
    }),
  );
};
const waitsForLock = (lock: Lock, body: Make) =>
  body(function* () {
    yield sleep(1);
    yield lock.acquire();
  });
const ticking = (): void => {
  const timer = setInterval(() => {}, 1e6);
  cleanups.push(() => clearInterval(timer));
};

const stranded: Record<string, Case> = {
  "a future that only its task knows": (name, body) => {
    start(
      name,
      body(function* () {
        yield new Future();
      }),
    );
  },
  "a future that another stranded task would settle": (name, body) => {
    const [mine, yours] = [new Future<void>(), new Future<void>()];
    const turns = (first: Future<void>, second: Future<void>) =>
      body(function* () {
        yield first;
        second.setResult();
      });
    start(name, turns(mine, yours));
    start(name, turns(yours, mine));
  },
  "one below gather()": (name, body) => {
    start(
      name,
      body(function* () {
        yield gather([new Future(), new Future()]);
      }),
    );
  },
  "one below shield()": (name, body) => {
    start(
      name,
      body(function* () {
        yield shield(new Future());
      }),
    );
  },
  "one below wait()": (name, body) => {
    start(
      name,
      body(function* () {
        yield wait([new Future()]);
      }),
    );
  },
  "one in a coroutine that the task awaits": (name, body) => {
    const inner = coroutine(
      body(function* () {
        yield new Future();
      }) as never,
    ) as () => never;
    start(
      name,
      body(function* () {
        yield inner();
      }),
    );
  },
  "a task that others have a handle of": (name, body) => {
    kept.push(start(name, waitingFor(new Future(), body)));
  },
  "a coroutine that others have": (name, body) => {
    const waits = coroutine(waitingFor(new Future(), body) as never)() as CoroutineLike<unknown>;
    kept.push(waits);
    start(name, waits);
  },
  "the value of a key that is gone": (name, body) => {
    const future = new Future();
    const map = new WeakMap();
    map.set({}, future);
    kept.push(map);
    start(name, waitingFor(future, body));
  },
  "the key of a WeakMap": (name, body) => {
    const future = new Future();
    const map = new WeakMap();
    map.set(future, "whatever");
    kept.push(map);
    start(name, waitingFor(future, body));
  },
  "an object whose method stands in the stack of a living error": (name, body) => {
    class Holder {
      readonly future: Future<unknown> = new Future();
      fail(): void {
        kept.push(new Error("with this Holder in its stack"));
      }
    }
    const holder = new Holder();
    holder.fail();
    start(name, waitingFor(holder.future, body));
  },
  "a task whose frame a timer has inherited": (name, body) => {
    start(
      name,
      body(function* () {
        storage.run("a request", ticking);
        yield new Future();
      }),
    );
  },
  "a lock whose holder has ended": (name, body) => {
    const lock = new Lock();
    kept.push(holds(() => sleep(0), takenOut(lock), body));
    start(name, waitsForLock(lock, body));
  },
  "a lock whose holder has forgotten it": (name, body) => {
    const lock = new Lock();
    holds(() => sleep("1h"), takenOut(lock), body);
    start(name, waitsForLock(lock, body));
  },
  "an event": (name, body) => {
    start(
      name,
      body(function* () {
        yield new Event().wait();
      }),
    );
  },
  "a queue without items": (name, body) => {
    start(
      name,
      body(function* () {
        yield new Queue().get();
      }),
    );
  },
  "a full queue": (name, body) => {
    start(
      name,
      body(function* () {
        const queue = new Queue<number>(1);
        yield queue.put(1);
        yield queue.put(2);
      }),
    );
  },
  "a queue whose items are never done": (name, body) => {
    start(
      name,
      body(function* () {
        const queue = new Queue<number>();
        yield queue.put(1);
        yield queue.join();
      }),
    );
  },
  "a channel whose sending end was dropped": (name, body) => {
    const [, receive] = openMemoryChannel<number>(0);
    start(
      name,
      body(function* () {
        yield receive.receive();
      }),
    );
  },
  "a semaphore": (name, body) => {
    start(
      name,
      body(function* () {
        yield new Semaphore(0).acquire();
      }),
    );
  },
  "a condition": (name, body) => {
    start(
      name,
      body(function* () {
        const condition = new Condition();
        yield condition.acquire();
        yield condition.wait();
      }),
    );
  },
  "a barrier": (name, body) => {
    start(
      name,
      body(function* () {
        yield new Barrier(2).wait();
      }),
    );
  },
};

// Deno lets programs get at such objects by the error.
if ("Deno" in globalThis) delete stranded["an object whose method stands in the stack of a living error"];

/** Waits that something living can end. */
const alive: Record<string, Case> = {
  "a variable of a module": (name, body) => {
    const future = new Future();
    kept.push(future);
    start(name, waitingFor(future, body));
  },
  "a callback of the loop": (name, body) => {
    const future = new Future<void>();
    getRunningLoop().callLater("1h", () => future.setResult());
    start(name, waitingFor(future, body));
  },
  "a timer of the runtime": (name, body) => {
    const future = new Future<void>();
    const timer = setTimeout(() => future.setResult(), 1e6);
    cleanups.push(() => clearTimeout(timer));
    start(name, waitingFor(future, body));
  },
  "a promise that a timer will settle": (name, body) => {
    const future = new Future<void>();
    const controller = new AbortController();
    void delay(1e6, undefined, { signal: controller.signal }).then(
      () => future.setResult(),
      () => {},
    );
    cleanups.push(() => controller.abort());
    start(name, waitingFor(future, body));
  },
  "a listening server": (name, body) => {
    const future = new Future<void>();
    const server = createServer(() => future.setResult()).listen(0, "127.0.0.1");
    cleanups.push(() => server.close());
    start(name, waitingFor(future, body));
  },
  "a child process": (name, body) => {
    const future = new Future<void>();
    const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
    const ended = new Promise((resolve) => child.once("close", resolve));
    void ended.then(() => future.done() || future.setResult());
    cleanups.push(() => ended);
    start(name, waitingFor(future, body));
  },
  "a message port": (name, body) => {
    const future = new Future<void>();
    const { port1, port2 } = new MessageChannel();
    port1.on("message", () => future.setResult());
    cleanups.push(() => port2.close());
    start(name, waitingFor(future, body));
  },
  "a listener of the process": (name, body) => {
    const future = new Future<void>();
    const listener = (): void => future.setResult();
    process.once("SIGUSR2", listener);
    cleanups.push(() => process.off("SIGUSR2", listener));
    start(name, waitingFor(future, body));
  },
  "a signal that a timer will abort": (name, body) => {
    const future = new Future<void>();
    AbortSignal.timeout(1e6).addEventListener("abort", () => future.setResult());
    start(name, waitingFor(future, body));
  },
  "the frame of a living task": (name, body) => {
    const future = new Future();
    living(body, future);
    start(name, waitingFor(future, body));
  },
  "a task that lives because another does": (name, body) => {
    const [first, second, third] = [new Future<void>(), new Future<void>(), new Future<void>()];
    const passesOn = (from: Future<void>, to: Future<void>) =>
      body(function* () {
        yield from;
        to.setResult();
      });
    start(name, passesOn(second, third));
    start(name, passesOn(first, second));
    start(name, waitingFor(third, body));
    living(body, first);
  },
  "what is called when a living task ends": (name, body) => {
    const future = new Future<void>();
    (living(body, null) as Future<unknown>).addDoneCallback(() => future.setResult());
    start(name, waitingFor(future, body));
  },
  "a child of gather(), which may fail": (name, body) => {
    start(
      name,
      body(function* () {
        yield gather([new Future(), () => sleep("1h")]);
      }),
    );
  },
  "the value of a key that lives": (name, body) => {
    const future = new Future();
    const key = {};
    const map = new WeakMap([[key, future]]);
    kept.push(map, key);
    start(name, waitingFor(future, body));
  },
  "a nameless property": (name, body) => {
    const future = new Future();
    kept.push({ [Symbol()]: future });
    start(name, waitingFor(future, body));
  },
  "a private property": (name, body) => {
    const future = new Future();
    class Private {
      readonly #future: Future<unknown> = future;
      get done(): boolean {
        return this.#future.done();
      }
    }
    kept.push(new Private());
    start(name, waitingFor(future, body));
  },
  "a WeakRef": (name, body) => {
    const future = new Future();
    kept.push(new WeakRef(future));
    start(name, waitingFor(future, body));
  },
  "what a FinalizationRegistry calls back with": (name, body) => {
    const registry = new FinalizationRegistry<Future<void>>((future) => future.setResult());
    const [target, future] = [{}, new Future<void>()];
    registry.register(target, future);
    kept.push(registry, target);
    start(name, waitingFor(future, body));
  },
  "a suspended generator": (name, body) => {
    const future = new Future();
    const steps = waitingFor(future, (script) => script as never)();
    (steps as unknown as Iterator<unknown>).next();
    kept.push(steps);
    start(name, waitingFor(future, body));
  },
  "an AsyncLocalStorage": (name, body) => {
    const future = new Future();
    storage.run({ future }, ticking);
    start(name, waitingFor(future, body));
  },
  "a context variable": (name, body) => {
    const future = new Future();
    const token = variable.set(future);
    living(body, null);
    variable.reset(token);
    start(name, waitingFor(future, body));
  },
  "the exception handler of the loop": (name, body) => {
    const future = new Future<void>();
    getRunningLoop().setExceptionHandler(() => future.done() || future.setResult());
    start(name, waitingFor(future, body));
  },
  "the holder of a lock": (name, body) => {
    const lock = new Lock();
    start(
      "holder",
      body(function* () {
        yield lock.runExclusive(() => sleep("1h"));
      }),
    );
    start(
      name,
      body(function* () {
        yield sleep(1);
        yield lock.acquire();
      }),
    );
  },
  "the producer of a queue": (name, body) => {
    const queue = new Queue<number>();
    living(body, queue);
    start(
      name,
      body(function* () {
        yield queue.get();
      }),
    );
  },
  "the sending end of a channel": (name, body) => {
    const [send, receive] = openMemoryChannel<number>(0);
    living(body, send);
    start(
      name,
      body(function* () {
        yield receive.receive();
      }),
    );
  },
  "a deadline": (name, body) => {
    const future = new Future<void>();
    start(
      name,
      body(function* () {
        yield timeout("1h", () => new Event().wait());
        yield future;
      }),
    );
    // What it will do then counts, too.
    start(name, waitingFor(future, body));
  },
};

/** Races are the native kind's own: the outcome of what is not ours wakes the task, though nobody has the future. */
const nativeOnly: Record<string, Case> = {
  "a promise that it is raced with": (name) => {
    start(name, async () => {
      await Promise.race([new Future(), new Promise<void>((resolve) => releases.push(resolve))]);
    });
  },
  "a helper that it has started": (name) => {
    start(name, async () => {
      const helper = async (): Promise<void> => {
        await new Promise<void>((resolve) => releases.push(resolve));
      };
      await Promise.any([(async () => await new Future())(), helper()]);
    });
  },
};

describe.runIf(canTakeSnapshots).each(["generator", "native"])("debug mode, tasks of the %s kind", (kind) => {
  const body = ((script: Script<[], unknown>) => bodyOf(kind, script)) as Make;
  let warnings: string[] = [];
  beforeEach(() => {
    warnings = [];
    vi.spyOn(console, "warn").mockImplementation((text: unknown) => void warnings.push(String(text)));
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    for (const cleanup of cleanups.splice(0)) await cleanup();
    kept.length = 0;
  });
  /** Lets the cases wait for some virtual time; gives the names of the tasks that were reported. */
  const reported = async (cases: Record<string, Case>): Promise<string[]> => {
    await run(
      body(function* () {
        for (const [name, begin] of Object.entries(cases)) begin(name, body);
        for (let second = 0; second < 40; second++) yield sleep(1);
        for (const release of releases.splice(0)) release();
      }),
      { debug: true, loopFactory: () => new TestLoop() },
    );
    return warnings
      .filter((text) => text.startsWith("Nothing but a cancellation can end these waits"))
      .flatMap((text) => text.split("\n").slice(1))
      .map((line) => /^ {2}(.*?) \(/.exec(line)![1]!);
  };

  it("reports those that wait for what nobody can settle", { timeout: 60_000 }, async () => {
    const names = await reported(stranded);
    expect([...new Set(names)].sort()).toEqual(Object.keys(stranded).sort());
    expect(names).toHaveLength(Object.keys(stranded).length + 1);
  });

  it("is silent for those that something living can wake", { timeout: 60_000 }, async () => {
    const lost = "a future that only its task knows"; // To see that there was a search.
    const cases = { ...alive, ...(kind === "native" && nativeOnly), [lost]: stranded[lost]! };
    expect(await reported(cases)).toEqual([lost]);
  });
});

describe.runIf(canTakeSnapshots)("debug mode, the search for stranded tasks", () => {
  let warnings: string[] = [];
  beforeEach(() => {
    warnings = [];
    vi.spyOn(console, "warn").mockImplementation((text: unknown) => void warnings.push(String(text)));
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  const debugging = { debug: true, loopFactory: () => new TestLoop() };
  const letPass = function* (seconds: number) {
    for (let second = 0; second < seconds; second++) yield* sleep(1);
  };
  /** Stands in for the search: notes the times, and finds those tasks whose name begins so. */
  const finding = (beginning: string): number[] => {
    const times: number[] = [];
    vi.spyOn(Suspects.prototype, "search").mockImplementation(() => {
      times.push(getRunningLoop().time());
      return [...allTasks()].filter((task) => task.getName().startsWith(beginning));
    });
    return times;
  };

  it("becomes rarer while all is in order", async () => {
    const times = finding("none");
    await run(function* () {
      createTask(() => new Event().wait());
      yield* letPass(3600);
    }, debugging);
    expect(times).toEqual([30, 60, 120, 240, 480, 960, 1920]);
    expect(warnings).toEqual([]);
  });

  it("does not happen for tasks, timers, deadlines, nor outside of debug mode", async () => {
    const times = finding("");
    const program = (duration: number) =>
      function* () {
        const loop = getRunningLoop();
        loop.strandedWaitDuration = duration;
        const sleeper = createTask(() => sleep("1h"));
        createTask(() => gather([sleeper]));
        createTask(() => shield(sleeper));
        createTask(() => wait([sleeper]));
        createTask(() => timeout("1h", () => new Event().wait()));
        createTask(() => taskGroup(async (group) => void group.createTask(() => sleeper)));
        if (!loop.getDebug() || duration === Infinity) createTask(() => new Event().wait());
        yield* letPass(100);
      };
    await run(program(30), debugging);
    await run(program(Infinity), debugging);
    await run(program(30), { loopFactory: () => new TestLoop() });
    expect(times).toEqual([]);
    expect(warnings).toEqual([]);
  });

  it("reports each wait once, and those that wait for its task not at all", async () => {
    const times = finding("stuck");
    await run(async () => {
      const lock = new Lock();
      await lock.acquire();
      const first = createTask(async () => (await lock.acquire()).release(), { name: "stuck 1" });
      createTask(() => first, { name: "stuck, but waits for a task" });
      await letSecondsPass(50);
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toMatch(
        /^Nothing but a cancellation can end these waits, .*:\n {2}stuck 1 \(.*\) waits for <Lock \[locked, waiters:1\]> at .*\.ts:\d+$/,
      );
      createTask(async () => void (await new Event().wait()), { name: "stuck 2" });
      await letSecondsPass(50);
      expect(warnings[1]).toMatch(/:\n {2}stuck 2 \(.*\) waits for <Event \[unset, waiters:1\]> at .*$/);
      await letSecondsPass(1000);
      lock.release();
    }, debugging);
    expect(warnings).toHaveLength(2);
    expect(times).toHaveLength(2);
  });
  const letSecondsPass = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second++) await sleep(1);
  };

  it("does not happen in a large heap, and says so once", async () => {
    const times = finding("");
    const statistics = v8.getHeapStatistics();
    vi.spyOn(v8, "getHeapStatistics").mockReturnValue({ ...statistics, used_heap_size: 2 ** 30 });
    await run(function* () {
      createTask(() => new Event().wait());
      yield* letPass(200);
    }, debugging);
    expect(times).toEqual([]);
    expect(warnings).toEqual([
      "The heap is larger than 64 MB: debug mode does not search it for waits that nothing can end",
    ]);
  });

  it("is given up when a snapshot cannot be had", async () => {
    vi.spyOn(Suspects.prototype, "search").mockImplementation(() => {
      throw new RangeError("unknown form of heap snapshot");
    });
    await run(function* () {
      createTask(() => new Event().wait());
      yield* letPass(200);
    }, debugging);
    expect(warnings).toEqual([
      "The heap cannot be read (RangeError('unknown form of heap snapshot')): " +
        "debug mode does not search it for waits that nothing can end",
    ]);
  });

  it("happens in real time, too", { timeout: 60_000 }, async () => {
    await run(
      async () => {
        getRunningLoop().strandedWaitDuration = 0.1;
        createTask(async () => void (await new Future()), { name: "stuck" });
        while (warnings.length === 0) await sleep("50ms");
      },
      { debug: true },
    );
    expect(warnings.filter((text) => !text.startsWith("Executing"))).toHaveLength(1);
    expect(warnings.at(-1)).toMatch(/:\n {2}stuck \(.*\) waits for <Future pending .*> at .*$/);
  });
});
