import { isBun, isDeno, nodeProcess } from "../host/globals.ts";
import { OutsideFuture } from "../interop/outside-future.ts";
import { RuntimeError } from "../loop/errors.ts";
import { inspectCustom, repr } from "../loop/repr.ts";
import { systemError } from "../loop/system-errors.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { descriptorsExhausted } from "./descriptor-limit.ts";
import { type NodeEmitter, type NodeSocket, nodeModule } from "./node.ts";
import type { Address } from "./protocol.ts";
import type { SocketFile } from "./socket-file.ts";
import { toAddress } from "./socket-info.ts";

/** What a listener tells. */
export interface ListenerOwner {
  /** @internal */
  _accepted(socket: NodeSocket): void;
  /** A connection could not be accepted; the listener goes on. @internal */
  _acceptFailed(error: unknown, socket: ServerSocket): void;
}

/** A listening socket, as `Server.sockets` shows it. */
export class ServerSocket {
  private readonly name: Address;
  /** The runtime's own server. */
  readonly server: unknown;

  /** @internal */
  constructor(name: Address, server: unknown) {
    this.name = name;
    this.server = server;
  }

  /** The address that it listens on. Python: `getsockname()`. */
  getSockName(): Address {
    return this.name;
  }

  /** @internal */
  _repr(): string {
    return `<ServerSocket ${repr(this.name)}>`;
  }

  toString(): string {
    return this._repr();
  }

  /** @internal */
  [inspectCustom](): string {
    return this._repr();
  }
}

export interface NodeServer extends NodeEmitter {
  readonly listening: boolean;
  allowHalfOpen?: boolean;
  pauseOnConnect?: boolean;
  noDelay?: boolean;
  listen(options: object): unknown;
  close(): unknown;
  address(): { address: string; family: string | number; port: number } | string | null;
}
interface Net {
  createServer(options: object): NodeServer;
}

/** One listening socket of the runtime's. Connections that come before it has an owner wait. */
export class Listener {
  readonly socket: ServerSocket;
  private readonly server: NodeServer;
  private owner: ListenerOwner | null = null;
  private waiting: NodeSocket[] = [];
  /** Of a Unix socket. */
  file: SocketFile | null = null;

  constructor(server: NodeServer) {
    this.server = server;
    const address = server.address();
    const name =
      typeof address === "string" || address === null
        ? address
        : toAddress(address.address, address.family, address.port);
    this.socket = new ServerSocket(name, server);
    server.on("connection", this.onConnection);
    server.on("error", this.onError);
  }

  /** From now on connections go to `owner`. */
  serve(owner: ListenerOwner): void {
    this.owner = owner;
    const { waiting } = this;
    this.waiting = [];
    for (const socket of waiting) owner._accepted(socket);
  }

  /** Connections that nobody has taken are closed. */
  close(): void {
    const close = (): void => void this.server.close();
    if (this.file === null) close();
    else this.file.closing(close);
    this.server.off("connection", this.onConnection);
    for (const socket of this.waiting) socket.destroy();
    this.waiting = [];
  }

  private readonly onConnection = (socket: NodeSocket): void => {
    // An error before there is a transport must not end the process; the transport sees that the socket is destroyed.
    socket.on("error", noop);
    const exhausted = descriptorsExhausted(socket);
    if (exhausted !== null) this.owner?._acceptFailed(exhausted, this.socket);
    if (this.owner === null) this.waiting.push(socket);
    else this.owner._accepted(socket);
  };

  private readonly onError = (error: unknown): void => {
    this.owner?._acceptFailed(systemError(error), this.socket);
  };
}

export interface ListenOptions {
  readonly backlog: number;
  readonly reusePort?: boolean | undefined;
}

/**
 * Listens at `place`, in the terms of `net.Server.listen`. Cancelled, or when it fails, it closes the socket again.
 * `describe` makes the error that is thrown from the runtime's.
 */
export function* listen(
  loop: EventLoop,
  place: object,
  { backlog, reusePort }: ListenOptions,
  accepted: object,
  describe: (error: unknown) => unknown = systemError,
): CoroutineGenerator<Listener> {
  if (reusePort === true) checkReusePort();
  const { createServer } = nodeModule<Net>("net", "a server");
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, ...accepted });
  yield* listening(loop, server, describe, () =>
    server.listen({ ...place, backlog, ...(reusePort === true && { reusePort }) }),
  );
  return new Listener(server);
}

/** A server of the runtime's that the program gives, listening or about to. */
export function* givenServer(loop: EventLoop, server: NodeServer): CoroutineGenerator<Listener> {
  if (!server.listening) yield* listening(loop, server, systemError, () => {});
  server.allowHalfOpen = true;
  server.pauseOnConnect = true;
  return new Listener(server);
}

function* listening(
  loop: EventLoop,
  server: NodeServer,
  describe: (error: unknown) => unknown,
  start: () => void,
): CoroutineGenerator<void> {
  const future = new OutsideFuture<void>({ loop });
  const onListening = (): void => {
    if (!future.done()) future.setResult();
  };
  const onError = (error: unknown): void => {
    if (!future.done()) future.setException(describe(error));
  };
  server.on("error", onError);
  server.once("listening", onListening);
  try {
    start();
    yield* future;
  } catch (error) {
    // A cancelled listen may still succeed later; what failed is closed already.
    if (server.listening) server.close();
    else server.once("listening", () => server.close());
    throw error;
  }
  server.off("error", onError);
}

/** Runtimes that do not know the option ignore it, which nobody would notice but by the load. */
function checkReusePort(): void {
  const { versions } = nodeProcess ?? {};
  const [major = 0, minor = 0] = (versions?.node ?? "").split(".").map(Number);
  const known = isBun || (!isDeno && (major > 23 || (major === 23 && minor >= 1) || (major === 22 && minor >= 12)));
  if (!known) throw new RuntimeError("reusePort needs Node 22.12, 23.1 or newer, or Bun");
}

function noop(): void {}
