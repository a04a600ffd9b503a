import { Queue, type QueueItems } from "./queue.ts";

/** A queue that gives the newest item first; otherwise as `Queue`. asyncio: `LifoQueue`. */
export class LifoQueue<T = unknown> extends Queue<T> {
  constructor(maxsize: number = 0) {
    super(maxsize, new Stack<T>());
  }
}

class Stack<T> implements QueueItems<T> {
  private readonly items: T[] = [];

  get length(): number {
    return this.items.length;
  }

  push(item: T): void {
    this.items.push(item);
  }

  take(): T {
    return this.items.pop() as T;
  }

  clear(): void {
    this.items.length = 0;
  }

  toArray(): T[] {
    return [...this.items];
  }
}
