import type { Endpoint } from "../loop/base-loop.ts";
import { type Context, currentContext } from "../loop/context.ts";
import { leavesLoop, RuntimeError } from "../loop/errors.ts";
import { inspectCustom, repr } from "../loop/repr.ts";
import type { Runnable } from "../loop/runnable.ts";
import { systemError } from "../loop/system-errors.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { Entrance } from "./enter.ts";
import { FlowControl } from "./flow-control.ts";
import type { NodeSocket } from "./node.ts";
import type { BaseProtocol, BufferedProtocol, Protocol } from "./protocol.ts";
import { socketAddresses, socketInfo } from "./socket-info.ts";
import { type ExtraInfo, Transport, toBytes, type WriteBufferLimits, type WriteData } from "./transport.ts";

/** Writes to a lost connection are warned of from the fifth on. asyncio: `LOG_THRESHOLD_FOR_CONNLOST_WRITES`. */
const WARN_AFTER_LOST_WRITES = 5;
/** More than this is not taken from the runtime while the loop has not come to the rest. asyncio: `max_size`. */
const MOST_UNDELIVERED = 262_144;
const NOTHING = new Uint8Array(0);

/** Who has made a transport and wants to know of its end: a server. */
export interface TransportOwner {
  _attach(transport: SocketTransport): void;
  _detach(transport: SocketTransport): void;
}

export interface SocketTransportOptions {
  /** Called after `connectionMade`, in the same iteration. */
  readonly onMade?: (() => void) | undefined;
  /** What `getExtraInfo` tells beside, or instead of, what the socket itself does. */
  readonly extra?: Readonly<Partial<ExtraInfo>> | undefined;
  readonly owner?: TransportOwner | undefined;
  /** The context in which the protocol is called; default: a copy of the current one. */
  readonly context?: Context | undefined;
}

const transportKey: unique symbol = Symbol("transport");
type OwnedSocket = NodeSocket & { [transportKey]: SocketTransport };

/**
 * A transport over one socket of the runtime's: TCP, Unix, TLS, and pipes, which have one direction only. The socket is
 * connected (or, for TLS, secured) before, and belongs to the transport from then on.
 *
 * What the runtime reports comes to the protocol through the loop: in the order of its arrival, one call an iteration,
 * data before end of file before `connectionLost`. asyncio: `_SelectorSocketTransport`.
 *
 * Writing: what is written first in an iteration is sent at once, if nothing is waiting; the rest of the iteration goes
 * to the system in one piece with the next one.
 */
export class SocketTransport extends Transport implements Endpoint {
  private readonly loop: EventLoop;
  private readonly socket: NodeSocket;
  private protocol: Protocol | BufferedProtocol;
  private buffered: boolean;
  private readonly extra: Readonly<Partial<ExtraInfo>>;
  private readonly owner: TransportOwner | null;
  private readonly context: Context;
  private readonly flow: FlowControl;
  private readonly canRead: boolean;
  private readonly canWrite: boolean;
  private onMade: (() => void) | null;

  // ---- reading
  /** Brings what has arrived into the loop. */
  private readonly arrival: Entrance;
  private made: boolean;
  private readingPaused: boolean;
  /** What has arrived and was not delivered yet, oldest first: `chunk`, then `rest`. */
  private chunk: Uint8Array | null;
  private rest: Uint8Array[] | null;
  private undelivered: number;
  private socketPaused: boolean;
  private eof: "none" | "arrived" | "delivered";
  /** The connection has ended by itself; the protocol is told when all that has arrived before is delivered. */
  private ended: { readonly error: unknown } | null;

  // ---- writing
  /** Brings the end of a write into the loop, where somebody waits for it. */
  private written: Entrance | null;
  private readonly onWritten: (error?: Error | null) => void;
  /** The runtime does not always finish a write at once: have it tell. */
  private tellsWrites: boolean;
  private eofSent: boolean;
  /** The iteration of the last write. */
  private wroteIn: number;
  private flush: Flush | null;
  private whenEmpty: (() => void) | null;

  // ---- closing
  private closing: boolean;
  /** 0 while the connection stands; then how often something was done in spite of its loss. */
  private lost: number;

