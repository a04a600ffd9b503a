import { OutsideFuture } from "../interop/outside-future.ts";
import { NotImplementedError } from "../loop/errors.ts";
import { OSError } from "../loop/os-error.ts";
import { repr } from "../loop/repr.ts";
import { systemError } from "../loop/system-errors.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { DatagramSocketTransport } from "./datagram-socket-transport.ts";
import type { InternetAddress } from "./get-addr-info.ts";
import { hostWithScope } from "./ip-address.ts";
import { checkFactory, makeProtocol, whenMade } from "./make-transport.ts";
import { closeQuietly, knowsReusePort, localName, type NodeDatagramSocket, nodeDgram } from "./node-dgram.ts";
import type { BaseProtocol } from "./protocol.ts";
import { AF_INET6, AF_UNIX, SOCK_DGRAM } from "./socket-constants.ts";
import type { DatagramTransport } from "./transport.ts";

type HostAndPort = readonly [host: string | null, port: number | string | null];

export interface DatagramEndpointOptions {
  /** Where packets come in; default: all of this machine's addresses, a port that the system chooses. */
  readonly localAddr?: HostAndPort | null;
  /** Where packets go, and the only peer that packets are taken from (but with `allowBroadcast`). */
  readonly remoteAddr?: HostAndPort | null;
  /** `AF_INET` or `AF_INET6`; needed when there is no address to tell. */
  readonly family?: number;
  readonly proto?: number;
  /** `AI_…` for the resolution of the addresses. */
  readonly flags?: number;
  /** Several endpoints may have one port, and share its packets. Not on every system and runtime. */
  readonly reusePort?: boolean;
  /** May send to a broadcast address; then the remote address is only where packets go by default. */
  readonly allowBroadcast?: boolean;
  /** A `dgram.Socket` of the program's, instead of all the above. It belongs to the transport from then on. */
  readonly sock?: object;
}

interface Addresses {
  readonly family: number;
  local: InternetAddress | null;
  remote: InternetAddress | null;
}

/** `loop.createDatagramEndpoint()`. */
export function createDatagramEndpoint<P extends BaseProtocol>(
  loop: EventLoop,
  factory: () => P,
  options: DatagramEndpointOptions,
): Coroutine<[transport: DatagramTransport, protocol: P]> {
  return new FunctionCoroutine(definition, undefined, [loop, factory, options]);
}

function* createDatagramEndpointBody<P extends BaseProtocol>(
  loop: EventLoop,
  factory: () => P,
  options: DatagramEndpointOptions,
): CoroutineGenerator<[DatagramTransport, P]> {
  const { sock } = options;
  checkFactory(factory);
  if (sock !== undefined && sock !== null) {
    const socket = checkSocket(sock, options);
    if (localName(socket) === null) yield* bind(loop, socket, null);
    return yield* makeEndpoint(loop, socket, factory, null);
  }
  const candidates = yield* resolveBoth(loop, options);
  if (options.reusePort === true && !knowsReusePort()) {
    throw new RangeError("reusePort not supported by this runtime");
  }
  const errors: unknown[] = [];
  for (const candidate of candidates) {
    let socket: NodeDatagramSocket;
    try {
      socket = yield* open(loop, candidate, options);
    } catch (error) {
      if (!(error instanceof OSError)) throw error;
      errors.push(error);
      continue;
    }
    return yield* makeEndpoint(loop, socket, factory, candidate.remote);
  }
  throw errors[0];
}

function checkSocket(sock: object, options: DatagramEndpointOptions): NodeDatagramSocket {
  const { bind, send } = sock as Partial<NodeDatagramSocket>;
  if (typeof bind !== "function" || typeof send !== "function") {
    throw new RangeError(`A datagram socket was expected, got ${repr(sock)}`);
  }
  const others = Object.entries(options).filter(([name, value]) => name !== "sock" && Boolean(value));
  if (others.length > 0) {
    const problems = others.map(([name, value]) => `${name}=${repr(value)}`).join(", ");
    throw new RangeError(`socket modifier options can not be used when sock is specified. (${problems})`);
  }
  return sock as NodeDatagramSocket;
}

// ---- addresses

