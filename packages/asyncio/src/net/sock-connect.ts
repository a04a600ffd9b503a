import { OutsideFuture } from "../interop/outside-future.ts";
import { makeSystemError, systemError } from "../loop/system-errors.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { connectFailure } from "./connect-address.ts";
import { connected } from "./connect-socket.ts";
import { DatagramOutput, type NodeDatagrams } from "./datagram-output.ts";
import { hostWithScope } from "./ip-address.ts";
import type { NodeSocket } from "./node.ts";
import { resolveSocketAddress } from "./sock-address.ts";
import { checkNotSecure, outputOf } from "./sources.ts";

interface ConnectableSocket extends NodeSocket {
  connect(options: object): unknown;
}

/** `loop.sockConnect()`. */
export function sockConnect(loop: EventLoop, socket: unknown, address: unknown): Coroutine<void> {
  return new FunctionCoroutine(definition, undefined, [loop, socket, address]);
}

function* sockConnectBody(loop: EventLoop, socket: unknown, address: unknown): CoroutineGenerator<void> {
  checkNotSecure(socket);
  const output = outputOf(socket, "sockConnect");
  if (output instanceof DatagramOutput) return yield* connectDatagrams(loop, socket as NodeDatagrams, address);
  const stream = socket as ConnectableSocket;
  checkUnconnected(stream);
  if (typeof address === "string") {
    yield* connected(loop, stream, systemError, () => stream.connect({ path: address }));
    return;
  }
  const found = yield* resolveSocketAddress(loop, address, "sockConnect", null);
  checkUnconnected(stream);
  const options = { host: hostWithScope(found), port: found[1], family: found.length === 2 ? 4 : 6 };
  yield* connected(
    loop,
    stream,
    (error) => connectFailure(error, found),
    () => stream.connect({ ...options, autoSelectFamily: false }),
  );
}

function checkUnconnected(socket: ConnectableSocket): void {
  if (socket.destroyed) throw makeSystemError("EBADF");
  if (socket.connecting === true) throw makeSystemError("EALREADY");
  if (socket.pending !== true || typeof socket.connect !== "function") throw makeSystemError("EISCONN");
}

/** Gives the socket a peer. It needs no answer; the runtime binds the socket before. */
function* connectDatagrams(loop: EventLoop, socket: NodeDatagrams, address: unknown): CoroutineGenerator<void> {
  const found = yield* resolveSocketAddress(loop, address, "sockConnect", socket);
  const future = new OutsideFuture<void>({ loop });
  const onConnect = (): void => {
    if (!future.done()) future.setResult();
  };
  const onError = (error: unknown): void => {
    if (!future.done()) future.setException(connectFailure(error, found));
  };
  const onClose = (): void => onError(makeSystemError("EBADF"));
  socket.on("connect", onConnect);
  socket.on("error", onError);
  socket.on("close", onClose);
  try {
    socket.connect(found[1], hostWithScope(found));
    yield* future;
  } catch (error) {
    throw systemError(error);
  } finally {
    socket.off("connect", onConnect);
    socket.off("error", onError);
    socket.off("close", onClose);
  }
}

const definition = define(sockConnectBody as never, "sockConnect");
