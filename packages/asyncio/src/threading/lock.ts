import { RuntimeError } from "../loop/errors.ts";
import { Guard, type Guarded } from "../sync/guard.ts";
import type { Body } from "../tasks/body.ts";
import type { Coroutine } from "../tasks/coroutine.ts";
import { asyncMethod, awaiting } from "./awaiting.ts";
import { type BlockingOptions, block, checkMayBlock, strictDeadlineOf } from "./blocking.ts";
import { exclusively, exclusivelyAsync } from "./exclusive.ts";
import { Operation } from "./operation.ts";
import { SharedLot } from "./shared-lot.ts";
import { SharedMemory, STATE } from "./shared-memory.ts";
import { registerKind, revive, type SharedHandle, SharedObject } from "./shared-object.ts";
import { getIdent } from "./this-thread.ts";

const HELD = STATE;
const OWNER = STATE + 1;
/** The number of the acquisition that holds it, so that a guard knows its own, and the last number that was given. */
const ACQUISITION = STATE + 2;
const ACQUISITIONS = STATE + 3;

/** The values of HELD. */
const FREE = 0;
const LOCKED = 1;
const ABANDONED = 2;

export interface AcquireOptions extends BlockingOptions {
  /** Default true. False: gives false at once when it cannot be had. Python: `acquire(blocking=False)`. */
  readonly blocking?: boolean;
}

export interface SharedLockStatistics {
  readonly locked: boolean;
  /** The thread that has acquired it; null when it is unlocked. */
  readonly owner: number | null;
  /** Whether that thread has ended. */
  readonly abandoned: boolean;
  /** How many threads and tasks wait for it. */
  readonly waiters: number;
}

/** The thread that held the lock has ended: what the lock guards may be half changed. Python has no counterpart. */
export class AbandonedLockError extends RuntimeError {
  static {
    this.prototype.name = "AbandonedLockError";
  }
}

/**
 * Mutual exclusion between threads and tasks of any of them, in the order in which they asked. Python: `threading.Lock`.
 *
 * As in Python any thread may release it. When the thread that holds it ends (see `threadEnded`), the lock is
 * *abandoned*: whoever waits or comes gets `AbandonedLockError`, until somebody calls `release`.
 */
export class Lock extends SharedObject implements Guarded {
  private readonly lot: SharedLot;

  constructor();
  /** @internal */
  constructor(memory: SharedMemory);
  constructor(memory: SharedMemory = new SharedMemory()) {
    super(memory);
    this.lot = new SharedLot(memory, 0);
  }

  static from(handle: SharedHandle<"Lock">): Lock {
    return revive(handle, "Lock") as Lock;
  }

  override share(): SharedHandle<"Lock"> {
    return this.handle("Lock");
  }

  /**
   * Locks it, and blocks the thread until it is free. False when `timeout` was over first. Throws `RuntimeError` where
   * an event loop runs, and `AbandonedLockError`. Python: `acquire()`.
   */
  acquire(options: AcquireOptions = {}): boolean {
    return acquireBlocking(this, new Acquire(this), options);
  }

  /**
   * Waits until it is free and locks it. Cancelled, the task leaves the line, and a lock that it was about to get goes
   * to the next. Throws `AbandonedLockError`.
   */
  acquireAsync(): Coroutine<Guard> {
    return awaiting(new Acquire(this), acquireMethod);
  }

  /** Unlocks it; the first in line has it next. Throws `RuntimeError` when it is not locked. */
  release(): void {
    this._locked(() => {
      if (this._memory.words[HELD] === FREE) throw new RuntimeError("release unlocked lock");
      this._passOn();
    });
  }

  locked(): boolean {
    return this._locked(() => this._memory.words[HELD] !== FREE);
  }

  /** Calls `body` while holding the lock, for which it blocks the thread. Python: `with lock:`. */
  runExclusive<T>(body: () => T, options: { readonly allowBlocking?: boolean } = {}): T {
    return exclusively(this, body, options);
  }

  /** Runs `body` in the calling task while holding the lock. */
  runExclusiveAsync<T>(body: () => Body<T>): Coroutine<T> {
    return exclusivelyAsync(this, body);
  }

  statistics(): SharedLockStatistics {
    const { words } = this._memory;
    return this._locked(() => ({
      locked: words[HELD] !== FREE,
      owner: words[HELD] === FREE ? null : words[OWNER]!,
      abandoned: words[HELD] === ABANDONED,
      waiters: this.lot.length,
    }));
  }