/** The families in which all that was given has an address, with these. */
function* resolveBoth(loop: EventLoop, options: DatagramEndpointOptions): CoroutineGenerator<Addresses[]> {
  const { localAddr = null, remoteAddr = null, family = 0, proto = 0, flags = 0 } = options;
  if (family === AF_UNIX) {
    throw new NotImplementedError("Unix datagram sockets need the native loop: Node, Bun and Deno have none");
  }
  if (localAddr === null && remoteAddr === null) {
    if (family === 0) throw new RangeError("unexpected address family");
    return [{ family, local: null, remote: null }];
  }
  const found = new Map<number, Addresses>();
  for (const side of ["local", "remote"] as const) {
    const address = side === "local" ? localAddr : remoteAddr;
    if (address === null) continue;
    if (!Array.isArray(address) || address.length !== 2) throw new TypeError("2-tuple is expected");
    const [host, port] = address as HostAndPort;
    const infos = yield* loop.getAddrInfo(host, port, { family, type: SOCK_DGRAM, proto, flags });
    for (const [of, , , , each] of infos) {
      if (!found.has(of)) found.set(of, { family: of, local: null, remote: null });
      // As in asyncio, the last address of a family counts.
      found.get(of)![side] = each;
    }
  }
  const complete = [...found.values()].filter(
    ({ local, remote }) => (localAddr === null || local !== null) && (remoteAddr === null || remote !== null),
  );
  if (complete.length === 0) throw new RangeError("can not get address information");
  return complete;
}

// ---- sockets

function* open(
  loop: EventLoop,
  { family, local, remote }: Addresses,
  { reusePort = false, allowBroadcast = false }: DatagramEndpointOptions,
): CoroutineGenerator<NodeDatagramSocket> {
  const socket = nodeDgram().createSocket({
    type: family === AF_INET6 ? "udp6" : "udp4",
    reusePort,
    // All hosts are addresses: nobody is to be asked, nor waited for.
    lookup: (host, _options, callback) => callback(null, host, family === AF_INET6 ? 6 : 4),
  });
  try {
    yield* bind(loop, socket, local);
    if (allowBroadcast) socket.setBroadcast(true);
    if (remote !== null && !allowBroadcast) {
      yield* happens(loop, socket, "connect", () => socket.connect(remote[1], hostWithScope(remote)));
    }
  } catch (error) {
    closeQuietly(socket);
    throw systemError(error);
  }
  return socket;
}

function bind(loop: EventLoop, socket: NodeDatagramSocket, local: InternetAddress | null): CoroutineGenerator<void> {
  const place = local === null ? { port: 0 } : { port: local[1], address: hostWithScope(local) };
  return happens(loop, socket, "listening", () => socket.bind({ ...place, exclusive: true }));
}

/** Waits until what `start` begins has succeeded, which may be at once. */
function* happens(
  loop: EventLoop,
  socket: NodeDatagramSocket,
  event: string,
  start: () => void,
): CoroutineGenerator<void> {
  const future = new OutsideFuture<void>({ loop });
  const succeed = (): void => {
    if (!future.done()) future.setResult();
  };
  const fail = (error: unknown): void => {
    if (!future.done()) future.setException(systemError(error));
  };
  socket.on(event, succeed);
  // It stays: an error before the transport listens must not end the process.
  socket.on("error", fail);
  try {
    start();
    yield* future;
  } catch (error) {
    closeQuietly(socket);
    throw systemError(error);
  } finally {
    socket.off(event, succeed);
  }
}

function* makeEndpoint<P extends BaseProtocol>(
  loop: EventLoop,
  socket: NodeDatagramSocket,
  factory: () => P,
  remote: InternetAddress | null,
): CoroutineGenerator<[DatagramTransport, P]> {
  let protocol: P;
  try {
    protocol = makeProtocol(factory);
  } catch (error) {
    closeQuietly(socket);
    throw error;
  }
  const make = (onMade: () => void): DatagramTransport =>
    new DatagramSocketTransport(loop, socket, protocol, { remote, onMade });
  return [yield* whenMade(loop, make), protocol];
}

const definition = define(createDatagramEndpointBody as never, "createDatagramEndpoint");
