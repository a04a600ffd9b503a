import type { Coroutine } from "../tasks/coroutine.ts";
import { asyncMethod, awaiting } from "./awaiting.ts";
import { type BlockingOptions, block, checkMayBlock, deadlineOf } from "./blocking.ts";
import { Operation } from "./operation.ts";
import { SharedLot } from "./shared-lot.ts";
import { SharedMemory, STATE } from "./shared-memory.ts";
import { registerKind, revive, type SharedHandle, SharedObject } from "./shared-object.ts";

const FLAG = STATE;

export interface SharedEventStatistics {
  readonly isSet: boolean;
  /** How many threads and tasks wait for it. */
  readonly waiters: number;
}

/** A flag that threads, and tasks of any of them, wait for. Python: `threading.Event`. */
export class Event extends SharedObject {
  private readonly lot: SharedLot;

  constructor();
  /** @internal */
  constructor(memory: SharedMemory);
  constructor(memory: SharedMemory = new SharedMemory()) {
    super(memory);
    this.lot = new SharedLot(memory, 0);
  }

  static from(handle: SharedHandle<"Event">): Event {
    return revive(handle, "Event") as Event;
  }

  override share(): SharedHandle<"Event"> {
    return this.handle("Event");
  }

  /** Sets the flag and wakes all that wait; they go on even when `clear` follows at once. */
  set(): void {
    this._locked(() => {
      this._memory.words[FLAG] = 1;
      this.lot.unparkAll(0);
    });
  }

  /** From now on those who come have to wait again. */
  clear(): void {
    this._locked(() => {
      this._memory.words[FLAG] = 0;
    });
  }

  isSet(): boolean {
    return this._locked(() => this._memory.words[FLAG] === 1);
  }

  /**
   * Blocks the thread until the flag is set. False when `timeout` was over first. Throws `RuntimeError` where an event
   * loop runs. Python: `wait()`.
   */
  wait(options: BlockingOptions = {}): boolean {
    const deadline = deadlineOf(options);
    if (deadline !== 0) checkMayBlock("Event.wait", "waitAsync", options);
    return block(new Wait(this), deadline);
  }

  /** Waits until the flag is set. Always gives true. */
  waitAsync(): Coroutine<true> {
    return awaiting(new Wait(this), waitMethod);
  }

  statistics(): SharedEventStatistics {
    return this._locked(() => ({ isSet: this._memory.words[FLAG] === 1, waiters: this.lot.length }));
  }

  /** @internal */
  get _line(): SharedLot {
    return this.lot;
  }

  /** `set` is for all: nobody else has less because one has left. @internal */
  override _giveBack(): void {}

  /** @internal */
  override _state(): string {
    const { isSet, waiters } = this.statistics();
    const state = isSet ? "set" : "unset";
    return waiters > 0 ? `${state}, waiters:${waiters}` : state;
  }
}

class Wait extends Operation<true> {
  private readonly event: Event;

  constructor(event: Event) {
    super(event);
    this.event = event;
    this.result = true;
  }

  protected override attempt(): boolean {
    return this.memory.words[FLAG] === 1 || this.park(this.event._line);
  }

  protected override woken(): boolean {
    return true;
  }
}

const waitMethod = asyncMethod("waitAsync");
registerKind("Event", (memory) => new Event(memory));
