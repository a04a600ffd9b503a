// Scenarios of context managers, iteration, the outside, and bounded work.

import {
  AsyncExitStack,
  any,
  asyncContextManager,
  asyncWith,
  each,
  fromCallback,
  fromEvent,
  getRunningLoop,
  mapConcurrent,
  provide,
  RateLimiter,
  race,
  retry,
  type SuperviseOptions,
  type Supervisor,
  sleep,
  supervise,
  wrapPromise,
} from "asyncio-ts";
import { assert, Inside } from "./bookkeeping.ts";
import type { Scenario } from "./cancel-everywhere.ts";
import { type Kind, of, type Script, type ScriptGenerator } from "./kinds.ts";

/** A manager that waits while it is entered and left, and knows who is inside. */
function makeManager(inside: Inside, kind: Kind) {
  return {
    aenter: kind(function* () {
      yield sleep(0);
      yield sleep(0.5);
      inside.enter();
      return inside;
    }),
    aexit: kind(function* (_error?: unknown) {
      // Whatever happens while it is left: it is left.
      inside.leave();
      yield sleep(0);
      yield sleep(0.5);
      return false;
    }),
  };
}

function* naps(): ScriptGenerator<string> {
  yield sleep(0);
  yield sleep(1);
  return "rested";
}

const managers: Readonly<Record<string, Scenario>> = {
  asyncWith: (kind) => {
    const inside = new Inside();
    return {
      tasks: {
        *a() {
          assert((yield* of(asyncWith(makeManager(inside, kind), kind(naps)))) === "rested", "the value");
        },
        *b() {
          const inner = kind(function* () {
            yield asyncWith(makeManager(inside, kind), kind(naps));
          });
          yield asyncWith(makeManager(inside, kind), inner);
        },
      },
      atEnd: inside.expectNone,
    };
  },

  asyncContextManager: (kind) => {
    const inside = new Inside();
    const generator = asyncContextManager(function* () {
      yield* sleep(0.5);
      inside.enter();
      try {
        return yield* provide("provided");
      } finally {
        inside.leave();
        yield* sleep(0.5);
      }
    });
    const native = asyncContextManager(async function* () {
      await sleep(0.5);
      inside.enter();
      try {
        yield "provided";
      } finally {
        inside.leave();
        await sleep(0.5);
      }
    });
    const use = (manager: () => Parameters<typeof asyncWith>[0]): Script<void> =>
      function* () {
        const body = kind(function* (value: unknown) {
          assert(value === "provided", "the value");
          yield* naps();
        });
        yield asyncWith(manager() as never, body as never);
      };
    return { tasks: { a: use(generator as never), b: use(native as never) }, atEnd: inside.expectNone };
  },

  AsyncExitStack: (kind) => {
    const inside = new Inside();
    let calls = 0;
    let pushed = 0;
    const body = kind(function* (stack: AsyncExitStack) {
      yield stack.enterContext(makeManager(inside, kind) as never);
      pushed++;
      stack.callback(() => calls++);
      pushed++;
      stack.pushAsyncCallback(
        kind(function* () {
          calls++;
          yield sleep(0.5);
        }),
      );
      yield stack.enterContext(makeManager(inside, kind) as never);
      yield* naps();
    });
    return {
      tasks: {
        *a() {
          yield asyncWith(new AsyncExitStack(), body);
        },
      },
      atEnd() {
        inside.expectNone();
        assert(calls === pushed, `${pushed} callbacks, ${calls} calls`);
      },
    };
  },

  each: (kind) => {
    const inside = new Inside();
    const open = async function* () {
      inside.enter();
      try {
        for (let i = 0; i < 3; i++) {
          await sleep(i % 2);
          yield i;
        }
      } finally {
        inside.leave();
        await sleep(0);
      }
    };
    const until = (last: number): Script<void> =>
      function* () {
        yield each(
          open(),
          kind(function* (item: number) {
            yield sleep(0.5);
            return item === last ? each.stop : undefined;
          }),
        );
      };
    return { tasks: { a: until(1), b: until(5) }, atEnd: inside.expectNone };
  },
};

/** No timers here: while a task waits for the outside, the virtual clock gives it real time before it jumps. */
const outside: Readonly<Record<string, Scenario>> = {
  wrapPromise: () => {
    let running = 0;
    const work = (signal: AbortSignal): Promise<string> =>
      new Promise((resolve, reject) => {
        running++;
        const end = (settle: () => void) => (): void => {
          if (over) return;
          over = true;
          running--;
          settle();
        };
        let over = false;
        signal.addEventListener(
          "abort",
          end(() => reject(signal.reason as Error)),
          { once: true },
        );
        const succeed = end(() => resolve("worked"));
        finish.push(succeed);
        setTimeout(succeed); // When the helper has gone before this began.
      });
    const finish: (() => void)[] = [];
    return {
      tasks: {
        *a() {
          assert((yield* of(wrapPromise(work))) === "worked", "the value");
          yield sleep(0);
        },
      },
      helpers: {
        *finisher() {
          for (let i = 0; i < 60; i++) {
            yield sleep(0);
            if (i % 4 === 3) finish.shift()?.();
          }
        },
      },
      mayFinish: true,
      // A second cancellation does not wait until the work has stopped.
      mayReport: (message) => /was cancelled twice|was left running/.test(message),
      atEnd: () => assert(running === 0, `${running} pieces of work run on`),
    };
  },

  "fromEvent and fromCallback": () => {
    const target = new EventTarget();
    const callbacks: (() => void)[] = [];
    const listeners = { count: 0 };
    const { addEventListener, removeEventListener } = target;
    target.addEventListener = (...args: Parameters<typeof addEventListener>) => {
      listeners.count++;
      addEventListener.apply(target, args);
    };
    target.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
      listeners.count--;
      removeEventListener.apply(target, args);
    };
    return {
      tasks: {
        *a() {
          yield fromEvent(target as never, "ready");
          yield fromCallback(
            (done: (error: unknown, value?: unknown) => void) => void callbacks.push(() => done(null)),
          );
          yield sleep(0);
        },
      },
      helpers: {
        *supplier() {
          for (let i = 0; i < 60; i++) {
            yield sleep(0);
            if (i % 3 === 0) target.dispatchEvent(new Event("ready"));
            callbacks.shift()?.();
          }
        },
      },
      mayFinish: true,
      atEnd: () => assert(listeners.count <= 0, `${listeners.count} listeners are left`),
    };
  },
};

