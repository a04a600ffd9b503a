// Scenarios of locks, events, conditions, semaphores, barriers and limiters.

import {
  Barrier,
  BoundedSemaphore,
  BrokenBarrierError,
  CapacityLimiter,
  Condition,
  Event,
  type Guard,
  getRunningLoop,
  Lock,
  Semaphore,
  sleep,
  TimeoutError,
  timeout,
  waitFor,
} from "asyncio-ts";
import { assert, Inside } from "./bookkeeping.ts";
import type { Play, Scenario } from "./cancel-everywhere.ts";
import { type Kind, of, type Script, type ScriptGenerator } from "./kinds.ts";

function* work(inside: Inside): ScriptGenerator<void> {
  inside.enter();
  try {
    yield sleep(0);
    yield sleep(1);
  } finally {
    inside.leave();
  }
}

/** Several tasks that need what only `most` can have at a time, by hand and by `runExclusive`. */
function contention(
  kind: Kind,
  most: number,
  what: { acquire(): ReturnType<Lock["acquire"]>; runExclusive: Lock["runExclusive"] },
  expectFree: () => void,
): Play {
  const inside = new Inside(most);
  const byHand: Script<void> = function* () {
    const guard: Guard = yield* of(what.acquire());
    try {
      yield* work(inside);
    } finally {
      guard.release();
    }
    yield sleep(0);
  };
  const exclusively: Script<void> = function* () {
    yield what.runExclusive(
      kind(function* () {
        yield* work(inside);
      }),
    );
  };
  const twice: Script<void> = function* () {
    yield* byHand();
    yield* exclusively();
  };
  return {
    tasks: { a: byHand, b: exclusively, c: twice },
    helpers: { d: byHand },
    always: () => assert(inside.count <= most, "too many inside"),
    atEnd() {
      inside.expectNone();
      expectFree();
    },
  };
}

function lockIsFree(lock: Lock): void {
  const { locked, holder, waiters } = lock.statistics();
  assert(!locked && holder === null && waiters === 0, `the lock is left ${lock}`);
}

function semaphoreIsFull(semaphore: Semaphore, value: number): void {
  const statistics = semaphore.statistics();
  assert(statistics.value === value && statistics.waiters === 0, `the semaphore is left ${semaphore}, not at ${value}`);
}

const locks: Readonly<Record<string, Scenario>> = {
  Lock: (kind) => {
    const lock = new Lock();
    return contention(kind, 1, lock, () => lockIsFree(lock));
  },

  "Lock, released by another task": () => {
    const lock = new Lock();
    let owed = 0;
    const taker: Script<void> = function* () {
      yield lock.acquire();
      owed++;
    };
    return {
      tasks: { a: taker, b: taker, c: taker },
      helpers: {
        *releaser() {
          for (let i = 0; i < 30; i++) {
            yield sleep(i % 3 === 0 ? 1 : 0);
            if (owed === 0) continue;
            owed--;
            lock.release();
          }
        },
      },
      always: () => assert(owed === 0 || (owed === 1 && lock.locked()), `${owed} hold the lock`),
      atEnd: () => lockIsFree(lock),
    };
  },

  "Lock, with deadlines that pass as it is released": () => {
    const lock = new Lock();
    const inside = new Inside(1);
    const hasty = (delay: number): Script<void> =>
      function* () {
        let guard: Guard;
        try {
          guard = yield* of(waitFor(lock.acquire(), delay));
        } catch (error) {
          if (error instanceof TimeoutError) return;
          throw error;
        }
        try {
          yield* work(inside);
        } finally {
          guard.release();
        }
      };
    return {
      tasks: { a: hasty(5), b: hasty(1), c: hasty(2) },
      helpers: { d: hasty(1), e: hasty(3) },
      atEnd() {
        inside.expectNone();
        lockIsFree(lock);
      },
    };
  },

  "Lock inside a lock": (kind) => {
    const outer = new Lock();
    const inner = new Lock();
    const inside = new Inside(1);
    const body = kind(function* () {
      yield inner.runExclusive(
        kind(function* () {
          yield* work(inside);
        }),
      );
    });
    const both: Script<void> = function* () {
      yield outer.runExclusive(body);
    };
    const justInner: Script<void> = function* () {
      yield* of(inner.runExclusive(kind(inside.around(() => sleepy()) as Script<void>)));
    };
    return {
      tasks: { a: both, b: justInner, c: both },
      atEnd() {
        inside.expectNone();
        lockIsFree(outer);
        lockIsFree(inner);
      },
    };
  },

  Event: () => {
    const event = new Event();
    const waiter: Script<void> = function* () {
      for (let i = 0; i < 2; i++) {
        assert(yield* of(event.wait()), "wait() gives true");
        yield sleep(1.5);
      }
    };
    return {
      tasks: { a: waiter, b: waiter },
      helpers: {
        *setter() {
          for (let i = 0; i < 20; i++) {
            yield sleep(1);
            event.set();
            if (i % 2 === 0) event.clear();
          }
          event.set();
        },
      },
      atEnd: () => assert(event.statistics().waiters === 0, `${event}`),
    };
  },
};

