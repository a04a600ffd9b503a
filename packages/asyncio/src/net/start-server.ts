import { repr } from "../loop/repr.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import type { ServerOptions } from "./create-server.ts";
import type { UnixServerOptions } from "./create-unix-server.ts";
import type { Server } from "./server.ts";
import { type ConnectionHandler, StreamReaderProtocol } from "./stream-protocol.ts";
import { StreamReader } from "./stream-reader.ts";

/** As for `loop.createServer`. */
export interface StartServerOptions extends ServerOptions {
  /** The limit of the readers, in bytes; default 64 KiB. */
  readonly limit?: number | undefined;
}

/** As for `loop.createUnixServer`. */
export interface StartUnixServerOptions extends UnixServerOptions {
  /** The limit of the readers, in bytes; default 64 KiB. */
  readonly limit?: number | undefined;
}

/**
 * Starts a TCP server that runs `handler(reader, writer)` for each connection, as a task. All options of
 * `loop.createServer` can be given.
 *
 * The handler closes its writer; what it leaves open stays open while somebody holds it. An error that it throws is
 * reported to the loop's exception handler, and the connection closed. asyncio: `start_server()`.
 */
export function startServer(
  handler: ConnectionHandler,
  host: string | readonly string[] | null = null,
  port: number | string | null = null,
  options: StartServerOptions = {},
): Coroutine<Server> {
  checkHandler("startServer", handler);
  return new FunctionCoroutine(startServerDefinition, undefined, [handler, host, port, options]);
}

/** As `startServer`, on a Unix socket. asyncio: `start_unix_server()`. */
export function startUnixServer(
  handler: ConnectionHandler,
  path: string | null = null,
  options: StartUnixServerOptions = {},
): Coroutine<Server> {
  checkHandler("startUnixServer", handler);
  return new FunctionCoroutine(startUnixServerDefinition, undefined, [handler, path, options]);
}

function checkHandler(caller: string, handler: unknown): void {
  if (typeof handler === "function") return;
  throw new TypeError(`${caller}(handler, …) takes a function of reader and writer, got ${repr(handler)}`);
}

function* startServerBody(
  handler: ConnectionHandler,
  host: string | readonly string[] | null,
  port: number | string | null,
  { limit, ...options }: StartServerOptions,
): CoroutineGenerator<Server> {
  const loop = getRunningLoop();
  return yield* loop.createServer(protocolFactory(loop, handler, limit), host, port, options);
}

function* startUnixServerBody(
  handler: ConnectionHandler,
  path: string | null,
  { limit, ...options }: StartUnixServerOptions,
): CoroutineGenerator<Server> {
  const loop = getRunningLoop();
  return yield* loop.createUnixServer(protocolFactory(loop, handler, limit), path, options);
}

function protocolFactory(
  loop: EventLoop,
  handler: ConnectionHandler,
  limit: number | undefined,
): () => StreamReaderProtocol {
  void new StreamReader({ limit, loop }); // A wrong limit is an error now, not with each connection.
  return () => new StreamReaderProtocol(new StreamReader({ limit, loop }), handler, { loop });
}

const startServerDefinition = define(startServerBody as never, "startServer");
const startUnixServerDefinition = define(startUnixServerBody as never, "startUnixServer");
