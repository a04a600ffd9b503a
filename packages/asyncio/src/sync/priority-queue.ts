import { Heap } from "./heap.ts";
import { checkOrdered, naturalLess } from "./natural-order.ts";
import { Queue, type QueueItems } from "./queue.ts";

export interface PriorityQueueOptions<T> {
  /** Negative when `a` comes out before `b`, as for `Array.prototype.sort`. Default: numbers, strings, … see there. */
  readonly compare?: (a: T, b: T) => number;
}

/**
 * A queue that gives the smallest item first; otherwise as `Queue`. asyncio: `PriorityQueue`.
 *
 * Without `compare`, numbers, bigints, strings (by code points) and dates are ordered, and arrays of them as Python orders
 * tuples: `[priority, item]`. Items that compare equal come out in no particular order (the same as in Python); number
 * them if it matters. What cannot be compared is a `TypeError`, from `put` as a rule; from `get` when two items have not
 * met before. Then, and when `compare` throws, the queue is as it was and nothing is lost.
 */
export class PriorityQueue<T = unknown> extends Queue<T> {
  constructor(maxsize: number = 0, options: PriorityQueueOptions<T> = {}) {
    super(maxsize, orderedItems(options.compare));
  }
}

function orderedItems<T>(compare: ((a: T, b: T) => number) | undefined): QueueItems<T> {
  if (compare === undefined) return new NaturalHeap<T>(naturalLess);
  if (typeof compare !== "function") throw new TypeError("compare must be a function");
  return new Heap<T>((a, b) => {
    const order = compare(a, b);
    if (Number.isNaN(Number(order))) throw new TypeError(`compare() must return a number, not ${String(order)}`);
    return order < 0;
  });
}

/** A heap that does not let in what could never be compared. */
class NaturalHeap<T> extends Heap<T> {
  override push(item: T): void {
    checkOrdered(item);
    super.push(item);
  }
}