  // ---- for those that wait; all under the mutex

  /** Takes it when it is free. @internal */
  _tryTake(): boolean {
    const { words } = this._memory;
    if (words[HELD] === ABANDONED) throw abandonedBy(words[OWNER]!);
    if (words[HELD] !== FREE) return false;
    this.give(getIdent());
    return true;
  }

  private give(owner: number): void {
    const { words } = this._memory;
    words[HELD] = LOCKED;
    words[OWNER] = owner;
    words[ACQUISITION] = ++words[ACQUISITIONS]!;
  }

  /** @internal */
  _passOn(): void {
    const next = this.lot.firstThread;
    if (next === null) {
      this._memory.words[HELD] = FREE;
    } else {
      this.give(next);
      this.lot.unpark(LOCKED);
    }
  }

  /** @internal */
  get _line(): SharedLot {
    return this.lot;
  }

  /** @internal */
  _newGuard(): Guard {
    return new LockGuard(this, this._memory.words[ACQUISITION]!);
  }

  /** @internal */
  _releaseBy(guard: Guard): void {
    const { words } = this._memory;
    this._locked(() => {
      if (words[HELD] !== FREE && words[ACQUISITION] === (guard as LockGuard)._acquisition) this._passOn();
    });
  }

  /** @internal */
  override _giveBack(_lot: number, value: number): void {
    if (value === LOCKED) this._passOn();
  }

  /** @internal */
  override _afterThread(thread: number): void {
    const { words } = this._memory;
    if (words[HELD] !== LOCKED || words[OWNER] !== thread) return;
    words[HELD] = ABANDONED;
    this.lot.unparkAll(ABANDONED);
  }

  // ---- for conditions

  /** @internal */
  get _isMine(): boolean {
    return this.locked();
  }

  /** Releases it however often it was acquired; returns what `_acquisitionBack` needs. @internal */
  _releaseAll(): number {
    const acquisition = this._memory.words[ACQUISITION]!;
    this.release();
    return acquisition;
  }

  /** @internal */
  _acquisitionBack(saved: number): Operation<unknown> {
    return new Acquire(this, saved);
  }

  /** @internal */
  override _state(): string {
    const { locked, owner, abandoned, waiters } = this.statistics();
    const state = abandoned ? `abandoned by thread ${owner}` : locked ? `locked by thread ${owner}` : "unlocked";
    return waiters > 0 ? `${state}, waiters:${waiters}` : state;
  }
}

class LockGuard extends Guard {
  readonly _acquisition: number;

  constructor(lock: Lock, acquisition: number) {
    super(lock, null);
    this._acquisition = acquisition;
  }
}

class Acquire extends Operation<Guard> {
  private readonly lock: Lock;
  /** Whose the lock is again, after a condition: the guard that was given then stays valid. */
  private readonly again: number | null;

  constructor(lock: Lock, again: number | null = null) {
    super(lock);
    this.lock = lock;
    this.again = again;
  }

  protected override attempt(): boolean {
    return this.lock._tryTake() ? this.taken() : this.park(this.lock._line);
  }

  protected override woken(value: number): boolean {
    if (value === ABANDONED) throw abandonedBy(this.memory.words[OWNER]!);
    return this.taken();
  }

  private taken(): boolean {
    if (this.again !== null) this.memory.words[ACQUISITION] = this.again;
    this.result = this.lock._newGuard();
    return true;
  }
}

export function abandonedBy(thread: number): AbandonedLockError {
  return new AbandonedLockError(
    `thread ${thread} has ended without releasing this lock; what it guards may be half changed. ` +
      "release() makes the lock usable again",
  );
}

/** What the locks and semaphores have in common. */
export function acquireBlocking(object: SharedObject, operation: Operation<unknown>, options: AcquireOptions): boolean {
  const { blocking = true, timeout = null } = options;
  if (!blocking && timeout !== null) throw new RangeError("can't specify a timeout for a non-blocking call");
  const deadline = blocking ? strictDeadlineOf(options) : 0;
  if (deadline !== 0) checkMayBlock(`${object.constructor.name}.acquire`, "acquireAsync", options);
  return block(operation, deadline);
}

const acquireMethod = asyncMethod("acquireAsync");
registerKind("Lock", (memory) => new Lock(memory));
