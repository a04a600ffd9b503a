import { RuntimeError } from "../loop/errors.ts";
import { inspectCustom, repr } from "../loop/repr.ts";
import type { Coroutine } from "../tasks/coroutine.ts";
import { getEventLoop } from "../tasks/default-loop.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { PrivateFuture } from "../tasks/private-future.ts";
import { ByteBuffer } from "./byte-buffer.ts";
import { asBuffer } from "./bytes.ts";
import { NextLine, ReadAll, ReadExactly, ReadLine, ReadSome, ReadUntil } from "./stream-reads.ts";
import type { ReadTransport, WriteData } from "./transport.ts";

/** In bytes: the longest line, and half of what is received before anybody reads. */
export const DEFAULT_LIMIT: number = 64 * 1024;

export interface StreamReaderOptions {
  /**
   * In bytes; default 64 KiB. The longest line, or whatever ends with a separator, without its end. When more than twice
   * as many bytes wait for a reader the transport is paused, until no more than `limit` are left.
   */
  readonly limit?: number | undefined;
  /** Default: the running loop. */
  readonly loop?: EventLoop | undefined;
}

/**
 * The receiving end of a stream of bytes, for tasks. asyncio: `StreamReader`.
 *
 * What is read is a `Uint8Array`, a `Buffer` where the runtime has that, and belongs to the caller. It may be a view of
 * a larger piece that was received at once, whose memory lives as long as any view of it: copy what is kept for long.
 *
 * A read for which enough is there does not suspend. One task may wait at a time; a second one gets a `RuntimeError`.
 * Cancelling a read loses nothing: what it would have given is there for the next one. When the connection fails, reads
 * throw its error.
 */
export class StreamReader {
  /** @internal */ readonly _limit: number;
  /** @internal */ readonly _loop: EventLoop;
  /** @internal */ readonly _buffer: ByteBuffer = new ByteBuffer();
  /** @internal */ _eof: boolean = false;
  /** Why nothing more can be read. @internal */
  _failure: Failure | null = null;
  /** Whoever can still read can still write: the writer of the pair is not abandoned. @internal */
  _writer: object | null = null;
  private waiter: DataWaiter | null = null;
  private transport: ReadTransport | null = null;
  private paused: boolean = false;

  /** Throws `RangeError` unless `limit` > 0. */
  constructor(options: StreamReaderOptions = {}) {
    const { limit = DEFAULT_LIMIT } = options;
    if (!(limit > 0)) throw new RangeError("Limit cannot be <= 0");
    this._limit = limit;
    this._loop = options.loop ?? getEventLoop();
  }

  // ---- reading

  /**
   * Reads up to `n` bytes: what is there, and waits for the first when there is nothing. Without `n`, or when it is
   * negative, waits for the end of the stream and gives all. Empty bytes are the end (or `n` was 0).
   */
  read(n: number = -1): Coroutine<Uint8Array> {
    return n < 0 ? new ReadAll(this) : new ReadSome(this, n);
  }

  /**
   * Reads a line with its "\n"; at the end of the stream what is left, without one; then empty bytes. Throws
   * `RangeError` for a line longer than the limit, of which all that has come is dropped. asyncio: `readline()`.
   */
  readLine(): Coroutine<Uint8Array> {
    return new ReadLine(this);
  }

  /**
   * Reads exactly `n` bytes, whatever the limit. At the end of the stream it throws `IncompleteReadError`, which has what
   * was left; `RangeError` when `n` is negative. asyncio: `readexactly()`.
   */
  readExactly(n: number): Coroutine<Uint8Array> {
    return new ReadExactly(this, n);
  }

  /**
   * Reads until `separator`, and gives it, too; default "\n". Of several separators the one counts that ends first.
   *
   * Throws `LimitOverrunError` when more than the limit comes before it (all stays to be read), `IncompleteReadError` at
   * the end of the stream, and `RangeError` for an empty separator. asyncio: `readuntil()`.
   */
  readUntil(separator: WriteData | readonly WriteData[] = "\n"): Coroutine<Uint8Array> {
    return new ReadUntil(this, separator);
  }

  /** The lines up to the end of the stream, as `readLine` reads them: for `for await` and `each`. */
  [Symbol.asyncIterator](): LineIterator {
    return new LineIterator(this);
  }

  /** Whether the stream has ended and all has been read. */
  atEof(): boolean {
    return this._eof && this._buffer.length === 0;
  }

  // ---- for the protocol

