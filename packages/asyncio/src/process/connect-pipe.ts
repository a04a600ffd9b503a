import { globals, isBun, isDeno } from "../host/globals.ts";
import { RuntimeError } from "../loop/errors.ts";
import { repr } from "../loop/repr.ts";
import { makeSystemError, systemError } from "../loop/system-errors.ts";
import { checkFactory, makeTransport } from "../net/make-transport.ts";
import { type NodeSocket, nodeModule } from "../net/node.ts";
import type { BaseProtocol, Protocol } from "../net/protocol.ts";
import type { ReadTransport, WriteTransport } from "../net/transport.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { descriptorWriter } from "./descriptor-writer.ts";
import { asSocket, endWhenDestroyed } from "./pipe-socket.ts";
import { whenReaderCloses } from "./reader-watch.ts";

/** The reading end of a pipe: a descriptor, or a stream of Node's (`process.stdin`, a `Readable`). */
export type ReadablePipe = number | { read(size?: number): unknown; on(event: string, listener: never): unknown };
/** The writing end of a pipe: a descriptor, or a stream of Node's (`process.stdout`, a `Writable`). */
export type WritablePipe = number | { write(data: never): unknown; on(event: string, listener: never): unknown };

type Direction = "read" | "write";

export function connectReadPipe<P extends Protocol>(
  loop: EventLoop,
  factory: () => P,
  pipe: ReadablePipe,
): Coroutine<[transport: ReadTransport, protocol: P]> {
  checkFactory(factory);
  return new FunctionCoroutine(connectReadDefinition, undefined, [loop, factory, pipe, "read"]);
}

export function connectWritePipe<P extends BaseProtocol>(
  loop: EventLoop,
  factory: () => P,
  pipe: WritablePipe,
): Coroutine<[transport: WriteTransport, protocol: P]> {
  checkFactory(factory);
  return new FunctionCoroutine(connectWriteDefinition, undefined, [loop, factory, pipe, "write"]);
}

function* connectPipe<P extends BaseProtocol>(
  loop: EventLoop,
  factory: () => P,
  pipe: unknown,
  direction: Direction,
): CoroutineGenerator<[ReadTransport & WriteTransport, P]> {
  const socket = typeof pipe === "number" ? open(pipe, direction) : given(pipe, direction);
  if (direction === "write") endWhenDestroyed(socket);
  const made = yield* makeTransport(loop, asSocket(socket), factory, "client", null, { extra: { pipe }, direction });
  const [transport] = made;
  if (direction === "write") whenReaderCloses(socket, () => transport.abort());
  return made as [ReadTransport & WriteTransport, P];
}

// ---- what is given

interface Kind {
  isFIFO(): boolean;
  isSocket(): boolean;
  isCharacterDevice(): boolean;
}
interface Fs {
  fstatSync(fd: number): Kind;
  close(fd: number, done: () => void): void;
}
interface Net {
  Socket: new (options: { readonly fd: number; readonly readable: boolean; readonly writable: boolean }) => NodeSocket;
}
interface Tty {
  isatty(fd: number): boolean;
  ReadStream: new (fd: number) => NodeSocket;
  WriteStream: new (fd: number) => NodeSocket;
}
interface Streams {
  readonly Readable: { fromWeb(stream: unknown): NodeSocket };
}
interface Bun {
  file(fd: number): { stream(): unknown };
}

const WHAT = "a pipe";

/** Throws what asyncio throws for a regular file. */
function check(fd: number, direction: Direction): Kind {
  let kind: Kind;
  try {
    kind = nodeModule<Fs>("fs", WHAT).fstatSync(fd);
  } catch (error) {
    throw systemError(error);
  }
  if (kind.isFIFO() || kind.isSocket() || kind.isCharacterDevice()) return kind;
  throw new RangeError(
    direction === "read"
      ? "Pipe transport is for pipes/sockets only."
      : "Pipe transport is only for pipes, sockets and character devices",
  );
}

function given(pipe: unknown, direction: Direction): NodeSocket {
  const stream = pipe as Partial<NodeSocket> & { readonly fd?: unknown; readonly read?: unknown };
  if (typeof pipe !== "object" || pipe === null || typeof stream.on !== "function") throw notAPipe(pipe, direction);
  if (direction === "read" ? typeof stream.resume !== "function" : typeof stream.end !== "function") {
    throw notAPipe(pipe, direction);
  }
  if (typeof stream.fd === "number" && stream.fd >= 0) check(stream.fd, direction);
  return stream as NodeSocket;
}

function notAPipe(pipe: unknown, direction: Direction): TypeError {
  const stream = direction === "read" ? "Readable" : "Writable";
  return new TypeError(`pipe must be a descriptor or a ${stream} stream, got ${repr(pipe)}`);
}

function open(fd: number, direction: Direction): NodeSocket {
  if (!Number.isInteger(fd) || fd < 0) throw new RangeError(`pipe must be a descriptor, got ${fd}`);
  const kind = check(fd, direction);
  const tty = nodeModule<Tty>("tty", WHAT);
  if (isBun) {
    if (kind.isCharacterDevice() && !tty.isatty(fd)) throw makeSystemError("EPERM");
    return openOnBun(fd, direction);
  }
  try {
    if (tty.isatty(fd)) return direction === "read" ? new tty.ReadStream(fd) : new tty.WriteStream(fd);
    const { Socket } = nodeModule<Net>("net", WHAT);
    return new Socket({ fd, readable: direction === "read", writable: direction === "write" });
  } catch (error) {
    // A character device that cannot be waited for, as /dev/null: epoll refuses it.
    if ((error as { readonly code?: unknown }).code === "ERR_INVALID_FD_TYPE") throw makeSystemError("EPERM");
    if (isDeno && (error as { readonly code?: unknown }).code === "EEXIST") {
      throw new RuntimeError("Deno keeps the descriptors that node:fs has opened to itself: give a stream instead");
    }
    throw systemError(error);
  }
}

/** `net.Socket({ fd })` neither reads nor writes there. */
function openOnBun(fd: number, direction: Direction): NodeSocket {
  if (direction === "write") return descriptorWriter(fd);
  const stream = nodeModule<Streams>("stream", WHAT).Readable.fromWeb((globals.Bun as Bun).file(fd).stream());
  // It leaves the descriptor open.
  stream.on("close", () => nodeModule<Fs>("fs", WHAT).close(fd, () => {}));
  return stream;
}

const connectReadDefinition = define(connectPipe as never, "connectReadPipe");
const connectWriteDefinition = define(connectPipe as never, "connectWritePipe");