/** A cancellation that comes after a failure is what the caller is told. */
const moreWentWrong = (message: string): boolean => message.includes("more went wrong");

const bounded: Readonly<Record<string, Scenario>> = {
  mapConcurrent: (kind) => {
    const inside = new Inside(2);
    const source = { open: 0 };
    const items = function* (): Generator<number> {
      source.open++;
      try {
        for (let i = 0; i < 5; i++) yield i;
      } finally {
        source.open--;
      }
    };
    const double = kind(function* (item: number) {
      inside.enter();
      try {
        yield sleep(item % 2);
        return 2 * item;
      } finally {
        inside.leave();
      }
    });
    return {
      tasks: {
        *a() {
          try {
            const doubled = yield* of(mapConcurrent(items(), double, { limit: 2 }));
            assert(doubled.join() === "0,2,4,6,8", `mapped to ${doubled}`);
          } finally {
            inside.expectNone();
          }
        },
        *b() {
          const mapped = mapConcurrent([3, 2, 1], kind(naps), { limit: 2, ordered: false });
          yield each(
            mapped,
            kind(function* (value: string) {
              assert(value === "rested", "the value");
              yield sleep(0.5);
            }),
          );
        },
      },
      atEnd() {
        inside.expectNone();
        assert(source.open === 0, "the items were not closed");
      },
    };
  },

  "mapConcurrent with a failure": (kind) => {
    const inside = new Inside(3);
    const work = kind(function* (item: number) {
      inside.enter();
      try {
        yield sleep(item);
        if (item === 1) throw new RangeError("failed");
      } finally {
        inside.leave();
      }
    });
    return {
      tasks: {
        *a() {
          try {
            yield mapConcurrent([3, 1, 2, 4], work, { limit: 3 });
            assert(false, "no error");
          } catch (error) {
            if (!(error instanceof RangeError)) throw error;
          } finally {
            inside.expectNone();
          }
          yield sleep(0);
        },
      },
      mayReport: moreWentWrong,
      atEnd: inside.expectNone,
    };
  },

  retry: (kind) => {
    const inside = new Inside(1);
    const attempt = kind(function* (number: number) {
      inside.enter();
      try {
        yield sleep(0.5);
        if (number < 3) throw new RangeError("failed");
        return number;
      } finally {
        inside.leave();
      }
    });
    return {
      tasks: {
        *a() {
          assert((yield* of(retry(attempt, { delay: () => 1 }))) === 3, "the third attempt");
        },
      },
      atEnd: inside.expectNone,
    };
  },

  "race and any": (kind) => {
    const inside = new Inside();
    const racer = (delay: number, fails = false) =>
      kind(
        inside.around(function* () {
          try {
            yield sleep(delay);
            if (fails) throw new RangeError("failed");
            return delay;
          } finally {
            yield sleep(0);
          }
        }),
      );
    return {
      tasks: {
        *a() {
          try {
            assert((yield* of(race([racer(2), racer(1), racer(3)]))) === 1, "the winner");
            inside.expectNone();
            assert((yield* of(any([racer(1, true), racer(2), racer(5)]))) === 2, "the first success");
          } finally {
            inside.expectNone();
          }
        },
      },
      mayReport: moreWentWrong,
      atEnd: inside.expectNone,
    };
  },

  RateLimiter: () => {
    const limiter = new RateLimiter({ limit: 2, interval: 1, burst: 2 });
    const passed: number[] = [];
    const passer: Script<void> = function* () {
      for (let i = 0; i < 2; i++) {
        yield limiter.acquire();
        passed.push(getRunningLoop().time());
      }
    };
    return {
      tasks: { a: passer, b: passer, c: passer },
      helpers: { d: passer },
      atEnd() {
        const { waiters } = limiter.statistics();
        assert(waiters === 0, `the limiter is left ${limiter}`);
        passed.forEach((time, at) => {
          const within = passed.filter((other) => other >= time && other <= time + 1).length;
          assert(within <= 4, `${within} passed within a second after number ${at}`);
        });
      },
    };
  },

  supervise: (kind) => {
    const inside = new Inside();
    let starts = 0;
    const steady = kind(
      inside.around(function* () {
        try {
          yield sleep(3);
        } finally {
          yield sleep(0);
        }
      }),
    );
    const flaky = kind(
      inside.around(function* () {
        yield sleep(0.5);
        if (++starts % 3 !== 0) throw new RangeError("failed");
      }),
    );
    const body = kind(function* (supervisor: Supervisor) {
      supervisor.start("steady", steady);
      supervisor.start("flaky", flaky);
      yield sleep(1);
    });
    const supervised = (strategy: NonNullable<SuperviseOptions["strategy"]>): Script<void> =>
      function* () {
        yield supervise(body, { strategy, maxRestarts: 10, onFailure: () => {} });
      };
    return { tasks: { a: supervised("one-for-one"), b: supervised("one-for-all") }, atEnd: inside.expectNone };
  },
};

export const scenarios: Readonly<Record<string, Scenario>> = { ...managers, ...outside, ...bounded };
