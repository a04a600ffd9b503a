import { running } from "../loop/running.ts";
import type { Body } from "../tasks/body.ts";
import type { Coroutine } from "../tasks/coroutine.ts";
import type { Step } from "../tasks/stepped-coroutine.ts";
import type { Task } from "../tasks/task.ts";
import { runExclusive } from "./exclusive.ts";
import { Guard, type Guarded } from "./guard.ts";
import { LoopBound } from "./loop-bound.ts";
import { ParkedCoroutine } from "./parked-coroutine.ts";
import { ParkingLot, Waiter } from "./parking-lot.ts";

export interface SemaphoreStatistics {
  /** How many permits are left. */
  readonly value: number;
  readonly locked: boolean;
  /** How many tasks wait for one. */
  readonly waiters: number;
}

/**
 * A number of permits: `acquire` takes one, `release` gives one back, or adds one. Strictly first come, first served.
 * asyncio: `Semaphore`.
 */
export class Semaphore extends LoopBound implements Guarded {
  private readonly lot: ParkingLot = new ParkingLot(this);
  private value: number;

  /** `value`: the number of permits, default 1. Throws `RangeError` unless it is an integer ≥ 0 or `Infinity`. */
  constructor(value = 1) {
    super();
    if (!(value >= 0)) throw new RangeError("Semaphore initial value must be >= 0");
    if (!Number.isInteger(value) && value !== Infinity) {
      throw new RangeError("Semaphore initial value must be an integer");
    }
    this.value = value;
  }

  /**
   * Waits for a permit and takes it; without suspending when there is one and nobody waits. Cancelled, the task leaves
   * the queue, and a permit that it was about to get goes to the next. asyncio: `acquire()`.
   */
  acquire(): Coroutine<Guard> {
    return new Acquire(this);
  }

  /** Gives a permit back, or adds one; the first that waits gets it. */
  release(): void {
    this.value++;
    this.wakeNext();
  }

  /** Whether `acquire` would have to wait: because no permit is left, or because others wait already. */
  locked(): boolean {
    return this.value === 0 || this.lot.inUse;
  }

  /** Runs `body` with a permit and gives its result. Python: `async with semaphore:`. */
  runExclusive<T>(body: () => Body<T>): Coroutine<T> {
    return runExclusive(this, body);
  }

  statistics(): SemaphoreStatistics {
    return { value: this.value, locked: this.locked(), waiters: this.lot.length };
  }

  /** A permit goes to the first that is parked, at once, so that no newcomer can take it. */
  private wakeNext(): boolean {
    if (this.lot.unpark() === null) return false;
    this.value--;
    return true;
  }

  // ---- for those that wait

  /** @internal */
  _take(task: Task<unknown> | null): Guard {
    this.value--;
    return new Guard(this, task);
  }

  /** @internal */
  _releaseBy(_guard: Guard): void {
    this.release();
  }

  /** @internal */
  _park(): Waiter {
    return this.lot.park(new Waiter(this._bind()));
  }

  /** A permit was spent on somebody who will not use it. @internal */
  _giveBack(): void {
    this.value++;
  }

  /** Newcomers may have queued behind one who has left, though there was a permit. @internal */
  _wakeAll(): void {
    while (this.value > 0 && this.wakeNext());
  }

  /** @internal */
  protected get permits(): number {
    return this.value;
  }

  /** @internal */
  override _state(): string {
    return this.lot.describe(this.locked() ? "locked" : `unlocked, value:${this.value}`);
  }
}

/** A semaphore that never gets more permits than it had at first. asyncio: `BoundedSemaphore`. */
export class BoundedSemaphore extends Semaphore {
  private readonly bound: number;

  constructor(value = 1) {
    super(value);
    this.bound = value;
  }

  /** As `Semaphore.release`; throws `RangeError` when nothing has been acquired. */
  override release(): void {
    if (this.permits >= this.bound && this.bound !== Infinity) {
      throw new RangeError("BoundedSemaphore released too many times");
    }
    super.release();
  }
}

class Acquire extends ParkedCoroutine<Guard> {
  private readonly semaphore: Semaphore;

  constructor(semaphore: Semaphore) {
    super();
    this.semaphore = semaphore;
  }

  get name(): string {
    return "acquire";
  }

  protected override begin(): Step<Guard> {
    const { semaphore } = this;
    if (semaphore.locked()) return this.wait(semaphore._park());
    return this.over(semaphore._take(running.task as Task<unknown> | null));
  }

  protected override woken(): Step<Guard> {
    this.semaphore._wakeAll();
    return this.over(new Guard(this.semaphore, running.task as Task<unknown> | null));
  }

  protected override lost(wasWoken: boolean): void {
    if (wasWoken) this.semaphore._giveBack();
    this.semaphore._wakeAll();
  }
}
