import { type Delay, toSeconds } from "../loop/delay.ts";
import { OSError } from "../loop/os-error.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { AddressConnector, interleave } from "./connect-address.ts";
import { checkSocket, givenSocket } from "./connect-socket.ts";
import { type AddressInfo, getAddrInfo } from "./get-addr-info.ts";
import { checkFactory, makeTransport } from "./make-transport.ts";
import type { NodeSocket } from "./node.ts";
import type { BaseProtocol } from "./protocol.ts";
import type { Ssl } from "./secure.ts";
import { SOCK_STREAM } from "./socket-constants.ts";
import { checkSecurity, type SslTimeouts } from "./ssl-options.ts";
import type { Transport } from "./transport.ts";

export interface ConnectionOptions extends SslTimeouts {
  /** Secures the connection: true for the default context. */
  readonly ssl?: Ssl | null | undefined;
  /** The name that the peer's certificate must bear. Default: the host. */
  readonly serverHostname?: string | null | undefined;
  /** `AF_INET` or `AF_INET6`: only addresses of that family. Default: `AF_UNSPEC`. */
  readonly family?: number | undefined;
  readonly proto?: number | undefined;
  /** `AI_…`, added, for the resolver. */
  readonly flags?: number | undefined;
  /** A connected `net.Socket`, instead of host and port; it belongs to the transport from then on. */
  readonly sock?: object | null | undefined;
  /** Where to connect from. */
  readonly localAddr?: readonly [host: string | null, port: number] | null | undefined;
  /**
   * Happy Eyeballs (RFC 8305): after so long the next address is tried besides; 0.25 s is recommended. Default: the
   * addresses are tried one after the other.
   */
  readonly happyEyeballsDelay?: Delay | null | undefined;
  /** Take turns between IPv6 and IPv4 addresses, after so many − 1 of the first family. Default: 1 with Happy Eyeballs. */
  readonly interleave?: number | null | undefined;
  /** Throws the errors of all addresses as an `ExceptionGroup`. Default: one error that tells them. */
  readonly allErrors?: boolean | undefined;
}

type Host = string | null | undefined;
type Port = number | string | null | undefined;

/** `loop.createConnection()`. */
export function createConnection<P extends BaseProtocol>(
  loop: EventLoop,
  factory: () => P,
  host: Host,
  port: Port,
  options: ConnectionOptions = {},
): Coroutine<[transport: Transport, protocol: P]> {
  return new FunctionCoroutine(definition, undefined, [loop, factory, host, port, options]);
}

function* createConnectionBody<P extends BaseProtocol>(
  loop: EventLoop,
  factory: () => P,
  host: Host,
  port: Port,
  options: ConnectionOptions,
): CoroutineGenerator<[Transport, P]> {
  const { ssl, sock, serverHostname } = options;
  if (isGiven(serverHostname) && !ssl) throw new RangeError("serverHostname is only meaningful with ssl");
  if (ssl && !isGiven(serverHostname) && !host) {
    throw new RangeError("You must set serverHostname when using ssl without a host");
  }
  const security = checkSecurity(ssl, options, serverHostname ?? host ?? null);
  checkFactory(factory);
  let socket: NodeSocket;
  if (isGiven(host) || isGiven(port)) {
    if (isGiven(sock)) throw new RangeError("host/port and sock can not be specified at the same time");
    socket = yield* connect(loop, host, port, options);
  } else {
    if (!isGiven(sock)) throw new RangeError("host and port was not specified and no sock specified");
    socket = yield* givenSocket(loop, checkSocket(sock));
  }
  return yield* makeTransport(loop, socket, factory, "client", security);
}

function* connect(loop: EventLoop, host: Host, port: Port, options: ConnectionOptions): CoroutineGenerator<NodeSocket> {
  const { localAddr, happyEyeballsDelay, allErrors = false } = options;
  const delay = isGiven(happyEyeballsDelay) ? toSeconds(happyEyeballsDelay) : null;
  const turns = options.interleave ?? (delay === null ? 0 : 1);
  const infos = yield* resolve(loop, host, port, options);
  const localInfos = isGiven(localAddr) ? yield* resolve(loop, localAddr[0], localAddr[1], options) : null;
  const connector = new AddressConnector(loop, turns > 0 ? interleave(infos, turns) : infos, localInfos);
  return yield* delay === null ? connector.connectInTurn(allErrors) : connector.connectStaggered(delay, allErrors);
}

/** The addresses of a host and a port for a stream. Throws `OSError` when there are none. */
export function* resolve(
  loop: EventLoop,
  host: Host,
  port: Port,
  { family = 0, proto = 0, flags = 0 }: Pick<ConnectionOptions, "family" | "proto" | "flags">,
): CoroutineGenerator<AddressInfo[]> {
  const infos = yield* getAddrInfo(loop, host, port, { family, type: SOCK_STREAM, proto, flags });
  if (infos.length === 0) throw new OSError("getAddrInfo() returned empty list");
  return infos;
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

const definition = define(createConnectionBody as never, "createConnection");
