import { OutsideFuture } from "../interop/outside-future.ts";
import { repr } from "../loop/repr.ts";
import { makeSystemError, systemError } from "../loop/system-errors.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { type NodeSocket, nodeModule } from "./node.ts";

interface Net {
  readonly Socket: new (options: object) => ConnectableSocket;
}
interface ConnectableSocket extends NodeSocket {
  connect(options: object): unknown;
}

/**
 * Connects a socket of its own, by the options of `net.connect`. Destroys it when it fails or is cancelled. `describe`
 * makes the error that is thrown from the runtime's.
 */
export function* connectSocket(
  loop: EventLoop,
  options: object,
  describe: (error: unknown) => unknown = systemError,
): CoroutineGenerator<NodeSocket> {
  const { Socket } = nodeModule<Net>("net", "a connection");
  const socket = new Socket({ allowHalfOpen: true });
  // It must not begin to read before there is a protocol.
  socket.pause();
  return yield* connected(loop, socket, describe, () => socket.connect({ autoSelectFamily: false, ...options }));
}

/**
 * A socket that the program gives, once it is connected. Throws `RangeError` for what is no socket, `TypeError` for a
 * TLS socket, whose plain side cannot be had.
 */
export function* givenSocket(loop: EventLoop, given: unknown): CoroutineGenerator<NodeSocket> {
  const socket = checkSocket(given);
  if (socket.connecting === true) return yield* connected(loop, socket, systemError, () => {});
  if (socket.destroyed) throw makeSystemError("EBADF", undefined, { cause: socket.errored ?? undefined });
  if (socket.pending === true || (!socket.readable && !socket.writable)) throw makeSystemError("ENOTCONN");
  socket.on("error", noop);
  return socket;
}

/** A socket of the runtime's, of either kind, connected or not. */
export function checkSocket(given: unknown): NodeSocket {
  const socket = given as Partial<NodeSocket> | null;
  if (typeof socket !== "object" || typeof socket?.write !== "function" || typeof socket.destroy !== "function") {
    throw new RangeError(`A Stream Socket was expected, got ${repr(given)}`);
  }
  if (socket.encrypted === true) throw new TypeError(`Socket cannot be of type ${socket.constructor.name}`);
  return socket as NodeSocket;
}

/** Waits until `socket`, which `start` has connect, is connected; destroys it when it fails or is cancelled. */
export function* connected(
  loop: EventLoop,
  socket: NodeSocket,
  describe: (error: unknown) => unknown,
  start: () => void,
): CoroutineGenerator<NodeSocket> {
  const future = new OutsideFuture<void>({ loop });
  const onConnect = (): void => {
    if (!future.done()) future.setResult();
  };
  const onError = (error: unknown): void => {
    if (!future.done()) future.setException(describe(error));
  };
  const onClose = (): void => {
    if (!future.done()) onError(makeSystemError("ECONNABORTED"));
  };
  socket.on("error", onError);
  socket.once("close", onClose);
  socket.once("connect", onConnect);
  // An error that comes before the transport listens, or after a failure, must not end the process.
  socket.on("error", noop);
  const endpoint = { _onLoopClosed: (): void => void socket.destroy() };
  loop._addEndpoint(endpoint);
  try {
    start();
    yield* future;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    loop._removeEndpoint(endpoint);
    socket.off("error", onError);
    socket.off("connect", onConnect);
    socket.off("close", onClose);
  }
  return socket;
}

function noop(): void {}
