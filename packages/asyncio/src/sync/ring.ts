const SMALLEST = 16;
/** An array that has grown beyond this is given back when the ring is empty. */
const WORTH_GIVING_BACK = 65_536;

/** First in, first out, in constant time at both ends: a ring in an array whose length is a power of two. */
export class Ring<T> {
  length: number = 0;
  private items: (T | undefined)[] = new Array(SMALLEST);
  private mask: number = SMALLEST - 1;
  private head: number = 0;

  /** Adds behind the newest item. */
  push(item: T): void {
    if (this.length > this.mask) this.grow();
    this.items[(this.head + this.length) & this.mask] = item;
    this.length++;
  }

  /** Adds before the oldest item. */
  unshift(item: T): void {
    if (this.length > this.mask) this.grow();
    this.head = (this.head - 1) & this.mask;
    this.items[this.head] = item;
    this.length++;
  }

  /** Takes the oldest item. The ring must not be empty. */
  take(): T {
    const { items, head } = this;
    const item = items[head] as T;
    items[head] = undefined;
    this.head = (head + 1) & this.mask;
    if (--this.length === 0 && this.mask >= WORTH_GIVING_BACK) this.clear();
    return item;
  }

  clear(): void {
    this.items = new Array(SMALLEST);
    this.mask = SMALLEST - 1;
    this.head = this.length = 0;
  }

  /** The items, the oldest first. */
  toArray(): T[] {
    return Array.from({ length: this.length }, (_, i) => this.items[(this.head + i) & this.mask] as T);
  }

  private grow(): void {
    const { items, head, length } = this;
    const bigger = new Array<T | undefined>(items.length * 2);
    for (let i = 0; i < length; i++) bigger[i] = items[(head + i) & this.mask];
    this.items = bigger;
    this.mask = bigger.length - 1;
    this.head = 0;
  }
}
