import { OutsideFuture } from "../interop/outside-future.ts";
import type { Endpoint } from "../loop/base-loop.ts";
import { type Context, currentContext } from "../loop/context.ts";
import { type Delay, toSeconds } from "../loop/delay.ts";
import { leavesLoop, RuntimeError, TimeoutError } from "../loop/errors.ts";
import type { TimerHandle } from "../loop/handle.ts";
import { inspectCustom, repr } from "../loop/repr.ts";
import { ConnectionResetError, makeSystemError, systemError } from "../loop/system-errors.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { ChunkQueue } from "./chunk-queue.ts";
import { Entrance } from "./enter.ts";
import { FlowControl } from "./flow-control.ts";
import { hidesReset } from "./hidden-reset.ts";
import type { NodeSocket } from "./node.ts";
import type { BaseProtocol, BufferedProtocol, Protocol } from "./protocol.ts";
import { socketAddresses, socketInfo } from "./socket-info.ts";
import { SocketWriter } from "./socket-writer.ts";
import { type ExtraInfo, Transport, toBytes, type WriteBufferLimits, type WriteData } from "./transport.ts";

/** Writes to a lost connection are warned of from the fifth on. asyncio: `LOG_THRESHOLD_FOR_CONNLOST_WRITES`. */
const WARN_AFTER_LOST_WRITES = 5;
/** More than this is not taken from the runtime while the loop has not come to the rest. asyncio: `max_size`. */
const MOST_UNDELIVERED = 262_144;
/** Seconds. asyncio: `SSL_SHUTDOWN_TIMEOUT`. */
const SHUTDOWN_TIMEOUT = 30;
const NOTHING = new Uint8Array(0);

/** Who has made a transport and wants to know of its end: a server. */
export interface TransportOwner {
  /** @internal */
  _attach(transport: SocketTransport): void;
  /** @internal */
  _detach(transport: SocketTransport): void;
}

export interface SocketTransportOptions {
  /** Called after `connectionMade`, in the same iteration. */
  readonly onMade?: (() => void) | undefined;
  /** What `getExtraInfo` tells beside, or instead of, what the socket itself does. */
  readonly extra?: Readonly<Partial<ExtraInfo>> | undefined;
  readonly owner?: TransportOwner | undefined;
  /** The one direction of a pipe that is used, where the stream has both. */
  readonly direction?: "read" | "write" | undefined;
  /** What a pipe's transport is called in messages. */
  readonly name?: string | undefined;
  /** The context in which the protocol is called; default: a copy of the current one. */
  readonly context?: Context | undefined;
  /** TLS: how long closing waits for the peer's farewell. Default: 30 s. */
  readonly shutdownTimeout?: Delay | undefined;
  /** The protocol has the connection already, which was a plain one until now. */
  readonly isUpgrade?: boolean | undefined;
}

/** What has become of the peer's end of file. */
const OPEN = 0;
const ARRIVED = 1;
const DELIVERED = 2;

const transportKey: unique symbol = Symbol("transport");
type OwnedSocket = NodeSocket & { [transportKey]: SocketTransport };

/** The transport that a socket of the runtime's belongs to, if any. */
export function transportOf(socket: object): SocketTransport | undefined {
  return (socket as Partial<OwnedSocket>)[transportKey];
}

/**
 * A transport over one socket of the runtime's: TCP, Unix, TLS, and pipes, which have one direction only. The socket is
 * connected (or, for TLS, secured) before, has not been read from, and belongs to the transport from then on.
 *
 * What the runtime reports comes to the protocol through the loop: in the order of its arrival, one call an iteration,
 * data before end of file before `connectionLost`. asyncio: `_SelectorSocketTransport`.
 */
export class SocketTransport extends Transport implements Endpoint {
  private readonly loop: EventLoop;
  private readonly socket: NodeSocket;
  private protocol: Protocol | BufferedProtocol;
  private hasBuffer: boolean;
  private readonly options: SocketTransportOptions;
  private readonly addresses: Partial<ExtraInfo>;
  private readonly context: Context;
  private readonly flow: FlowControl;
  private readonly writer: SocketWriter;
  private readonly canRead: boolean;
  private readonly canWrite: boolean;

