import type { Address, BaseProtocol } from "./protocol.ts";

/** What a transport can tell about itself, see `getExtraInfo`. */
export interface ExtraInfo {
  /** The runtime's own socket; reading from it or writing to it disturbs the transport. */
  readonly socket: unknown;
  readonly peername: Address;
  readonly sockname: Address;
  /** TLS: the peer's certificate, in the fields of Node. */
  readonly peercert: Readonly<Record<string, unknown>>;
  /** TLS: name of the cipher, version of the protocol, bits of the key. */
  readonly cipher: readonly [name: string, protocol: string, bits: number | null];
  readonly compression: string | null;
  /** TLS: the socket's TLS side and the context it was made with. */
  readonly sslObject: unknown;
  readonly sslContext: unknown;
  readonly pipe: unknown;
  readonly subprocess: unknown;
  /** UDP: how many packets came faster than the loop took them, and are lost, as the system loses them. */
  readonly dropped: number;
}

/** asyncio's spelling of the keys is understood, too. */
export type ExtraInfoKey = keyof ExtraInfo | "ssl_object" | "sslcontext";

/** One end of a connection, made by the loop: the program writes to it, it calls the protocol. asyncio: `BaseTransport`. */
export abstract class BaseTransport {
  /** Sends what is buffered, then closes; nothing more is received. `connectionLost(null)` comes later. */
  abstract close(): void;
  /** Whether it is closed or being closed. */
  abstract isClosing(): boolean;
  abstract setProtocol(protocol: BaseProtocol): void;
  abstract getProtocol(): BaseProtocol;
  /** What is known about the connection under `key`; `fallback` (null) where nothing is. */
  abstract getExtraInfo<K extends keyof ExtraInfo>(key: K): ExtraInfo[K] | null;
  abstract getExtraInfo<K extends keyof ExtraInfo, D>(key: K, fallback: D): ExtraInfo[K] | D;
  abstract getExtraInfo(key: string, fallback?: unknown): unknown;
}

/** The marks of flow control, in bytes. */
export interface WriteBufferLimits {
  /** `pauseWriting` comes when more than this waits. Default: 64 KiB, or 4 × `low` if only that is given. */
  readonly high?: number | undefined;
  /** `resumeWriting` comes when no more than this waits. Default: a quarter of `high`. */
  readonly low?: number | undefined;
}

/** What can be written: bytes, or a text that is sent as UTF-8. */
export type WriteData = Uint8Array | ArrayBufferView | ArrayBuffer | string;

/** A connection in both directions. asyncio: `Transport`. */
export abstract class Transport extends BaseTransport {
  /** Whether `dataReceived` may be called: not paused, not closing. */
  abstract isReading(): boolean;
  /** Stops calling `dataReceived`, until `resumeReading`; the peer is slowed down. Harmless when paused or closing. */
  abstract pauseReading(): void;
  abstract resumeReading(): void;
  /**
   * Sends `data`, or buffers what cannot be sent now. Never waits: heed `pauseWriting`. Bytes are not copied, do not change
   * them until they are sent. After `close` the buffered bytes are still sent, and so is what is written meanwhile; after
   * the loss of the connection it is dropped, with a warning from the fifth time on. Throws `TypeError` for what is no
   * data, `RuntimeError` after `writeEof`.
   */
  abstract write(data: WriteData): void;
  /** Writes several pieces as one. */
  abstract writeLines(list: Iterable<WriteData>): void;
  /** Sends what is buffered, then closes this direction only. */
  abstract writeEof(): void;
  abstract canWriteEof(): boolean;
  /** Closes at once; what is buffered is lost. `connectionLost(null)` comes later. */
  abstract abort(): void;
  /** Throws `RangeError` unless `high` ≥ `low` ≥ 0. */
  abstract setWriteBufferLimits(limits?: WriteBufferLimits): void;
  abstract getWriteBufferLimits(): [low: number, high: number];
  /** How many bytes wait to be sent. */
  abstract getWriteBufferSize(): number;
}

/** A transport that only receives: the reading end of a pipe. asyncio: `ReadTransport`. */
export type ReadTransport = BaseTransport & Pick<Transport, "isReading" | "pauseReading" | "resumeReading">;

/** A transport that only sends: the writing end of a pipe. asyncio: `WriteTransport`. */
export type WriteTransport = BaseTransport & Omit<Transport, keyof ReadTransport>;

/** Packets. asyncio: `DatagramTransport`. */
export abstract class DatagramTransport extends BaseTransport {
  /**
   * Sends one packet to `address`, or to the endpoint's remote address. Never waits: heed `pauseWriting`. What goes wrong
   * comes to `errorReceived`. Throws `TypeError` for what is no data or no address, `RangeError` for an address other
   * than the endpoint's own.
   */
  abstract sendTo(data: WriteData, address?: Address): void;
  /** Closes at once; what waits to be sent is lost. `connectionLost(null)` comes later. */
  abstract abort(): void;
  /** Throws `RangeError` unless `high` ≥ `low` ≥ 0. */
  abstract setWriteBufferLimits(limits?: WriteBufferLimits): void;
  abstract getWriteBufferLimits(): [low: number, high: number];
  /** How many bytes wait to be sent; each packet counts for 8 more. */
  abstract getWriteBufferSize(): number;
}

/** A child process. asyncio: `SubprocessTransport`. */
export abstract class SubprocessTransport extends BaseTransport {
  abstract getPid(): number;
  /** Null while it runs; −N when signal N ended it. */
  abstract getReturncode(): number | null;
  /** The transport of the child's standard input (0), output (1) or error (2); null where it is no pipe. */
  abstract getPipeTransport(fd: number): ReadTransport | WriteTransport | null;
  /** Throws `ProcessLookupError` when it has ended. */
  abstract sendSignal(signal: string | number): void;
  abstract terminate(): void;
  abstract kill(): void;
}

/** A bytes-like value as bytes, without copying. Throws asyncio's `TypeError` for anything else. */
export function toBytes(data: WriteData): Uint8Array {
  if (data instanceof Uint8Array) return data;
  if (typeof data === "string") return encoder.encode(data);
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  throw new TypeError(`data argument must be a bytes-like object or a string, not ${typeName(data)}`);
}

const encoder = new TextEncoder();

function typeName(value: unknown): string {
  return value === null ? "null" : typeof value === "object" ? (value.constructor?.name ?? "object") : typeof value;
}
