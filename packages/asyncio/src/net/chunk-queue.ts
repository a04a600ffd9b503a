/** Pieces of bytes that have arrived, oldest first. Hardly ever more than one. */
export class ChunkQueue {
  private first: Uint8Array | null;
  private rest: Uint8Array[];
  /** How many of `rest` are gone. */
  private gone: number;
  /** The bytes of all pieces. */
  size: number;

  constructor() {
    this.first = null;
    this.rest = NONE;
    this.gone = 0;
    this.size = 0;
  }

  get isEmpty(): boolean {
    return this.first === null;
  }

  push(chunk: Uint8Array): void {
    this.size += chunk.length;
    if (this.first === null) this.first = chunk;
    else if (this.rest === NONE) this.rest = [chunk];
    else this.rest.push(chunk);
  }

  /** The oldest piece, which stays; null when there is none. */
  peek(): Uint8Array | null {
    return this.first;
  }

  /** Takes the oldest piece. */
  shift(): Uint8Array | null {
    const { first, rest } = this;
    if (first === null) return null;
    this.size -= first.length;
    if (rest === NONE) {
      this.first = null;
      return first;
    }
    this.first = rest[this.gone++]!;
    if (this.gone === rest.length) {
      this.rest = NONE;
      this.gone = 0;
    } else if (this.gone > 1000) {
      rest.splice(0, this.gone);
      this.gone = 0;
    }
    return first;
  }

  /** Takes `count` bytes of the oldest piece. */
  consume(count: number): void {
    const first = this.first!;
    if (count === first.length) return void this.shift();
    this.first = first.subarray(count);
    this.size -= count;
  }

  clear(): void {
    this.first = null;
    this.rest = NONE;
    this.gone = 0;
    this.size = 0;
  }
}

/** Stands for an empty rest; never written to. */
const NONE: Uint8Array[] = [];
