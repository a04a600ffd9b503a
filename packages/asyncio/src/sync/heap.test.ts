import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Heap } from "./heap.ts";

/** Python's heapq, line by line. */
function heappush(heap: number[], item: number): void {
  heap.push(item);
  siftdown(heap, 0, heap.length - 1);
}
function heappop(heap: number[]): number {
  const last = heap.pop()!;
  if (heap.length === 0) return last;
  const first = heap[0]!;
  heap[0] = last;
  let pos = 0;
  let child = 1;
  while (child < heap.length) {
    const right = child + 1;
    if (right < heap.length && !(key(heap[child]!) < key(heap[right]!))) child = right;
    heap[pos] = heap[child]!;
    pos = child;
    child = 2 * pos + 1;
  }
  heap[pos] = last;
  siftdown(heap, 0, pos);
  return first;
}
function siftdown(heap: number[], start: number, from: number): void {
  const item = heap[from]!;
  let pos = from;
  while (pos > start) {
    const parent = (pos - 1) >> 1;
    if (!(key(item) < key(heap[parent]!))) break;
    heap[pos] = heap[parent]!;
    pos = parent;
  }
  heap[pos] = item;
}
/** Many items compare equal, so that their order shows. */
const key = (item: number): number => item % 5;

describe("a heap", () => {
  it("keeps its items as heapq does", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(1000), fc.constant(null)), { maxLength: 80, size: "max" }), (program) => {
        const heap = new Heap<number>((a, b) => key(a) < key(b));
        const reference: number[] = [];
        for (const item of program) {
          if (item !== null) {
            heap.push(item);
            heappush(reference, item);
          } else if (reference.length > 0) {
            expect(heap.take()).toBe(heappop(reference));
          }
          expect(heap.toArray()).toEqual(reference);
        }
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it("is as it was when a comparison throws", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 2, maxLength: 40, size: "max" }), fc.nat(8), (items, after) => {
        let left = Infinity;
        const heap = new Heap<number>((a, b) => {
          if (left-- <= 0) throw new Error("no");
          return a < b;
        });
        for (const item of items) heap.push(item);
        const before = heap.toArray();
        for (const act of [() => heap.take(), () => heap.push(-1)]) {
          left = after;
          try {
            act();
            return;
          } catch {
            expect(heap.toArray()).toEqual(before);
          }
        }
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});
