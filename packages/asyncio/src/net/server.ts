import type { Endpoint } from "../loop/base-loop.ts";
import { type Context, currentContext } from "../loop/context.ts";
import { CancelledError, isCancelled, RuntimeError } from "../loop/errors.ts";
import { inspectCustom, repr } from "../loop/repr.ts";
import { sleep } from "../structured/sleep.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { Future } from "../tasks/future.ts";
import { PrivateFuture } from "../tasks/private-future.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import type { Task } from "../tasks/task.ts";
import { enter } from "./enter.ts";
import type { Listener, ListenerOwner, ServerSocket } from "./listener.ts";
import { makeProtocol, makeTransport } from "./make-transport.ts";
import type { NodeSocket } from "./node.ts";
import type { BaseProtocol } from "./protocol.ts";
import { SocketTransport, type TransportOwner } from "./socket-transport.ts";
import type { Security } from "./ssl-options.ts";
import type { ExtraInfo } from "./transport.ts";

/** Seconds between two reports that the system has nothing left for another connection. asyncio: `ACCEPT_RETRY_DELAY`. */
const ACCEPT_REPORT_INTERVAL = 1;
const OUT_OF_RESOURCES: ReadonlySet<unknown> = new Set(["EMFILE", "ENFILE", "ENOBUFS", "ENOMEM"]);

export interface ServerParts {
  readonly listeners: readonly Listener[];
  readonly factory: () => BaseProtocol;
  readonly security: Security | null;
  /** What every transport tells beside what its socket does. */
  readonly extra?: Readonly<Partial<ExtraInfo>> | undefined;
}

/**
 * Accepts connections, each with a protocol of its own. Made by `loop.createServer()` and its kin. Leaving it as a
 * resource (`asyncWith`, `await using`) closes it and waits. asyncio: `Server`.
 */
export class Server implements TransportOwner, ListenerOwner, Endpoint {
  private readonly loop: EventLoop;
  private readonly parts: ServerParts;
  private readonly context: Context;
  private listeners: readonly Listener[] | null;
  /** Accepted outside of the loop, and not in it yet. */
  private readonly arriving: Set<NodeSocket> = new Set();
  private readonly clients: Set<SocketTransport> = new Set();
  /** Connections that are being secured. */
  private readonly handshakes: Set<Task<unknown>> = new Set();
  private waiters: Future<void>[] | null = [];
  private serving: boolean = false;
  private forever: Future<void> | null = null;
  private lastReport: number = -Infinity;

  /** @internal */
  constructor(loop: EventLoop, parts: ServerParts) {
    this.loop = loop;
    this.parts = parts;
    this.listeners = parts.listeners;
    this.context = currentContext().copy();
    loop._addEndpoint(this);
  }

  /** The listening sockets; none when the server is closed. */
  get sockets(): readonly ServerSocket[] {
    return this.listeners?.map((listener) => listener.socket) ?? [];
  }

  getLoop(): EventLoop {
    return this.loop;
  }

  /** Whether it accepts connections. */
  isServing(): boolean {
    return this.serving;
  }

  /** Stops listening; open connections go on. Ends `serveForever`. A second call does nothing. */
  close(): void {
    if (this.listeners === null) return;
    this.stopListening();
    this.loop._removeEndpoint(this);
    const { forever } = this;
    this.forever = null;
    if (forever !== null && !forever.done()) forever.cancel();
    this.wakeUpWhenOver();
  }

  private stopListening(): void {
    for (const listener of this.listeners ?? []) listener.close();
    // They were there before the server was closed; nobody would care for them any more.
    for (const socket of this.arriving) socket.destroy();
    this.arriving.clear();
    this.listeners = null;
    this.serving = false;
  }

  /** Closes all open connections: what is buffered is still sent, see `Transport.close`. */
  closeClients(): void {
    for (const task of [...this.handshakes]) task.cancel();
    for (const transport of [...this.clients]) transport.close();
  }

  /** Closes all open connections at once, see `Transport.abort`. */
  abortClients(): void {
    for (const task of [...this.handshakes]) task.cancel();
    for (const transport of [...this.clients]) transport.abort();
  }

  /**
   * Waits until the server is closed and the last of its connections has ended; `closeClients` and `abortClients` end
   * them. asyncio: `wait_closed()`.
   */
  waitClosed(): Coroutine<void> {
    return new FunctionCoroutine(waitClosedDefinition, this, []);
  }

  /** Begins to accept connections, where `startServing: false` was given. */
  startServing(): Coroutine<void> {
    return new FunctionCoroutine(startServingDefinition, this, []);
  }

  /**
   * Accepts connections until it is cancelled; then it closes the server, waits for the end of its connections, and
   * throws the `CancelledError`. So it does when somebody else closes the server. Throws `RuntimeError` on a closed
   * server, and when another task is in it already.
   */
  serveForever(): Coroutine<never> {
    return new FunctionCoroutine(serveForeverDefinition, this, []);
  }

  /** Closes the server and waits until all is over. */
  [Symbol.asyncDispose](): Coroutine<void> {
    return new FunctionCoroutine(disposeDefinition, this, []);
  }

  /** @internal */
  _start(): void {
    if (this.serving || this.listeners === null) return;
    this.serving = true;
    for (const listener of this.listeners) listener.serve(this);
  }

  // ---- connections

