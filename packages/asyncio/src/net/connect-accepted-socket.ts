import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { checkSocket, givenSocket } from "./connect-socket.ts";
import { checkFactory, makeTransport } from "./make-transport.ts";
import type { BaseProtocol } from "./protocol.ts";
import type { Ssl } from "./secure.ts";
import { checkServerSecurity, type SslTimeouts } from "./ssl-options.ts";
import type { Transport } from "./transport.ts";

export interface AcceptedSocketOptions extends SslTimeouts {
  /** Secures the connection, as its server. */
  readonly ssl?: Exclude<Ssl, true> | null | undefined;
}

/** `loop.connectAcceptedSocket()`. */
export function connectAcceptedSocket<P extends BaseProtocol>(
  loop: EventLoop,
  factory: () => P,
  sock: object,
  options: AcceptedSocketOptions = {},
): Coroutine<[transport: Transport, protocol: P]> {
  return new FunctionCoroutine(definition, undefined, [loop, factory, sock, options]);
}

function* connectAcceptedSocketBody<P extends BaseProtocol>(
  loop: EventLoop,
  factory: () => P,
  sock: object,
  options: AcceptedSocketOptions,
): CoroutineGenerator<[Transport, P]> {
  const given = checkSocket(sock);
  const security = checkServerSecurity(options.ssl, options);
  checkFactory(factory);
  const socket = yield* givenSocket(loop, given);
  return yield* makeTransport(loop, socket, factory, "server", security);
}

const definition = define(connectAcceptedSocketBody as never, "connectAcceptedSocket");
