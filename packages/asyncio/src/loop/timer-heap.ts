import type { Runnable } from "./runnable.ts";

/** Something that is due at a time. A cancelled timer stays in the heap until it comes to the top or is swept out. */
export interface Timer extends Runnable {
  _cancelled: boolean;
  /** False once the timer has left the heap. */
  _scheduled: boolean;
}

const SWEEP_AT_LEAST = 100;

/**
 * A binary heap ordered by due time and, within one instant, by the order in which the timers were set (CPython's is
 * not stable there). Times stand in a typed array beside the timers: comparing them touches no object.
 * Cancelled timers are dropped lazily; when they are more than two fifths of a heap of over 100, all of them are swept
 * out, so that it never holds twice the live ones (asyncio sweeps at one half).
 */
export class TimerHeap {
  private times: Float64Array = new Float64Array(64);
  private orders: Float64Array = new Float64Array(64);
  private timers: (Timer | undefined)[] = [];
  private count: number = 0;
  private cancelled: number = 0;
  private nextOrder: number = 0;

  /** How many timers the heap holds, cancelled ones included. */
  get size(): number {
    return this.count;
  }

  push(when: number, timer: Timer): void {
    if (this.count === this.times.length) this.resize(this.count * 2);
    this.siftUp(this.count++, when, this.nextOrder++, timer);
    timer._scheduled = true;
  }

  /** When the next live timer is due; Infinity when there is none. Drops cancelled timers from the top. */
  nextTime(): number {
    while (this.count > 0) {
      const top = this.timers[0]!;
      if (!top._cancelled) return this.times[0]!;
      this.cancelled--;
      this.removeTop();
      top._scheduled = false;
    }
    return Infinity;
  }

  /** Takes the next live timer out if it is due by `deadline`. */
  popDue(deadline: number): Timer | null {
    if (this.nextTime() > deadline || this.count === 0) return null;
    const top = this.timers[0]!;
    this.removeTop();
    top._scheduled = false;
    return top;
  }

  /** A timer in the heap has just been cancelled. */
  noteCancelled(): void {
    this.cancelled++;
    if (this.count > SWEEP_AT_LEAST && this.cancelled * 5 > this.count * 2) this.sweep();
  }

  clear(): void {
    for (let i = 0; i < this.count; i++) this.timers[i]!._scheduled = false;
    this.times = new Float64Array(64);
    this.orders = new Float64Array(64);
    this.timers = [];
    this.count = this.cancelled = 0;
  }

  private sweep(): void {
    const { times, orders, timers } = this;
    let kept = 0;
    for (let i = 0; i < this.count; i++) {
      const timer = timers[i]!;
      if (timer._cancelled) {
        timer._scheduled = false;
        continue;
      }
      times[kept] = times[i]!;
      orders[kept] = orders[i]!;
      timers[kept++] = timer;
    }
    timers.length = kept;
    this.count = kept;
    this.cancelled = 0;
    for (let i = (kept >> 1) - 1; i >= 0; i--) this.siftDown(i, times[i]!, orders[i]!, timers[i]!);
    if (this.times.length > 1024 && kept * 4 < this.times.length) this.resize(Math.max(64, kept * 2));
  }

  private removeTop(): void {
    const last = --this.count;
    const { times, orders, timers } = this;
    const timer = timers[last]!;
    timers.pop();
    if (last > 0) this.siftDown(0, times[last]!, orders[last]!, timer);
  }

  private siftUp(index: number, when: number, order: number, timer: Timer): void {
    const { times, orders, timers } = this;
    let i = index;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      // A new timer has the highest order of all, so it moves up only past later ones.
      if (times[parent]! <= when) break;
      times[i] = times[parent]!;
      orders[i] = orders[parent]!;
      timers[i] = timers[parent];
      i = parent;
    }
    times[i] = when;
    orders[i] = order;
    timers[i] = timer;
  }

  private siftDown(index: number, when: number, order: number, timer: Timer): void {
    const { times, orders, timers, count } = this;
    let i = index;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= count) break;
      const right = child + 1;
      if (
        right < count &&
        (times[right]! < times[child]! || (times[right]! === times[child]! && orders[right]! < orders[child]!))
      ) {
        child = right;
      }
      const time = times[child]!;
      if (time > when || (time === when && orders[child]! > order)) break;
      times[i] = time;
      orders[i] = orders[child]!;
      timers[i] = timers[child];
      i = child;
    }
    times[i] = when;
    orders[i] = order;
    timers[i] = timer;
  }

  private resize(capacity: number): void {
    const times = new Float64Array(capacity);
    const orders = new Float64Array(capacity);
    times.set(this.times.subarray(0, this.count));
    orders.set(this.orders.subarray(0, this.count));
    this.times = times;
    this.orders = orders;
  }
}
