import type { EventLoop } from "../tasks/event-loop.ts";
import { CANCELLED, FINISHED, PENDING } from "../tasks/future.ts";
import { PrivateFuture } from "../tasks/private-future.ts";

/** One who waits in a parking lot: the future that its task waits for, and its place in the queue, in one object. */
export class Waiter<V = void> extends PrivateFuture<V> {
  /** @internal */ _lot: ParkingLot<V> | null;
  /** @internal */ _ahead: Waiter<V> | null;
  /** @internal */ _behind: Waiter<V> | null;

  constructor(loop: EventLoop) {
    super(loop);
    this._lot = null;
    this._ahead = null;
    this._behind = null;
  }

  /** Ends the wait without a wake-up. The waiter keeps its place until its task goes on and leaves. */
  override cancel(message?: unknown): boolean {
    if (!super.cancel(message)) return false;
    if (this._lot !== null) this._lot._cancelled++;
    return true;
  }

  /** @internal */
  override get _subject(): unknown {
    return this._lot?.owner ?? this;
  }

  /** @internal */
  override _repr(): string {
    return super._repr().replace(/^<\w+/, "<Future");
  }
}

export interface ParkingLotStatistics {
  /** How many tasks wait, those that are awake already and have not gone on yet included. */
  readonly waiters: number;
}

/**
 * The one place where tasks wait for each other: the queue under all locks, queues and channels. First in, first out; to
 * park, to wake the first and to leave take constant time, whatever the number of waiters.
 * trio: `ParkingLot`; anyio and trio stand on it for the reason that asyncio's primitives, each with a deque of its own,
 * had the same bugs in turn for ten years (bpo-27585, gh-90155, gh-111693).
 *
 * A waiter is in one of four states:
 *  - parked: its future is pending;
 *  - woken: the future has its value, the task's step is queued;
 *  - cancelled: the future is cancelled, the task's step is queued;
 *  - gone: the task has gone on and called `leave`.
 * As in asyncio a waiter that is woken or cancelled still stands in the queue until its task goes on: that is how a
 * newcomer sees that somebody was there before it.
 *
 * **Cancel between wake-up and resume.** A task can be cancelled after its waiter was woken and before it goes on. Then
 * the wake-up, with all that it stands for (a permit, an item, a notification), has been spent on somebody who does not
 * use it. `leave` tells: when it returns true and the task goes on with an error, the wake-up must be given back.
 * `ParkedCoroutine` is the usual way to wait here, and sees to that.
 */
export class ParkingLot<V = void> {
  /** The lock, queue … that it belongs to, for reports. */
  readonly owner: object | null;
  /** How many stand in the queue: parked, woken and cancelled. */
  length: number = 0;
  /** How many of them are cancelled. @internal */
  _cancelled: number = 0;
  private first: Waiter<V> | null = null;
  private last: Waiter<V> | null = null;
  /** Nobody before it is parked; it need not be parked itself. Moves back only, so that skipping costs nothing in sum. */
  private firstParked: Waiter<V> | null = null;

  constructor(owner: object | null = null) {
    this.owner = owner;
  }

  /** Queues a waiter, which its coroutine has to wait for at once and to take out with `leave`, however the wait ends. */
  park<W extends Waiter<V>>(waiter: W): W {
    const { last } = this;
    waiter._lot = this;
    waiter._ahead = last;
    if (last === null) this.first = waiter;
    else last._behind = waiter;
    this.last = waiter;
    this.firstParked ??= waiter;
    this.length++;
    return waiter;
  }

  /** Takes a waiter out whose task has gone on. Returns whether it had been woken. A second call does nothing. */
  leave(waiter: Waiter<V>): boolean {
    if (waiter._lot !== this) return false;
    const { _ahead: ahead, _behind: behind } = waiter;
    if (ahead === null) this.first = behind;
    else ahead._behind = behind;
    if (behind === null) this.last = ahead;
    else behind._ahead = ahead;
    if (this.firstParked === waiter) this.firstParked = behind;
    waiter._lot = waiter._ahead = waiter._behind = null;
    this.length--;
    if (waiter._state === CANCELLED) this._cancelled--;
    return waiter._state === FINISHED;
  }

  /** Wakes the first that is parked; its task goes on in the loop's next iteration. Null when nobody is parked. */
  unpark(value: V): Waiter<V> | null {
    const waiter = this.peek();
    if (waiter === null) return null;
    this.firstParked = waiter._behind;
    waiter._value = value;
    waiter._state = FINISHED;
    waiter._schedule();
    return waiter;
  }

  /** Wakes the first `count` that are parked, in order; returns how many there were. */
  unparkMany(count: number, value: V): number {
    let woken = 0;
    while (woken < count && this.unpark(value) !== null) woken++;
    return woken;
  }

  /** The first that is parked; null when nobody is. */
  peek(): Waiter<V> | null {
    let waiter = this.firstParked;
    while (waiter !== null && waiter._state !== PENDING) waiter = waiter._behind;
    this.firstParked = waiter;
    return waiter;
  }

  /** The first in the queue, which may be woken or cancelled already. */
  get head(): Waiter<V> | null {
    return this.first;
  }

  /** Whether somebody stands in the queue who is not cancelled: a newcomer has to go to its end. */
  get inUse(): boolean {
    return this.length > this._cancelled;
  }

  /** For reports: the state of its owner, and how many wait. */
  describe(state: string): string {
    return this.length > 0 ? `${state}, waiters:${this.length}` : state;
  }

  statistics(): ParkingLotStatistics {
    return { waiters: this.length };
  }
}
