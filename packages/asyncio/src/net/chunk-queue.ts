/** Pieces of bytes that have arrived, oldest first. Hardly ever more than one. */
export class ChunkQueue {
  private first: Uint8Array | null;
  private rest: Uint8Array[];
  /** Their bytes. */
  size: number;

  constructor() {
    this.first = null;
    this.rest = NONE;
    this.size = 0;
  }

  get isEmpty(): boolean {
    return this.first === null;
  }

  push(chunk: Uint8Array): void {
    this.size += chunk.length;
    if (this.first === null) this.first = chunk;
    else if (this.rest.length === 0) this.rest = [chunk];
    else this.rest.push(chunk);
  }

  /** Null when there is none. */
  shift(): Uint8Array | null {
    const { first, rest } = this;
    if (first === null) return null;
    this.size -= first.length;
    this.first = rest.length === 0 ? null : rest.shift()!;
    return first;
  }

  /** Puts a piece, or what is left of it, in front. */
  unshift(chunk: Uint8Array): void {
    this.size += chunk.length;
    if (this.first !== null) this.rest = [this.first, ...this.rest];
    this.first = chunk;
  }

  clear(): void {
    this.first = null;
    this.rest = NONE;
    this.size = 0;
  }
}

/** Stands for an empty rest; never written to. */
const NONE: Uint8Array[] = [];
