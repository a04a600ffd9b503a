// Starts tasks whose waits nothing can end, or something can, in debug mode; prints the names of those that are reported.
// Each case is a function of its own, for closures of one function hold each other's variables.
import { AsyncLocalStorage } from "node:async_hooks";
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { MessageChannel } from "node:worker_threads";
import {
  Barrier,
  Condition,
  ContextVar,
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
  timeout,
  wait,
} from "asyncio-ts";
import { TestLoop } from "asyncio-ts/testing";

/** What a living program holds. */
const kept = [];
/** What puts an end to it. */
const cleanups = [];
/** What lets tasks end that cannot be cancelled. */
const releases = [];
const storage = new AsyncLocalStorage();
const variable = new ContextVar("held");

const start = (name, body) => createTask(body, { name });
const waitingFor = (future, body) =>
  body(function* () {
    yield future;
  });
/** A task that lives, and has `held` in its frame. */
const living = (body, held) =>
  createTask(
    body(function* () {
      yield sleep("1h");
      kept.push(held);
    }),
  );
/** The lock can be had from the box once. */
const takenOut = (lock) => {
  const box = [lock];
  return { take: () => box.pop() };
};
/** A task that acquires a lock, knows it no more, and does something else. */
const holds = (then, box, body) => {
  const acquire = body(function* () {
    yield box.take().acquire();
  });
  return createTask(
    body(function* () {
      yield coroutine(acquire)();
      yield coroutine(then)();
    }),
  );
};
const waitsForLock = (lock, body) =>
  body(function* () {
    yield sleep(1);
    yield lock.acquire();
  });
const ticking = () => {
  const timer = setInterval(() => {}, 1e6);
  cleanups.push(() => clearInterval(timer));
};

