const SMALLEST = 16;
const LARGEST = 1024;

/** A stretch of a `Fifo`. */
class Chunk<T> {
  readonly items: (T | undefined)[];
  readonly size: number;
  next: Chunk<T> | null;

  constructor(size: number, next: Chunk<T> | null) {
    this.items = new Array(size);
    this.size = size;
    this.next = next;
  }
}

/**
 * First in, first out, in constant time at both ends: a chain of small arrays. A backlog is never copied (a ring that
 * doubles is a fifth slower when a producer runs ahead), and its memory goes as it is taken.
 */
export class Fifo<T> {
  length: number = 0;
  private first: Chunk<T> = new Chunk<T>(SMALLEST, null);
  private last: Chunk<T> = this.first;
  /** Where the next item is in the first chunk, and where the next free place is in the last. */
  private head: number = 0;
  private end: number = 0;

  /** Adds behind the newest item. */
  push(item: T): void {
    if (this.end === this.last.size) this.append();
    this.last.items[this.end++] = item;
    this.length++;
  }

  /** Adds before the oldest item. */
  unshift(item: T): void {
    if (this.length === 0) return this.push(item);
    if (this.head === 0) {
      this.first = new Chunk(SMALLEST, this.first);
      this.head = SMALLEST;
    }
    this.first.items[--this.head] = item;
    this.length++;
  }

  /** Takes the oldest item. There must be one. */
  take(): T {
    const { first, head } = this;
    const item = first.items[head] as T;
    first.items[head] = undefined;
    this.head = head + 1;
    if (--this.length === 0) {
      this.first = this.last;
      this.head = this.end = 0;
    } else if (this.head === first.size) {
      this.first = first.next!;
      this.head = 0;
    }
    return item;
  }

  clear(): void {
    this.first = this.last = new Chunk<T>(SMALLEST, null);
    this.head = this.end = this.length = 0;
  }

  /** The items, the oldest first. */
  toArray(): T[] {
    const all: T[] = [];
    let at = this.head;
    for (let chunk: Chunk<T> | null = this.first; all.length < this.length; chunk = chunk!.next, at = 0) {
      const end = Math.min(chunk!.size, at + this.length - all.length);
      for (; at < end; at++) all.push(chunk!.items[at] as T);
    }
    return all;
  }

  private append(): void {
    const { last } = this;
    const size = this.length < last.size ? last.size : Math.min(LARGEST, last.size * 2);
    this.last = new Chunk<T>(size, null);
    last.next = this.last;
    this.end = 0;
  }
}