  constructor(loop: EventLoop, socket: NodeSocket, protocol: BaseProtocol, options: SocketTransportOptions = {}) {
    super();
    this.loop = loop;
    this.socket = socket;
    this.protocol = protocol as Protocol | BufferedProtocol;
    this.buffered = isBuffered(protocol);
    this.extra = { ...socketAddresses(socket), ...options.extra };
    this.owner = options.owner ?? null;
    this.context = options.context ?? currentContext().copy();
    this.flow = new FlowControl(loop, this);
    this.canRead = socket.readable;
    this.canWrite = socket.writable;
    this.onMade = options.onMade ?? null;
    this.arrival = new Entrance(loop, this.context, this.deliver.bind(this));
    this.made = false;
    this.readingPaused = false;
    this.chunk = null;
    this.rest = null;
    this.undelivered = 0;
    this.socketPaused = true;
    this.eof = "none";
    this.ended = null;
    this.written = null;
    this.onWritten = (error) => {
      if (error) return; // It comes as an event, too.
      if (this.flow.paused || this.closing || this.whenEmpty !== null) this.enterWritten();
    };
    this.tellsWrites = false;
    this.eofSent = false;
    this.wroteIn = -1;
    this.flush = null;
    this.whenEmpty = null;
    this.closing = false;
    this.lost = 0;

    loop._addEndpoint(this);
    this.owner?._attach(this);
    socket.allowHalfOpen = true;
    (socket as OwnedSocket)[transportKey] = this;
    socket.on("error", onError);
    socket.on("close", onClose);
    this.arrival.enter();
    if (socket.destroyed) this._end(systemError(socket.errored ?? null));
  }

  // ---- what the transport is

  isClosing(): boolean {
    return this.closing;
  }

  setProtocol(protocol: BaseProtocol): void {
    this.protocol = protocol as Protocol | BufferedProtocol;
    this.buffered = isBuffered(protocol);
  }

  getProtocol(): BaseProtocol {
    return this.protocol;
  }

  getExtraInfo(key: string, fallback: unknown = null): never {
    const ours = key === "ssl_object" ? "sslObject" : key === "sslcontext" ? "sslContext" : key;
    const value = Object.hasOwn(this.extra, ours) ? this.extra[ours as keyof ExtraInfo] : socketInfo(this.socket, ours);
    return (value ?? fallback) as never;
  }

  // ---- reading

  /** The first entry is asyncio's `connection_made`, `_add_reader` and the waiter's result, which follow each other. */
  private begin(): void {
    this.made = true;
    const { onMade } = this;
    this.onMade = null;
    try {
      this.protocol.connectionMade(this);
    } catch (error) {
      this.fatal(error, "Fatal error: protocol.connectionMade() call failed.");
    }
    if (this.canRead) {
      this.socket.on("data", onData);
      this.socket.on("end", onEnd);
      this.takeMore();
    }
    onMade?.();
    if (this.hasArrived() && !this.readingPaused) this.arrival.enter();
  }

  private hasArrived(): boolean {
    return this.chunk !== null || this.eof === "arrived" || this.ended !== null;
  }

  /** @internal */
  _feed(data: Uint8Array): void {
    if (this.closing) return;
    if (this.chunk === null) this.chunk = data;
    else if (this.rest === null) this.rest = [data];
    else this.rest.push(data);
    this.undelivered += data.length;
    if (this.undelivered >= MOST_UNDELIVERED) this.pauseSocket();
    if (!this.readingPaused) this.arrival.enter();
  }

  /** @internal */
  _feedEof(): void {
    if (this.closing || this.eof !== "none") return;
    this.eof = "arrived";
    if (!this.readingPaused) this.arrival.enter();
  }

  private deliver(): void {
    if (!this.made) return this.begin();
    if (this.closing || this.readingPaused) return;
    if (this.chunk !== null) this.deliverData(this.chunk);
    else if (this.eof === "arrived") this.deliverEof();
    else if (this.ended !== null) return this.forceClose(this.ended.error);
    if (this.hasArrived() && !this.closing) {
      if (!this.readingPaused) this.arrival.enter();
    } else if (this.socketPaused) {
      this.takeMore();
    }
  }

  private deliverData(data: Uint8Array): void {
    const { rest } = this;
    if (rest === null) {
      this.chunk = null;
    } else {
      this.chunk = rest.shift()!;
      if (rest.length === 0) this.rest = null;
    }
    this.undelivered -= data.length;
    if (this.buffered) return this.deliverToBuffer(data);
    try {
      (this.protocol as Protocol).dataReceived(data);
    } catch (error) {
      this.fatal(error, "Fatal error: protocol.dataReceived() call failed.");
    }
  }

  /** As much as fits into the protocol's own memory; what is left is delivered next. */
  private deliverToBuffer(data: Uint8Array): void {
    const protocol = this.protocol as BufferedProtocol;
    let buffer: Uint8Array;
    try {
      buffer = protocol.getBuffer(-1);
      if (buffer.length === 0) throw new RuntimeError("getBuffer() returned an empty buffer");
    } catch (error) {
      return this.fatal(error, "Fatal error: protocol.getBuffer() call failed.");
    }
    const count = Math.min(buffer.length, data.length);
    if (count < data.length) this.putBack(data.subarray(count));
    buffer.set(count === data.length ? data : data.subarray(0, count));
    try {
      protocol.bufferUpdated(count);
    } catch (error) {
      this.fatal(error, "Fatal error: protocol.bufferUpdated() call failed.");
    }
  }

