import { growTo, limitOf } from "./shared-memory.ts";

/** Where a queue keeps the bytes of its items, in shared memory that grows by doubling. Used under the mutex. */
export interface ByteStore {
  push(bytes: Uint8Array): void;
  /** The next item's bytes, as a copy; there is one. */
  take(): Uint8Array;
  clear(): void;
}

/** Each item is preceded (or in a stack, followed) by its length in one word, and fills whole words. */
export function storedSize(length: number): number {
  return 4 + ((length + 3) & ~3);
}

/** The words of a queue's state that belong to its bytes. */
export interface StoreWords {
  readonly words: Int32Array;
  /** The index of the word that counts the bytes in use. */
  readonly used: number;
  /** The index of the word that says where the first item begins. */
  readonly head: number;
}

abstract class Store {
  protected readonly data: SharedArrayBuffer;
  protected readonly words: Int32Array;
  private readonly at: StoreWords;

  constructor(data: SharedArrayBuffer, at: StoreWords) {
    this.data = data;
    this.words = at.words;
    this.at = at;
  }

  protected get used(): number {
    return this.words[this.at.used]!;
  }
  protected set used(bytes: number) {
    this.words[this.at.used] = bytes;
  }
  protected get head(): number {
    return this.words[this.at.head]!;
  }
  protected set head(offset: number) {
    this.words[this.at.head] = offset;
  }

  clear(): void {
    this.used = 0;
    this.head = 0;
  }

  protected grow(needed: number): void {
    growTo(this.data, Math.min(limitOf(this.data), Math.max(needed, this.data.byteLength * 2)));
  }

  /** A copy of some bytes that lie in one piece. */
  protected copy(from: number, length: number): Uint8Array {
    return new Uint8Array(this.data, from, length).slice();
  }
}

/** First in, first out: a ring. */
export class ByteRing extends Store implements ByteStore {
  push(bytes: Uint8Array): void {
    const size = storedSize(bytes.length);
    if (this.used + size > this.data.byteLength) this.growRing(this.used + size);
    const capacity = this.data.byteLength;
    const start = (this.head + this.used) % capacity;
    new Int32Array(this.data, start, 1)[0] = bytes.length;
    const at = (start + 4) % capacity;
    const first = Math.min(bytes.length, capacity - at);
    const all = new Uint8Array(this.data);
    all.set(first === bytes.length ? bytes : bytes.subarray(0, first), at);
    if (first < bytes.length) all.set(bytes.subarray(first), 0);
    this.used += size;
  }

  take(): Uint8Array {
    const capacity = this.data.byteLength;
    const { head } = this;
    const length = new Int32Array(this.data, head, 1)[0]!;
    const at = (head + 4) % capacity;
    const first = Math.min(length, capacity - at);
    let bytes: Uint8Array;
    if (first === length) {
      bytes = this.copy(at, length);
    } else {
      bytes = new Uint8Array(length);
      bytes.set(new Uint8Array(this.data, at, first), 0);
      bytes.set(new Uint8Array(this.data, 0, length - first), first);
    }
    const size = storedSize(length);
    this.used -= size;
    this.head = this.used === 0 ? 0 : (head + size) % capacity;
    return bytes;
  }

  /** What lies before the wrap moves to the new end, so that it is in front of the rest again. */
  private growRing(needed: number): void {
    const before = this.data.byteLength;
    const { head } = this;
    const wrapped = head + this.used > before;
    this.grow(needed);
    if (!wrapped) return;
    const moved = before - head;
    this.head = this.data.byteLength - moved;
    new Uint8Array(this.data).copyWithin(this.head, head, before);
  }
}

/** Last in, first out: a stack. */
export class ByteStack extends Store implements ByteStore {
  push(bytes: Uint8Array): void {
    const { used } = this;
    const size = storedSize(bytes.length);
    if (used + size > this.data.byteLength) this.grow(used + size);
    new Uint8Array(this.data).set(bytes, used);
    new Int32Array(this.data, used + size - 4, 1)[0] = bytes.length;
    this.used = used + size;
  }

  take(): Uint8Array {
    const length = new Int32Array(this.data, this.used - 4, 1)[0]!;
    this.used -= storedSize(length);
    return this.copy(this.used, length);
  }
}
