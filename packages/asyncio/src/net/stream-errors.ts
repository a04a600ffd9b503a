/** The stream has ended before what was asked for. asyncio: `IncompleteReadError`. */
export class IncompleteReadError extends Error {
  static {
    this.prototype.name = "IncompleteReadError";
  }
  /** The bytes that came before the end. */
  readonly partial: Uint8Array;
  /** How many were expected; null when nobody could know. */
  readonly expected: number | null;
  constructor(partial: Uint8Array, expected: number | null) {
    super(`${partial.length} bytes read on a total of ${expected ?? "undefined"} expected bytes`);
    this.partial = partial;
    this.expected = expected;
  }
}

/** No separator within the limit of the stream. asyncio: `LimitOverrunError`. */
export class LimitOverrunError extends Error {
  static {
    this.prototype.name = "LimitOverrunError";
  }
  /** How many bytes can be read in which no separator begins. */
  readonly consumed: number;
  constructor(message: string, consumed: number) {
    super(message);
    this.consumed = consumed;
  }
}
