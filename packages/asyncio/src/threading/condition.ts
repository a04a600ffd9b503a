import { globals } from "../host/globals.ts";
import { isCancelled, RuntimeError } from "../loop/errors.ts";
import type { Guard } from "../sync/guard.ts";
import { driverHere } from "../tasks/ambient.ts";
import type { Body } from "../tasks/body.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { isThenable } from "../tasks/kinds.ts";
import { RequestsOnly } from "../tasks/scope.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { awaitInLine, awaitSteps } from "./awaiting.ts";
import { type BlockingOptions, block, blockInLine, checkMayBlock, deadlineOf } from "./blocking.ts";
import { exclusively, exclusivelyAsync } from "./exclusive.ts";
import { type AcquireOptions, Lock, type SharedLockStatistics } from "./lock.ts";
import { Operation } from "./operation.ts";
import { RLock } from "./rlock.ts";
import { SharedLot } from "./shared-lot.ts";
import { SharedMemory } from "./shared-memory.ts";
import { registerKind, revive, type SharedHandle, SharedObject } from "./shared-object.ts";

export interface SharedConditionStatistics {
  /** How many threads and tasks wait to be notified. */
  readonly waiters: number;
  readonly lock: SharedLockStatistics;
}

/**
 * A lock with a place to wait, without holding it, until another thread or task says that something has changed.
 * Python: `threading.Condition`.
 */
export class Condition extends SharedObject {
  private readonly lock: Lock | RLock;
  private readonly lot: SharedLot;

  /** `lock`: a `Lock` or an `RLock`, which several conditions may share; default a new `RLock`. */
  constructor(lock?: Lock | RLock);
  /** @internal */
  constructor(lock: Lock | RLock, memory: SharedMemory);
  constructor(lock: Lock | RLock = new RLock(), memory: SharedMemory = new SharedMemory()) {
    if (!(lock instanceof Lock || lock instanceof RLock)) throw new TypeError("Condition takes a Lock or an RLock");
    super(memory);
    this.lock = lock;
    this.lot = new SharedLot(memory, 0);
  }

  static from(handle: SharedHandle<"Condition">): Condition {
    return revive(handle, "Condition") as Condition;
  }

  override share(): SharedHandle<"Condition"> {
    return this.handle("Condition", [this.lock.share()]);
  }

  /** As `Lock.acquire`. */
  acquire(options: AcquireOptions = {}): boolean {
    return this.lock.acquire(options);
  }

  /** As `Lock.acquireAsync`. */
  acquireAsync(): Coroutine<Guard> {
    return this.lock.acquireAsync();
  }

  /** As `Lock.release`. */
  release(): void {
    this.lock.release();
  }

  locked(): boolean {
    return this.lock.locked();
  }

  /** As `Lock.runExclusive`. */
  runExclusive<T>(body: () => T, options: { readonly allowBlocking?: boolean } = {}): T {
    return exclusively(this.lock, body, options);
  }

  /** As `Lock.runExclusiveAsync`. */
  runExclusiveAsync<T>(body: () => Body<T>): Coroutine<T> {
    return exclusivelyAsync(this.lock, body);
  }

  /**
   * Releases the lock, blocks the thread until it is notified, and acquires the lock again, however long that takes.
   * False when `timeout` was over first. Throws `RuntimeError` when the lock is not acquired, and where an event loop
   * runs. Python: `wait()`.
   */
  wait(options: BlockingOptions = {}): boolean {
    const deadline = deadlineOf(options);
    checkMayBlock("Condition.wait", "waitAsync", options);
    this.checkMine("wait on");
    const waiting = new Notification(this);
    waiting.start();
    const saved = this.lock._releaseAll();
    let notified = false;
    let mine = false;
    try {
      notified = blockInLine(waiting, deadline);
      return notified;
    } finally {
      try {
        block(this.lock._acquisitionBack(saved), Infinity);
        mine = true;
      } finally {
        if (notified && !mine) this._locked(() => this._giveBack());
      }
    }
  }

  /** Waits until `predicate()` gives something truthy, or `timeout` is over; gives its last value. Python: `wait_for()`. */
  waitFor<T>(predicate: () => T, options: BlockingOptions = {}): T {
    const deadline = deadlineOf(options);
    for (;;) {
      const result = checked(predicate());
      if (result || deadline === 0) return result;
      const left = deadline === Infinity ? null : (deadline - globals.performance.now()) / 1000;
      if (left !== null && left <= 0) return result;
      this.wait({ ...options, timeout: left });
    }
  }

