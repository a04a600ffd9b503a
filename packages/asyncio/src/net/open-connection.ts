import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import type { ConnectionOptions } from "./create-connection.ts";
import type { UnixConnectionOptions } from "./create-unix-connection.ts";
import { StreamReaderProtocol } from "./stream-protocol.ts";
import { StreamReader } from "./stream-reader.ts";
import { StreamWriter } from "./stream-writer.ts";
import type { Transport } from "./transport.ts";

/** The two ends of a connection. */
export type Stream = [reader: StreamReader, writer: StreamWriter];

/** As for `loop.createConnection`. */
export interface OpenConnectionOptions extends ConnectionOptions {
  /** The reader's limit, in bytes; default 64 KiB. */
  readonly limit?: number | undefined;
}

/** As for `loop.createUnixConnection`. */
export interface OpenUnixConnectionOptions extends UnixConnectionOptions {
  /** The reader's limit, in bytes; default 64 KiB. */
  readonly limit?: number | undefined;
}

/**
 * Connects to a TCP server and gives a reader and a writer. All options of `loop.createConnection` can be given.
 * Throws what that throws. Cancelled, it leaves no connection. asyncio: `open_connection()`.
 */
export function openConnection(
  host: string | null = null,
  port: number | string | null = null,
  options: OpenConnectionOptions = {},
): Coroutine<Stream> {
  return new FunctionCoroutine(openConnectionDefinition, undefined, [host, port, options]);
}

/** As `openConnection`, through a Unix socket. asyncio: `open_unix_connection()`. */
export function openUnixConnection(
  path: string | null = null,
  options: OpenUnixConnectionOptions = {},
): Coroutine<Stream> {
  return new FunctionCoroutine(openUnixConnectionDefinition, undefined, [path, options]);
}

function* openConnectionBody(
  host: string | null,
  port: number | string | null,
  { limit, ...options }: OpenConnectionOptions,
): CoroutineGenerator<Stream> {
  return yield* open(limit, (loop, factory) => loop.createConnection(factory, host, port, options));
}

function* openUnixConnectionBody(
  path: string | null,
  { limit, ...options }: OpenUnixConnectionOptions,
): CoroutineGenerator<Stream> {
  return yield* open(limit, (loop, factory) => loop.createUnixConnection(factory, path, options));
}

type Connect = (
  loop: EventLoop,
  factory: () => StreamReaderProtocol,
) => Coroutine<[transport: Transport, protocol: StreamReaderProtocol]>;

function* open(limit: number | undefined, connect: Connect): CoroutineGenerator<Stream> {
  const loop = getRunningLoop();
  const reader = new StreamReader({ limit, loop });
  const protocol = new StreamReaderProtocol(reader, null, { loop });
  const [transport] = yield* connect(loop, () => protocol);
  return [reader, new StreamWriter(transport, protocol, reader, loop)];
}

const openConnectionDefinition = define(openConnectionBody as never, "openConnection");
const openUnixConnectionDefinition = define(openUnixConnectionBody as never, "openUnixConnection");