  private putBack(data: Uint8Array): void {
    if (this.chunk !== null) {
      if (this.rest === null) this.rest = [this.chunk];
      else this.rest.unshift(this.chunk);
    }
    this.chunk = data;
    this.undelivered += data.length;
  }

  private deliverEof(): void {
    this.eof = "delivered";
    let keepOpen: unknown;
    try {
      keepOpen = this.protocol.eofReceived();
    } catch (error) {
      return this.fatal(error, "Fatal error: protocol.eofReceived() call failed.");
    }
    if (keepOpen && this.socket.encrypted === true) {
      this.loop._warn("returning true from eofReceived() has no effect when using ssl");
      keepOpen = false;
    }
    if (!keepOpen || !this.canWrite) this.close();
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
    if (this.closing || !this.readingPaused) return;
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
    if (!this.canRead || this.readingPaused || this.closing || !this.made) return;
    this.socketPaused = false;
    this.socket.resume();
  }

  // ---- writing

  write(data: WriteData): void {
    const bytes = toBytes(data);
    if (!this.mayWrite("write", bytes.length)) return;
    const { socket } = this;
    if (socket.writableLength > 0) {
      socket.write(bytes, this.onWritten);
    } else if (this.wroteIn !== this.loop._ticks || !this.loop.isRunning()) {
      this.wroteIn = this.loop._ticks;
      this.send(bytes);
    } else {
      socket.cork();
      socket.write(bytes, this.onWritten);
      this.flush ??= new Flush(this);
      this.flush.schedule(this.loop);
    }
    this.maybePause();
  }

  writeLines(list: Iterable<WriteData>): void {
    const lines = Array.from(list, toBytes);
    const size = lines.reduce((sum, line) => sum + line.length, 0);
    if (!this.mayWrite("writeLines", size)) return;
    this.socket.cork();
    for (const line of lines) if (line.length > 0) this.socket.write(line, this.onWritten);
    this.socket.uncork();
    this.maybePause();
  }

  private mayWrite(method: string, size: number): boolean {
    if (!this.canWrite) throw new RuntimeError(`Cannot call ${method}() on a transport that only reads`);
    if (this.eofSent) throw new RuntimeError(`Cannot call ${method}() after writeEof()`);
    if (this.whenEmpty !== null) throw new RuntimeError("unable to write; sendFile is in progress");
    if (size === 0) return false;
    if (this.ended !== null) {
      // Nothing can be sent any more; what has arrived is still delivered, unless the program does not want it.
      if (this.readingPaused) this.forceClose(this.ended.error);
      return false;
    }
    if (this.lost === 0) return true;
    if (this.lost >= WARN_AFTER_LOST_WRITES) this.loop._warn("socket.send() raised exception.");
    this.lost++;
    return false;
  }

  /** Nothing is waiting: most of the time the system takes it all at once, and there is nothing to hear of it later. */
  private send(bytes: Uint8Array): void {
    const { socket } = this;
    if (this.tellsWrites) return void socket.write(bytes, this.onWritten);
    socket.write(bytes);
    if (socket.writableLength > 0 && !socket.destroyed) {
      this.tellsWrites = true;
      socket.write(NOTHING, this.onWritten);
    }
  }

  private maybePause(): void {
    const { socket, flow } = this;
    if (socket.writableLength <= flow.high) return;
    // What only waits for the end of the iteration has not been refused by the system.
    this.flush?.now();
    flow.grown(socket.writableLength);
  }

  /** @internal */
  _uncork(): void {
    this.socket.uncork();
  }

  private enterWritten(): void {
    this.written ??= new Entrance(this.loop, this.context, this.noteWritten.bind(this));
    this.written.enter();
  }

  private noteWritten(): void {
    if (this.lost > 0) return;
    const size = this.socket.writableLength;
    this.flow.shrunk(size);
    if (this.socket.writableLength > 0) return;
    const { whenEmpty } = this;
    this.whenEmpty = null;
    whenEmpty?.();
    if (this.closing && this.lost === 0) this.finish();
  }

  writeEof(): void {
    if (this.closing || this.eofSent) return;
    if (!this.canWriteEof()) throw new RuntimeError("this transport cannot close one direction only");
    if (!this.canRead) return this.close();
    this.eofSent = true;
    this.socket.end();
  }

