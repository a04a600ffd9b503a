import { builtin } from "../host/globals.ts";
import { OutsideFuture } from "../interop/outside-future.ts";
import { type Delay, toSeconds } from "../loop/delay.ts";
import { certificateError } from "../loop/ssl-errors.ts";
import { ConnectionAbortedError, ConnectionResetError, systemError } from "../loop/system-errors.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { parseIp } from "./ip-address.ts";
import type { NodeSocket } from "./node.ts";
import { type NodeTlsSocket, nodeTls } from "./node-tls.ts";
import type { SslContext, SslContextOptions } from "./ssl-context.ts";

/** What the option `ssl` takes: true is a client's default context. */
export type Ssl = true | SslContext | SslContextOptions;

export type Side = "client" | "server";

export interface SecureOptions {
  /** Client: the name that the server is asked for, and that its certificate must bear. */
  readonly serverHostname?: string | null | undefined;
  /** Default 60 s. */
  readonly handshakeTimeout?: Delay | undefined;
  readonly shutdownTimeout?: Delay | undefined;
}

/** Seconds. asyncio: `SSL_HANDSHAKE_TIMEOUT`. */
const HANDSHAKE_TIMEOUT = 60;

interface Outcome {
  succeed(socket: NodeTlsSocket): void;
  fail(error: unknown): void;
}

/**
 * Wraps a connected socket in TLS and gives the secured one, after the handshake. What the socket has read before belongs
 * to the handshake. Destroys it when that fails, takes too long, or is cancelled.
 *
 * Throws `SslError`, `SslCertVerificationError`, `ConnectionResetError` when the peer goes, `ConnectionAbortedError` after
 * the timeout.
 */
export function* secure(
  loop: EventLoop,
  socket: NodeSocket,
  side: Side,
  context: SslContext,
  options: SecureOptions,
): CoroutineGenerator<NodeSocket> {
  const seconds = handshakeSeconds(options);
  const future = new OutsideFuture<NodeTlsSocket>({ loop });
  const outcome: Outcome = {
    succeed: (secured) => {
      if (!future.done()) future.setResult(secured);
    },
    fail: (error) => {
      if (!future.done()) future.setException(systemError(error));
    },
  };
  const onGone = (): void => outcome.fail(goneError());
  const timer = loop.callLater(seconds, () => outcome.fail(handshakeTimedOut(seconds)));
  let secured: NodeTlsSocket | null = null;
  socket.on("close", onGone);
  socket.on("error", outcome.fail);
  try {
    if (side === "client") secured = startClient(socket, context, options.serverHostname ?? "", outcome);
    else if (context.options.requestCert === true) startVerifyingServer(socket, context, outcome);
    else secured = startServer(socket, context, outcome);
    secured?.on("end", onGone);
    secured?.on("close", onGone);
    secured = yield* future;
  } catch (error) {
    // An error that is still to come must not end the process: its listener stays.
    secured?.destroy();
    socket.destroy();
    throw systemError(error);
  } finally {
    timer.cancel();
    socket.off("close", onGone);
    secured?.off("end", onGone);
    secured?.off("close", onGone);
  }
  return secured;
}

export function handshakeSeconds({ handshakeTimeout }: SecureOptions): number {
  return toSeconds(handshakeTimeout ?? HANDSHAKE_TIMEOUT);
}

export function handshakeTimedOut(seconds: number): ConnectionAbortedError {
  const message = `SSL handshake is taking longer than ${seconds} seconds: aborting the connection`;
  return new ConnectionAbortedError(message, { code: "ECONNABORTED" });
}

function goneError(): ConnectionResetError {
  const message = "Connection closed by the peer during the TLS handshake";
  return new ConnectionResetError(message, { code: "ECONNRESET" });
}

// ---- the client

function startClient(socket: NodeSocket, context: SslContext, host: string, outcome: Outcome): NodeTlsSocket {
  const { options } = context;
  const tls = nodeTls();
  const name = sniName(host);
  const secured = tls.connect({
    socket,
    secureContext: context._secureContext(),
    rejectUnauthorized: options.rejectUnauthorized !== false,
    ...(options.ALPNProtocols !== undefined && { ALPNProtocols: [...options.ALPNProtocols] }),
    ...(name !== null && { servername: name }),
    checkServerIdentity: (_name: string, certificate: object) =>
      checksName(context) ? tls.checkServerIdentity(host, certificate) : undefined,
  });
  secured.on("error", outcome.fail);
  secured.once("secureConnect", () => outcome.succeed(secured));
  return secured;
}

/** Whether a client must know the name of its server. */
export function checksName({ options }: SslContext): boolean {
  return options.rejectUnauthorized !== false && options.checkHostname !== false;
}

/** The name that a server is asked for: never an address (RFC 6066), without the dot of a complete name. */
function sniName(host: string): string | null {
  if (host === "" || parseIp(host) !== null) return null;
  const plain = host.replace(/\.$/, "");
  return /[^\x20-\x7e]/.test(plain)
    ? builtin<{ domainToASCII(host: string): string }>("url")!.domainToASCII(plain)
    : plain;
}

// ---- the server

function startServer(socket: NodeSocket, context: SslContext, outcome: Outcome): NodeTlsSocket {
  const secured = new (nodeTls().TLSSocket)(socket, {
    isServer: true,
    secureContext: context._secureContext(),
    ...serverOptions(context),
  });
  secured.on("error", outcome.fail);
  secured.once("secure", () => {
    secured.disableRenegotiation?.();
    outcome.succeed(secured);
  });
  return secured;
}

/** Only a server of the runtime's own checks the certificates of clients; this one listens nowhere. */
function startVerifyingServer(socket: NodeSocket, context: SslContext, outcome: Outcome): void {
  const server = nodeTls().createServer({
    ...context._material(),
    ...serverOptions(context),
    requestCert: true,
    rejectUnauthorized: context.options.rejectUnauthorized !== false,
  });
  server.once("secureConnection", (secured: NodeTlsSocket) => {
    secured.disableRenegotiation?.();
    secured.on("error", outcome.fail);
    outcome.succeed(secured);
  });
  server.once("tlsClientError", (error: unknown, secured: NodeTlsSocket | undefined) => {
    const refused = secured?.authorizationError;
    if (typeof refused === "string") return outcome.fail(certificateError(refused, refused, error));
    outcome.fail(refused instanceof Error ? refused : error);
  });
  // A peer that ends in the middle is gone; the server tells nobody of it.
  socket.allowHalfOpen = false;
  server.emit("connection", socket);
}

function serverOptions({ options }: SslContext): object {
  const { ALPNProtocols, sniCallback } = options;
  return {
    ...(ALPNProtocols !== undefined && { ALPNProtocols: [...ALPNProtocols] }),
    ...(sniCallback !== undefined && {
      SNICallback: (name: string, done: (error: unknown, context?: object) => void) => {
        let found: object | undefined;
        try {
          found = sniCallback(name)?._secureContext();
        } catch (error) {
          return done(error);
        }
        done(null, found);
      },
    }),
  };
}
