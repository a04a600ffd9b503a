import { repr } from "../loop/repr.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { PrivateFuture } from "../tasks/private-future.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import type { NodeSocket } from "./node.ts";
import type { BaseProtocol } from "./protocol.ts";
import { type Side, secure } from "./secure.ts";
import { SocketTransport, type SocketTransportOptions } from "./socket-transport.ts";
import type { Security } from "./ssl-options.ts";
import type { BaseTransport, Transport } from "./transport.ts";

/** Throws `TypeError` before anything is connected that nobody would serve. */
export function checkFactory(factory: unknown): void {
  if (typeof factory !== "function") throw new TypeError("the protocol factory must be a function");
  if (!/^class\b/.test(Function.prototype.toString.call(factory))) return;
  const name = factory.name === "" ? "Protocol" : factory.name;
  throw new TypeError(`the protocol factory must be a function, not a class: write () => new ${name}()`);
}

/** What the factory makes. Throws `TypeError` for what cannot be a protocol. */
export function makeProtocol<P extends BaseProtocol>(factory: () => P): P {
  const protocol: P | null | undefined = factory();
  if (typeof protocol?.connectionMade === "function") return protocol;
  throw new TypeError(`the protocol factory must return a protocol, got ${repr(protocol)}`);
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
    protocol = makeProtocol(factory);
    if (security !== null) socket = yield* secure(loop, socket, side, security.context, security);
  } catch (error) {
    socket.destroy();
    throw error;
  }
  const make = (onMade: () => void): Transport =>
    new SocketTransport(loop, socket, protocol, {
      ...options,
      onMade,
      ...(security !== null && {
        shutdownTimeout: security.shutdownTimeout,
        extra: { ...options.extra, sslContext: security.context },
      }),
    });
  return [yield* whenMade(loop, make), protocol];
}

/** The transport, once it has called `onMade`. Cancelled before, it is closed. */
export function* whenMade<T extends BaseTransport>(
  loop: EventLoop,
  make: (onMade: () => void) => T,
): CoroutineGenerator<T> {
  // A connection lives long: it must not keep who has waited for it.
  let made: PrivateFuture<void> | null = new PrivateFuture<void>({ loop });
  const transport = make(() => {
    if (made?.done() === false) made.setResult();
    made = null;
  });
  try {
    yield* made;
  } catch (error) {
    transport.close();
    throw error;
  }
  return transport;
}
