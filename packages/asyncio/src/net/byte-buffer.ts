import { allocate, NO_BYTES } from "./bytes.ts";

/** Pieces from this size on are kept as they are; a smaller one that has to wait is copied beside its neighbours. */
const LARGE = 1024;
const SMALLEST_BLOCK = 1024;
const LARGEST_BLOCK = 64 * 1024;

/** Some of the bytes, in their order. */
export class Chunk {
  readonly bytes: Uint8Array;
  start: number;
  end: number;
  /** A block of the buffer's own, which is filled behind `end` with what comes next. */
  readonly isBlock: boolean;
  next: Chunk | null = null;

  constructor(bytes: Uint8Array, end: number, isBlock: boolean) {
    this.bytes = bytes;
    this.start = 0;
    this.end = end;
    this.isBlock = isBlock;
  }
}

/**
 * Received bytes that have not been read: a chain of the pieces as they came. What lies within one piece is read as a
 * view of it; only what lies across pieces is copied, once. Memory that has been handed out is never written again.
 *
 * Small pieces are gathered in blocks, because each costs some hundred bytes beside its content: a peer that sends
 * single bytes must not take a hundred times the memory of what it sends.
 */
export class ByteBuffer {
  length: number = 0;
  first: Chunk | null = null;
  private last: Chunk | null = null;
  /** Counts whenever bytes leave or are put in front: positions from before are void. */
  epoch: number = 0;

  /** Adds bytes, whose memory belongs to the buffer from now on. */
  append(bytes: Uint8Array): void {
    const { last } = this;
    const size = bytes.length;
    if (last !== null && size < LARGE) {
      if (!last.isBlock || last.bytes.length - last.end < size) return this.appendBlock(bytes);
      last.bytes.set(bytes, last.end);
      last.end += size;
      this.length += size;
    } else {
      this.link(new Chunk(bytes, size, false));
    }
  }

  private appendBlock(bytes: Uint8Array): void {
    const wanted = Math.min(Math.max(SMALLEST_BLOCK, this.length), LARGEST_BLOCK);
    const block = allocate(wanted);
    block.set(bytes);
    this.link(new Chunk(block, bytes.length, true));
  }

  private link(chunk: Chunk): void {
    if (this.last === null) this.first = chunk;
    else this.last.next = chunk;
    this.last = chunk;
    this.length += chunk.end;
  }

  /** Takes the first `count` bytes; so many are there. */
  take(count: number): Uint8Array {
    const { first } = this;
    if (first === null || count === 0) return NO_BYTES;
    this.epoch++;
    this.length -= count;
    const end = first.start + count;
    if (end > first.end) return this.join(count);
    const { bytes, start } = first;
    if (end === first.end) this.dropFirst(first);
    else first.start = end;
    return count === bytes.length ? bytes : bytes.subarray(start, end);
  }

  private join(count: number): Uint8Array {
    const all = allocate(count);
    let filled = 0;
    while (filled < count) {
      const chunk = this.first!;
      const end = Math.min(chunk.end, chunk.start + count - filled);
      all.set(chunk.bytes.subarray(chunk.start, end), filled);
      filled += end - chunk.start;
      if (end === chunk.end) this.dropFirst(chunk);
      else chunk.start = end;
    }
    return all;
  }

  private dropFirst(first: Chunk): void {
    this.first = first.next;
    if (first.next === null) this.last = null;
  }

  takeAll(): Uint8Array {
    return this.take(this.length);
  }

  clear(): void {
    this.first = this.last = null;
    this.length = 0;
    this.epoch++;
  }

  /** Moves all bytes of `other` behind those that are here. */
  appendAll(other: ByteBuffer): void {
    if (other.first === null) return;
    if (this.last === null) this.first = other.first;
    else this.last.next = other.first;
    this.last = other.last;
    this.length += other.length;
    other.clear();
  }

  /** Moves all bytes of `other` before those that are here. */
  prependAll(other: ByteBuffer): void {
    if (other.first === null) return;
    this.epoch++;
    other.last!.next = this.first;
    this.last ??= other.last;
    this.first = other.first;
    this.length += other.length;
    other.clear();
  }
}
