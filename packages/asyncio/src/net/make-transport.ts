import type { EventLoop } from "../tasks/event-loop.ts";
import { PrivateFuture } from "../tasks/private-future.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import type { NodeSocket } from "./node.ts";
import type { BaseProtocol } from "./protocol.ts";
import { type Side, secure } from "./secure.ts";
import { SocketTransport, type SocketTransportOptions } from "./socket-transport.ts";
import type { Security } from "./ssl-options.ts";
import type { Transport } from "./transport.ts";

/** Throws `TypeError` before anything is connected that nobody would serve. */
export function checkFactory(factory: unknown): void {
  if (typeof factory !== "function") throw new TypeError("the protocol factory must be a function");
}

/**
 * A transport over a connected socket, and its protocol, once `connectionMade` has been called. When anything fails the
 * socket is destroyed; cancelled, it closes the transport. asyncio: `_create_connection_transport`.
 */
export function* makeTransport<P extends BaseProtocol>(
  loop: EventLoop,
  plain: NodeSocket,
  factory: () => P,
  side: Side,
  security: Security | null,
  options: SocketTransportOptions = {},
): CoroutineGenerator<[Transport, P]> {
  let socket = plain;
  let protocol: P;
  try {
    protocol = factory();
    if (security !== null) socket = yield* secure(loop, socket, side, security.context, security);
  } catch (error) {
    socket.destroy();
    throw error;
  }
  const made = new PrivateFuture<void>({ loop });
  const onMade = (): void => {
    if (!made.done()) made.setResult();
  };
  const transport = new SocketTransport(loop, socket, protocol, {
    ...options,
    onMade,
    ...(security !== null && {
      shutdownTimeout: security.shutdownTimeout,
      extra: { ...options.extra, sslContext: security.context },
    }),
  });
  try {
    yield* made;
  } catch (error) {
    transport.close();
    throw error;
  }
  return [transport, protocol];
}