  /** @internal */
  _accepted(socket: NodeSocket): void {
    if (this.listeners === null || this.loop.isClosed()) return void socket.destroy();
    this.arriving.add(socket);
    enter(this.loop, this.context.copy(), serve, this, socket);
  }

  /** @internal */
  _serve(socket: NodeSocket): void {
    const { factory, security, extra } = this.parts;
    if (!this.arriving.delete(socket)) return;
    if (security !== null) return this.shakeHands(socket, security);
    let protocol: BaseProtocol;
    try {
      protocol = makeProtocol(factory);
    } catch (exception) {
      socket.destroy();
      return this.reportFailure(exception);
    }
    new SocketTransport(this.loop, socket, protocol, { owner: this, extra });
  }

  private shakeHands(socket: NodeSocket, security: Security): void {
    const { factory, extra } = this.parts;
    let failed = false;
    const make = (): BaseProtocol => {
      try {
        return makeProtocol(factory);
      } catch (error) {
        failed = true;
        throw error;
      }
    };
    const task = this.loop.createTask(() =>
      makeTransport(this.loop, socket, make, "server", security, { owner: this, extra }),
    );
    this.handshakes.add(task);
    task.addDoneCallback(() => {
      this.handshakes.delete(task);
      const error = task.cancelled() ? null : task.exception();
      // Anybody can fail at a handshake; that is no business of the program's.
      if (error !== null && (failed || this.loop.getDebug())) this.reportFailure(error);
      this.wakeUpWhenOver();
    });
  }

  private reportFailure(exception: unknown): void {
    this.loop.callExceptionHandler({
      message: "Error on transport creation for incoming connection",
      exception,
      server: this,
    });
  }

  /** @internal */
  _acceptFailed(exception: unknown, socket: ServerSocket): void {
    if (this.loop.isClosed()) return;
    if (OUT_OF_RESOURCES.has((exception as { readonly code?: unknown } | null)?.code)) {
      // The runtime tries again and again; once a second is often enough to hear of it.
      const now = this.loop.time();
      if (now < this.lastReport + ACCEPT_REPORT_INTERVAL) return;
      this.lastReport = now;
      const message = "socket.accept() out of system resource";
      enter(this.loop, this.context, report, this.loop, { message, exception, socket });
    } else {
      enter(this.loop, this.context, report, this.loop, {
        message: "Error in the listening socket",
        exception,
        socket,
      });
    }
  }

  /** @internal */
  _attach(transport: SocketTransport): void {
    this.clients.add(transport);
  }

  /** @internal */
  _detach(transport: SocketTransport): void {
    this.clients.delete(transport);
    this.wakeUpWhenOver();
  }

  private wakeUpWhenOver(): void {
    const { waiters } = this;
    if (this.listeners !== null || this.clients.size > 0 || this.handshakes.size > 0 || waiters === null) return;
    this.waiters = null;
    for (const waiter of waiters) if (!waiter.done()) waiter.setResult();
  }

  // ---- coroutines

  /** @internal */
  *_waitClosed(): CoroutineGenerator<void> {
    if (this.waiters === null) return;
    const waiter = new PrivateFuture<void>({ loop: this.loop });
    this.waiters.push(waiter);
    yield* waiter;
  }

  /** @internal */
  *_serveForever(): CoroutineGenerator<never> {
    if (this.forever !== null) {
      throw new RuntimeError(`server ${repr(this)} is already being awaited on serveForever()`);
    }
    if (this.listeners === null) throw new RuntimeError(`server ${repr(this)} is closed`);
    this._start();
    const forever = new PrivateFuture<void>({ loop: this.loop });
    this.forever = forever;
    try {
      yield* forever;
      throw new CancelledError();
    } catch (error) {
      if (!isCancelled(error)) throw error;
      this.forever = null;
      this.close();
      try {
        yield* this._waitClosed();
      } catch {
        // A second cancellation ends the wait; it is the first that is told.
      }
      throw error;
    }
  }

  /** @internal */
  _onLoopClosed(): void {
    if (this.loop.getDebug()) this.loop._warn(`unclosed server ${repr(this)}`);
    this.stopListening();
  }

  /** @internal */
  _repr(): string {
    return `<Server sockets=${repr(this.sockets)}>`;
  }

  toString(): string {
    return this._repr();
  }

  /** @internal */
  [inspectCustom](): string {
    return this._repr();
  }
}

function serve(server: Server, socket: NodeSocket): void {
  server._serve(socket);
}

function report(loop: EventLoop, context: { readonly message: string }): void {
  loop.callExceptionHandler(context);
}

function* startServingBody(this: Server): CoroutineGenerator<void> {
  this._start();
  yield* sleep(0);
}

function* waitClosedBody(this: Server): CoroutineGenerator<void> {
  yield* this._waitClosed();
}

function* serveForeverBody(this: Server): CoroutineGenerator<never> {
  return yield* this._serveForever();
}

function* disposeBody(this: Server): CoroutineGenerator<void> {
  this.close();
  yield* this._waitClosed();
}

const startServingDefinition = define(startServingBody as never, "startServing");
const waitClosedDefinition = define(waitClosedBody as never, "waitClosed");
const serveForeverDefinition = define(serveForeverBody as never, "serveForever");
const disposeDefinition = define(disposeBody as never, "asyncDispose");
