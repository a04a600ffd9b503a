import { inspectCustom, repr } from "../loop/repr.ts";
import { sleep } from "../structured/sleep.ts";
import { Waiter } from "../sync/parking-lot.ts";
import { PromptCoroutine } from "../sync/prompt-coroutine.ts";
import { CLOSED, type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { Driver } from "../tasks/driver.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { NativeScope } from "../tasks/scope.ts";
import type { Step } from "../tasks/stepped-coroutine.ts";
import type { CoroutineGenerator, CoroutineIterator } from "../tasks/suspension.ts";
import { Abandonment } from "./abandonment.ts";
import type { CloseWaiter } from "./close-waiter.ts";
import type { DrainHelper, DrainVerdict } from "./drain-helper.ts";
import type { BaseProtocol } from "./protocol.ts";
import type { Ssl } from "./secure.ts";
import type { StartTlsOptions } from "./start-tls.ts";
import type { StreamReader } from "./stream-reader.ts";
import type { ExtraInfo, Transport, WriteData } from "./transport.ts";

/** What a writer needs of its protocol: `StreamReaderProtocol` has it. */
export interface WriterProtocol extends BaseProtocol {
  /** @internal */ readonly _drain: DrainHelper;
  /** What `waitClosed` of this writer waits for. @internal */
  _closeWaiter(writer: StreamWriter): CloseWaiter;
  /** The connection was accepted, not made. @internal */
  readonly _isServerSide?: boolean;
  /** After an upgrade to TLS. @internal */
  _replaceTransport?(transport: Transport): void;
}

/**
 * The sending end of a stream of bytes, for tasks. asyncio: `StreamWriter`.
 *
 * `write` never waits; `yield* writer.drain()` after it waits while too much is buffered. A writer is a resource:
 * `await using`, or `asyncWith(writer, …)`, close it at the end of their block.
 */
export class StreamWriter {
  /** @internal */ readonly _protocol: WriterProtocol;
  /** @internal */ readonly _reader: StreamReader | null;
  /** @internal */ readonly _loop: EventLoop;
  private current: Transport;
  private readonly abandonment: Abandonment;

  constructor(transport: Transport, protocol: WriterProtocol, reader: StreamReader | null, loop: EventLoop) {
    this.current = transport;
    this._protocol = protocol;
    this._reader = reader;
    this._loop = loop;
    if (reader !== null) reader._writer = this;
    this.abandonment = new Abandonment(this, transport, loop);
  }

  get transport(): Transport {
    return this.current;
  }

  /**
   * Sends bytes, or a text as UTF-8; buffers what cannot be sent now. The memory must not be changed until it is sent.
   * On a lost connection it does nothing; `drain` tells.
   */
  write(data: WriteData): void {
    this.current.write(data);
  }

  /** Sends several pieces at once, as they are: nothing is put between them. asyncio: `writelines()`. */
  writeLines(list: Iterable<WriteData>): void {
    this.current.writeLines(list);
  }

  /** Ends the sending direction after what is buffered; the peer's `read` finds its end. asyncio: `write_eof()`. */
  writeEof(): void {
    this.current.writeEof();
  }

  /** Whether `writeEof` is possible; over TLS it is not. asyncio: `can_write_eof()`. */
  canWriteEof(): boolean {
    return this.current.canWriteEof();
  }

  /** Closes the stream, after what is buffered is sent. Reading ends. `waitClosed` waits until it is done. */
  close(): void {
    this.current.close();
  }

  /** Whether it is closed, or being closed. asyncio: `is_closing()`. */
  isClosing(): boolean {
    return this.current.isClosing();
  }

  /**
   * Waits until the connection is closed, by `close` or by the peer. Throws the error that it was lost with. A peer that
   * takes nothing can make it long: `writer.transport.abort()` closes without sending what is buffered.
   * Cancelling it cancels only this wait. asyncio: `wait_closed()`.
   */
  waitClosed(): Coroutine<void> {
    return this._protocol._closeWaiter(this).wait(this);
  }

  /**
   * Waits while more is buffered than the transport's high-water mark, until no more than the low-water mark is left.
   * Does not suspend when there is nothing to wait for; on a stream that is being closed it is one turn of the loop.
   *
   * Throws the error that reading fails with; `ConnectionResetError` "Connection lost" after the connection is gone.
   * Any number of tasks may wait.
   */
  drain(): Coroutine<void> {
    return new Drain(this);
  }

  /**
   * Upgrades the connection to TLS: as the server when it was accepted, as the client when it was made. Waits for `drain`
   * and the handshake. asyncio: `start_tls()`.
   */
  startTls(sslContext: Exclude<Ssl, true>, options: Omit<StartTlsOptions, "serverSide"> = {}): Coroutine<void> {
    return new FunctionCoroutine(startTlsDefinition, this, [sslContext, options]);
  }

  /** What the transport knows under `key`; `fallback` (null) where it knows nothing. asyncio: `get_extra_info()`. */
  getExtraInfo<K extends keyof ExtraInfo>(key: K): ExtraInfo[K] | null;
  getExtraInfo<K extends keyof ExtraInfo, D>(key: K, fallback: D): ExtraInfo[K] | D;
  getExtraInfo(key: string, fallback?: unknown): unknown;
  getExtraInfo(key: string, fallback: unknown = null): unknown {
    return this.current.getExtraInfo(key, fallback);
  }

  /**
   * Closes and waits. Throws the error of the connection only when no read, `drain` or `waitClosed` has thrown it yet.
   * Cancelled, it drops what is buffered: leaving a block cannot hang on a peer that takes nothing.
   */
  [Symbol.asyncDispose](): Coroutine<void> {
    return new FunctionCoroutine(disposeDefinition, this, []);
  }

  // ---- coroutines

  /** @internal */
  *_dispose(): CoroutineGenerator<void> {
    const { _protocol: protocol, _reader: reader } = this;
    const closing = protocol._closeWaiter(this);
    const wasSeen = closing._closed?.seen === true;
    this.current.close();
    try {
      yield* closing.wait(this);
    } catch (error) {
      const { _closed: closed } = closing;
      if (closed === null)
        this.current.abort(); // Cancelled.
      else if (closed.error === error && (wasSeen || protocol._drain.lossSeen || reader?._failure?.seen === true))
        return;
      throw error;
    }
  }

  /** @internal */
  *_startTls(sslContext: Exclude<Ssl, true>, options: StartTlsOptions): CoroutineGenerator<void> {
    const { _protocol: protocol, _loop: loop } = this;
    yield* this.drain();
    const serverSide = protocol._isServerSide ?? false;
    const transport = yield* loop.startTls(this.current, protocol, sslContext, { ...options, serverSide });
    this.current = transport;
    this.abandonment.transport = transport;
    protocol._replaceTransport?.(transport);
  }

  /** @internal */
  *_drainClosing(): CoroutineGenerator<void> {
    const failure = this._reader?._failure ?? null;
    if (failure !== null) throw this._reader!._takeFailure();
    // By then `connectionLost` may have been called, so that a loop of `write` and `drain` comes to its end.
    yield* sleep(0);
    yield* new DrainNow(this);
  }

  // ---- representation

  /** @internal */
  _repr(): string {
    const info = [this.constructor.name, `transport=${repr(this.current)}`];
    if (this._reader !== null) info.push(`reader=${repr(this._reader)}`);
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

/** Waits for the buffer to drain. */
class DrainNow extends PromptCoroutine<void, DrainVerdict> {
  protected readonly writer: StreamWriter;

  constructor(writer: StreamWriter) {
    super();
    this.writer = writer;
  }

  get name(): string {
    return "drain";
  }

  protected override isReady(): boolean {
    return this.writer._protocol._drain.isReady();
  }

  protected override attempt(): Step<void> {
    const { _drain: helper } = this.writer._protocol;
    helper.check();
    return helper.isReady() ? this.over(undefined) : this.park(helper._lot, new Waiter(this.writer._loop));
  }

  protected override woken(verdict: DrainVerdict): Step<void> {
    if (verdict === null) return this.over(undefined);
    this.writer._protocol._drain.lossSeen = true;
    throw verdict;
  }

  /** All are woken together: nobody else has less. */
  protected override lost(): void {}
}

/** `drain()` */
class Drain extends DrainNow {
  /** On a stream that is being closed it takes a turn first, which this kind of coroutine cannot. */
  override _start(driver: Driver | null): CoroutineIterator<void> {
    if (!this.takesTurn()) return super._start(driver);
    this._checkUnstarted();
    this._phase = CLOSED;
    return this.closing()._start(driver);
  }

  override _runNatively(place: NativeScope, resolve: (value: void) => void, reject: (error: unknown) => void): void {
    if (!this.takesTurn()) return super._runNatively(place, resolve, reject);
    this._phase = CLOSED;
    this.closing()._runNatively(place, resolve, reject);
  }

  /** Or whoever writes on and on would keep the loop from telling the protocol. */
  private takesTurn(): boolean {
    const { transport } = this.writer;
    return transport.isClosing() || (transport as { readonly _hasEnded?: boolean })._hasEnded === true;
  }

  private closing(): FunctionCoroutine<void> {
    return new FunctionCoroutine(drainClosingDefinition, this.writer, []);
  }

  protected override isReady(): boolean {
    const reader = this.writer._reader;
    return (reader !== null && reader._failure !== null) || super.isReady();
  }

  protected override attempt(): Step<void> {
    const reader = this.writer._reader;
    if (reader !== null && reader._failure !== null) throw reader._takeFailure();
    return super.attempt();
  }
}

const disposeDefinition = define(StreamWriter.prototype._dispose as never, "asyncDispose");
const startTlsDefinition = define(StreamWriter.prototype._startTls as never, "startTls");
const drainClosingDefinition = define(StreamWriter.prototype._drainClosing as never, "drain");
