import type { BaseTransport, DatagramTransport, SubprocessTransport, Transport } from "./transport.ts";

/** An address as Python writes it: host and port, with flow and scope for IPv6; the path of a Unix socket; or nothing. */
export type Address = readonly [host: string, port: number, ...rest: number[]] | string | null;

/**
 * The side of a connection that the program writes: the transport calls its methods. What all protocols have in common.
 * asyncio: `BaseProtocol`.
 *
 * Order of the calls: `connectionMade` once, then the kind's own, then `connectionLost` once. `pauseWriting` and
 * `resumeWriting` alternate. They are plain functions: what is asynchronous starts a task. One that throws is reported
 * to the loop's exception handler; where data may have been lost by that (`connectionMade`, `dataReceived`,
 * `getBuffer`, `bufferUpdated`, `eofReceived`) the connection is given up, and `connectionLost` gets the error.
 */
export class BaseProtocol {
  /** The connection is there. */
  connectionMade(_transport: BaseTransport): void {}
  /** It is gone: `error` tells why; null when either side has closed it in order. */
  connectionLost(_error: unknown): void {}
  /** More is waiting to be sent than the transport's high-water mark: stop writing. */
  pauseWriting(): void {}
  /** It has drained to the low-water mark: go on. */
  resumeWriting(): void {}
}

/** The protocol of a stream of bytes. asyncio: `Protocol`. */
export class Protocol extends BaseProtocol {
  override connectionMade(_transport: Transport): void {}
  /** Some bytes have arrived, in pieces of any size. They belong to the protocol: the memory is not used again. */
  dataReceived(_data: Uint8Array): void {}
  /** The peer will send no more. Return true to keep the transport open for writing; otherwise it closes itself. */
  eofReceived(): boolean | undefined | void {}
}

/** A stream protocol that owns the memory which is read into. asyncio: `BufferedProtocol`. */
export class BufferedProtocol extends BaseProtocol {
  override connectionMade(_transport: Transport): void {}
  /** Where the next bytes go: not empty. `sizeHint` is −1 or the wanted size. */
  getBuffer(_sizeHint: number): Uint8Array {
    throw new TypeError("a BufferedProtocol must have getBuffer()");
  }
  /** The first `count` bytes of that memory have been filled. */
  bufferUpdated(_count: number): void {}
  /** As in `Protocol`. */
  eofReceived(): boolean | undefined | void {}
}

/** The protocol of packets (UDP). asyncio: `DatagramProtocol`. */
export class DatagramProtocol extends BaseProtocol {
  override connectionMade(_transport: DatagramTransport): void {}
  datagramReceived(_data: Uint8Array, _address: Address): void {}
  /** A send or receive has failed; the transport goes on. */
  errorReceived(_error: unknown): void {}
}

/** The protocol of a child process. asyncio: `SubprocessProtocol`. */
export class SubprocessProtocol extends BaseProtocol {
  override connectionMade(_transport: SubprocessTransport): void {}
  /** The child has written to `fd`: 1 is its standard output, 2 its standard error. */
  pipeDataReceived(_fd: number, _data: Uint8Array): void {}
  /** One of the pipes is closed. */
  pipeConnectionLost(_fd: number, _error: unknown): void {}
  /** The child has ended; its pipes may still hold data. */
  processExited(): void {}
}
