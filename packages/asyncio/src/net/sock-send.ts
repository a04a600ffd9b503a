import { SendfileNotAvailableError } from "../loop/errors.ts";
import { repr } from "../loop/repr.ts";
import { makeSystemError } from "../loop/system-errors.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { DatagramOutput, type NodeDatagrams } from "./datagram-output.ts";
import { type FileSource, openSource, type SendableFile } from "./file-source.ts";
import { checkRange, type SendFileOptions } from "./send-file.ts";
import { resolveSocketAddress } from "./sock-address.ts";
import { checkNotSecure, outputOf } from "./sources.ts";
import { StreamOutput } from "./stream-output.ts";
import { toBytes, type WriteData } from "./transport.ts";

const PIECE = 131_072;

/** `loop.sockSendAll()`. */
export function sockSendAll(loop: EventLoop, socket: unknown, data: WriteData): Coroutine<void> {
  return new FunctionCoroutine(sendAllDefinition, undefined, [loop, socket, data]);
}

/** `loop.sockSendTo()`. */
export function sockSendTo(loop: EventLoop, socket: unknown, data: WriteData, address: unknown): Coroutine<number> {
  return new FunctionCoroutine(sendToDefinition, undefined, [loop, socket, data, address]);
}

/** `loop.sockSendFile()`. */
export function sockSendFile(
  loop: EventLoop,
  socket: unknown,
  file: SendableFile,
  offset: number = 0,
  count: number | null = null,
  options: SendFileOptions = {},
): Coroutine<number> {
  return new FunctionCoroutine(sendFileDefinition, undefined, [loop, socket, file, offset, count, options]);
}

function* sockSendAllBody(loop: EventLoop, socket: unknown, data: WriteData): CoroutineGenerator<void> {
  checkNotSecure(socket);
  const output = outputOf(socket, "sockSendAll");
  const bytes = toBytes(data);
  if (output instanceof StreamOutput) yield* output.send(loop, bytes);
  else yield* output.send(loop, bytes, null, 0);
}

function* sockSendToBody(
  loop: EventLoop,
  socket: unknown,
  data: WriteData,
  address: unknown,
): CoroutineGenerator<number> {
  checkNotSecure(socket);
  const output = outputOf(socket, "sockSendTo");
  const bytes = toBytes(data);
  if (!(output instanceof DatagramOutput)) throw new RangeError(`A Datagram Socket was expected, got ${repr(socket)}`);
  const [host, port] = yield* resolveSocketAddress(loop, address, "sockSendTo", socket as NodeDatagrams);
  const { peer } = output;
  if (peer === null) {
    yield* output.send(loop, bytes, host, port);
  } else {
    // The runtimes send from a connected socket to its peer only.
    if (peer.address !== host || peer.port !== port) throw makeSystemError("EISCONN");
    yield* output.send(loop, bytes, null, 0);
  }
  return bytes.length;
}

function* sockSendFileBody(
  loop: EventLoop,
  socket: unknown,
  file: SendableFile,
  offset: number,
  count: number | null,
  { fallback = true }: SendFileOptions,
): CoroutineGenerator<number> {
  checkNotSecure(socket);
  const output = outputOf(socket, "sockSendFile");
  if (!(output instanceof StreamOutput)) throw new RangeError("only SOCK_STREAM type sockets are supported");
  checkRange(offset, count);
  if (!fallback) throw new SendfileNotAvailableError("sendfile syscall is not supported");
  const source = yield* openSource(loop, file);
  try {
    return yield* sendPieces(loop, output, source, offset, count);
  } finally {
    source.close();
  }
}

function* sendPieces(
  loop: EventLoop,
  output: StreamOutput,
  source: FileSource,
  offset: number,
  count: number | null,
): CoroutineGenerator<number> {
  let sent = 0;
  while (count === null || sent < count) {
    const piece = yield* source.read(loop, offset + sent, Math.min(PIECE, count === null ? PIECE : count - sent));
    if (piece.length === 0) break;
    yield* output.send(loop, piece);
    sent += piece.length;
  }
  return sent;
}

const sendAllDefinition = define(sockSendAllBody as never, "sockSendAll");
const sendToDefinition = define(sockSendToBody as never, "sockSendTo");
const sendFileDefinition = define(sockSendFileBody as never, "sockSendFile");