  /** Brings what has arrived into the loop. */
  private readonly arrival: Entrance;
  private readonly arrived: ChunkQueue;
  private made: boolean;
  private readingPaused: boolean;
  private socketPaused: boolean;
  private eof: typeof OPEN | typeof ARRIVED | typeof DELIVERED;
  /** The connection has ended by itself; the protocol is told when all that has arrived before is delivered. */
  private ended: { readonly error: unknown } | null;

  /** Brings the end of a write into the loop, where somebody waits for it. */
  private written: Entrance | null;
  private eofSent: boolean;
  private sendingFile: boolean;
  /** `startTls` has the socket; it gives it to another transport, or the connection is lost. */
  private upgrading: boolean;

  private closing: boolean;
  /** 0 while the connection stands; then how often something was done in spite of its loss. */
  private lost: number;
  private shutdown: TimerHandle | null;

  constructor(loop: EventLoop, socket: NodeSocket, protocol: BaseProtocol, options: SocketTransportOptions = {}) {
    super();
    this.loop = loop;
    this.socket = socket;
    this.protocol = protocol as Protocol | BufferedProtocol;
    this.hasBuffer = isBuffered(protocol);
    this.options = options;
    this.addresses = socketAddresses(socket);
    this.context = options.context ?? currentContext().copy();
    this.flow = new FlowControl(loop, this);
    this.writer = new SocketWriter(loop, socket, () => this.noteProgress());
    this.canRead = options.direction !== "write";
    this.canWrite = options.direction !== "read";
    this.arrival = new Entrance(loop, this.context, this.deliver.bind(this));
    this.arrived = new ChunkQueue();
    this.made = false;
    this.readingPaused = false;
    this.socketPaused = true;
    this.eof = OPEN;
    this.ended = null;
    this.written = null;
    this.eofSent = false;
    this.sendingFile = false;
    this.upgrading = false;
    this.closing = false;
    this.lost = 0;
    this.shutdown = null;

    loop._addEndpoint(this);
    options.owner?._attach(this);
    socket.allowHalfOpen = true;
    // Or a listener for data would make it flow, paused or not.
    if (this.canRead) socket.pause();
    (socket as OwnedSocket)[transportKey] = this;
    socket.on("error", onError);
    socket.on("close", onClose);
    this.arrival.enter();
    // Between its making and ours it may have ended, or failed.
    if (this.canRead && socket.readableEnded && !hidesReset(socket)) this.eof = ARRIVED;
    if (socket.destroyed) this._fail(socket.errored ?? null);
  }

  // ---- what the transport is

  isClosing(): boolean {
    return this.closing || this.ended !== null;
  }

  /** The connection is no more, but the protocol has yet to hear so, in a turn of the loop. @internal */
  get _hasEnded(): boolean {
    return this.ended !== null;
  }

  setProtocol(protocol: BaseProtocol): void {
    this.protocol = protocol as Protocol | BufferedProtocol;
    this.hasBuffer = isBuffered(protocol);
  }

  getProtocol(): BaseProtocol {
    return this.protocol;
  }

  getExtraInfo(key: string, fallback: unknown = null): never {
    const ours = (key === "ssl_object" ? "sslObject" : key === "sslcontext" ? "sslContext" : key) as keyof ExtraInfo;
    const { extra } = this.options;
    const value = extra?.[ours] ?? this.addresses[ours] ?? socketInfo(this.socket, ours);
    return (value ?? fallback) as never;
  }

  private isSecure(): boolean {
    return this.socket.encrypted === true;
  }

  // ---- reading

