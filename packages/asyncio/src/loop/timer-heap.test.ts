import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Timer, TimerHeap } from "./timer-heap.ts";

class TestTimer implements Timer {
  _cancelled: boolean = false;
  _scheduled: boolean = false;
  readonly when: number;
  readonly order: number;
  constructor(when: number, order: number) {
    this.when = when;
    this.order = order;
  }
  _run(): void {}
}

function cancel(heap: TimerHeap, timer: TestTimer): void {
  if (timer._cancelled) return;
  timer._cancelled = true;
  if (timer._scheduled) heap.noteCancelled();
}

describe("the timer heap", () => {
  it("gives the live timers as a sorted list would, first in first out within an instant", () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ op: fc.constant("push" as const), n: fc.integer({ min: 0, max: 20 }) }) },
      { weight: 2, arbitrary: fc.record({ op: fc.constant("cancel" as const), n: fc.nat() }) },
      { weight: 1, arbitrary: fc.record({ op: fc.constant("pop" as const), n: fc.integer({ min: 0, max: 25 }) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400, size: "max" }), (steps) => {
        const heap = new TimerHeap();
        const made: TestTimer[] = [];
        let live: TestTimer[] = [];
        const sorted = () => [...live].sort((a, b) => a.when - b.when || a.order - b.order);
        for (const { op, n } of steps) {
          if (op === "push") {
            const timer = new TestTimer(n, made.length);
            made.push(timer);
            live.push(timer);
            heap.push(n, timer);
          } else if (op === "cancel" && made.length > 0) {
            const timer = made[n % made.length]!;
            cancel(heap, timer);
            live = live.filter((each) => each !== timer);
          } else if (op === "pop") {
            const expected = sorted()[0];
            const popped = heap.popDue(n);
            if (expected === undefined || expected.when > n) {
              if (popped !== null) throw new Error("a timer that is not due");
            } else {
              if (popped !== expected) throw new Error("another timer");
              live = live.filter((each) => each !== popped);
            }
          }
          if (heap.nextTime() !== (sorted()[0]?.when ?? Infinity)) throw new Error("another next time");
          if (heap.size > Math.max(100, live.length * 2)) throw new Error("more than twice the live ones");
        }
        for (const expected of sorted()) if (heap.popDue(Infinity) !== expected) throw new Error("another timer");
        if (heap.popDue(Infinity) !== null) throw new Error("one too many");
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it("fires timers of one instant in the order in which they were set", () => {
    const heap = new TimerHeap();
    const timers = Array.from({ length: 1000 }, (_, order) => new TestTimer(order % 3, order));
    for (const timer of timers) heap.push(timer.when, timer);
    const popped = timers.map(() => heap.popDue(10) as TestTimer);
    expect(popped.map((timer) => timer.when * 1000 + timer.order)).toEqual(
      timers.map((timer) => timer.when * 1000 + timer.order).sort((a, b) => a - b),
    );
  });

  it("keeps that order when cancelled timers are swept out in between", () => {
    const heap = new TimerHeap();
    const timers = Array.from({ length: 500 }, (_, order) => new TestTimer(7, order));
    for (const timer of timers) heap.push(7, timer);
    for (const timer of timers) if (timer.order % 5 !== 0) cancel(heap, timer);
    expect(heap.size).toBeLessThanOrEqual(200);
    const orders: number[] = [];
    for (let timer = heap.popDue(7); timer !== null; timer = heap.popDue(7)) orders.push((timer as TestTimer).order);
    expect(orders).toEqual(Array.from({ length: 100 }, (_, i) => i * 5));
  });

  it("never holds more than twice the live timers while 100,000 are set and cancelled", () => {
    const heap = new TimerHeap();
    const live: TestTimer[] = [];
    let most = 0;
    for (let i = 0; i < 100_000; i++) {
      const timer = new TestTimer(1000 + i, i);
      heap.push(timer.when, timer);
      if (i % 100 === 0) live.push(timer);
      else cancel(heap, timer);
      most = Math.max(most, heap.size - 2 * live.length);
    }
    expect(most).toBeLessThanOrEqual(101);
  });

  it("a cancelled timer at the top is dropped when the next time is asked for", () => {
    const heap = new TimerHeap();
    const first = new TestTimer(1, 0);
    heap.push(1, first);
    heap.push(2, new TestTimer(2, 1));
    cancel(heap, first);
    expect(heap.nextTime()).toBe(2);
    expect(heap.size).toBe(1);
    expect(first._scheduled).toBe(false);
  });

  it("clear() lets every timer go", () => {
    const heap = new TimerHeap();
    const timer = new TestTimer(1, 0);
    heap.push(1, timer);
    heap.clear();
    expect(timer._scheduled).toBe(false);
    expect(heap.nextTime()).toBe(Infinity);
    expect(heap.popDue(Infinity)).toBeNull();
  });

  it("takes infinitely late timers, and gives them only when asked for infinity", () => {
    const heap = new TimerHeap();
    const never = new TestTimer(Infinity, 0);
    heap.push(Infinity, never);
    expect(heap.popDue(1e300)).toBeNull();
    expect(heap.popDue(Infinity)).toBe(never);
  });
});
