import { RuntimeError, SendfileNotAvailableError } from "../loop/errors.ts";
import { repr } from "../loop/repr.ts";
import { ConnectionError } from "../loop/system-errors.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { Future } from "../tasks/future.ts";
import { PrivateFuture } from "../tasks/private-future.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { openSource, type SendableFile } from "./file-source.ts";
import { type BaseProtocol, Protocol } from "./protocol.ts";
import { SocketTransport } from "./socket-transport.ts";
import type { WriteTransport } from "./transport.ts";

const PIECE = 131_072;

export interface SendFileOptions {
  /** False: only the system itself may send the file, which no runtime can ask of it: that throws. Default: true. */
  readonly fallback?: boolean | undefined;
}

/** `loop.sendFile()`. */
export function sendFile(
  loop: EventLoop,
  transport: WriteTransport,
  file: SendableFile,
  offset: number = 0,
  count: number | null = null,
  options: SendFileOptions = {},
): Coroutine<number> {
  return new FunctionCoroutine(definition, undefined, [loop, transport, file, offset, count, options]);
}

function* sendFileBody(
  loop: EventLoop,
  transport: WriteTransport,
  file: SendableFile,
  offset: number,
  count: number | null,
  { fallback = true }: SendFileOptions,
): CoroutineGenerator<number> {
  if (transport.isClosing()) throw new RuntimeError("Transport is closing");
  if (!(transport instanceof SocketTransport)) {
    throw new RuntimeError(`sendFile is not supported for transport ${repr(transport)}`);
  }
  if (!fallback) throw new SendfileNotAvailableError("sendfile syscall is not supported");
  checkRange(offset, count);
  const protocol = new FileProtocol(loop, transport.getProtocol());
  const wasReading = transport.isReading();
  const lease = transport._beginFile(protocol);
  transport.pauseReading();
  try {
    const source = yield* openSource(loop, file);
    try {
      let sent = 0;
      while (count === null || sent < count) {
        const length = Math.min(PIECE, count === null ? PIECE : count - sent);
        const piece = yield* source.read(loop, offset + sent, length);
        if (piece.length === 0) break;
        yield* protocol.drain();
        lease.write(piece);
        sent += piece.length;
      }
      yield* protocol.drain();
      return sent;
    } finally {
      source.close();
    }
  } finally {
    lease.end();
    if (wasReading) transport.resumeReading();
  }
}

/** Throws `RangeError` for a range that no file has. */
export function checkRange(offset: number, count: number | null): void {
  if (!Number.isSafeInteger(offset) || offset < 0) {
    throw new RangeError(`offset must be a non-negative integer (got ${repr(offset)})`);
  }
  if (count !== null && (!Number.isSafeInteger(count) || count <= 0)) {
    throw new RangeError(`count must be a positive integer (got ${repr(count)})`);
  }
}

/** Stands in for the program's protocol while a file is sent. */
class FileProtocol extends Protocol {
  private readonly loop: EventLoop;
  private readonly program: BaseProtocol;
  private paused: boolean = false;
  private lost: { readonly error: unknown } | null = null;
  private waiter: Future<void> | null = null;

  constructor(loop: EventLoop, program: BaseProtocol) {
    super();
    this.loop = loop;
    this.program = program;
  }

  /** Waits until more may be written. Throws `ConnectionError` when nothing ever may. */
  *drain(): CoroutineGenerator<void> {
    while (this.paused && this.lost === null) {
      this.waiter = new PrivateFuture<void>({ loop: this.loop });
      yield* this.waiter;
    }
    if (this.lost !== null) throw this.lost.error ?? new ConnectionError("Connection is closed by peer");
  }

  override connectionLost(error: unknown): void {
    this.lost = { error };
    this.wakeUp();
    this.program.connectionLost(error);
  }

  override pauseWriting(): void {
    this.paused = true;
  }

  override resumeWriting(): void {
    this.paused = false;
    this.wakeUp();
  }

  private wakeUp(): void {
    if (this.waiter?.done() === false) this.waiter.setResult();
  }
}

const definition = define(sendFileBody as never, "sendFile");