  /** The first entry is asyncio's `connection_made`, `_add_reader` and the waiter's result, which follow each other. */
  private begin(): void {
    this.made = true;
    try {
      if (this.options.isUpgrade !== true) this.protocol.connectionMade(this);
    } catch (error) {
      this.fatal(error, "connectionMade");
    }
    if (this.canRead) {
      this.socket.on("data", onData);
      this.socket.on("end", onEnd);
      // It has ended before anybody listened.
      if (this.socket.readableEnded) onEnd.call(this.socket as OwnedSocket);
      this.takeMore();
    }
    this.options.onMade?.();
    if (this.hasArrived() && !this.readingPaused) this.arrival.enter();
  }

  private hasArrived(): boolean {
    return !this.arrived.isEmpty || this.eof === ARRIVED || this.ended !== null;
  }

  /** @internal */
  _feed(data: Uint8Array): void {
    if (this.closing) return;
    this.arrived.push(data);
    if (this.arrived.size >= MOST_UNDELIVERED) this.pauseSocket();
    if (!this.readingPaused) this.arrival.enterFromHost();
  }

  /** @internal */
  _feedEof(): void {
    if (this.closing || this.eof !== OPEN) return;
    this.eof = ARRIVED;
    if (!this.readingPaused) this.arrival.enterFromHost();
  }

  /** What the runtime has read and was not asked for, of a socket that it has given up: it gives that, but tells no more. */
  private takeRest(): void {
    if (this.closing || !this.canRead) return;
    const { socket, arrived } = this;
    for (let data = socket.read?.() ?? null; data !== null; data = socket.read!()) arrived.push(data);
  }

  private deliver(): void {
    if (!this.made) return this.begin();
    if (this.closing || this.readingPaused) return;
    if (!this.arrived.isEmpty) {
      if (this.hasBuffer) this.deliverToBuffer(this.arrived.peek()!);
      else this.deliverData(this.arrived.shift()!);
    } else if (this.eof === ARRIVED) {
      this.deliverEof();
    } else if (this.ended !== null) {
      return this.forceClose(this.ended.error);
    }
    if (this.closing || this.readingPaused) return;
    if (this.hasArrived()) this.arrival.enter();
    else if (this.socketPaused) this.takeMore();
  }

  private deliverData(data: Uint8Array): void {
    try {
      (this.protocol as Protocol).dataReceived(data);
    } catch (error) {
      this.fatal(error, "dataReceived");
    }
  }

  /** As much as fits into the protocol's own memory; what is left is delivered next. */
  private deliverToBuffer(data: Uint8Array): void {
    const protocol = this.protocol as BufferedProtocol;
    let buffer: Uint8Array;
    try {
      buffer = memoryOf(protocol.getBuffer(-1));
      if (buffer.length === 0) throw new RuntimeError("getBuffer() returned an empty buffer");
    } catch (error) {
      return this.fatal(error, "getBuffer");
    }
    const count = Math.min(buffer.length, data.length);
    this.arrived.consume(count);
    try {
      buffer.set(count === data.length ? data : data.subarray(0, count));
      protocol.bufferUpdated(count);
    } catch (error) {
      this.fatal(error, "bufferUpdated");
    }
  }

  private deliverEof(): void {
    this.eof = DELIVERED;
    let keepOpen: unknown;
    try {
      keepOpen = this.protocol.eofReceived();
    } catch (error) {
      return this.fatal(error, "eofReceived");
    }
    if (keepOpen && this.isSecure()) {
      this.loop._warn("returning true from eofReceived() has no effect when using ssl");
      keepOpen = false;
    }
    if (!keepOpen || !this.canWrite || !this.socket.writable) this.close();
  }

  isReading(): boolean {
    return this.canRead && !this.closing && !this.readingPaused;
  }

  pauseReading(): void {
    if (!this.isReading()) return;
    this.readingPaused = true;
    this.pauseSocket();
  }

  resumeReading(): void {
    if (this.closing || !this.readingPaused || this.upgrading) return;
    this.readingPaused = false;
    if (!this.made) return;
    if (this.hasArrived()) this.arrival.enter();
    else this.takeMore();
  }

