import { makeSystemError } from "../loop/system-errors.ts";
import { NO_BYTES } from "./bytes.ts";
import { connectionFailure } from "./connection-failure.ts";
import { Input } from "./input.ts";
import type { NodeEmitter } from "./node.ts";
import type { Address } from "./protocol.ts";

/** `net.Socket`, and any other `Readable` of bytes. */
export interface NodeReadable extends NodeEmitter {
  readonly readableLength: number;
  readonly readableEnded: boolean;
  readonly readableEncoding?: string | null;
  readonly destroyed: boolean;
  readonly errored?: Error | null;
  readonly connecting?: boolean;
  readonly pending?: boolean;
  allowHalfOpen?: boolean;
  read(size?: number): Uint8Array | string | null;
}

/**
 * What comes through a stream of the runtime's. What nobody has taken stays in the stream, whose own limit slows the peer
 * down. It listens for "readable" only while somebody waits: the stream can be handed over to others in between.
 */
export class StreamInput extends Input {
  private readonly stream: NodeReadable;
  private ended: boolean;
  private failure: unknown;

  constructor(stream: NodeReadable) {
    super();
    this.stream = stream;
    this.ended = stream.readableEnded;
    this.failure = stream.errored ?? null;
    // A descriptor does not close itself when the peer has ended.
    if (stream.allowHalfOpen === false) stream.allowHalfOpen = true;
    stream.on("end", () => {
      // Bun has a socket end that the program has destroyed.
      if (!stream.destroyed) this.ended = true;
      this._changed();
    });
    stream.on("error", (error: unknown) => {
      this.failure ??= error;
      this._changed();
    });
    stream.on("close", () => this._changed());
  }

  isReady(): boolean {
    return this.stream.readableLength > 0 || this.ended || this.failure !== null || this.isOver();
  }

  isOver(): boolean {
    return this.stream.destroyed;
  }

  take(size: number): [data: Uint8Array, address: Address] | null {
    const { stream } = this;
    if (size === 0) return [NO_BYTES, null];
    if (stream.readableLength > 0) {
      if (typeof stream.readableEncoding === "string") {
        throw new RangeError(`the socket must give bytes, it has an encoding (${stream.readableEncoding})`);
      }
      const data = stream.read(Math.min(size, stream.readableLength)) as Uint8Array | null;
      if (data !== null) return [data, null];
    }
    const failure = this.failure ?? stream.errored ?? null;
    if (failure !== null) throw connectionFailure(failure);
    if (this.ended) return [NO_BYTES, null];
    if (stream.destroyed) throw makeSystemError("EBADF");
    if (stream.pending === true && stream.connecting !== true) throw makeSystemError("ENOTCONN");
    return null;
  }

  protected override listen(): void {
    if (!this.isOver()) this.stream.on("readable", this.onReadable);
  }

  protected override unlisten(): void {
    this.stream.off("readable", this.onReadable);
  }

  /** @internal */
  override _changed(): void {
    super._changed();
    // The runtime tells of the end, and of more after another listener has gone, only to who asks again.
    const { stream } = this;
    if (this.listening && stream.readableLength === 0 && !this.ended && !stream.destroyed) stream.read(0);
  }

  private readonly onReadable = (): void => this._changed();
}
