import { isCancelled, RuntimeError } from "../loop/errors.ts";
import { driverHere } from "../tasks/ambient.ts";
import type { Body } from "../tasks/body.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { isThenable } from "../tasks/kinds.ts";
import { RequestsOnly } from "../tasks/scope.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { runExclusive } from "./exclusive.ts";
import type { Guard } from "./guard.ts";
import { Lock, type LockStatistics } from "./lock.ts";
import { LoopBound } from "./loop-bound.ts";
import { ParkingLot, Waiter } from "./parking-lot.ts";

export interface ConditionStatistics {
  /** How many tasks wait to be notified. */
  readonly waiters: number;
  readonly lock: LockStatistics;
}

/** A lock with a place to wait, without holding it, until another task says that something has changed. asyncio: `Condition`. */
export class Condition extends LoopBound {
  private readonly lock: Lock;
  private readonly lot: ParkingLot = new ParkingLot(this);

  /** `lock`: several conditions may share one; default a new one. */
  constructor(lock: Lock = new Lock()) {
    super();
    if (!(lock instanceof Lock)) throw new TypeError("Condition takes a Lock");
    this.lock = lock;
  }

  /** As `Lock.acquire`. */
  acquire(): Coroutine<Guard> {
    return this.lock.acquire();
  }

  /** As `Lock.release`. */
  release(): void {
    this.lock.release();
  }

  locked(): boolean {
    return this.lock.locked();
  }

  /** As `Lock.runExclusive`. */
  runExclusive<T>(body: () => Body<T>): Coroutine<T> {
    return runExclusive(this.lock, body);
  }

  /**
   * Releases the lock, waits until it is notified, and acquires the lock again; gives true. It may return without a reason
   * (another waiter that was notified has been cancelled), so look at the state again, or use `waitFor`.
   *
   * Throws `RuntimeError` when the lock is not acquired. Cancelled, it acquires the lock first, however often it is
   * cancelled meanwhile, then throws the last `CancelledError`, and notifies another waiter. asyncio: `wait()`.
   */
  wait(): Coroutine<true> {
    return new FunctionCoroutine(waitDefinition, this, []);
  }

  /** Waits until `predicate()` gives something truthy, and gives that. asyncio: `wait_for()`. */
  waitFor<T>(predicate: () => T): Coroutine<T> {
    return new FunctionCoroutine(waitForDefinition, this, [predicate]);
  }

  /**
   * Wakes the first `n` that wait (default 1); they go on when they get the lock, which the caller should release.
   * Throws `RuntimeError` when the lock is not acquired.
   */
  notify(n = 1): void {
    if (!this.locked()) throw new RuntimeError("cannot notify on un-acquired lock");
    if (Number.isNaN(n)) throw new RangeError("n must be a number");
    this.lot.unparkMany(n);
  }

  /** `notify` for all that wait. */
  notifyAll(): void {
    this.notify(Infinity);
  }

  statistics(): ConditionStatistics {
    return { waiters: this.lot.length, lock: this.lock.statistics() };
  }

  /** @internal */
  *_waitSteps(): CoroutineGenerator<true> {
    const { lock, lot } = this;
    if (!lock.locked()) throw new RuntimeError("cannot wait on un-acquired lock");
    const waiter = new Waiter(this._bind());
    const guard = lock._pause();
    let mine = false;
    try {
      try {
        yield* lot.park(waiter);
      } finally {
        lot.leave(waiter);
        yield* reacquire(lock, guard);
      }
      mine = true;
      return true;
    } finally {
      // A notification may have been spent on this task, be it that the cancellation came while it waited for the lock.
      if (!mine) lot.unpark();
    }
  }

  /** @internal */
  *_waitForSteps<T>(predicate: () => T): CoroutineGenerator<T> {
    for (;;) {
      const result = predicate();
      if (isThenable(result)) throw new TypeError("the predicate must not be asynchronous");
      if (result) return result;
      yield* this.wait();
    }
  }

  /** @internal */
  override _state(): string {
    return this.lot.describe(this.locked() ? "locked" : "unlocked");
  }
}

/**
 * Gets the lock back for the guard that had it, against all cancellations; then throws the last of them.
 * The caller's code between `wait` and its release of the lock must find the lock held.
 */
function* reacquire(lock: Lock, guard: Guard): CoroutineGenerator<void> {
  const driver = driverHere();
  const scope = new RequestsOnly();
  let cancelled: unknown = null;
  if (driver !== null) {
    scope._enterFrom(driver._scope);
    driver._scope = scope;
  }
  for (;;) {
    try {
      yield* lock.acquire();
      break;
    } catch (error) {
      if (!isCancelled(error)) throw error;
      cancelled = error;
    }
  }
  if (driver !== null) driver._scope = scope._outer;
  lock._resume(guard);
  if (cancelled !== null) throw cancelled;
}

const waitDefinition = define(Condition.prototype._waitSteps, "wait");
const waitForDefinition = define(Condition.prototype._waitForSteps as never, "waitFor");