function* sleepy(): ScriptGenerator<void> {
  yield sleep(1);
}

/** A counter of things that are made and taken under a condition. */
class Store {
  readonly condition: Condition = new Condition();
  made: number = 0;
  taken: number = 0;
  private readonly exclusive: Inside = new Inside(1);

  get inStock(): number {
    return this.made - this.taken;
  }

  *exclusively<T>(body: () => ScriptGenerator<T>): ScriptGenerator<T> {
    const { condition, exclusive } = this;
    const guard = yield* of(condition.acquire());
    exclusive.enter();
    try {
      return yield* body();
    } finally {
      assert(condition.locked(), "the lock was not got back");
      exclusive.leave();
      guard.release();
    }
  }

  /** Waits outside of the exclusive part. */
  *wait(): ScriptGenerator<void> {
    this.exclusive.leave();
    try {
      yield this.condition.wait();
    } finally {
      this.exclusive.enter();
    }
  }

  readonly taker: Script<void> = () =>
    this.exclusively(
      function* (this: Store) {
        while (this.inStock === 0) yield* this.wait();
        this.taken++;
        yield sleep(0);
      }.bind(this),
    );

  readonly expectIdle = (): void => {
    this.exclusive.expectNone();
    const { waiters, lock } = this.condition.statistics();
    assert(waiters === 0 && !lock.locked && lock.waiters === 0, `the condition is left ${this.condition}`);
    assert(this.inStock >= 0, `${this.taken} taken of ${this.made}`);
  };
}

