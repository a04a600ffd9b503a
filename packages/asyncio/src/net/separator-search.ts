import type { ByteBuffer, Chunk } from "./byte-buffer.ts";

/**
 * Looks for the first of some separators in a buffer that grows. It goes on where it has stopped, so that each byte is
 * looked at once however small the pieces are in which it comes (Knuth, Morris and Pratt, with the engine's own search
 * for the first byte).
 */
export class SeparatorSearch {
  /** Where the separator begins and ends that was found. */
  start: number = 0;
  end: number = 0;
  readonly longest: number;
  private readonly matchers: readonly Matcher[];
  private chunk: Chunk | null = null;
  private at: number = 0;
  private scanned: number = 0;
  private epoch: number = -1;

  /** `separators` are not empty, and there is one. */
  constructor(separators: readonly Uint8Array[]) {
    // Of two that end at the same byte the shorter one counts.
    const sorted = separators.length === 1 ? separators : [...separators].sort((a, b) => a.length - b.length);
    this.matchers = sorted.map((separator) => new Matcher(separator));
    this.longest = sorted[sorted.length - 1]!.length;
  }

  /** Whether a separator is there. Of several the one counts that ends first. */
  find(buffer: ByteBuffer): boolean {
    if (this.epoch !== buffer.epoch) this.restart(buffer.epoch);
    let { chunk } = this;
    if (chunk === null) {
      chunk = buffer.first;
      if (chunk === null) return false;
      this.at = chunk.start;
    }
    while (!this.scan(chunk)) {
      this.scanned += chunk.end - this.at;
      this.at = chunk.end;
      this.chunk = chunk;
      if (chunk.next === null) return false;
      chunk = chunk.next;
      this.at = chunk.start;
    }
    this.epoch = -1;
    return true;
  }

  private scan({ bytes, end: to }: Chunk): boolean {
    let found: Matcher | null = null;
    let end = to + 1;
    for (const matcher of this.matchers) {
      const at = matcher.scan(bytes, this.at, Math.min(to, end - 1));
      if (at < 0) continue;
      found = matcher;
      end = at;
    }
    if (found === null) return false;
    this.end = this.scanned + end - this.at;
    this.start = this.end - found.separator.length;
    return true;
  }

  private restart(epoch: number): void {
    this.epoch = epoch;
    this.chunk = null;
    this.scanned = 0;
    for (const matcher of this.matchers) matcher.state = 0;
  }
}

class Matcher {
  readonly separator: Uint8Array;
  /** How many bytes of the separator the last bytes agree with. */
  state: number = 0;
  /** When so many bytes agree and the next does not: how many still do. */
  private readonly fallback: readonly number[];

  constructor(separator: Uint8Array) {
    this.separator = separator;
    this.fallback = separator.length === 1 ? [0] : fallbackOf(separator);
  }

  /** Where the separator ends that ends in `bytes` between `from` and `to`; −1 without one. */
  scan(bytes: Uint8Array, from: number, to: number): number {
    const { separator, fallback } = this;
    let { state } = this;
    let at = from;
    while (at < to) {
      if (state === 0) {
        at = indexOf(bytes, separator[0]!, at, to);
        if (at < 0) break;
        at++;
        state = 1;
      } else {
        const byte = bytes[at++];
        while (state > 0 && separator[state] !== byte) state = fallback[state - 1]!;
        if (separator[state] === byte) state++;
      }
      if (state === separator.length) return at;
    }
    this.state = state;
    return -1;
  }
}

/** Behind `to` there may be a lot that is none of ours. */
export function indexOf(bytes: Uint8Array, byte: number, from: number, to: number): number {
  if (to === bytes.length) return bytes.indexOf(byte, from);
  const found = bytes.subarray(from, to).indexOf(byte);
  return found < 0 ? found : from + found;
}

function fallbackOf(separator: Uint8Array): number[] {
  const fallback = [0];
  let state = 0;
  for (let at = 1; at < separator.length; at++) {
    while (state > 0 && separator[state] !== separator[at]) state = fallback[state - 1]!;
    if (separator[state] === separator[at]) state++;
    fallback.push(state);
  }
  return fallback;
}
