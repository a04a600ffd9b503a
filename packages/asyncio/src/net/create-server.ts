import { nodeProcess } from "../host/globals.ts";
import { RuntimeError } from "../loop/errors.ts";
import { OSError } from "../loop/os-error.ts";
import { repr } from "../loop/repr.ts";
import { sleep } from "../structured/sleep.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { bindFailure, describe } from "./connect-address.ts";
import { resolve } from "./create-connection.ts";
import type { AddressInfo } from "./get-addr-info.ts";
import { givenServer, type Listener, listen, type NodeServer } from "./listener.ts";
import { checkFactory } from "./make-transport.ts";
import type { BaseProtocol } from "./protocol.ts";
import type { Ssl } from "./secure.ts";
import { Server, type ServerParts } from "./server.ts";
import { AF_INET6, AI_PASSIVE } from "./socket-constants.ts";
import { checkServerSecurity, type SslTimeouts } from "./ssl-options.ts";

/** What all servers of streams take. */
export interface CommonServerOptions extends SslTimeouts {
  /** Secures the connections. */
  readonly ssl?: Exclude<Ssl, true> | null | undefined;
  /**
   * Instead of an address: a `net.Server` of the program's, or an object whose `fd` is a listening socket that the process
   * has inherited.
   */
  readonly sock?: object | null | undefined;
  /** How many connections the system keeps until they are accepted. Default: 100. */
  readonly backlog?: number | undefined;
  /** False: accept only after `startServing()` or `serveForever()`; earlier connections wait. Default: true. */
  readonly startServing?: boolean | undefined;
}

export interface ServerOptions extends CommonServerOptions {
  /** `AF_INET` or `AF_INET6`: only addresses of that family. Default: `AF_UNSPEC`. */
  readonly family?: number | undefined;
  /** `AI_…`, added, for the resolver. Default: `AI_PASSIVE`. */
  readonly flags?: number | undefined;
  /** The runtimes always set it on POSIX; false is an error there. */
  readonly reuseAddress?: boolean | null | undefined;
  /** Let several processes listen on the port. Throws `RuntimeError` where the runtime cannot. */
  readonly reusePort?: boolean | null | undefined;
  /** Have the system probe idle connections, to find those whose peer has vanished. Default: false. */
  readonly keepAlive?: boolean | null | undefined;
}

export type ServerHost = string | null | undefined | Iterable<string | null>;
type Port = number | string | null | undefined;

/** `loop.createServer()`. */
export function createServer(
  loop: EventLoop,
  factory: () => BaseProtocol,
  host: ServerHost,
  port: Port,
  options: ServerOptions = {},
): Coroutine<Server> {
  return new FunctionCoroutine(definition, undefined, [loop, factory, host, port, options]);
}

function* createServerBody(
  loop: EventLoop,
  factory: () => BaseProtocol,
  host: ServerHost,
  port: Port,
  options: ServerOptions,
): CoroutineGenerator<Server> {
  const { sock, startServing = true } = options;
  const security = checkServerSecurity(options.ssl, options);
  checkFactory(factory);
  let listeners: readonly Listener[];
  if (isGiven(host) || isGiven(port)) {
    if (isGiven(sock)) throw new RangeError("host/port and sock can not be specified at the same time");
    if (options.reuseAddress === false && nodeProcess?.versions !== undefined && !isWindows()) {
      throw new RuntimeError("reuseAddress: false cannot be had, the runtime always sets SO_REUSEADDR");
    }
    listeners = yield* bindAll(loop, yield* resolveAll(loop, host, port, options), options);
  } else {
    if (!isGiven(sock)) throw new RangeError("Neither host/port nor sock were specified");
    listeners = [yield* listenOn(loop, sock, options)];
  }
  return yield* makeServer(loop, { listeners, factory, security }, startServing);
}

/** asyncio's last lines of `create_server`. */
export function* makeServer(loop: EventLoop, parts: ServerParts, startServing: boolean): CoroutineGenerator<Server> {
  const server = new Server(loop, parts);
  if (!startServing) return server;
  server._start();
  try {
    yield* sleep(0);
  } catch (error) {
    server.close();
    throw error;
  }
  return server;
}

/** The addresses of all hosts, each once. */
function* resolveAll(
  loop: EventLoop,
  host: ServerHost,
  port: Port,
  { family = 0, flags = AI_PASSIVE }: ServerOptions,
): CoroutineGenerator<AddressInfo[]> {
  const hosts = host === "" ? [null] : typeof host === "string" || !isGiven(host) ? [host] : [...host];
  const infos = new Map<string, AddressInfo>();
  for (const each of hosts) {
    for (const info of yield* resolve(loop, each, port, { family, flags })) {
      infos.set(`${info[0]} ${info[4].join(" ")}`, info);
    }
  }
  return [...infos.values()];
}

function* bindAll(
  loop: EventLoop,
  infos: readonly AddressInfo[],
  options: ServerOptions,
): CoroutineGenerator<Listener[]> {
  const listeners: Listener[] = [];
  try {
    for (const info of infos) {
      const listener = yield* bind(loop, info, options);
      if (listener !== null) listeners.push(listener);
    }
    if (listeners.length > 0) return listeners;
    throw new OSError(`could not bind on any address out of [${infos.map((info) => describe(info[4])).join(", ")}]`);
  } catch (error) {
    for (const listener of listeners) listener.close();
    throw error;
  }
}

/** Null where the address, or its whole family, is not of this machine. */
function* bind(loop: EventLoop, info: AddressInfo, options: ServerOptions): CoroutineGenerator<Listener | null> {
  const [family, , , , address] = info;
  const [host, port] = address;
  const { backlog = 100, keepAlive, reusePort } = options;
  const place = { host, port, ipv6Only: family === AF_INET6 };
  const accepted = { noDelay: true, keepAlive: keepAlive === true };
  try {
    return yield* listen(loop, place, { backlog, reusePort: reusePort === true }, accepted, (error) =>
      bindFailure(error, address),
    );
  } catch (error) {
    if (!(error instanceof OSError) || (error.code !== "EADDRNOTAVAIL" && error.code !== "EAFNOSUPPORT")) throw error;
    if (loop.getDebug()) loop._warn(error.message);
    return null;
  }
}

/** Listens on what the program gives, see `CommonServerOptions.sock`. */
export function* listenOn(
  loop: EventLoop,
  sock: object,
  { backlog = 100 }: CommonServerOptions,
): CoroutineGenerator<Listener> {
  const { fd, address } = sock as { readonly fd?: unknown; readonly address?: unknown };
  if (typeof fd === "number") return yield* listen(loop, { fd }, { backlog }, { noDelay: true });
  if (typeof address !== "function" || !("listening" in sock)) {
    throw new RangeError(`A Stream Socket was expected, got ${repr(sock)}`);
  }
  return yield* givenServer(loop, sock as NodeServer);
}

function isWindows(): boolean {
  return (nodeProcess as { readonly platform?: string } | undefined)?.platform === "win32";
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

const definition = define(createServerBody as never, "createServer");