  private pauseSocket(): void {
    if (this.socketPaused) return;
    this.socketPaused = true;
    this.socket.pause();
  }

  private takeMore(): void {
    if (!this.isReading()) return;
    this.socketPaused = false;
    this.socket.resume();
  }

  // ---- writing

  write(data: WriteData): void {
    const bytes = toBytes(data);
    if (!this.mayWrite("write", bytes.length)) return;
    if (this.writer.write(bytes) > this.flow.high) this.pauseWriting();
    this.noteError();
  }

  writeLines(list: Iterable<WriteData>): void {
    const lines = Array.from(list, toBytes);
    const size = lines.reduce((sum, line) => sum + line.length, 0);
    if (!this.mayWrite("writeLines", size)) return;
    if (this.writer.writeAll(lines) > this.flow.high) this.pauseWriting();
    this.noteError();
  }

  /** What the system has refused at once is an event only later; a program that goes on writing would never see it. */
  private noteError(): void {
    const { errored } = this.socket;
    if (errored !== null && errored !== undefined) this._fail(errored);
  }

  private mayWrite(method: string, size: number): boolean {
    if (this.eofSent) throw new RuntimeError(`Cannot call ${method}() after writeEof()`);
    if (this.sendingFile) throw new RuntimeError("unable to write; sendFile is in progress");
    if (this.upgrading && this.lost === 0) throw new RuntimeError("unable to write; startTls is in progress");
    if (!this.canWrite) throw new RuntimeError(`Cannot call ${method}() on a transport that only reads`);
    if (size === 0) return false;
    if (this.lost === 0 && this.ended === null && this.shutdown === null) this.checkSocket();
    if (this.ended !== null) {
      // Nothing can be sent any more; what has arrived is still delivered, unless the program does not want it.
      if (this.readingPaused) this.forceClose(this.ended.error);
      return false;
    }
    // After the farewell nothing can be sent, either.
    if (this.lost === 0 && this.shutdown === null) return true;
    if (this.lost >= WARN_AFTER_LOST_WRITES) this.loop._warn("socket.send() raised exception.");
    if (this.lost > 0) this.lost++;
    return false;
  }

  /** A runtime tells in a later turn what a write has met. One that writes on and on would never come to that turn. */
  private checkSocket(): void {
    const { socket } = this;
    if (socket.errored != null) this._fail(socket.errored);
    else if (socket.destroyed) this._end(null);
    else if (!socket.writable && !this.closing) this._end(makeSystemError("EPIPE"));
  }

  /** What only waits for the end of the iteration has not been refused by the system. */
  private pauseWriting(): void {
    this.flow.grown(this.writer.flush());
  }

  private noteProgress(): void {
    // Node reports writes that a destroyed socket has dropped as done; what it was destroyed for is still to come.
    if (this.socket.destroyed || (!this.flow.paused && !this.closing)) return;
    this.written ??= new Entrance(this.loop, this.context, this.afterWriting.bind(this));
    this.written.enterFromHost();
  }

  private afterWriting(): void {
    if (this.lost > 0) return;
    this.flow.shrunk(this.writer.size);
    if (this.writer.size > 0 || !this.closing || this.lost > 0) return;
    if (this.isSecure()) return this.sayFarewell();
    this.lost++;
    this.callConnectionLost(null);
  }

  writeEof(): void {
    if (this.closing || this.eofSent) return;
    if (!this.canWriteEof()) throw new RuntimeError("this transport cannot close one direction only");
    if (!this.canRead) return this.close();
    this.eofSent = true;
    this.socket.end();
  }

  canWriteEof(): boolean {
    return this.canWrite && !this.isSecure();
  }

  setWriteBufferLimits(limits: WriteBufferLimits = {}): void {
    this.flow.setLimits(limits);
    this.flow.grown(this.writer.size);
  }

  getWriteBufferLimits(): [low: number, high: number] {
    return [this.flow.low, this.flow.high];
  }

  getWriteBufferSize(): number {
    return this.lost > 0 ? 0 : this.writer.size;
  }

