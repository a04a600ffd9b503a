import { Guard, type Guarded } from "../sync/guard.ts";
import type { Body } from "../tasks/body.ts";
import type { Coroutine } from "../tasks/coroutine.ts";
import { asyncMethod, awaiting } from "./awaiting.ts";
import { exclusively, exclusivelyAsync } from "./exclusive.ts";
import { type AcquireOptions, acquireBlocking } from "./lock.ts";
import { Operation } from "./operation.ts";
import { SharedLot } from "./shared-lot.ts";
import { SharedMemory, STATE } from "./shared-memory.ts";
import { registerKind, revive, type SharedHandle, SharedObject } from "./shared-object.ts";

const VALUE = STATE;
/** How many permits there may be; those of a plain semaphore are only limited by the word. */
const BOUND = STATE + 1;
const LARGEST = 2 ** 31 - 1;

export interface SharedSemaphoreStatistics {
  /** How many permits are left. */
  readonly value: number;
  /** How many threads and tasks wait for one. */
  readonly waiters: number;
}

/**
 * A number of permits for threads and tasks of any of them, strictly first come, first served.
 * Python: `threading.Semaphore`.
 *
 * Nobody owns a permit: one that a thread has taken that was terminated is gone. `release` adds one.
 */
export class Semaphore extends SharedObject implements Guarded {
  private readonly lot: SharedLot;

  /** `value`: the number of permits, default 1. Throws `RangeError` unless it is an integer from 0 to 2³¹ − 1. */
  constructor(value?: number);
  /** @internal */
  constructor(value: number, memory: SharedMemory);
  constructor(value = 1, memory?: SharedMemory) {
    super(memory ?? withPermits(value));
    this.lot = new SharedLot(this._memory, 0);
  }

  static from(handle: SharedHandle<"Semaphore" | "BoundedSemaphore">): Semaphore {
    return revive(handle, "Semaphore", "BoundedSemaphore") as Semaphore;
  }

  share(): SharedHandle<"Semaphore" | "BoundedSemaphore"> {
    return this.handle("Semaphore");
  }

  /**
   * Takes a permit, and blocks the thread until there is one. False when `timeout` was over first. Throws
   * `RuntimeError` where an event loop runs. Python: `acquire()`.
   */
  acquire(options: AcquireOptions = {}): boolean {
    return acquireBlocking(this, new Acquire(this), options);
  }

  /**
   * Waits for a permit and takes it. Cancelled, the task leaves the line, and a permit that it was about to get goes to
   * the next.
   */
  acquireAsync(): Coroutine<Guard> {
    return awaiting(new Acquire(this), acquireMethod);
  }

  /** Gives `count` permits back, or adds them (default 1); the first in line get them. Throws `RangeError` for count < 1. */
  release(count = 1): void {
    if (!(count >= 1)) throw new RangeError("n must be one or more");
    if (!Number.isInteger(count)) throw new RangeError("n must be an integer");
    this._locked(() => {
      const { words } = this._memory;
      if (words[VALUE]! + count > words[BOUND]!) throw new RangeError("Semaphore released too many times");
      let left = count;
      while (left > 0 && this.lot.unpark(0)) left--;
      words[VALUE] = words[VALUE]! + left;
    });
  }

  /** Calls `body` with a permit, for which it blocks the thread. Python: `with semaphore:`. */
  runExclusive<T>(body: () => T, options: { readonly allowBlocking?: boolean } = {}): T {
    return exclusively(this, body, options);
  }

  /** Runs `body` with a permit in the calling task. */
  runExclusiveAsync<T>(body: () => Body<T>): Coroutine<T> {
    return exclusivelyAsync(this, body);
  }

  statistics(): SharedSemaphoreStatistics {
    return this._locked(() => ({ value: this._memory.words[VALUE]!, waiters: this.lot.length }));
  }

  // ---- for those that wait; under the mutex

  /** While somebody waits there is no permit. @internal */
  _tryTake(): boolean {
    const { words } = this._memory;
    if (words[VALUE] === 0) return false;
    words[VALUE]!--;
    return true;
  }

  /** @internal */
  get _line(): SharedLot {
    return this.lot;
  }

  /** @internal */
  _releaseBy(_guard: Guard): void {
    this.release();
  }

  /** @internal */
  override _giveBack(): void {
    if (!this.lot.unpark(0)) this._memory.words[VALUE]!++;
  }

  /** @internal */
  override _state(): string {
    const { value, waiters } = this.statistics();
    return waiters > 0 ? `value:${value}, waiters:${waiters}` : `value:${value}`;
  }
}

/** A semaphore that never gets more permits than it had at first. Python: `threading.BoundedSemaphore`. */
export class BoundedSemaphore extends Semaphore {
  constructor(value?: number);
  /** @internal */
  constructor(value: number, memory: SharedMemory);
  constructor(value = 1, memory: SharedMemory = withPermits(value, value)) {
    super(value, memory);
  }

  static override from(handle: SharedHandle<"BoundedSemaphore">): BoundedSemaphore {
    return revive(handle, "BoundedSemaphore") as BoundedSemaphore;
  }

  override share(): SharedHandle<"BoundedSemaphore"> {
    return this.handle("BoundedSemaphore");
  }
}

class Acquire extends Operation<Guard> {
  private readonly semaphore: Semaphore;

  constructor(semaphore: Semaphore) {
    super(semaphore);
    this.semaphore = semaphore;
  }

  protected override attempt(): boolean {
    if (!this.semaphore._tryTake()) return this.park(this.semaphore._line);
    return this.woken();
  }

  protected override woken(): boolean {
    this.result = new Guard(this.semaphore, null);
    return true;
  }
}

function withPermits(value: number, bound = LARGEST): SharedMemory {
  if (!(value >= 0)) throw new RangeError("semaphore initial value must be >= 0");
  if (!Number.isInteger(value) || value > LARGEST) {
    throw new RangeError("semaphore initial value must be an integer below 2 ** 31");
  }
  const memory = new SharedMemory();
  memory.words[VALUE] = value;
  memory.words[BOUND] = bound;
  return memory;
}

const acquireMethod = asyncMethod("acquireAsync");
registerKind("Semaphore", (memory) => new Semaphore(0, memory));
registerKind("BoundedSemaphore", (memory) => new BoundedSemaphore(0, memory));
