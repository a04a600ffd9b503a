import { isOfThisThread, isWoken, placeValue, type SharedLot } from "./shared-lot.ts";
import { hasBeenTerminated, type SharedMemory } from "./shared-memory.ts";
import type { SharedObject } from "./shared-object.ts";

/**
 * One call that may have to wait: `acquire`, `get`, `wait`. A subclass says what it tries first and what it does when it
 * has been woken; a thread that blocks (`blocking.ts`) and a task that awaits (`awaiting.ts`) carry it out alike.
 */
export abstract class Operation<T> {
  readonly object: SharedObject;
  /** What it gives in the end. */
  result!: T;
  /** The place in line; 0 while it has none. */
  place: number = 0;
  private lot: SharedLot | null = null;

  constructor(object: SharedObject) {
    this.object = object;
  }

  get memory(): SharedMemory {
    return this.object._memory;
  }

  /** Does it and returns true, or parks and returns false. Under the mutex. */
  protected abstract attempt(): boolean;
  /** The same after it has been woken with `value`. What this throws ends the call; nothing is given back. */
  protected abstract woken(value: number): boolean;

  /** Stands in line from now on; what `attempt` and `woken` return. */
  protected park(lot: SharedLot, value: number = 0): false {
    this.lot = lot;
    this.place = lot.park(value);
    return false;
  }

  /** True when it is done at once. */
  start(): boolean {
    return this.object._locked(() => this.attempt());
  }

  /** It has been woken. True when it is done. */
  goOn(): boolean {
    return this.object._locked(() => {
      this.checkPlace();
      return this.woken(this.takeValue());
    });
  }

  /** True when it has been woken meanwhile; otherwise it is out of the line, and has taken nothing. */
  stopWaiting(): boolean {
    return this.object._locked(() => {
      this.checkPlace();
      if (isWoken(this.memory, this.place)) return true;
      this.leaveLine();
      return false;
    });
  }

  /** It will not go on. What it has been woken with goes to the next. A second call does nothing. */
  giveUp(): void {
    if (this.place === 0) return;
    this.object._locked(() => {
      if (!isOfThisThread(this.memory, this.place)) return;
      if (!isWoken(this.memory, this.place)) return this.leaveLine();
      this.object._giveBack(this.lot!.index, this.takeValue());
    });
  }

  /** A thread that was terminated may run on for a while, after its place has been taken from it. */
  private checkPlace(): void {
    if (isOfThisThread(this.memory, this.place)) return;
    this.place = 0;
    throw hasBeenTerminated();
  }

  private takeValue(): number {
    const { place, memory } = this;
    const value = placeValue(memory, place);
    memory.freePlace(place);
    this.place = 0;
    return value;
  }

  private leaveLine(): void {
    this.lot!.leave(this.place);
    this.place = 0;
  }
}
