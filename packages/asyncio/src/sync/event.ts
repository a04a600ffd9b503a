import type { Coroutine } from "../tasks/coroutine.ts";
import type { Step } from "../tasks/stepped-coroutine.ts";
import { LoopBound } from "./loop-bound.ts";
import { ParkedCoroutine } from "./parked-coroutine.ts";
import { ParkingLot, Waiter } from "./parking-lot.ts";

export interface EventStatistics {
  readonly isSet: boolean;
  /** How many tasks wait for it. */
  readonly waiters: number;
}

/** A flag that tasks wait for. asyncio: `Event`. */
export class Event extends LoopBound {
  private readonly lot: ParkingLot = new ParkingLot(this);
  private flag: boolean = false;

  /** Sets the flag and wakes all that wait; they go on even when `clear` follows at once. */
  set(): void {
    if (this.flag) return;
    this.flag = true;
    this.lot.unparkMany(Infinity);
  }

  /** From now on `wait` waits again. */
  clear(): void {
    this.flag = false;
  }

  isSet(): boolean {
    return this.flag;
  }

  /** Waits until the flag is set, without suspending when it is. Always gives true. asyncio: `wait()`. */
  wait(): Coroutine<true> {
    return new Wait(this);
  }

  statistics(): EventStatistics {
    return { isSet: this.flag, waiters: this.lot.length };
  }

  /** @internal */
  _park(): Waiter {
    return this.lot.park(new Waiter(this._bind()));
  }

  /** @internal */
  override _state(): string {
    return this.lot.describe(this.flag ? "set" : "unset");
  }
}

class Wait extends ParkedCoroutine<true> {
  private readonly event: Event;

  constructor(event: Event) {
    super();
    this.event = event;
  }

  get name(): string {
    return "wait";
  }

  protected override begin(): Step<true> {
    return this.event.isSet() ? this.over(true) : this.wait(this.event._park());
  }

  protected override woken(): Step<true> {
    return this.over(true);
  }

  /** `set` is for all: nobody else has less because one has left. */
  protected override lost(): void {}
}
