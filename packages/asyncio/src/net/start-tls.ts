import { isCancelled } from "../loop/errors.ts";
import { repr } from "../loop/repr.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import type { BaseProtocol } from "./protocol.ts";
import { handshakeSeconds, handshakeTimedOut, type Ssl, secure } from "./secure.ts";
import { SocketTransport } from "./socket-transport.ts";
import { checkUpgrade, type SslTimeouts } from "./ssl-options.ts";
import type { Transport } from "./transport.ts";

export interface StartTlsOptions extends SslTimeouts {
  /** Whether this end is the server; default false. */
  readonly serverSide?: boolean | undefined;
  /** Client: the name that the server's certificate must bear. */
  readonly serverHostname?: string | null | undefined;
}

/** `loop.startTls()`. */
export function startTls(
  loop: EventLoop,
  transport: Transport,
  protocol: BaseProtocol,
  context: Exclude<Ssl, true>,
  options: StartTlsOptions = {},
): Coroutine<Transport> {
  return new FunctionCoroutine(definition, undefined, [loop, transport, protocol, context, options]);
}

function* startTlsBody(
  loop: EventLoop,
  transport: Transport,
  protocol: BaseProtocol,
  context: Exclude<Ssl, true>,
  options: StartTlsOptions,
): CoroutineGenerator<Transport> {
  const side = options.serverSide === true ? "server" : "client";
  const security = checkUpgrade(context, side, options, options.serverHostname ?? null);
  if (!(transport instanceof SocketTransport) || !transport._canUpgrade()) {
    throw new TypeError(`transport ${repr(transport)} is not supported by startTls()`);
  }
  transport.setProtocol(protocol);
  try {
    const seconds = handshakeSeconds(security);
    const plain = yield* transport._release(() => handshakeTimedOut(seconds), seconds);
    const socket = yield* secure(loop, plain, side, security.context, security);
    const { context: sslContext, shutdownTimeout } = security;
    return transport._handOver(socket, { shutdownTimeout, extra: { sslContext } });
  } catch (error) {
    transport._abandon(isCancelled(error) ? null : error);
    throw error;
  }
}

const definition = define(startTlsBody as never, "startTls");
