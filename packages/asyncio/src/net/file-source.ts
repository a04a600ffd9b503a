import { OutsideFuture } from "../interop/outside-future.ts";
import { repr } from "../loop/repr.ts";
import { systemError } from "../loop/system-errors.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { nodeModule } from "./node.ts";

/** What `sendFile` sends: the path of a file, an open `FileHandle`, bytes in memory, a `Blob`. */
export type SendableFile = string | { readonly href: string } | FileHandleLike | Uint8Array | BlobLike;

/** `FileHandle` of `node:fs/promises`. */
export interface FileHandleLike {
  readonly fd: number;
  read(buffer: Uint8Array, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>;
  close(): Promise<void>;
}
export interface BlobLike {
  readonly size: number;
  slice(start: number, end: number): BlobLike;
  arrayBuffer(): Promise<ArrayBuffer>;
}
interface Promises {
  open(path: unknown, flags: string): Promise<FileHandleLike>;
}

/** Reads pieces of a file from anywhere. */
export interface FileSource {
  /** Up to `length` bytes from `position`, none at the end. */
  read(loop: EventLoop, position: number, length: number): CoroutineGenerator<Uint8Array>;
  close(): void;
}

/** Throws `TypeError` for what is no file. */
export function* openSource(loop: EventLoop, file: SendableFile): CoroutineGenerator<FileSource> {
  if (file instanceof Uint8Array) return new BytesSource(file);
  if (typeof file === "string" || (typeof file === "object" && file !== null && "href" in file)) {
    const { open } = nodeModule<Promises>("fs/promises", "sendFile()");
    const handle = yield* settled(loop, open(file, "r"), (late) => void late.close().catch(noop));
    return new HandleSource(handle, true);
  }
  if (typeof (file as Partial<FileHandleLike> | null)?.read === "function") {
    return new HandleSource(file as FileHandleLike, false);
  }
  if (typeof (file as Partial<BlobLike> | null)?.arrayBuffer === "function") return new BlobSource(file as BlobLike);
  throw new TypeError(`a path, FileHandle, Uint8Array or Blob was expected by sendFile(), got ${repr(file)}`);
}

class BytesSource implements FileSource {
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  *read(_loop: EventLoop, position: number, length: number): CoroutineGenerator<Uint8Array> {
    return this.bytes.subarray(position, position + length);
  }

  close(): void {}
}

class BlobSource implements FileSource {
  private readonly blob: BlobLike;

  constructor(blob: BlobLike) {
    this.blob = blob;
  }

  *read(loop: EventLoop, position: number, length: number): CoroutineGenerator<Uint8Array> {
    return new Uint8Array(yield* settled(loop, this.blob.slice(position, position + length).arrayBuffer()));
  }

  close(): void {}
}

class HandleSource implements FileSource {
  private readonly handle: FileHandleLike;
  private readonly isOwn: boolean;

  constructor(handle: FileHandleLike, isOwn: boolean) {
    this.handle = handle;
    this.isOwn = isOwn;
  }

  *read(loop: EventLoop, position: number, length: number): CoroutineGenerator<Uint8Array> {
    // Memory of its own for each piece: the one before may still be waiting to be sent.
    const buffer = new Uint8Array(length);
    const { bytesRead } = yield* settled(loop, this.handle.read(buffer, 0, length, position));
    return bytesRead === length ? buffer : buffer.subarray(0, bytesRead);
  }

  /** Comes after a read that a cancellation has left behind. */
  close(): void {
    if (this.isOwn) void this.handle.close().catch(noop);
  }
}

function* settled<T>(loop: EventLoop, promise: Promise<T>, tooLate: (value: T) => void = noop): CoroutineGenerator<T> {
  const future = new OutsideFuture<T>({ loop });
  promise.then(
    (value) => (future.done() ? tooLate(value) : future.setResult(value)),
    (error: unknown) => (future.done() ? undefined : future.setException(systemError(error))),
  );
  try {
    return yield* future;
  } catch (error) {
    if (future.done() && !future.cancelled() && future.exception() === null) tooLate(future.result());
    throw error;
  }
}

function noop(): void {}
