import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { checkSocket, connectSocket, givenSocket } from "./connect-socket.ts";
import { checkFactory, makeTransport } from "./make-transport.ts";
import type { BaseProtocol } from "./protocol.ts";
import type { Ssl } from "./secure.ts";
import { checkSecurity, type SslTimeouts } from "./ssl-options.ts";
import type { Transport } from "./transport.ts";
import { checkUnixPath } from "./unix-path.ts";

export interface UnixConnectionOptions extends SslTimeouts {
  /** A connected `net.Socket`, instead of a path; it belongs to the transport from then on. */
  readonly sock?: object | null | undefined;
  readonly ssl?: Ssl | null | undefined;
  /** The name that the peer's certificate must bear; needed with `ssl`. */
  readonly serverHostname?: string | null | undefined;
}

type Path = string | null | undefined;

/** `loop.createUnixConnection()`. */
export function createUnixConnection<P extends BaseProtocol>(
  loop: EventLoop,
  factory: () => P,
  path: Path,
  options: UnixConnectionOptions = {},
): Coroutine<[transport: Transport, protocol: P]> {
  return new FunctionCoroutine(definition, undefined, [loop, factory, path, options]);
}

function* createUnixConnectionBody<P extends BaseProtocol>(
  loop: EventLoop,
  factory: () => P,
  path: Path,
  options: UnixConnectionOptions,
): CoroutineGenerator<[Transport, P]> {
  const { ssl, sock } = options;
  const serverHostname = options.serverHostname ?? null;
  if (ssl && serverHostname === null) throw new RangeError("you have to pass serverHostname when using ssl");
  if (!ssl && serverHostname !== null) throw new RangeError("serverHostname is only meaningful with ssl");
  const security = checkSecurity(ssl, options, serverHostname);
  checkFactory(factory);
  if (path === null || path === undefined) {
    if (sock === null || sock === undefined) throw new RangeError("no path and sock were specified");
    const given = yield* givenSocket(loop, checkSocket(sock));
    return yield* makeTransport(loop, given, factory, "client", security);
  }
  if (sock !== null && sock !== undefined) throw new RangeError("path and sock can not be specified at the same time");
  checkUnixPath(path);
  const socket = yield* connectSocket(loop, { path });
  const extra = { peername: path, sockname: "" };
  return yield* makeTransport(loop, socket, factory, "client", security, { extra });
}

const definition = define(createUnixConnectionBody as never, "createUnixConnection");
