import { RuntimeError } from "../loop/errors.ts";
import { Guard, type Guarded } from "../sync/guard.ts";
import { taskHere } from "../tasks/ambient.ts";
import type { Body } from "../tasks/body.ts";
import type { Coroutine } from "../tasks/coroutine.ts";
import { asyncMethod, awaiting } from "./awaiting.ts";
import { exclusively, exclusivelyAsync } from "./exclusive.ts";
import { type AcquireOptions, abandonedBy, acquireBlocking, type SharedLockStatistics } from "./lock.ts";
import { Operation } from "./operation.ts";
import { SharedLot } from "./shared-lot.ts";
import { SharedMemory, STATE } from "./shared-memory.ts";
import { registerKind, revive, type SharedHandle, SharedObject } from "./shared-object.ts";
import { getIdent } from "./this-thread.ts";

/** How often its owner has acquired it. */
const DEPTH = STATE;
const OWNER = STATE + 1;
const IS_ABANDONED = STATE + 2;

const GIVEN = 1;
const ABANDONED = 2;
/** No task, and not the code outside of tasks either. */
const NOBODY = {};

export interface RLockStatistics extends SharedLockStatistics {
  /** How often its owner has acquired it. */
  readonly depth: number;
}

/** Those that this thread holds: which task does stands in the object, which must not get lost. */
const held = new Set<RLock>();

/**
 * A lock that its owner can acquire again. The owner is a task, or a thread's code outside of tasks: two tasks of one
 * thread exclude each other. It is free when it has been released as often as it was acquired. Python: `threading.RLock`.
 *
 * Only its owner may release it, unless it is abandoned; see `Lock`.
 */
export class RLock extends SharedObject implements Guarded {
  private readonly lot: SharedLot;
  /** When this thread owns it: the task that does, null for code outside of tasks. */
  private holder: object | null = NOBODY;

  constructor();
  /** @internal */
  constructor(memory: SharedMemory);
  constructor(memory: SharedMemory = new SharedMemory()) {
    super(memory);
    this.lot = new SharedLot(memory, 0);
  }

  static from(handle: SharedHandle<"RLock">): RLock {
    return revive(handle, "RLock") as RLock;
  }

  override share(): SharedHandle<"RLock"> {
    return this.handle("RLock");
  }

  /** As `Lock.acquire`; at once when the caller has it. */
  acquire(options: AcquireOptions = {}): boolean {
    if (this._isMine) options = { ...options, allowBlocking: true }; // It will not have to wait.
    return acquireBlocking(this, new Acquire(this, 1), options);
  }

  /** As `Lock.acquireAsync`; at once when the calling task has it. */
  acquireAsync(): Coroutine<Guard> {
    return awaiting(new Acquire(this, 1), acquireMethod);
  }

  /** Takes one acquisition back. Throws `RuntimeError` when the caller does not own it. */
  release(): void {
    this._locked(() => {
      const { words } = this._memory;
      if (words[IS_ABANDONED] === 0 && !this.owns()) throw new RuntimeError("cannot release un-acquired lock");
      if (words[IS_ABANDONED] !== 0 || --words[DEPTH]! === 0) this.passOn();
    });
  }

  locked(): boolean {
    return this._locked(() => this._memory.words[DEPTH] !== 0);
  }

  /** As `Lock.runExclusive`. */
  runExclusive<T>(body: () => T, options: { readonly allowBlocking?: boolean } = {}): T {
    return exclusively(this, body, options);
  }

  /** As `Lock.runExclusiveAsync`. */
  runExclusiveAsync<T>(body: () => Body<T>): Coroutine<T> {
    return exclusivelyAsync(this, body);
  }

  statistics(): RLockStatistics {
    const { words } = this._memory;
    return this._locked(() => ({
      locked: words[DEPTH] !== 0,
      depth: words[DEPTH]!,
      owner: words[DEPTH] === 0 ? null : words[OWNER]!,
      abandoned: words[IS_ABANDONED] !== 0,
      waiters: this.lot.length,
    }));
  }

  // ---- for those that wait; all under the mutex

  private owns(): boolean {
    const { words } = this._memory;
    return words[DEPTH] !== 0 && words[OWNER] === getIdent() && this.holder === taskHere();
  }

  /** @internal */
  _tryTake(depth: number): boolean {
    const { words } = this._memory;
    if (words[IS_ABANDONED] !== 0) throw abandonedBy(words[OWNER]!);
    if (this.owns()) {
      words[DEPTH] = words[DEPTH]! + depth;
      return true;
    }
    if (words[DEPTH] !== 0) return false;
    words[OWNER] = getIdent();
    this._hold(depth);
    return true;
  }

  /** It is this thread's; the caller is its owner from now on. @internal */
  _hold(depth: number): void {
    this._memory.words[DEPTH] = depth;
    this.holder = taskHere();
    held.add(this);
  }

  private passOn(): void {
    const { words } = this._memory;
    this.holder = NOBODY;
    held.delete(this);
    words[IS_ABANDONED] = 0;
    const next = this.lot.firstThread;
    words[DEPTH] = next === null ? 0 : 1;
    if (next === null) return;
    words[OWNER] = next;
    this.lot.unpark(GIVEN);
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
  override _giveBack(_lot: number, value: number): void {
    if (value === GIVEN) this.passOn();
  }

  /** @internal */
  override _afterThread(thread: number): void {
    const { words } = this._memory;
    if (words[DEPTH] === 0 || words[OWNER] !== thread) return;
    words[IS_ABANDONED] = 1;
    this.lot.unparkAll(ABANDONED);
  }

  // ---- for conditions

  /** @internal */
  get _isMine(): boolean {
    return this._locked(() => this.owns());
  }

  /** @internal */
  _releaseAll(): number {
    return this._locked(() => {
      const depth = this._memory.words[DEPTH]!;
      this.passOn();
      return depth;
    });
  }

  /** @internal */
  _acquisitionBack(saved: number): Operation<unknown> {
    return new Acquire(this, saved);
  }

  /** @internal */
  override _state(): string {
    const { depth, owner, abandoned, waiters } = this.statistics();
    const state = depth === 0 ? "unlocked" : `${abandoned ? "abandoned" : "locked"} by thread ${owner}, count:${depth}`;
    return waiters > 0 ? `${state}, waiters:${waiters}` : state;
  }
}

class Acquire extends Operation<Guard> {
  private readonly lock: RLock;
  private readonly depth: number;

  constructor(lock: RLock, depth: number) {
    super(lock);
    this.lock = lock;
    this.depth = depth;
  }

  protected override attempt(): boolean {
    if (!this.lock._tryTake(this.depth)) return this.park(this.lock._line);
    this.result = new Guard(this.lock, null);
    return true;
  }

  protected override woken(value: number): boolean {
    if (value === ABANDONED) throw abandonedBy(this.memory.words[OWNER]!);
    this.lock._hold(this.depth);
    this.result = new Guard(this.lock, null);
    return true;
  }
}

const acquireMethod = asyncMethod("acquireAsync");
registerKind("RLock", (memory) => new RLock(memory));
