import { CLOSED } from "../tasks/coroutine.ts";
import type { Future } from "../tasks/future.ts";
import type { NativeScope } from "../tasks/scope.ts";
import { type Step, SteppedCoroutine } from "../tasks/stepped-coroutine.ts";
import { ByteBuffer } from "./byte-buffer.ts";
import { asBuffer, NO_BYTES } from "./bytes.ts";
import { indexOf, SeparatorSearch } from "./separator-search.ts";
import { IncompleteReadError, LimitOverrunError } from "./stream-errors.ts";
import type { StreamReader } from "./stream-reader.ts";
import type { WriteData } from "./transport.ts";

/**
 * A read of a stream: takes what it wants as soon as that is there, and waits until then. It holds nothing while it
 * waits, so that a cancelled one has nothing to give back.
 */
abstract class Read<T> extends SteppedCoroutine<T> {
  protected readonly reader: StreamReader;

  constructor(reader: StreamReader) {
    super();
    this.reader = reader;
  }

  /** Checks what it was called with. */
  protected prepare(): void {}
  /** Takes what was asked for; undefined when not enough is there. */
  protected abstract take(): T | undefined;

  private firstTake(): T | undefined {
    this.prepare();
    if (this.reader._failure !== null) throw this.reader._takeFailure();
    return this.take();
  }

  protected override begin(): Step<T> {
    return this.finish(this.firstTake());
  }

  /** What has come in the meantime goes before an error that came behind it. */
  protected override resume(): Step<T> {
    return this.finish(this.take());
  }

  private finish(taken: T | undefined): Step<T> {
    let value = taken;
    while (value === undefined) {
      if (this.reader._failure !== null) throw this.reader._takeFailure();
      const waiter = this.reader._wait(this.name);
      if (!waiter.done()) return this.wait(waiter);
      value = this.take();
    }
    return this.over(value);
  }

  protected override giveUp(waiter: Future<unknown>): void {
    waiter.cancel(); // Still pending when it is driven by hand and closed.
    this.reader._leave(waiter);
  }

  /** What is there is taken in the step of the native code that awaits it. */
  override _runNatively(place: NativeScope, resolve: (value: T) => void, reject: (error: unknown) => void): void {
    let value: T | undefined;
    try {
      value = this.firstTake();
    } catch (error) {
      this._phase = CLOSED;
      return reject(error);
    }
    if (value === undefined) return super._runNatively(place, resolve, reject);
    this._phase = CLOSED;
    resolve(value);
  }
}

/** `read(n)` */
export class ReadSome extends Read<Uint8Array> {
  private readonly count: number;

  constructor(reader: StreamReader, count: number) {
    super(reader);
    this.count = count;
  }

  get name(): string {
    return "read";
  }

  protected override prepare(): void {
    checkCount("read", this.count);
  }

  protected override take(): Uint8Array | undefined {
    const { reader, count } = this;
    if (count === 0) return NO_BYTES;
    const { length } = reader._buffer;
    if (length === 0) return reader._eof ? NO_BYTES : undefined;
    return takeFrom(reader, Math.min(count, length));
  }
}

/** `read()`: to the end. Meanwhile the transport need not be paused; what has been collected goes back when it is cancelled. */
export class ReadAll extends Read<Uint8Array> {
  private readonly collected: ByteBuffer = new ByteBuffer();

  get name(): string {
    return "read";
  }

  protected override take(): Uint8Array | undefined {
    const { reader, collected } = this;
    if (reader._failure !== null) {
      this.putBack();
      throw reader._takeFailure();
    }
    do {
      collected.appendAll(reader._buffer);
      reader._resumeIfDrained(); // A transport may bring more at once.
    } while (reader._buffer.length > 0);
    return reader._eof ? collected.takeAll() : undefined;
  }

  protected override giveUp(waiter: Future<unknown>): void {
    super.giveUp(waiter);
    this.putBack();
  }

  private putBack(): void {
    this.reader._buffer.prependAll(this.collected);
    this.reader._pauseIfFull();
  }
}

/** `readExactly(n)` */
export class ReadExactly extends Read<Uint8Array> {
  private readonly count: number;

  constructor(reader: StreamReader, count: number) {
    super(reader);
    this.count = count;
  }

  get name(): string {
    return "readExactly";
  }

  protected override prepare(): void {
    if (this.count < 0) throw new RangeError("readExactly size can not be less than zero");
    checkCount("readExactly", this.count);
  }

  protected override take(): Uint8Array | undefined {
    const { reader, count } = this;
    if (reader._buffer.length >= count) return takeFrom(reader, count);
    if (reader._eof) throw new IncompleteReadError(reader._buffer.takeAll(), count);
    return undefined;
  }
}

