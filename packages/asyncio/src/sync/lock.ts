import { RuntimeError } from "../loop/errors.ts";
import { running } from "../loop/running.ts";
import type { Body } from "../tasks/body.ts";
import type { Coroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { PENDING } from "../tasks/future.ts";
import type { Step } from "../tasks/stepped-coroutine.ts";
import type { Task } from "../tasks/task.ts";
import { runExclusive } from "./exclusive.ts";
import { Guard, type Guarded } from "./guard.ts";
import { unwatchHolder, watchHolder } from "./holder-watch.ts";
import { LoopBound } from "./loop-bound.ts";
import { ParkedCoroutine } from "./parked-coroutine.ts";
import { ParkingLot, Waiter } from "./parking-lot.ts";

export interface LockStatistics {
  readonly locked: boolean;
  /** The task that acquired it; null when it is unlocked, or was locked outside of tasks. */
  readonly holder: Task<unknown> | null;
  /** How many tasks wait for it. */
  readonly waiters: number;
}

/**
 * Mutual exclusion between tasks, in the order in which they asked. asyncio: `Lock`.
 *
 * As in asyncio any task may release it, and a task that asks twice waits for itself.
 */
export class Lock extends LoopBound implements Guarded {
  private readonly lot: ParkingLot = new ParkingLot(this);
  /** The acquisition that holds it. @internal */
  _guard: Guard | null = null;

  /**
   * Waits until the lock is free and locks it; without suspending when nobody has it and nobody waits. Cancelled, the
   * task leaves the queue, and a lock that it was about to get goes to the next. asyncio: `acquire()`.
   */
  acquire(): Coroutine<Guard> {
    return new Acquire(this);
  }

  /** Unlocks it; the first that waits is next. Throws `RuntimeError` when it is not locked. */
  release(): void {
    const guard = this._guard;
    if (guard === null) throw new RuntimeError("Lock is not acquired.");
    this._guard = null;
    if (guard._task?._loop.getDebug() === true) unwatchHolder(this, guard._task);
    this._wakeFirst();
  }

  locked(): boolean {
    return this._guard !== null;
  }

  /**
   * Runs `body` while holding the lock and gives its result; the lock is released however the body ends, unless the body
   * has released it itself. Python: `async with lock:`.
   */
  runExclusive<T>(body: () => Body<T>): Coroutine<T> {
    return runExclusive(this, body);
  }

  statistics(): LockStatistics {
    return { locked: this.locked(), holder: this._guard?._task ?? null, waiters: this.lot.length };
  }

  // ---- for those that wait

  /** Between a release and the next holder's step the lock is unlocked, and only who waits may have it. @internal */
  get _isFree(): boolean {
    return this._guard === null && !this.lot.inUse;
  }

  /** @internal */
  _take(task: Task<unknown> | null): Guard {
    const guard = new Guard(this, task);
    this._guard = guard;
    if (task?._loop.getDebug() === true) watchHolder(this, task);
    return guard;
  }

  /** @internal */
  _releaseBy(guard: Guard): void {
    if (this._guard === guard) this.release();
  }

  /** Releases the lock for a while; `_resume` gives it back to the same guard. @internal */
  _pause(): Guard {
    const guard = this._guard!;
    this.release();
    return guard;
  }

  /** @internal */
  _resume(guard: Guard): void {
    this._guard = guard;
    if (guard._task?._loop.getDebug() === true) watchHolder(this, guard._task);
  }

  /** @internal */
  _park(): Waiter {
    return this.lot.park(new LockWaiter(this._bind(), this));
  }

  /**
   * Wakes the first in the queue, unless it is about to go on anyway: woken, it will take the lock; cancelled, it will
   * wake the next when it leaves. @internal
   */
  _wakeFirst(): void {
    if (this.lot.head?._state === PENDING) this.lot.unpark();
  }

  /** @internal */
  override _state(): string {
    return this.lot.describe(this.locked() ? "locked" : "unlocked");
  }
}

class LockWaiter extends Waiter {
  private readonly lock: Lock;

  constructor(loop: EventLoop, lock: Lock) {
    super(loop);
    this.lock = lock;
  }

  override _dependsOn(): readonly Task<unknown>[] {
    const holder = this.lock._guard?._task ?? null;
    return holder === null ? [] : [holder];
  }
}

class Acquire extends ParkedCoroutine<Guard> {
  private readonly lock: Lock;

  constructor(lock: Lock) {
    super();
    this.lock = lock;
  }

  get name(): string {
    return "acquire";
  }

  protected override begin(): Step<Guard> {
    const { lock } = this;
    if (lock._isFree) return this.over(lock._take(running.task as Task<unknown> | null));
    return this.wait(lock._park());
  }

  protected override woken(): Step<Guard> {
    return this.over(this.lock._take(running.task as Task<unknown> | null));
  }

  protected override lost(): void {
    if (!this.lock.locked()) this.lock._wakeFirst();
  }
}