const stranded = {
  "a future that only its task knows": (name, body) => {
    start(
      name,
      body(function* () {
        yield new Future();
      }),
    );
  },
  "a future that another stranded task would settle": (name, body) => {
    const [mine, yours] = [new Future(), new Future()];
    const turns = (first, second) =>
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
      }),
    );
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
    const waits = coroutine(waitingFor(new Future(), body))();
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
      future = new Future();
      fail() {
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
        const queue = new Queue(1);
        yield queue.put(1);
        yield queue.put(2);
      }),
    );
  },
  "a queue whose items are never done": (name, body) => {
    start(
      name,
      body(function* () {
        const queue = new Queue();
        yield queue.put(1);
        yield queue.join();
      }),
    );
  },
  "a channel whose sending end was dropped": (name, body) => {
    const [, receive] = openMemoryChannel(0);
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
const alive = {
  "a variable of a module": (name, body) => {
    const future = new Future();
    kept.push(future);
    start(name, waitingFor(future, body));
  },
  "a callback of the loop": (name, body) => {
    const future = new Future();
    getRunningLoop().callLater("1h", () => future.setResult());
    start(name, waitingFor(future, body));
  },
  "a timer of the runtime": (name, body) => {
    const future = new Future();
    const timer = setTimeout(() => future.setResult(), 1e6);
    cleanups.push(() => clearTimeout(timer));
    start(name, waitingFor(future, body));
  },
  "a promise that a timer will settle": (name, body) => {
    const future = new Future();
    const controller = new AbortController();
    void delay(1e6, undefined, { signal: controller.signal }).then(
      () => future.setResult(),
      () => {},
    );
    cleanups.push(() => controller.abort());
    start(name, waitingFor(future, body));
  },
  "a listening server": (name, body) => {
    const future = new Future();
    const server = createServer(() => future.setResult()).listen(0, "127.0.0.1");
    cleanups.push(() => server.close());
    start(name, waitingFor(future, body));
  },
  "a child process": (name, body) => {
    const future = new Future();
    const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
    const ended = new Promise((resolve) => child.once("close", resolve));
    void ended.then(() => future.done() || future.setResult());
    cleanups.push(() => ended);
    start(name, waitingFor(future, body));
  },
  "a message port": (name, body) => {
    const future = new Future();
    const { port1, port2 } = new MessageChannel();
    port1.on("message", () => future.setResult());
    cleanups.push(() => port2.close());
    start(name, waitingFor(future, body));
  },
  "a listener of the process": (name, body) => {
    const future = new Future();
    const listener = () => future.setResult();
    process.once("SIGUSR2", listener);
    cleanups.push(() => process.off("SIGUSR2", listener));
    start(name, waitingFor(future, body));
  },
  "a signal that a timer will abort": (name, body) => {
    const future = new Future();
    AbortSignal.timeout(1e6).addEventListener("abort", () => future.setResult());
    start(name, waitingFor(future, body));
  },
  "the frame of a living task": (name, body) => {
    const future = new Future();
    living(body, future);
    start(name, waitingFor(future, body));
  },
  "a task that lives because another does": (name, body) => {
    const [first, second, third] = [new Future(), new Future(), new Future()];
    const passesOn = (from, to) =>
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
    const future = new Future();
    living(body, null).addDoneCallback(() => future.setResult());
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
      #future = future;
      get done() {
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
    const registry = new FinalizationRegistry((future) => future.setResult());
    const [target, future] = [{}, new Future()];
    registry.register(target, future);
    kept.push(registry, target);
    start(name, waitingFor(future, body));
  },
  "a suspended generator": (name, body) => {
    const future = new Future();
    const steps = waitingFor(future, (script) => script)();
    steps.next();
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
    const future = new Future();
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
    const queue = new Queue();
    living(body, queue);
    start(
      name,
      body(function* () {
        yield queue.get();
      }),
    );
  },
  "the sending end of a channel": (name, body) => {
    const [send, receive] = openMemoryChannel(0);
    living(body, send);
    start(
      name,
      body(function* () {
        yield receive.receive();
      }),
    );
  },
  "a deadline": (name, body) => {
    const future = new Future();
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
const nativeOnly = {
  "a promise that it is raced with": (name) => {
    start(name, async () => {
      await Promise.race([new Future(), new Promise((resolve) => releases.push(resolve))]);
    });
  },
  "a helper that it has started": (name) => {
    start(name, async () => {
      const helper = async () => {
        await new Promise((resolve) => releases.push(resolve));
      };
      await Promise.any([(async () => await new Future())(), helper()]);
    });
  },
};

/** A script, whose yielded values are awaited, as a body of either kind. */
const kinds = {
  generator: (script) =>
    function* () {
      const steps = script();
      let step = steps.next();
      while (!step.done) {
        let value;
        try {
          value = yield* step.value;
        } catch (error) {
          step = steps.throw(error);
          continue;
        }
        step = steps.next(value);
      }
      return step.value;
    },
  native: (script) => async () => {
    const steps = script();
    let step = steps.next();
    while (!step.done) {
      let value;
      try {
        value = await step.value;
      } catch (error) {
        step = steps.throw(error);
        continue;
      }
      step = steps.next(value);
    }
    return step.value;
  },
};

const { KIND, CASES } = process.env;
const body = kinds[KIND];
const lost = "a future that only its task knows"; // Among the living, to see that there was a search.
const cases =
  CASES === "stranded" ? stranded : { ...alive, ...(KIND === "native" && nativeOnly), [lost]: stranded[lost] };

const warnings = [];
console.warn = (text) => warnings.push(text);
await run(
  body(function* () {
    for (const [name, begin] of Object.entries(cases)) begin(name, body);
    for (let second = 0; second < 40; second++) yield sleep(1);
    for (const release of releases) release();
  }),
  { debug: true, loopFactory: () => new TestLoop(), handleSignals: false },
);
for (const cleanup of cleanups) await cleanup();
const reported = warnings
  .filter((text) => text.startsWith("Nothing but a cancellation can end these waits"))
  .flatMap((text) => text.split("\n").slice(1))
  .map((line) => /^ {2}(.*?) \(/.exec(line)[1]);
console.log(JSON.stringify({ names: Object.keys(cases), reported }));
process.exit(0);
