import type { Runnable } from "./runnable.ts";

const SMALLEST = 64;

/** First in, first out: a ring in an array whose length is a power of two. It grows by doubling and shrinks when idle. */
export class ReadyQueue {
  private ring: (Runnable | undefined)[] = new Array(SMALLEST);
  private mask: number = SMALLEST - 1;
  private head: number = 0;
  length: number = 0;

  push(item: Runnable): void {
    if (this.length > this.mask) this.grow();
    this.ring[(this.head + this.length) & this.mask] = item;
    this.length++;
  }

  /** The oldest item. The queue must not be empty. */
  shift(): Runnable {
    const { head } = this;
    const item = this.ring[head]!;
    this.ring[head] = undefined;
    this.head = (head + 1) & this.mask;
    this.length--;
    return item;
  }

  /** Gives back what a burst has needed. The queue must be empty. */
  shrink(): void {
    if (this.mask < 65_536) return;
    this.ring = new Array(SMALLEST);
    this.mask = SMALLEST - 1;
    this.head = 0;
  }

  clear(): void {
    this.head = 0;
    this.length = 0;
    this.ring = new Array(SMALLEST);
    this.mask = SMALLEST - 1;
  }

  /** Exchanges two of the first `length` items; for schedulers that choose their own order. */
  swap(i: number, j: number): void {
    const a = (this.head + i) & this.mask;
    const b = (this.head + j) & this.mask;
    const item = this.ring[a];
    this.ring[a] = this.ring[b];
    this.ring[b] = item;
  }

  private grow(): void {
    const { ring, head, length } = this;
    const bigger = new Array<Runnable | undefined>(ring.length * 2);
    for (let i = 0; i < length; i++) bigger[i] = ring[(head + i) & this.mask];
    this.ring = bigger;
    this.mask = bigger.length - 1;
    this.head = 0;
  }
}
