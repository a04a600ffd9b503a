import { OutsideFuture } from "../interop/outside-future.ts";
import { makeSystemError } from "../loop/system-errors.ts";
import { Lock } from "../sync/lock.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { connectionFailure } from "./connection-failure.ts";
import type { NodeEmitter } from "./node.ts";
import { Readiness } from "./readiness.ts";

/** `net.Socket`, and any other `Writable` of bytes. */
export interface NodeWritable extends NodeEmitter {
  readonly writableLength: number;
  readonly writableEnded: boolean;
  readonly writableNeedDrain?: boolean;
  readonly destroyed: boolean;
  readonly errored?: Error | null;
  readonly connecting?: boolean;
  readonly pending?: boolean;
  allowHalfOpen?: boolean;
  write(data: Uint8Array, callback: (error?: Error | null) => void): boolean;
}

/** What is handed to the runtime at once: a cancelled `sockSendAll` still sends the rest of that. Bytes. */
const PIECE = 262_144;

/** What goes out through a stream of the runtime's. */
export class StreamOutput extends Readiness {
  private readonly stream: NodeWritable;
  private failure: unknown;
  /** Writes that the runtime has not reported on. */
  private readonly pending: Set<OutsideFuture<void>> = new Set();
  /** Held while a message of several pieces is sent, so that it stays whole. */
  private turn: { readonly loop: EventLoop; readonly lock: Lock } | null = null;

  constructor(stream: NodeWritable) {
    super();
    this.stream = stream;
    this.failure = stream.errored ?? null;
    if (stream.allowHalfOpen === false) stream.allowHalfOpen = true;
    stream.on("error", (error: unknown) => {
      this.failure ??= error;
      this._changed();
    });
    stream.on("close", () => {
      for (const write of this.pending) if (!write.done()) write.setException(this.error());
      this.pending.clear();
      this._changed();
    });
    stream.on("connect", () => this._changed());
    stream.on("drain", () => this._changed());
  }

  /** As with `select`, an error makes it ready, too. */
  isReady(): boolean {
    const { stream } = this;
    if (this.isOver()) return true;
    return stream.connecting !== true && stream.pending !== true && stream.writableNeedDrain !== true;
  }

  isOver(): boolean {
    return this.stream.destroyed;
  }

  /**
   * Waits until the system has taken all of it. Throws the error that the connection was lost with. Cancelled, it sends no
   * further piece.
   */
  *send(loop: EventLoop, bytes: Uint8Array): CoroutineGenerator<void> {
    if (this.turn?.loop !== loop) this.turn = { loop, lock: new Lock() };
    const { lock } = this.turn;
    if (bytes.length <= PIECE && lock._isFree) return yield* this.sendPiece(loop, bytes);
    const guard = yield* lock.acquire();
    try {
      for (let at = 0; at < bytes.length || at === 0; at += PIECE) {
        yield* this.sendPiece(loop, bytes.subarray(at, at + PIECE));
      }
    } finally {
      guard.release();
    }
  }

  private *sendPiece(loop: EventLoop, piece: Uint8Array): CoroutineGenerator<void> {
    const { stream, pending } = this;
    this.checkOpen();
    if (piece.length === 0) return;
    let written: OutsideFuture<void> | null = null;
    stream.write(piece, (error) => {
      if (written === null || written.done()) return;
      if (error) written.setException(this.error());
      else written.setResult();
    });
    // Node has most often given it to the system already; the callback only comes later.
    if (stream.writableLength === 0 && !stream.destroyed && (stream.errored ?? null) === null) return;
    written = new OutsideFuture<void>({ loop });
    pending.add(written);
    try {
      yield* written;
    } finally {
      pending.delete(written);
    }
  }

  private checkOpen(): void {
    const { stream } = this;
    if (stream.destroyed || stream.writableEnded || this.failure !== null) throw this.error();
    if (stream.pending === true && stream.connecting !== true) throw makeSystemError("ENOTCONN");
  }

  /** Why nothing can be written any more. */
  private error(): unknown {
    const { stream } = this;
    const failure = this.failure ?? stream.errored ?? null;
    if (failure !== null) return connectionFailure(failure);
    return makeSystemError(stream.writableEnded ? "EPIPE" : "EBADF");
  }
}