  /**
   * `sendFile` has the transport to itself: writes of others throw, and `protocol` is told of flow control. Gives what it
   * writes with, and what ends that. @internal
   */
  _beginFile(protocol: BaseProtocol): { write(data: Uint8Array): void; end(): void } {
    if (this.sendingFile) throw new RuntimeError("sendFile is in progress already");
    const { protocol: before, flow } = this;
    const wasPaused = flow.paused;
    this.sendingFile = true;
    this.setProtocol(protocol);
    return {
      write: (data) => {
        this.sendingFile = false;
        this.write(data);
        this.sendingFile = true;
      },
      end: () => {
        this.sendingFile = false;
        if (this.protocol === protocol) this.setProtocol(before);
        // Pauses and resumptions alternate for the program's protocol, too.
        if (this.lost === 0 && flow.paused !== wasPaused) flow.tell(flow.paused ? "pauseWriting" : "resumeWriting");
      },
    };
  }

  // ---- the upgrade to TLS

  /** @internal */
  _canUpgrade(): boolean {
    return this.canRead && this.canWrite && !this.sendingFile && !this.upgrading;
  }

  /**
   * Takes the socket out of the transport's hands, when all that was written has been sent: what has arrived is put back
   * into it. Until `_handOver` the transport still stands for the connection. @internal
   */
  *_release(timeout: () => unknown, seconds: number): CoroutineGenerator<NodeSocket> {
    const { socket } = this;
    this.upgrading = true;
    this.readingPaused = true;
    this.pauseSocket();
    if (this.writer.flush() > 0) yield* this.drained(timeout, seconds);
    if (this.closing || this.ended !== null || this.eof !== OPEN) throw connectionLost();
    socket.off("data", onData);
    socket.off("end", onEnd);
    socket.off("error", onError);
    socket.off("close", onClose);
    const chunks: Uint8Array[] = [];
    for (let chunk = this.arrived.shift(); chunk !== null; chunk = this.arrived.shift()) chunks.push(chunk);
    for (const chunk of chunks.reverse()) socket.unshift(chunk);
    this.flow.shrunk(0);
    return socket;
  }

  private *drained(timeout: () => unknown, seconds: number): CoroutineGenerator<void> {
    const future = new OutsideFuture<void>({ loop: this.loop });
    const timer = this.loop.callLater(seconds, () => {
      if (!future.done()) future.setException(timeout());
    });
    this.socket.write(NOTHING, (error) => {
      if (future.done()) return;
      if (error) future.setException(connectionLost());
      else future.setResult();
    });
    try {
      yield* future;
    } finally {
      timer.cancel();
    }
  }

  /** The transport that stands for the connection from now on, over the secured socket. @internal */
  _handOver(socket: NodeSocket, options: SocketTransportOptions): SocketTransport {
    if (this.lost > 0) {
      socket.destroy();
      throw connectionLost();
    }
    const { owner, extra } = this.options;
    const next = new SocketTransport(this.loop, socket, this.protocol, {
      owner,
      context: this.context,
      isUpgrade: true,
      ...options,
      extra: { ...extra, ...options.extra },
    });
    this.closing = true;
    this.lost++;
    this.loop._removeEndpoint(this);
    owner?._detach(this);
    return next;
  }

  /** The upgrade has failed, and the connection with it. @internal */
  _abandon(error: unknown): void {
    this.forceClose(error);
  }

  // ---- closing

  close(): void {
    if (this.closing) return;
    this.stopReading();
    if (this.writer.flush() > 0) return;
    if (this.isSecure()) this.sayFarewell();
    else this.loseSoon(null);
  }

  abort(): void {
    this.forceClose(null);
  }

  /** TLS: tells the peer that nothing will follow, and waits for it to say the same; then the runtime closes the socket. */
  private sayFarewell(): void {
    if (this.shutdown !== null) return;
    // There is nobody to say it to, and no event will come of it.
    if (this.socket.destroyed) return this.loseSoon(null);
    const timeout = toSeconds(this.options.shutdownTimeout ?? SHUTDOWN_TIMEOUT);
    this.shutdown = this.loop.callLaterIn(this.context, timeout, () =>
      this.forceClose(new TimeoutError("SSL shutdown timed out")),
    );
    this.socket.end();
    this.socket.resume();
  }