  canWriteEof(): boolean {
    return this.canWrite && this.socket.encrypted !== true;
  }

  setWriteBufferLimits(limits: WriteBufferLimits = {}): void {
    this.flow.setLimits(limits);
    this.maybePause();
  }

  getWriteBufferLimits(): [low: number, high: number] {
    return [this.flow.low, this.flow.high];
  }

  getWriteBufferSize(): number {
    return this.lost > 0 ? 0 : this.socket.writableLength;
  }

  // ---- closing

  close(): void {
    if (this.closing) return;
    this.stopReading();
    this.flush?.now();
    if (this.socket.writableLength === 0) this.loseSoon(null);
  }

  abort(): void {
    this.forceClose(null);
  }

  /** The protocol has failed: the program hears of it, and the connection is given up. */
  private fatal(error: unknown, message: string): void {
    if (leavesLoop(error)) throw error;
    this.loop.callExceptionHandler({ message, exception: error, transport: this, protocol: this.protocol });
    this.forceClose(error);
  }

  private forceClose(error: unknown): void {
    if (this.lost > 0) return;
    if (!this.closing) this.stopReading();
    this.loseSoon(error);
    this.socket.destroy();
  }

  private stopReading(): void {
    this.closing = true;
    this.chunk = this.rest = null;
    this.undelivered = 0;
    this.pauseSocket();
  }

  private loseSoon(error: unknown): void {
    this.lost++;
    new Entrance(this.loop, this.context, () => this.callConnectionLost(error)).enter();
  }

  private finish(): void {
    this.lost++;
    this.callConnectionLost(null);
  }

  private callConnectionLost(error: unknown): void {
    try {
      this.protocol.connectionLost(error);
    } finally {
      this.release();
    }
  }

  private release(): void {
    this.socket.destroy();
    this.loop._removeEndpoint(this);
    this.owner?._detach(this);
    const { whenEmpty } = this;
    this.whenEmpty = null;
    whenEmpty?.();
  }

  /** The connection has ended without our doing. @internal */
  _end(error: unknown): void {
    if (this.lost > 0 || this.ended !== null) return;
    const unsent = this.socket.writableLength > 0;
    // Both directions were closed in order: the runtime lets go of the socket, and the program has yet to close.
    if (error === null && this.eof !== "none" && (this.eofSent || !this.canWrite) && !this.closing) return;
    if (unsent || this.closing || !this.hasArrived()) return this.forceClose(error);
    this.ended = { error };
    this.arrival.enter();
  }

  /** @internal */
  _onLoopClosed(): void {
    this.closing = true;
    this.lost = 1;
    this.socket.destroy();
    if (this.loop.getDebug()) this.loop._warn(`unclosed transport ${repr(this)}`);
  }

  /** @internal */
  _repr(): string {
    const state = this.lost > 0 ? "closed" : this.closing ? "closing" : "open";
    const read = this.isReading() ? "polling" : "idle";
    return `<${this.constructor.name} ${state} read=${read} write=<bufsize=${this.getWriteBufferSize()}>>`;
  }

  override toString(): string {
    return this._repr();
  }

  /** @internal */
  [inspectCustom](): string {
    return this._repr();
  }
}

/** Sends, in the loop's next iteration, what was written after the first write of this one. */
class Flush implements Runnable {
  private readonly transport: SocketTransport;
  /** How often the socket was corked. */
  private corks: number;
  private queued: boolean;

  constructor(transport: SocketTransport) {
    this.transport = transport;
    this.corks = 0;
    this.queued = false;
  }

  schedule(loop: EventLoop): void {
    this.corks++;
    if (this.queued) return;
    this.queued = true;
    loop._enqueue(this);
  }

  now(): void {
    for (; this.corks > 0; this.corks--) this.transport._uncork();
  }

  _run(): void {
    this.queued = false;
    this.now();
  }

  _repr(): string {
    return `<Handle flush of ${repr(this.transport)}>`;
  }
}

function isBuffered(protocol: BaseProtocol): boolean {
  return typeof (protocol as Partial<BufferedProtocol>).getBuffer === "function";
}

function onData(this: OwnedSocket, data: Uint8Array): void {
  this[transportKey]._feed(data);
}

function onEnd(this: OwnedSocket): void {
  this[transportKey]._feedEof();
}

function onError(this: OwnedSocket, error: unknown): void {
  const transport = this[transportKey];
  // What the runtime had read before and was not asked for.
  for (let data = this.read?.() ?? null; data !== null; data = this.read!()) transport._feed(data);
  transport._end(systemError(error));
}

function onClose(this: OwnedSocket): void {
  this[transportKey]._end(null);
}