/** What ends with a separator. */
abstract class Separated<T> extends Read<T> {
  /** Null until it has looked once. */
  protected search: SeparatorSearch | null = null;

  protected abstract makeSearch(): SeparatorSearch;
  /** More than the limit comes before the separator, which begins after `consumed` bytes, if it has been found. */
  protected abstract overrun(wasFound: boolean, consumed: number): never;
  /** The stream ends without one. */
  protected abstract atEnd(rest: Uint8Array): Uint8Array;

  /** The bytes with the separator, or what `atEnd` makes of the rest. */
  protected takeSeparated(): Uint8Array | undefined {
    const { reader } = this;
    const { _buffer: buffer, _limit: limit } = reader;
    this.search ??= this.makeSearch();
    const { search } = this;
    if (search.find(buffer)) {
      if (search.start > limit) this.overrun(true, search.start);
      return takeFrom(reader, search.end);
    }
    const consumed = buffer.length + 1 - search.longest;
    if (consumed > limit) this.overrun(false, consumed);
    if (reader._eof) return this.atEnd(buffer.takeAll());
    return undefined;
  }
}

/** `readUntil(separator)` */
export class ReadUntil extends Separated<Uint8Array> {
  private readonly separator: WriteData | readonly WriteData[];
  private separators: readonly Uint8Array[] | null = null;

  constructor(reader: StreamReader, separator: WriteData | readonly WriteData[]) {
    super(reader);
    this.separator = separator;
  }

  get name(): string {
    return "readUntil";
  }

  protected override prepare(): void {
    const { separator } = this;
    this.separators = Array.isArray(separator) ? separator.map(asBuffer) : [asBuffer(separator as WriteData)];
    if (this.separators.length === 0) throw new RangeError("Separator should contain at least one element");
    if (this.separators.some(({ length }) => length === 0)) {
      throw new RangeError("Separator should be at least one-byte string");
    }
  }

  protected override makeSearch(): SeparatorSearch {
    return new SeparatorSearch(this.separators!);
  }

  protected override take(): Uint8Array | undefined {
    return this.takeSeparated();
  }

  protected override overrun(wasFound: boolean, consumed: number): never {
    throw new LimitOverrunError(wasFound ? FOUND_TOO_LATE : NOT_FOUND, consumed);
  }

  protected override atEnd(rest: Uint8Array): never {
    throw new IncompleteReadError(rest, null);
  }
}

const FOUND_TOO_LATE = "Separator is found, but chunk is longer than limit";
const NOT_FOUND = "Separator is not found, and chunk exceed the limit";

const NEWLINE = 10;
const newline = [asBuffer("\n")];

abstract class Lines<T> extends Separated<T> {
  protected line(): Uint8Array | undefined {
    const { reader } = this;
    const { first } = reader._buffer;
    // Most lines are there, in one piece.
    if (this.search === null && first !== null) {
      const at = indexOf(first.bytes, NEWLINE, first.start, first.end);
      if (at >= 0 && at - first.start <= reader._limit) return takeFrom(reader, at + 1 - first.start);
    }
    return this.takeSeparated();
  }

  protected override makeSearch(): SeparatorSearch {
    return new SeparatorSearch(newline);
  }

  /** What is too long is dropped, as far as it has come. */
  protected override overrun(wasFound: boolean, consumed: number): never {
    const { reader } = this;
    if (wasFound) reader._buffer.take(consumed + 1);
    else reader._buffer.clear();
    reader._resumeIfDrained();
    const message = wasFound ? FOUND_TOO_LATE : NOT_FOUND;
    throw new RangeError(message, { cause: new LimitOverrunError(message, consumed) });
  }

  protected override atEnd(rest: Uint8Array): Uint8Array {
    return rest;
  }
}

/** `readLine()` */
export class ReadLine extends Lines<Uint8Array> {
  get name(): string {
    return "readLine";
  }

  protected override take(): Uint8Array | undefined {
    return this.line();
  }
}

/** A step of `for await (const line of reader)`. */
export class NextLine extends Lines<IteratorResult<Uint8Array, undefined>> {
  get name(): string {
    return "readLine";
  }

  protected override take(): IteratorResult<Uint8Array, undefined> | undefined {
    const value = this.line();
    if (value === undefined) return undefined;
    return value.length === 0 ? { done: true, value: undefined } : { done: false, value };
  }
}

function takeFrom(reader: StreamReader, count: number): Uint8Array {
  const bytes = reader._buffer.take(count);
  reader._resumeIfDrained();
  return bytes;
}

function checkCount(name: string, count: number): void {
  if (Number.isInteger(count) || count === Infinity) return;
  throw new RangeError(`${name}() takes a number of bytes, got ${String(count)}`);
}
