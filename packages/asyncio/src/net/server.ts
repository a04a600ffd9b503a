import type { Endpoint } from "../loop/base-loop.ts";
import { type Context, currentContext } from "../loop/context.ts";
import { CancelledError, isCancelled, RuntimeError } from "../loop/errors.ts";
import { repr } from "../loop/repr.ts";
import { sleep } from "../structured/sleep.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { Future } from "../tasks/future.ts";
import { PrivateFuture } from "../tasks/private-future.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { enter } from "./enter.ts";
import type { Listener, ServerSocket } from "./listener.ts";
import type { NodeSocket } from "./node.ts";
import type { BaseProtocol } from "./protocol.ts";
import { SocketTransport, type TransportOwner } from "./socket-transport.ts";

/** Accepts connections, each with a protocol of its own. Made by `createServer`. asyncio: `Server`. */
export class Server implements TransportOwner, Endpoint {
  private readonly loop: EventLoop;
  private readonly factory: () => BaseProtocol;
  private readonly context: Context;
  private listeners: readonly Listener[] | null;
  private readonly clients: Set<SocketTransport> = new Set();
  private waiters: Future<void>[] | null = [];
  private serving: boolean = false;
  /** Connections that came before the server was to serve. */
  private early: NodeSocket[] = [];
  private foreverFuture: Future<void> | null = null;

  /** @internal */
  constructor(loop: EventLoop, listeners: readonly Listener[], factory: () => BaseProtocol) {
    this.loop = loop;
    this.listeners = listeners;
    this.factory = factory;
    this.context = currentContext().copy();
    for (const listener of listeners) listener.onConnection = (socket) => this.accept(socket);
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

  /** Stops listening; open connections go on. A second call does nothing. */
  close(): void {
    const { listeners, foreverFuture } = this;
    if (listeners === null) return;
    this.listeners = null;
    this.serving = false;
    for (const listener of listeners) listener.close();
    for (const socket of this.early) socket.destroy();
    this.early = [];
    if (foreverFuture !== null && !foreverFuture.done()) foreverFuture.cancel();
    this.foreverFuture = null;
    this.loop._removeEndpoint(this);
    if (this.clients.size === 0) this.wakeUp();
  }

  /** Closes the transports of all open connections, see `Transport.close`. */
  closeClients(): void {
    for (const transport of [...this.clients]) transport.close();
  }

  /** Closes the transports of all open connections at once, see `Transport.abort`. */
  abortClients(): void {
    for (const transport of [...this.clients]) transport.abort();
  }

  /** Waits until the server is closed and the last of its connections has ended. */
  waitClosed(): Coroutine<void> {
    return new FunctionCoroutine(waitClosedDefinition, this, []);
  }

  /** Begins to accept connections, if `startServing: false` was given to `createServer`. */
  startServing(): Coroutine<void> {
    return new FunctionCoroutine(startServingDefinition, this, []);
  }

  /**
   * Accepts connections until it is cancelled, which closes the server and waits for its connections to end. One call at
   * a time. Throws `RuntimeError` on a closed server.
   */
  serveForever(): Coroutine<never> {
    return new FunctionCoroutine(serveForeverDefinition, this, []);
  }

  /** Closes the server and waits until all is over. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
    await this.waitClosed();
  }

  /** @internal */
  _start(): void {
    if (this.serving || this.listeners === null) return;
    this.serving = true;
    const { early } = this;
    this.early = [];
    for (const socket of early) this.accept(socket);
  }

  /** @internal */
  _attach(transport: SocketTransport): void {
    this.clients.add(transport);
  }

  /** @internal */
  _detach(transport: SocketTransport): void {
    this.clients.delete(transport);
    if (this.clients.size === 0 && this.listeners === null) this.wakeUp();
  }

  private wakeUp(): void {
    const { waiters } = this;
    this.waiters = null;
    for (const waiter of waiters ?? []) if (!waiter.done()) waiter.setResult();
  }

  private accept(socket: NodeSocket): void {
    if (this.listeners === null) return void socket.destroy();
    if (!this.serving) return void this.early.push(socket);
    enter(this.loop, this.context.copy(), () => this.serve(socket));
  }

  private serve(socket: NodeSocket): void {
    let protocol: BaseProtocol;
    try {
      protocol = this.factory();
    } catch (exception) {
      socket.destroy();
      return this.loop.callExceptionHandler({
        message: "Error on transport creation for incoming connection",
        exception,
      });
    }
    new SocketTransport(this.loop, socket, protocol, { owner: this });
  }

  /** @internal */
  *_waitClosed(): CoroutineGenerator<void> {
    if (this.waiters === null) return;
    const waiter = new PrivateFuture<void>({ loop: this.loop });
    this.waiters.push(waiter);
    yield* waiter;
  }

  /** @internal */
  *_serveForever(): CoroutineGenerator<never> {
    if (this.foreverFuture !== null) {
      throw new RuntimeError(`server ${repr(this)} is already being awaited on serveForever()`);
    }
    if (this.listeners === null) throw new RuntimeError(`server ${repr(this)} is closed`);
    this._start();
    this.foreverFuture = new PrivateFuture<void>({ loop: this.loop });
    try {
      yield* this.foreverFuture;
      throw new CancelledError();
    } catch (error) {
      if (!isCancelled(error)) throw error;
      this.close();
      yield* this._waitClosed();
      throw error;
    } finally {
      this.foreverFuture = null;
    }
  }

  /** @internal */
  _onLoopClosed(): void {
    for (const listener of this.listeners ?? []) listener.close();
    for (const socket of this.early) socket.destroy();
    this.listeners = null;
    this.serving = false;
  }

  /** @internal */
  _repr(): string {
    return `<Server sockets=${repr(this.sockets)}>`;
  }

  toString(): string {
    return this._repr();
  }
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

const startServingDefinition = define(startServingBody as never, "startServing");
const waitClosedDefinition = define(waitClosedBody as never, "waitClosed");
const serveForeverDefinition = define(serveForeverBody as never, "serveForever");
