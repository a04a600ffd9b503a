import { repr } from "../loop/repr.ts";
import { makeSystemError, systemError } from "../loop/system-errors.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { type CommonServerOptions, listenOn, makeServer } from "./create-server.ts";
import { type Listener, listen } from "./listener.ts";
import { checkFactory } from "./make-transport.ts";
import type { BaseProtocol } from "./protocol.ts";
import type { Server } from "./server.ts";
import { removeStaleSocket, SocketFile } from "./socket-file.ts";
import { checkServerSecurity } from "./ssl-options.ts";
import { checkUnixPath } from "./unix-path.ts";

export interface UnixServerOptions extends CommonServerOptions {
  /** Remove the socket's file when the server closes, unless another server has taken its place. Default: true. */
  readonly cleanupSocket?: boolean | undefined;
}

type Path = string | null | undefined;

/** `loop.createUnixServer()`. */
export function createUnixServer(
  loop: EventLoop,
  factory: () => BaseProtocol,
  path: Path,
  options: UnixServerOptions = {},
): Coroutine<Server> {
  return new FunctionCoroutine(definition, undefined, [loop, factory, path, options]);
}

function* createUnixServerBody(
  loop: EventLoop,
  factory: () => BaseProtocol,
  path: Path,
  options: UnixServerOptions,
): CoroutineGenerator<Server> {
  const { sock, startServing = true } = options;
  const security = checkServerSecurity(options.ssl, options);
  checkFactory(factory);
  if (path === null || path === undefined) {
    if (sock === null || sock === undefined) throw new RangeError("path was not specified, and no sock specified");
    const listener = yield* listenOn(loop, sock, options);
    return yield* makeServer(loop, { listeners: [listener], factory, security }, startServing);
  }
  if (sock !== null && sock !== undefined) throw new RangeError("path and sock can not be specified at the same time");
  checkUnixPath(path);
  const listener = yield* bind(loop, path, options);
  const extra = { sockname: path, peername: "" };
  return yield* makeServer(loop, { listeners: [listener], factory, security, extra }, startServing);
}

function* bind(
  loop: EventLoop,
  path: string,
  { backlog = 100, cleanupSocket = true }: UnixServerOptions,
): CoroutineGenerator<Listener> {
  const isAbstract = path.startsWith("\0");
  if (!isAbstract) {
    const problem = removeStaleSocket(path);
    if (problem !== null) loop._warn(`Unable to check or remove stale UNIX socket ${repr(path)}: ${repr(problem)}`);
  }
  const describe = (error: unknown): unknown =>
    (error as { readonly code?: unknown }).code === "EADDRINUSE"
      ? makeSystemError("EADDRINUSE", `Address ${repr(path)} is already in use`, { cause: error })
      : systemError(error);
  const listener = yield* listen(loop, { path }, { backlog }, {}, describe);
  if (!isAbstract) listener.file = new SocketFile(path, cleanupSocket);
  return listener;
}

const definition = define(createUnixServerBody as never, "createUnixServer");