const conditions: Readonly<Record<string, Scenario>> = {
  "Condition, one notification for each thing": () => {
    const store = new Store();
    const { condition, taker } = store;
    return {
      tasks: { a: taker, b: taker, c: taker },
      helpers: {
        *maker() {
          for (let i = 0; i < 5; i++) {
            yield sleep(1);
            yield* store.exclusively(function* () {
              store.made++;
              condition.notify();
              yield sleep(0);
            });
          }
        },
      },
      atEnd: store.expectIdle,
    };
  },

  "Condition, makers that are disturbed": () => {
    const store = new Store();
    const { condition, taker } = store;
    const maker: Script<void> = function* () {
      for (let i = 0; i < 2; i++) {
        yield sleep(0);
        yield* store.exclusively(function* () {
          yield sleep(1);
          store.made++;
          condition.notify(2);
        });
      }
    };
    return {
      tasks: { a: taker, b: taker, maker },
      helpers: {
        *last() {
          yield sleep(50);
          yield* store.exclusively(function* () {
            store.made += 4;
            condition.notifyAll();
            yield sleep(0);
          });
        },
      },
      atEnd: store.expectIdle,
    };
  },

  "Condition.waitFor": () => {
    const condition = new Condition();
    let level = 0;
    const waiter = (wanted: number): Script<void> =>
      function* () {
        const guard = yield* of(condition.acquire());
        try {
          assert((yield* of(condition.waitFor(() => level >= wanted))) === true, "the predicate's value");
          yield sleep(0);
        } finally {
          assert(condition.locked(), "the lock was not got back");
          guard.release();
        }
      };
    return {
      tasks: { a: waiter(1), b: waiter(2), c: waiter(2) },
      helpers: {
        *rise() {
          for (let i = 0; i < 8; i++) {
            yield sleep(1);
            const guard = yield* of(condition.acquire());
            level = i % 3;
            condition.notifyAll();
            guard.release();
          }
        },
      },
      atEnd() {
        const { waiters, lock } = condition.statistics();
        assert(waiters === 0 && !lock.locked && lock.waiters === 0, `the condition is left ${condition}`);
      },
    };
  },

  "Condition with a deadline": (kind) => {
    const condition = new Condition();
    const waiting = kind(function* () {
      yield condition.wait();
    });
    const impatient: Script<void> = function* () {
      const guard = yield* of(condition.acquire());
      try {
        yield timeout(1, waiting);
      } catch (error) {
        if (!(error instanceof TimeoutError)) throw error;
      } finally {
        assert(condition.locked(), "the lock was not got back");
        guard.release();
      }
    };
    return {
      tasks: { a: impatient, b: impatient },
      helpers: {
        // Holds the lock while the deadlines pass.
        *holder() {
          yield sleep(0.5);
          const guard = yield* of(condition.acquire());
          yield sleep(0.5);
          condition.notify();
          yield sleep(1);
          guard.release();
        },
      },
      atEnd() {
        const { waiters, lock } = condition.statistics();
        assert(waiters === 0 && !lock.locked && lock.waiters === 0, `the condition is left ${condition}`);
      },
    };
  },

  "two conditions of one lock": (kind) => {
    const lock = new Lock();
    const full = new Condition(lock);
    const empty = new Condition(lock);
    const items: number[] = [];
    const producer = (count: number): Script<void> =>
      function* () {
        for (let i = 0; i < count; i++) {
          const guard = yield* of(lock.acquire());
          try {
            while (items.length >= 1) yield empty.wait();
            items.push(i);
            full.notify();
          } finally {
            guard.release();
          }
        }
      };
    const consumer = (count: number): Script<void> =>
      function* () {
        for (let i = 0; i < count; i++) {
          const guard = yield* of(lock.acquire());
          try {
            while (items.length === 0) yield full.wait();
            items.shift();
            empty.notify();
          } finally {
            guard.release();
          }
          yield sleep(0.5);
        }
      };
    /** Takes what is left over, and supplies what is missing, when one of the others is gone. */
    const briefly = function* (script: Script<void>): ScriptGenerator<void> {
      try {
        yield timeout(20, kind(script));
      } catch (error) {
        if (!(error instanceof TimeoutError)) throw error;
      }
    };
    return {
      tasks: { producer: producer(2), consumer: consumer(2) },
      helpers: {
        *flow() {
          for (let i = 0; i < 10; i++) {
            yield sleep(1);
            yield* briefly(i % 2 === 0 ? producer(1) : consumer(1));
          }
        },
      },
      always: () => assert(items.length <= 1, `${items.length} items`),
      atEnd() {
        lockIsFree(lock);
        assert(full.statistics().waiters === 0 && empty.statistics().waiters === 0, "a waiter is left");
      },
    };
  },
};

const semaphores: Readonly<Record<string, Scenario>> = {
  Semaphore: (kind) => {
    const semaphore = new Semaphore(2);
    return contention(kind, 2, semaphore, () => semaphoreIsFull(semaphore, 2));
  },

  "Semaphore of one": (kind) => {
    const semaphore = new Semaphore(1);
    return contention(kind, 1, semaphore, () => semaphoreIsFull(semaphore, 1));
  },

  BoundedSemaphore: (kind) => {
    const semaphore = new BoundedSemaphore(2);
    return contention(kind, 2, semaphore, () => semaphoreIsFull(semaphore, 2));
  },

  "Semaphore whose permits come from elsewhere": () => {
    const semaphore = new Semaphore(0);
    let taken = 0;
    let given = 0;
    const taker: Script<void> = function* () {
      for (let i = 0; i < 2; i++) {
        yield semaphore.acquire();
        taken++;
      }
    };
    return {
      tasks: { a: taker, b: taker, c: taker },
      helpers: {
        *giver() {
          for (let i = 0; i < 4; i++) {
            yield sleep(i % 2);
            semaphore.release();
            semaphore.release();
            given += 2;
          }
        },
      },
      always: () => assert(taken <= given, "more taken than given"),
      atEnd: () => semaphoreIsFull(semaphore, given - taken),
    };
  },

  CapacityLimiter: (kind) => {
    const limiter = new CapacityLimiter(2);
    return contention(kind, 2, limiter, () => {
      const { borrowedTokens, waiters, borrowers } = limiter.statistics();
      assert(borrowedTokens === 0 && waiters === 0 && borrowers.length === 0, `the limiter is left ${limiter}`);
    });
  },

  "CapacityLimiter whose size changes": () => {
    const limiter = new CapacityLimiter(1);
    const inside = new Inside(3);
    const worker: Script<void> = function* () {
      const guard = yield* of(limiter.acquire());
      try {
        yield* work(inside);
      } finally {
        guard.release();
      }
    };
    return {
      tasks: { a: worker, b: worker, c: worker },
      helpers: {
        d: worker,
        *resizer() {
          for (const total of [3, 1, 2, 1]) {
            yield sleep(0.5);
            limiter.totalTokens = total;
          }
        },
      },
      atEnd() {
        inside.expectNone();
        const { borrowedTokens, waiters } = limiter.statistics();
        assert(borrowedTokens === 0 && waiters === 0, `the limiter is left ${limiter}`);
      },
    };
  },
};

