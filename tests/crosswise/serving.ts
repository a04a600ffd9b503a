// What the cases of streams share.
import { createHash } from "node:crypto";
import {
  type BaseProtocol,
  type Coroutine,
  type CoroutineGenerator,
  coroutine,
  Event,
  type Future,
  getRunningLoop,
  type StreamReader,
  type StreamWriter,
  startServer,
} from "asyncio-ts";
import type { Stage, Where } from "./case.ts";

type Handler = (reader: StreamReader, writer: StreamWriter) => Coroutine<void>;

interface ServeOptions {
  readonly connections?: number;
  readonly limit?: number;
}

/** Serves so many connections, then closes the server. */
export const serve = coroutine(function* (
  handler: Handler,
  { ready }: Stage,
  options: ServeOptions = {},
): CoroutineGenerator<void> {
  const { connections = 1, ...rest } = options;
  let left = connections;
  const done = new Event();

  function* handle(reader: StreamReader, writer: StreamWriter): CoroutineGenerator<void> {
    try {
      yield* handler(reader, writer);
    } finally {
      left -= 1;
      if (left === 0) done.set();
    }
  }

  const server = yield* startServer(handle, "127.0.0.1", 0, rest);
  ready(server.sockets[0]!.getSockName() as Where);
  yield* done.wait();
  server.close();
});

/** Serves one connection with a protocol that has a future `done`. */
export const serveProtocol = coroutine(function* (
  factory: () => BaseProtocol & { readonly done: Future<void> },
  { ready }: Stage,
): CoroutineGenerator<void> {
  const protocol = factory();
  const server = yield* getRunningLoop().createServer(() => protocol, "127.0.0.1", 0);
  ready(server.sockets[0]!.getSockName() as Where);
  yield* protocol.done;
  server.close();
});

export const close = coroutine(function* (writer: StreamWriter): CoroutineGenerator<void> {
  writer.close();
  yield* writer.waitClosed();
});

const decoder = new TextDecoder();

export function text(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

export function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}

/** So many bytes, always the same. */
export function pattern(size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, at) => (at * 7 + (at >> 8)) & 255);
}