  /**
   * Releases the lock, waits until it is notified, and acquires the lock again; gives true.
   *
   * Throws `RuntimeError` when the lock is not acquired. Cancelled, it acquires the lock first, however often it is
   * cancelled meanwhile, then throws the last `CancelledError`, and notifies another waiter.
   */
  waitAsync(): Coroutine<true> {
    return new FunctionCoroutine(waitDefinition, this, []);
  }

  /** Waits until `predicate()` gives something truthy, and gives that. */
  waitForAsync<T>(predicate: () => T): Coroutine<T> {
    return new FunctionCoroutine(waitForDefinition, this, [predicate]);
  }

  /**
   * Wakes the first `n` that wait (default 1); they go on when they get the lock, which the caller should release.
   * Throws `RuntimeError` when the lock is not acquired.
   */
  notify(n = 1): void {
    if (Number.isNaN(n)) throw new RangeError("n must be a number");
    this.checkMine("notify on");
    this._locked(() => {
      for (let left = n; left > 0 && this.lot.unpark(0); left--);
    });
  }

  /** `notify` for all that wait. */
  notifyAll(): void {
    this.notify(Infinity);
  }

  statistics(): SharedConditionStatistics {
    return { waiters: this._locked(() => this.lot.length), lock: this.lock.statistics() };
  }

  private checkMine(what: string): void {
    if (!this.lock._isMine) throw new RuntimeError(`cannot ${what} un-acquired lock`);
  }

  /** @internal */
  *_waitSteps(): CoroutineGenerator<true> {
    this.checkMine("wait on");
    const waiting = new Notification(this);
    waiting.start();
    const saved = this.lock._releaseAll();
    let notified = false;
    let mine = false;
    try {
      try {
        yield* awaitInLine(waiting);
        notified = true;
      } finally {
        yield* this.reacquire(saved);
      }
      mine = true;
      return true;
    } finally {
      // The cancellation came while it waited for the lock: the notification is for somebody else.
      if (notified && !mine) this._locked(() => this._giveBack());
    }
  }

  /**
   * Gets the lock back against all cancellations; then throws the last of them. The caller's code between `waitAsync` and
   * its release of the lock must find the lock held.
   */
  private *reacquire(saved: number): CoroutineGenerator<void> {
    const driver = driverHere();
    const scope = new RequestsOnly();
    let cancelled: unknown = null;
    if (driver !== null) {
      scope._enterFrom(driver._scope);
      driver._scope = scope;
    }
    for (;;) {
      try {
        yield* awaitSteps(this.lock._acquisitionBack(saved));
        break;
      } catch (error) {
        if (!isCancelled(error)) throw error;
        cancelled = error;
      }
    }
    if (driver !== null) driver._scope = scope._outer;
    if (cancelled !== null) throw cancelled;
  }

  /** @internal */
  *_waitForSteps<T>(predicate: () => T): CoroutineGenerator<T> {
    for (;;) {
      const result = checked(predicate());
      if (result) return result;
      yield* this._waitSteps();
    }
  }

  /** @internal */
  get _line(): SharedLot {
    return this.lot;
  }

  /** @internal */
  override _giveBack(): void {
    this.lot.unpark(0);
  }

  /** @internal */
  override _state(): string {
    const { waiters } = this.statistics();
    const state = this.locked() ? "locked" : "unlocked";
    return waiters > 0 ? `${state}, waiters:${waiters}` : state;
  }
}

/** Stands in line until it is notified. */
class Notification extends Operation<true> {
  private readonly condition: Condition;

  constructor(condition: Condition) {
    super(condition);
    this.condition = condition;
    this.result = true;
  }

  protected override attempt(): boolean {
    return this.park(this.condition._line);
  }

  protected override woken(): boolean {
    return true;
  }
}

function checked<T>(result: T): T {
  if (isThenable(result)) throw new TypeError("the predicate must not be asynchronous");
  return result;
}

const waitDefinition = define(Condition.prototype._waitSteps, "waitAsync");
const waitForDefinition = define(Condition.prototype._waitForSteps as never, "waitForAsync");
registerKind("Condition", (memory, [lock]) => new Condition(revive(lock) as Lock | RLock, memory));