  /** Adds what was received. It is not copied: the memory belongs to the reader from now on. Throws after `feedEof`. */
  feedData(data: WriteData): void {
    if (this._eof) throw new RuntimeError("feedData() after feedEof()");
    const bytes = asBuffer(data);
    if (bytes.length === 0) return;
    this._buffer.append(bytes);
    this.wake();
    this._pauseIfFull();
  }

  /** Nothing more will come. */
  feedEof(): void {
    this._eof = true;
    this.wake();
  }

  /** What `setException` was given; null without. */
  exception(): unknown {
    return this._failure === null ? null : this._failure.error;
  }

  /** From now on reading fails with `error`. */
  setException(error: unknown): void {
    this._failure = { error, seen: false };
    this.wake();
  }

  /** The transport that is paused when too much waits to be read. Throws `RuntimeError` the second time. */
  setTransport(transport: ReadTransport): void {
    if (this.transport !== null) throw new RuntimeError("Transport already set");
    this.transport = transport;
  }

  // ---- for reads and writers

  /** After an upgrade to TLS. @internal */
  _replaceTransport(transport: ReadTransport): void {
    this.transport = transport;
    if (!this.paused) return;
    this.paused = false;
    this._pauseIfFull();
  }

  /** The error that somebody is told now. @internal */
  _takeFailure(): unknown {
    this._failure!.seen = true;
    return this._failure!.error;
  }

  /** What a read of that name waits for. It may be done already: a transport may bring data while it is resumed. @internal */
  _wait(name: string): DataWaiter {
    if (this.waiter !== null) {
      throw new RuntimeError(`${name}() called while another coroutine is already waiting for incoming data`);
    }
    const waiter = new DataWaiter(this, this._loop);
    this.waiter = waiter;
    // A read may need more than the limits allow.
    if (this.paused) {
      try {
        this.resume();
      } catch (error) {
        this.waiter = null;
        throw error;
      }
    }
    return waiter;
  }

  /** Whoever waited does so no more. @internal */
  _leave(waiter: object): void {
    if (this.waiter === waiter) this.waiter = null;
  }

  /** Something has been read. @internal */
  _resumeIfDrained(): void {
    if (this.paused && this._buffer.length <= this._limit) this.resume();
  }

  /** @internal */
  _pauseIfFull(): void {
    const { transport } = this;
    if (transport === null || this.paused || this._buffer.length <= 2 * this._limit) return;
    if (typeof transport.pauseReading !== "function") {
      this.transport = null; // It cannot be paused: all has to be kept.
      return;
    }
    transport.pauseReading();
    this.paused = true;
  }

  private resume(): void {
    this.paused = false;
    this.transport!.resumeReading();
  }

  private wake(): void {
    const { waiter } = this;
    this.waiter = null;
    if (waiter !== null && !waiter.done()) waiter.setResult();
  }

  // ---- representation

  /** @internal */
  _repr(): string {
    const info = [this.constructor.name];
    if (this._buffer.length > 0) info.push(`${this._buffer.length} bytes`);
    if (this._eof) info.push("eof");
    if (this._limit !== DEFAULT_LIMIT) info.push(`limit=${this._limit}`);
    if (this.waiter !== null) info.push("waiter");
    if (this._failure !== null) info.push(`exception=${repr(this._failure.error)}`);
    if (this.transport !== null) info.push(`transport=${repr(this.transport)}`);
    if (this.paused) info.push("paused");
    return `<${info.join(" ")}>`;
  }

  toString(): string {
    return this._repr();
  }

  /** @internal */
  [inspectCustom](): string {
    return this._repr();
  }
}

/** The error of a connection, and whether anybody was told. */
export interface Failure {
  readonly error: unknown;
  seen: boolean;
}

/** Steps through the lines of a reader. */
export class LineIterator {
  private readonly reader: StreamReader;

  /** @internal */
  constructor(reader: StreamReader) {
    this.reader = reader;
  }

  /** The next line, or the end. Cancelled, it has read nothing. */
  next(): Coroutine<IteratorResult<Uint8Array, undefined>> {
    return new NextLine(this.reader);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

/** What a read waits for. A transport that it comes from keeps a virtual clock from jumping, see `_openEndpoints`. */
class DataWaiter extends PrivateFuture<void> {
  private readonly reader: StreamReader;

  constructor(reader: StreamReader, loop: EventLoop) {
    super(loop);
    this.reader = reader;
  }

  override get _subject(): unknown {
    return this.reader;
  }

  /** @internal */
  override _repr(): string {
    return super._repr().replace(/^<\w+/, "<Future");
  }
}
