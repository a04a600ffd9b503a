// Scenarios of bounded work and supervision.

import {
  any,
  each,
  isCancelled,
  mapConcurrent,
  Queue,
  RateLimiter,
  race,
  retry,
  type Supervisor,
  sleep,
  supervise,
} from "asyncio-ts";
import { assert, Inside } from "./bookkeeping.ts";
import type { Scenario } from "./cancel-everywhere.ts";
import type { Script } from "./kinds.ts";

/** Works for a while inside, and takes a moment to clean up. */
function working(inside: Inside): Script<number, [delay: number]> {
  return function* work(delay) {
    inside.enter();
    try {
      yield sleep(delay);
      return delay;
    } finally {
      try {
        yield sleep(0);
      } finally {
        inside.leave();
      }
    }
  };
}

export const scenarios: Readonly<Record<string, Scenario>> = {
  "mapConcurrent, all results": (kind) => {
    const inside = new Inside(4);
    return {
      tasks: {
        *a() {
          const results = (yield mapConcurrent([1, 0, 2, 0, 1], kind(working(inside)), { limit: 2 })) as number[];
          assert(results.join() === "1,0,2,0,1", `results ${results}`);
        },
        *b() {
          yield mapConcurrent([0, 1], kind(working(inside)), { limit: 2, ordered: false });
        },
      },
      atEnd: inside.expectNone,
    };
  },

  "mapConcurrent, one by one, from a queue": (kind) => {
    const inside = new Inside(2);
    const queue = new Queue<number>();
    const seen: number[] = [];
    return {
      tasks: {
        *consumer() {
          const mapped = mapConcurrent(queue, kind(working(inside)), { limit: 2, buffer: 1 });
          const take = kind(function* take(delay: number) {
            yield sleep(0.5);
            seen.push(delay);
          });
          yield each(mapped, take as never);
        },
      },
      helpers: {
        *producer() {
          for (const delay of [1, 0, 1, 0]) {
            queue.putNowait(delay);
            yield sleep(0.25);
          }
          queue.shutdown();
        },
      },
      atEnd() {
        inside.expectNone();
        // What was under way when it was cancelled is gone; the rest comes in order.
        let at = 0;
        for (const delay of [1, 0, 1, 0]) if (seen[at] === delay) at++;
        assert(at === seen.length, `seen ${seen}`);
      },
    };
  },

  "mapConcurrent, from an async generator, left early": (kind) => {
    const inside = new Inside(3);
    let open = 0;
    async function* source(): AsyncGenerator<number> {
      open++;
      try {
        for (const delay of [0, 1, 0, 2]) {
          await sleep(0.1);
          yield delay;
        }
      } finally {
        open--;
      }
    }
    return {
      tasks: {
        *a() {
          let left = 2;
          const stopSoon = kind(function* stopSoon() {
            yield sleep(0);
            return --left === 0 ? each.stop : undefined;
          });
          yield each(mapConcurrent(source(), kind(working(inside)), { limit: 3 }), stopSoon as never);
        },
      },
      atEnd() {
        inside.expectNone();
        assert(open === 0, `${open} sources are open`);
      },
    };
  },

  "mapConcurrent, an item fails": (kind) => {
    const inside = new Inside(3);
    const fail = kind(function* fail(delay: number) {
      inside.enter();
      try {
        yield sleep(delay);
        if (delay === 1) throw new RangeError("an item");
      } finally {
        inside.leave();
      }
    });
    return {
      tasks: {
        *a() {
          try {
            yield mapConcurrent([2, 1, 3], fail, { limit: 3 });
          } catch (error) {
            if (!(error instanceof RangeError)) throw error;
          }
        },
      },
      atEnd: inside.expectNone,
      mayReport: (message) => message.startsWith("mapConcurrent()"),
    };
  },

  retry: (kind) => {
    const inside = new Inside(1);
    return {
      tasks: {
        *a() {
          const attempt = kind(function* attempt(count: number) {
            inside.enter();
            try {
              yield sleep(0.5);
              if (count < 3) throw new RangeError("again");
              return count;
            } finally {
              inside.leave();
            }
          });
          const count = yield retry(attempt, { delay: 1, jitter: "none" });
          assert((count as number) === 3, `attempt ${count}`);
        },
      },
      atEnd: inside.expectNone,
    };
  },

  "race and any": (kind) => {
    const inside = new Inside(4);
    const racer = (delay: number, fails = false) =>
      kind(function* racer() {
        const result = yield* working(inside)(delay);
        if (fails) throw new RangeError("a racer");
        return result;
      });
    return {
      tasks: {
        *a() {
          const winner = yield race([racer(2), racer(1)]);
          assert((winner as number) === 1, `winner ${winner}`);
        },
        *b() {
          const winner = yield any([racer(0, true), racer(1)]);
          assert((winner as number) === 1, `winner ${winner}`);
        },
      },
      atEnd: inside.expectNone,
      mayReport: (message) => /^(race|any)\(\)/.test(message),
    };
  },

  "a rate limiter": () => {
    const limiter = new RateLimiter({ limit: 2, burst: 2 });
    let passed = 0;
    const asking = (count: number): Script<void> =>
      function* ask() {
        yield limiter.acquire(count);
        passed += count;
        yield sleep(0.25);
        yield limiter.acquire();
        passed++;
      };
    return {
      tasks: { a: asking(2), b: asking(1), c: asking(2) },
      always() {
        const { available } = limiter.statistics();
        assert(available >= 0 && available <= 2, `${available} are available`);
      },
      atEnd() {
        const { waiters } = limiter.statistics();
        assert(waiters === 0, `${waiters} are left waiting`);
        assert(passed <= 16, `${passed} have passed`);
      },
    };
  },

  ...supervisors(),
};

function supervisors(): Record<string, Scenario> {
  const all: Record<string, Scenario> = {};
  for (const strategy of ["one-for-one", "one-for-all", "rest-for-one"] as const) {
    all[`supervise, ${strategy}`] = (kind) => {
      const inside = new Inside(3);
      const child = (life: number): (() => ReturnType<ReturnType<typeof kind<void, []>>>) => {
        let runs = 0;
        return kind(function* child() {
          const first = runs++ === 0;
          yield* working(inside)(first ? life : 3);
          if (first && life === 1) throw new RangeError("a child");
        });
      };
      return {
        tasks: {
          *a() {
            const body = kind(function* body(supervisor: Supervisor) {
              for (const life of [2, 1, 3]) supervisor.start(`child ${life}`, child(life));
              yield sleep(2.5);
              yield supervisor.stop("child 3");
            });
            yield supervise(body as never, { strategy, onFailure: () => {} });
          },
        },
        atEnd: inside.expectNone,
      };
    };
  }
  all["supervise, more failures than allowed"] = (kind) => {
    const inside = new Inside(2);
    const failing = kind(function* failing() {
      yield* working(inside)(0.5);
      throw new RangeError("a child");
    });
    return {
      tasks: {
        *a() {
          const body = kind(function* body(supervisor: Supervisor) {
            supervisor.start(
              "good",
              kind(() => working(inside)(9)),
            );
            supervisor.start("bad", failing);
            yield sleep(5);
          });
          try {
            yield supervise(body as never, { maxRestarts: 1, onFailure: () => {} });
            assert(false, "it should have given up");
          } catch (error) {
            if (isCancelled(error) || !/restart limit exceeded/.test(String(error))) throw error;
          }
          yield sleep(0); // A cancellation that has met the error comes now.
        },
      },
      atEnd: inside.expectNone,
    };
  };
  return all;
}
