import { type Delay, toSeconds } from "../loop/delay.ts";
import { BrokenBarrierError } from "../loop/errors.ts";
import type { Coroutine } from "../tasks/coroutine.ts";
import { asyncMethod, awaiting } from "./awaiting.ts";
import { type BlockingOptions, block, checkMayBlock, deadlineOf } from "./blocking.ts";
import { Operation } from "./operation.ts";
import { SharedLot } from "./shared-lot.ts";
import { SharedMemory, STATE } from "./shared-memory.ts";
import { registerKind, revive, type SharedHandle, SharedObject } from "./shared-object.ts";

const PARTIES = STATE;
const IS_BROKEN = STATE + 1;

/** The value of a place whose wait is broken off; others are the number that it gets. */
const BROKEN = -1;

export interface BarrierOptions {
  /** How long a blocking `wait` waits unless it is told otherwise. Default null: for ever. */
  readonly timeout?: Delay | null;
}

export interface SharedBarrierStatistics {
  readonly parties: number;
  readonly broken: boolean;
  /** How many threads and tasks wait for the others. */
  readonly waiters: number;
}

/**
 * A place where threads, and tasks of any of them, wait for each other until `parties` of them are there; then all go
 * on, and it can be used again. Python: `threading.Barrier`, without its `action`: a function cannot travel; let the one
 * that gets 0 do it.
 */
export class Barrier extends SharedObject {
  private readonly lot: SharedLot;
  private readonly timeout: Delay | null;

  /** Throws `RangeError` unless `parties` is an integer from 1 on. */
  constructor(parties: number, options?: BarrierOptions);
  /** @internal */
  constructor(parties: number, options: BarrierOptions, memory: SharedMemory);
  constructor(parties: number, options: BarrierOptions = {}, memory: SharedMemory = forParties(parties)) {
    super(memory);
    this.lot = new SharedLot(memory, 0);
    this.timeout = options.timeout ?? null;
    if (this.timeout !== null) toSeconds(this.timeout);
  }

  static from(handle: SharedHandle<"Barrier">): Barrier {
    return revive(handle, "Barrier") as Barrier;
  }

  override share(): SharedHandle<"Barrier"> {
    return this.handle("Barrier", [this.timeout]);
  }

  /**
   * Blocks the thread until the other parties are there; gives each of them another number from 0 to `parties - 1`.
   * When `timeout` (default: the barrier's) is over first, the barrier breaks. Throws `BrokenBarrierError` when it is or
   * gets broken or is reset, and `RuntimeError` where an event loop runs. Python: `wait()`.
   */
  wait(options: BlockingOptions = {}): number {
    const deadline = deadlineOf({ timeout: options.timeout === undefined ? this.timeout : options.timeout });
    checkMayBlock("Barrier.wait", "waitAsync", options);
    const waiting = new Wait(this);
    if (block(waiting, deadline)) return waiting.result;
    this.abort();
    throw new BrokenBarrierError();
  }

  /** Waits for the other parties, without a timeout. A task that is cancelled makes its place free again. */
  waitAsync(): Coroutine<number> {
    return awaiting(new Wait(this), waitMethod);
  }

  /** Makes the barrier empty; those that wait get `BrokenBarrierError`. Repairs a broken barrier. Python: `reset()`. */
  reset(): void {
    this.breakOff(0);
  }

  /** Breaks the barrier: who waits, and who comes, gets `BrokenBarrierError` until `reset`. Python: `abort()`. */
  abort(): void {
    this.breakOff(1);
  }

  private breakOff(broken: 0 | 1): void {
    this._locked(() => {
      this._memory.words[IS_BROKEN] = broken;
      this.lot.unparkAll(BROKEN);
    });
  }

  /** How many have to come. */
  get parties(): number {
    return this._memory.words[PARTIES]!;
  }

  /** How many wait for the others. */
  get nWaiting(): number {
    return this._locked(() => this.lot.length);
  }

  get broken(): boolean {
    return this._locked(() => this._memory.words[IS_BROKEN] === 1);
  }

  statistics(): SharedBarrierStatistics {
    const { parties, broken } = this;
    return { parties, broken, waiters: this.nWaiting };
  }

  // ---- for those that wait; under the mutex

  /** Lets all go on, when the caller is the last to come. @internal */
  _isLast(): boolean {
    const others = this.parties - 1;
    if (this.lot.length < others) return false;
    for (let number = 0; number < others; number++) this.lot.unpark(number);
    return true;
  }

  /** @internal */
  get _line(): SharedLot {
    return this.lot;
  }

  /** The others have gone on: that one of them does not is its own affair. @internal */
  override _giveBack(): void {}

  /** @internal */
  override _state(): string {
    return this.broken ? "broken" : `filling, waiters:${this.nWaiting}/${this.parties}`;
  }
}

class Wait extends Operation<number> {
  private readonly barrier: Barrier;

  constructor(barrier: Barrier) {
    super(barrier);
    this.barrier = barrier;
  }

  protected override attempt(): boolean {
    if (this.memory.words[IS_BROKEN] === 1) throw new BrokenBarrierError();
    if (!this.barrier._isLast()) return this.park(this.barrier._line);
    this.result = this.barrier.parties - 1;
    return true;
  }

  protected override woken(value: number): boolean {
    if (value === BROKEN) throw new BrokenBarrierError();
    this.result = value;
    return true;
  }
}

function forParties(parties: number): SharedMemory {
  if (!(parties >= 1)) throw new RangeError("parties must be >= 1");
  if (!Number.isInteger(parties)) throw new RangeError("parties must be an integer");
  const memory = new SharedMemory();
  memory.words[PARTIES] = parties;
  return memory;
}

const waitMethod = asyncMethod("waitAsync");
registerKind("Barrier", (memory, [timeout]) => new Barrier(0, { timeout: timeout as Delay | null }, memory));