  /** The protocol has failed: the program hears of it, and the connection is given up. */
  private fatal(error: unknown, method: string): void {
    if (leavesLoop(error)) throw error;
    this.loop.callExceptionHandler({
      message: `Fatal error: protocol.${method}() call failed.`,
      exception: error,
      transport: this,
      protocol: this.protocol,
    });
    this.forceClose(error);
  }

  private forceClose(error: unknown): void {
    if (this.lost > 0) return;
    if (!this.closing) this.stopReading();
    // What was kept back until the end of the iteration would have been sent, written alone.
    this.writer.flush();
    this.loseSoon(error);
    this.socket.destroy();
  }

  private stopReading(): void {
    this.closing = true;
    this.arrived.clear();
    this.pauseSocket();
  }

  private loseSoon(error: unknown): void {
    this.lost++;
    new Entrance(this.loop, this.context, () => this.callConnectionLost(error)).enter();
  }

  private callConnectionLost(error: unknown): void {
    try {
      this.protocol.connectionLost(error);
    } finally {
      this.shutdown?.cancel();
      this.socket.destroy();
      this.loop._removeEndpoint(this);
      this.options.owner?._detach(this);
    }
  }

  /** The runtime has given the socket up for `error`. @internal */
  _fail(error: unknown): void {
    if (this.ended === null) this.takeRest();
    this._end(systemError(error));
  }

  /** The connection has ended without our doing. @internal */
  _end(error: unknown): void {
    if (this.lost > 0 || this.ended !== null) return;
    if (this.closing) return this.forceClose(error);
    // Both directions were closed in order: the runtime lets go of the socket, and the program has yet to close.
    if (error === null && this.eof !== OPEN && (this.eofSent || !this.canWrite)) return;
    if (this.writer.size > 0 || !this.hasArrived()) return this.forceClose(error);
    this.ended = { error };
    if (!this.readingPaused) this.arrival.enter();
  }

  /** @internal */
  _onLoopClosed(): void {
    if (this.loop.getDebug()) this.loop._warn(`unclosed transport ${repr(this)}`);
    this.closing = true;
    this.lost++;
    this.writer.flush();
    this.socket.destroy();
  }

  /** @internal */
  _repr(): string {
    const state = this.lost > 0 ? "closed" : this.closing ? "closing" : "open";
    const reading = this.isReading() ? "polling" : "idle";
    const { name } = this.options;
    return `<${this.constructor.name}${name === undefined ? "" : ` ${name}`} ${state} read=${reading} write=<bufsize=${this.getWriteBufferSize()}>>`;
  }

  override toString(): string {
    return this._repr();
  }

  /** @internal */
  [inspectCustom](): string {
    return this._repr();
  }
}

function connectionLost(): ConnectionResetError {
  return new ConnectionResetError("Connection lost", { code: "ECONNRESET" });
}

function isBuffered(protocol: BaseProtocol): boolean {
  return typeof (protocol as Partial<BufferedProtocol>).getBuffer === "function";
}

/** Any view of memory will do, as in Python. */
function memoryOf(buffer: unknown): Uint8Array {
  if (ArrayBuffer.isView(buffer)) return toBytes(buffer);
  throw new TypeError(`getBuffer() must return a Uint8Array, got ${repr(buffer)}`);
}

function onData(this: OwnedSocket, data: Uint8Array): void {
  this[transportKey]._feed(data);
}

function onEnd(this: OwnedSocket): void {
  if (!hidesReset(this)) this[transportKey]._feedEof();
}

function onError(this: OwnedSocket, error: unknown): void {
  this[transportKey]._fail(error);
}

function onClose(this: OwnedSocket): void {
  this[transportKey]._end(null);
}