/** When everything has been disturbed, the barrier can still be repaired and used. */
function* useAgain(barrier: Barrier, kind: Kind): ScriptGenerator<void> {
  yield sleep(100);
  yield barrier.abort();
  yield sleep(1);
  assert(barrier.broken, "abort() has not broken the barrier");
  yield barrier.reset();
  yield sleep(1);
  assert(!barrier.broken && barrier.nWaiting === 0, `the barrier is left ${barrier}`);
  const numbers: number[] = [];
  const party = kind(function* () {
    numbers.push(yield* of(barrier.wait()));
  });
  const loop = getRunningLoop();
  const parties = Array.from({ length: barrier.parties }, () => loop.createTask(party));
  for (const task of parties) yield task;
  assert(numbers.sort().join() === "0,1,2", `numbers ${numbers}`);
  assert(barrier.nWaiting === 0, `the barrier is left ${barrier}`);
}

const mayBreak: Play["mayEnd"] = (_, error) => error instanceof BrokenBarrierError;

/** A task that finds the barrier broken has not been harmed. */
function* tolerating(script: Script<void>): ScriptGenerator<void> {
  try {
    yield* script();
  } catch (error) {
    if (!(error instanceof BrokenBarrierError)) throw error;
  }
}

const barriers: Readonly<Record<string, Scenario>> = {
  Barrier: (kind) => {
    const barrier = new Barrier(3);
    const numbers: number[] = [];
    const party: Script<void> = () =>
      tolerating(function* () {
        for (let round = 0; round < 2; round++) {
          numbers.push(yield* of(barrier.wait()));
          yield sleep(0);
        }
      });
    return {
      tasks: { a: party, b: party, c: party },
      helpers: { again: () => useAgain(barrier, kind) },
      always: () => assert(barrier.nWaiting >= 0 && barrier.nWaiting <= 3, `${barrier}`),
      mayEnd: mayBreak!,
    };
  },

  "Barrier with one too many": (kind) => {
    const barrier = new Barrier(3);
    let through = 0;
    const party: Script<void> = () =>
      tolerating(function* () {
        yield barrier.use(
          kind(function* () {
            through++;
            yield sleep(1);
          }),
        );
      });
    return {
      tasks: { a: party, b: party, c: party, d: party },
      helpers: { again: () => useAgain(barrier, kind) },
      always: () => assert(through <= 3, "four got through"),
      mayEnd: mayBreak!,
    };
  },

  "Barrier that is reset and aborted": (kind) => {
    const barrier = new Barrier(3);
    const party: Script<void> = () =>
      tolerating(function* () {
        yield sleep(0);
        yield barrier.wait();
      });
    return {
      tasks: {
        a: party,
        b: party,
        *resetter() {
          yield sleep(1);
          yield barrier.reset();
          yield barrier.abort();
          yield barrier.reset();
        },
      },
      helpers: { again: () => useAgain(barrier, kind) },
      mayEnd: mayBreak!,
    };
  },
};

export const scenarios: Readonly<Record<string, Scenario>> = { ...locks, ...conditions, ...semaphores, ...barriers };
